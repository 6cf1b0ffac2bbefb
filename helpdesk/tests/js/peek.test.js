import assert from "node:assert/strict";
import { test } from "node:test";
import { peekAtTickets } from "../../../static/js/peek.js";
import { openPage } from "./browser.js";

const row = (
  id,
  status = "Open",
) => `<tr id="row-${id}" data-key="${id}"><td><input type="checkbox" class="action-select"></td>
  <th><a href="/${id}/">Title ${id}</a></th><td>${status}</td>
  <td><a data-peek="/${id}/peek/" href="https://help.example.com/${id}/?from=list">Peek</a></td></tr>`;
const list = (...rows) => `<table><tbody>${rows.join("")}</tbody></table>`;
const ACT = `<form data-peek-act method="post" action="/1/take/"><button>Take</button></form>`;

function listPage() {
  const page = openPage(`${list(row(1), row(2))}
    <dialog id="peek"><p data-peek-refusal hidden></p><div data-peek-place></div></dialog>`);
  page.answer = (address) => new Response(`<p>What is known at ${address}</p>${ACT}`);
  peekAtTickets();
  return {
    page,
    panel: page.find("#peek"),
    place: page.find("[data-peek-place]"),
    refusal: page.find("[data-peek-refusal]"),
    peekAt: async (id) => {
      page.find(`#row-${id} [data-peek]`).click();
      await page.wait();
    },
  };
}

test("a ticket is shown beside the list", async () => {
  const { panel, place, peekAt } = listPage();

  await peekAt(1);

  assert.equal(panel.open, true);
  assert.match(place.textContent, /What is known at \/1\/peek\/\?from=list/);
});

test("with Ctrl the link leads where it leads", () => {
  const { page, panel } = listPage();
  const click = page.fire(page.find("[data-peek]"), "click", { ctrlKey: true });

  assert.equal(click.defaultPrevented, false);
  assert.deepEqual([panel.open, page.asked], [false, []]);
});

test("who goes through the list quickly sees the last one", async () => {
  const { page, place } = listPage();
  const late = new Map();
  page.answer = (address) => new Promise((answer) => late.set(address, answer));

  page.find("#row-1 [data-peek]").click();
  page.find("#row-2 [data-peek]").click();
  late.get("/2/peek/?from=list")(new Response("Second"));
  await page.wait();
  late.get("/1/peek/?from=list")(new Response("First"));
  await page.wait();

  assert.equal(place.textContent, "Second");
});

test("one that cannot be shown is opened: its page says what is the matter", async () => {
  const { page, panel, peekAt } = listPage();
  page.answer = () => new Response("", { status: 404 });
  const place = { href: "" };
  Object.defineProperty(globalThis, "location", { value: place, configurable: true });

  await peekAt(1);

  assert.equal(place.href, "https://help.example.com/1/?from=list");
  assert.equal(panel.open, false);
});

test("a decision is sent, and the panel and the row say what came of it", async () => {
  const { page, place, refusal, peekAt } = listPage();
  await peekAt(1);
  page.find("#row-1 .action-select").click();
  page.answer = (address, { method }) => {
    if (method === "POST") return new Response("<h1>The list</h1>");
    return new Response(address.includes("/peek/") ? "Taken" : list(row(1, "In Progress"), row(2)));
  };

  const submit = page.fire(page.find("form"), "submit");
  await page.wait();

  assert.equal(submit.defaultPrevented, true);
  assert.equal(place.textContent, "Taken");
  assert.match(page.find("#row-1").textContent, /In Progress/);
  assert.equal(page.find("#row-1 .action-select").checked, true);
  assert.equal(refusal.hidden, true);
  page.find("#peek").close();
  assert.equal(page.document.activeElement.textContent, "Title 1");
  assert.equal(page.find("[data-peeked]"), null);
});

test("the reason of a refusal is told in the panel, and a row that is in the list no more stays", async () => {
  const { page, refusal, peekAt } = listPage();
  await peekAt(1);
  page.answer = (address, { method }) => {
    if (method === "POST") return new Response(`<p role="alert"> Somebody has it. </p>`, { status: 409 });
    return new Response(address.includes("/peek/") ? ACT : list(row(2)));
  };

  page.fire(page.find("form"), "submit");
  await page.wait();

  assert.deepEqual([refusal.hidden, refusal.textContent], [false, "Somebody has it."]);
  assert.match(page.find("#row-1").textContent, /Open/);
});

test("what could not be sent is told", async () => {
  const { page, refusal, peekAt } = listPage();
  await peekAt(1);
  page.answer = () => Promise.reject(new TypeError("no connection"));

  page.fire(page.find("form"), "submit");
  await page.wait();

  assert.equal(refusal.textContent, "This could not be sent. Try again.");
});

test("where there is room the panel stands beside the list, which keeps the focus", async () => {
  const { page, panel, place, peekAt } = listPage();
  page.isWide = true;

  await peekAt(2);

  assert.equal(panel.classList.contains("is-beside"), true);
  assert.equal(page.document.activeElement.textContent, "Title 2");
  assert.equal(page.find("#row-2").hasAttribute("data-peeked"), true);
  await peekAt(1);
  assert.deepEqual(
    page.findAll("[data-peeked]").map(({ id }) => id),
    ["row-1"],
  );
  page.press(page.document.activeElement, "Escape");
  assert.deepEqual([panel.open, place.textContent], [false, ""]);
  assert.equal(page.document.activeElement.textContent, "Title 1");
  assert.equal(page.find("[data-peeked]"), null);
});

test("a click beside the panel closes it, and the focus is in the list again", async () => {
  const { page, panel, place, peekAt } = listPage();
  await peekAt(2);

  panel.click();

  assert.equal(panel.open, false);
  assert.equal(place.textContent, "");
  assert.equal(page.document.activeElement.textContent, "Title 2");
});
