import assert from "node:assert/strict";
import { test } from "node:test";
import { loadFragments } from "../../../static/js/lazy_fragments.js";
import { openPage } from "./browser.js";

const PLACES = `<nav data-neighbours="/neighbours/?q=a">Links</nav><div data-requester="/requester/?card">Link</div>`;

test("what the page leaves for later takes the place of the links", async () => {
  const page = openPage(PLACES);
  page.answer = (address) => new Response(`<b>${address}</b>`);

  loadFragments();
  await page.wait();

  assert.equal(page.find("nav").innerHTML, "<b>/neighbours/?q=a</b>");
  assert.equal(page.find("div").innerHTML, "<b>/requester/?card</b>");
});

test("where it cannot be had the links stay", async () => {
  const page = openPage(PLACES);
  page.answer = (address) =>
    address.includes("card")
      ? new Response("No", { status: 404 })
      : Promise.reject(new TypeError("no connection"));

  loadFragments();
  await page.wait();

  assert.deepEqual([page.find("nav").textContent, page.find("div").textContent], ["Links", "Link"]);
  assert.equal(page.asked[0].redirect, "error");
});
