import assert from "node:assert/strict";
import { test } from "node:test";
import { keepSubmissionDraft } from "../../../static/js/submission_draft.js";
import { openPage } from "./browser.js";

const SAVED = () => Response.json({ saved_at: "2026-11-28T09:31:00Z" });

function submissionPage({ title = "", description = "", isRestored = false } = {}) {
  const page = openPage(`
    <form method="post" data-draft-url="/tickets/new/draft/" ${isRestored ? "data-restored" : ""}>
      <input type="hidden" name="csrfmiddlewaretoken" value="csrf"><input type="hidden" name="token" value="copy">
      <input name="title" value="${title}">
      <input type="radio" name="request_type" value="1"><input type="radio" name="request_type" value="2">
      <textarea name="description">${description}</textarea>
      <span data-draft-said></span><button>Create</button>
    </form>`);
  page.answer = SAVED;
  keepSubmissionDraft();
  return {
    page,
    form: page.find("form"),
    title: page.find("[name=title]"),
    description: page.find("textarea"),
    sent: () =>
      page.asked.map(({ body }) => ["title", "request_type", "description"].map((name) => body.get(name))),
    said: () => page.find("[data-draft-said] [role=status]").textContent,
  };
}

test("all that is typed or chosen is kept, a second after it stops", async () => {
  const { page, title, description, sent, said } = submissionPage();

  page.type(title, "Printer");
  page.find("[value='2']").click();
  page.type(description, "Eats paper");
  await page.wait(1000);

  assert.deepEqual(sent(), [["Printer", "2", "Eats paper"]]);
  const { address, method, body } = page.asked[0];
  assert.deepEqual([address, method], ["/tickets/new/draft/", "POST"]);
  assert.deepEqual([body.get("csrfmiddlewaretoken"), body.get("token")], ["csrf", "copy"]);
  assert.match(said(), /^Draft saved \d\d:31$/);
});

test("a page on which nothing is typed sends nothing, restored or not", async () => {
  for (const isRestored of [false, true]) {
    const { page, sent } = submissionPage({ title: isRestored ? "Printer" : "", isRestored });

    await page.wait(5000);
    page.fire(page.window, "pagehide");

    assert.deepEqual([sent(), page.beacons], [[], []]);
  }
});

test("what came back with a refusal is kept, though nobody types", async () => {
  const { page, sent } = submissionPage({ title: "Printer" });

  await page.wait(1000);

  assert.deepEqual(sent(), [["Printer", "", ""]]);
});

test("what was typed last is sent when the page goes", () => {
  const { page, title } = submissionPage();
  page.type(title, "Printer");

  page.fire(page.window, "pagehide");

  const [{ address, title: kept, token }] = page.beacons;
  assert.deepEqual([address, kept, token], ["/tickets/new/draft/", "Printer", "copy"]);
});

test("a ticket that is sent says what was kept of it, and keeps no more", async () => {
  const { page, form, title, description, sent } = submissionPage();
  page.type(title, "Printer");
  page.type(description, "Eats");
  await page.wait(1000);
  page.type(description, " paper");

  page.fire(form, "submit");
  page.fire(page.window, "pagehide");
  await page.wait(5000);

  assert.equal(page.find("[name=draft]").value, "Printer\n\nEats");
  assert.deepEqual([sent().length, page.beacons], [1, []]);
});
