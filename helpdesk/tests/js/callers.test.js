import assert from "node:assert/strict";
import { test } from "node:test";
import { offerCallers } from "../../../static/js/callers.js";
import { openPage } from "./browser.js";

const FORM = `<form><div data-callers="/callers/" data-caller-tickets="/tickets/"><input type="text" id="requester"></div>
  <div data-caller></div></form>`;

function open() {
  const page = openPage(FORM);
  page.answer = (address) =>
    address.startsWith("/callers/")
      ? Response.json({
          people: [
            { name: "Rita Requester", address: "rita@example.com" },
            { name: "Rita Roe", address: "roe@example.com" },
          ],
        })
      : new Response(`<section>Open tickets</section>`);
  page.isSent = false;
  page.find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    page.isSent = true;
  });
  offerCallers();
  return page;
}

test("Enter takes the first one, whose open tickets are shown by one request", async () => {
  const page = open();
  const field = page.find("#requester");

  page.type(field, "rit");
  await page.wait(150);
  assert.equal(field.getAttribute("aria-expanded"), "true");
  page.press(field, "Enter");
  await page.wait();
  field.dispatchEvent(new Event("change"));
  await page.wait();

  assert.equal(field.value, "rita@example.com");
  assert.equal(page.find("[data-caller]").innerHTML, "<section>Open tickets</section>");
  assert.deepEqual(
    page.asked.map(({ address }) => address),
    ["/callers/?q=rit", "/tickets/?requester=rita%40example.com"],
  );
  assert.equal(page.isSent, false);
});

test("what is typed further shows nobody else's tickets, and takes nobody who was offered before", async () => {
  const page = open();
  const field = page.find("#requester");
  page.type(field, "rit");
  await page.wait(150);
  page.press(field, "Enter");
  await page.wait();

  page.type(field, "a");
  assert.equal(page.find("[data-caller]").innerHTML, "");
  await page.wait(150);
  page.type(field, " new");
  page.press(field, "Tab");

  assert.equal(field.value, "rita@example.coma new");
});

test("whoever is typed without a choice is looked up when one leaves the field", async () => {
  const page = open();
  const field = page.find("#requester");

  page.type(field, "HD-12");
  field.dispatchEvent(new Event("change"));
  await page.wait();

  assert.equal(page.asked[0].address, "/tickets/?requester=HD-12");
  assert.match(page.find("[data-caller]").innerHTML, /Open tickets/);
});

test("one letter asks for nobody, one digit for a ticket", async () => {
  const page = open();
  const field = page.find("#requester");

  page.type(field, "r");
  await page.wait(200);
  assert.deepEqual(page.asked, []);
  field.value = "";
  page.type(field, "7");
  await page.wait(200);

  assert.equal(page.asked[0].address, "/callers/?q=7");
});

test("without a connection nothing is shown, and the field does what it did", async () => {
  const page = open();
  page.answer = () => Promise.reject(new TypeError("no connection"));
  const field = page.find("#requester");

  page.type(field, "rita");
  field.dispatchEvent(new Event("change"));
  await page.wait(200);

  assert.equal(page.find("[data-caller]").innerHTML, "");
  assert.equal(field.value, "rita");
});
