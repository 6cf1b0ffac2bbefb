import assert from "node:assert/strict";
import { test } from "node:test";
import { saveChoicesFirst } from "../../../static/js/unsaved_choices.js";
import { openPage } from "./browser.js";

function ticketPage({ answer }) {
  const page = openPage(`
    <form id="composer" method="post" action="/message/"><input type="hidden" name="version" value="7">
      <textarea name="text"></textarea><button name="preview" value="1">Preview</button><button>Send</button></form>
    <form data-choices method="post" action="https://help.example.com/properties/">
      <input type="hidden" name="version" value="7">
      <select name="assignee"><option value="" selected>Nobody</option><option value="3">Ada</option></select></form>`);
  page.answer = answer;
  saveChoicesFirst();
  const sent = [];
  page.document.addEventListener("submit", (event) => {
    event.preventDefault();
    sent.push(event.submitter?.name ?? "");
  });
  return { page, sent, assignee: page.find("select"), form: page.find("#composer") };
}
const saved = (version) => () =>
  Object.defineProperty(new Response(`<div id="timeline" data-version="${version}"></div>`), "redirected", {
    value: true,
  });
const refused = () => new Response("", { status: 409 });

test("without a choice a form is sent at once", async () => {
  const { page, sent, form } = ticketPage({ answer: refused });

  form.requestSubmit();
  await page.wait();

  assert.deepEqual([sent, page.asked], [[""], []]);
});

test("what was chosen is saved first, and the form goes on from there", async () => {
  const { page, sent, assignee, form } = ticketPage({ answer: saved(8) });
  assignee.value = "3";

  form.requestSubmit(page.find("[name=preview]"));
  assert.deepEqual(sent, []);
  await page.wait();

  assert.deepEqual(sent, ["preview"]);
  assert.equal(page.asked.length, 1);
  assert.deepEqual(Object.fromEntries(page.asked[0].body), { version: "7", assignee: "3" });
  assert.equal(form.elements.namedItem("version").value, "8");
});

test("where others have done something, too, the form still starts from what its writer saw", async () => {
  const { page, assignee, form } = ticketPage({ answer: saved(9) });
  assignee.value = "3";

  form.requestSubmit();
  await page.wait();

  assert.equal(form.elements.namedItem("version").value, "7");
});

test("what cannot be saved holds the form back, and says so once", async () => {
  const { page, sent, assignee, form } = ticketPage({ answer: refused });
  assignee.value = "3";

  for (let time = 0; time < 2; time += 1) {
    form.requestSubmit();
    await page.wait();
  }

  assert.deepEqual(sent, []);
  assert.equal(page.findAll("[role=alert]").length, 1);
  assert.match(page.find("[role=alert]").textContent, /could not be saved/);
  assert.equal(assignee.value, "3");
});
