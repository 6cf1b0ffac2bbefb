import assert from "node:assert/strict";
import { test } from "node:test";
import { keepUnsavedChoices } from "../../../static/js/unsaved_choices.js";
import { openPage } from "./browser.js";

const TICKET = "https://help.example.com/ticket/1";

function ticketPage({ answer = refused, kept = {} } = {}) {
  const page = openPage(`
    <form id="out" method="post" action="https://help.example.com/logout/"></form>
    <form id="take" method="post" action="${TICKET}/take/?sort=number"></form>
    <form id="composer" method="post" action="${TICKET}/message/"><input type="hidden" name="version" value="7">
      <textarea name="text"></textarea><button name="preview" value="1">Preview</button><button>Send</button></form>
    <form data-choices method="post" action="${TICKET}/properties/">
      <input type="hidden" name="version" value="7">
      <select name="assignee"><option value="" selected>Nobody</option><option value="3">Ada</option></select></form>`);
  page.answer = answer;
  for (const [name, value] of Object.entries(kept)) page.window.sessionStorage.setItem(name, value);
  keepUnsavedChoices();
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

  form.requestSubmit(page.find("button:not([name])"));
  assert.deepEqual(sent, []);
  await page.wait();

  assert.deepEqual(sent, [""]);
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

for (const [what, send] of [
  ["a look at the message", ({ page, form }) => form.requestSubmit(page.find("[name=preview]"))],
  ["another decision", ({ page }) => page.find("#take").requestSubmit()],
]) {
  test(`${what} saves nothing, and the next page has it chosen again, once`, async () => {
    const before = ticketPage();
    before.assignee.value = "3";

    send(before);
    await before.page.wait();
    assert.deepEqual([before.sent.length, before.page.asked], [1, []]);
    const kept = { ...before.page.window.sessionStorage };

    const after = ticketPage({ kept });
    assert.equal(after.assignee.value, "3");
    assert.equal(after.page.window.sessionStorage.length, 0);
  });
}

test("what leads away from the ticket keeps nothing", async () => {
  const { page, assignee } = ticketPage();
  assignee.value = "3";

  page.find("#out").requestSubmit();
  await page.wait();

  assert.deepEqual([page.asked, page.window.sessionStorage.length], [[], 0]);
});

test("a choice that is not offered any more is left", () => {
  const { assignee } = ticketPage({
    kept: { "choices /ticket/1/properties/": '[["assignee", "99"], ["gone", "1"]]' },
  });

  assert.equal(assignee.value, "");
});
