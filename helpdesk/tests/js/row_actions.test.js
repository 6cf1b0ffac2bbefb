import assert from "node:assert/strict";
import { test } from "node:test";
import { changeInRow } from "../../../static/js/row_actions.js";
import { openPage } from "./browser.js";

const row = (id, who = "Nobody") => `<tr data-key="${id}"><th><a href="/${id}/">Title ${id}</a></th><td>${who}
  <button form="row-act" formaction="/${id}/take/" data-take>Take</button>
  <a data-quick="/${id}/quick/" href="https://help.example.com/${id}/">Change</a></td></tr>`;
const list = (...rows) => `<table><tbody>${rows.join("")}</tbody></table>`;
const told = (words) => `<div class="hd-msgs"><div role="status"><p>${words}</p></div></div>`;
const FORM = `<form method="post" action="/2/properties/"><select name="status"><option>open</option></select>
  <select name="assignee"><option>7</option></select><button>Save</button></form>`;

function listPage() {
  const page =
    openPage(`${list(row(1), row(2))}<form id="row-act" method="post"><input name="token" value="x"></form>
    <p data-row-said></p>
    <dialog id="quick"><p role="alert" hidden></p><div data-quick-place></div></dialog>`);
  changeInRow();
  return {
    page,
    panel: page.find("#quick"),
    said: page.find("[data-row-said]"),
    find: (text) => page.find(text),
  };
}
const take = async (page, id) => {
  const submitter = page.find(`tr[data-key="${id}"] [data-take]`);
  const event = page.fire(page.find("#row-act"), "submit", { submitter });
  await page.wait();
  return event;
};

test("a ticket is taken in its row, which shows who has it", async () => {
  const { page, said } = listPage();
  page.answer = () => new Response(told("HD-2 is yours.") + list(row(1), row(2, "Ada Admin")));

  const event = await take(page, 2);

  assert.equal(event.defaultPrevented, true);
  assert.deepEqual([page.asked[0].address, page.asked[0].method], ["/2/take/", "POST"]);
  assert.equal(page.asked[0].body.get("token"), "x");
  assert.match(page.find("tr[data-key='2']").textContent, /Ada Admin/);
  assert.match(page.find("tr[data-key='1']").textContent, /Nobody/);
  assert.equal(said.textContent, "HD-2 is yours.");
});

test("the reason of a refusal is said, and the row stays", async () => {
  const { page, said } = listPage();
  page.answer = () =>
    new Response(
      `<p role="alert">Somebody
    has it.</p>`,
      { status: 409 },
    );

  await take(page, 1);

  assert.equal(said.textContent, "Somebody has it.");
  assert.match(page.find("tr[data-key='1']").textContent, /Nobody/);
});

test("properties are asked for, sent and shown in the row", async () => {
  const { page, panel, said } = listPage();
  page.answer = () => new Response(FORM);
  page.find("tr[data-key='2'] [data-quick]").dataset.quickField = "status";
  page.find("tr[data-key='2'] [data-quick]").click();
  await page.wait();
  assert.equal(panel.open, true);
  assert.equal(page.document.activeElement.name, "status");

  page.answer = () => new Response(told("HD-2 is saved.") + list(row(2, "Oskar")));
  page.fire(page.find("#quick form"), "submit");
  await page.wait();

  assert.equal(panel.open, false);
  assert.equal(page.asked.at(-1).address, "https://help.example.com/2/properties/");
  assert.match(page.find("tr[data-key='2']").textContent, /Oskar/);
  assert.equal(said.textContent, "HD-2 is saved.");
  assert.equal(page.document.activeElement.textContent, "Title 2");
});

test("what is refused stays in the panel with the reason", async () => {
  const { page, panel } = listPage();
  page.answer = () => new Response(FORM);
  page.find("tr[data-key='2'] [data-quick]").click();
  await page.wait();

  page.answer = () => Promise.reject(new TypeError("no connection"));
  page.fire(page.find("#quick form"), "submit");
  await page.wait();

  assert.equal(panel.open, true);
  assert.equal(page.find("#quick [role=alert]").textContent, "This could not be sent. Try again.");
});
