import assert from "node:assert/strict";
import { test } from "node:test";
import { loadBell } from "../../../static/js/bell.js";
import { openPage } from "./browser.js";

function bellPage(answer) {
  const page = openPage(`<a id="bell" data-live-src="/bell/" href="/list/">Bell</a>`);
  page.answer = answer;
  loadBell();
  return page;
}

test("the number of unread ones comes after the page, and again when one comes back to it", async () => {
  let unread = 3;
  const page = bellPage(() => new Response(`<a id="bell" href="/list/">Bell <b>${unread}</b></a>`));
  await page.wait();
  assert.equal(page.find("#bell").innerHTML, "Bell <b>3</b>");

  unread = 0;
  page.fire(page.window, "pageshow", { persisted: false });
  page.fire(page.window, "pageshow", { persisted: true });
  await page.wait();

  assert.equal(page.find("#bell").innerHTML, "Bell <b>0</b>");
  assert.equal(page.asked.length, 2);
});

test("without an answer the bell stays as it was", async () => {
  for (const answer of [
    () => new Response("", { status: 500 }),
    () => Promise.reject(new TypeError("lost")),
  ]) {
    const page = bellPage(answer);
    await page.wait();

    assert.equal(page.find("#bell").textContent, "Bell");
  }
});

test("a page without a bell asks nothing", () => {
  const page = openPage("");

  loadBell();

  assert.deepEqual(page.asked, []);
});
