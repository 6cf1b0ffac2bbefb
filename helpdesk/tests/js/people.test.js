import assert from "node:assert/strict";
import { test } from "node:test";
import { offerPeople, searchPeople } from "../../../static/js/people.js";
import { openPage } from "./browser.js";

test("whoever is chosen is filtered by, by their address", async () => {
  const page = openPage(`
    <details><form data-people-url="/people/"><input type="text" id="requester"></form></details>`);
  page.answer = () => Response.json({ people: [{ name: "Rita Requester", address: "rita@example.com" }] });
  let isSent = false;
  page.find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    isSent = true;
  });
  offerPeople();
  const field = page.find("input");

  page.find("details").open = true;
  await page.wait();
  assert.equal(page.document.activeElement, field);
  page.type(field, "rit");
  await page.wait(150);
  page.press(field, "ArrowDown");
  page.press(field, "Enter");

  assert.equal(field.value, "rita@example.com");
  assert.equal(isSent, true);
});

test("blanks look for nobody", async () => {
  const page = openPage(`<form data-people-url="/people/"><input type="text" id="requester"></form>`);
  offerPeople();

  page.type(page.find("input"), "  ");
  await page.wait(500);

  assert.deepEqual(page.asked, []);
});

test("whoever is chosen in the search has all their tickets listed", async () => {
  const page = openPage(
    `<form data-search-people="/people/" action="/tickets/"><input type="search" id="q"></form>`,
  );
  page.answer = () => Response.json({ people: [{ name: "Rita Requester", address: "rita@example.com" }] });
  const place = { href: "" };
  Object.defineProperty(globalThis, "location", { value: place, configurable: true });
  searchPeople();
  const field = page.find("input");

  page.type(field, "r");
  await page.wait(150);
  assert.deepEqual(page.asked, []);
  page.type(field, "it");
  await page.wait(150);
  page.press(field, "ArrowDown");
  page.press(field, "Enter");

  assert.match(place.href, /\/tickets\/\?requester=rita%40example.com&status=all$/);
});
