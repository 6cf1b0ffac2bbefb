import assert from "node:assert/strict";
import { test } from "node:test";
import { keepDrafts } from "../../../static/js/drafts.js";
import { openPage } from "./browser.js";

const SAVED = () => Response.json({ saved_at: "2026-11-28T09:31:00Z" });

function composerPage({ text = "", isRestored = false, answer = SAVED, before = (_page) => {} } = {}) {
  const page = openPage(`
    <p data-extras data-draft-url="/draft/" ${isRestored ? "data-restored" : ""}></p>
    <form data-composer method="post" action="/message/">
      <input type="hidden" name="csrfmiddlewaretoken" value="token"><input type="hidden" name="version" value="7">
      <input type="radio" name="visibility" value="reply" checked><input type="radio" name="visibility" value="note">
      <textarea name="text">${text}</textarea><div data-composer-extras></div>
      <button>Send</button>
    </form>`);
  page.answer = answer;
  before(page);
  keepDrafts();
  return {
    page,
    field: page.find("textarea"),
    sent: () => page.asked.map(({ body }) => [body.get("visibility"), body.get("text")]),
    said: () => page.find("[role=status]").textContent,
    becomeNote: () => page.find("[value=note]").click(),
  };
}

test("a draft is kept a second after typing stops, not with each letter", async () => {
  const { page, field, sent, said } = composerPage();

  for (const letter of "Have you") {
    page.type(field, letter);
    await page.wait(300);
  }
  assert.deepEqual(sent(), []);
  await page.wait(800);

  assert.deepEqual(sent(), [["reply", "Have you"]]);
  const { address, method, body } = page.asked[0];
  assert.deepEqual([address, method], ["/draft/", "POST"]);
  assert.deepEqual([body.get("csrfmiddlewaretoken"), body.get("version")], ["token", "7"]);
  assert.match(said(), /^Draft saved \d\d:31$/);
});

test("what is kept already is not sent again", async () => {
  const { page, field, sent } = composerPage();
  page.type(field, "Have");
  await page.wait(1000);

  page.type(field, "x");
  field.value = "Have";
  await page.wait(1000);

  assert.equal(sent().length, 1);
});

test("a draft that is back says so and is not sent again", async () => {
  const { page, sent, said } = composerPage({ text: "Have you", isRestored: true });

  await page.wait(5000);

  assert.equal(said(), "Your draft is back.");
  assert.deepEqual(sent(), []);
});

test("what is typed before anybody keeps it is kept, and its readers with it", async () => {
  const { page, sent } = composerPage({
    text: "Have you",
    isRestored: true,
    before: (open) => {
      open.find("textarea").value = "Have you restarted it?";
      open.find("[value=note]").click();
    },
  });

  await page.wait(1000);

  assert.deepEqual(sent(), [
    ["note", "Have you restarted it?"],
    ["reply", ""],
  ]);
});

test("what came back with a refusal is kept, though nobody types", async () => {
  const { page, sent } = composerPage({ text: "Have you" });

  await page.wait(1000);

  assert.deepEqual(sent(), [["reply", "Have you"]]);
});

test("a text that becomes a note is no draft of a reply any more", async () => {
  const { page, field, sent, becomeNote } = composerPage();
  page.type(field, "He did not.");
  await page.wait(1000);

  becomeNote();
  await page.wait(1000);

  assert.deepEqual(sent(), [
    ["reply", "He did not."],
    ["note", "He did not."],
    ["reply", ""],
  ]);
});

test("a draft that could not be kept says so, and the next one is tried", async () => {
  const { page, field, said } = composerPage({ answer: () => new Response("", { status: 503 }) });
  page.type(field, "Have");
  await page.wait(1000);
  assert.match(said(), /^Draft not saved/);

  page.answer = SAVED;
  page.type(field, " you");
  await page.wait(1000);

  assert.match(said(), /^Draft saved/);
});

test("a text that no draft can hold is not sent", async () => {
  const { page, field, sent } = composerPage();
  field.value = "x".repeat(20_001);

  page.fire(field, "input");
  await page.wait(1000);

  assert.deepEqual(sent(), []);
});

test("an empty answer means that there is no draft any more", async () => {
  const { page, field, said } = composerPage({ text: "Have", isRestored: true });
  page.answer = () => Response.json({ saved_at: null });
  field.value = "";

  page.fire(field, "input");
  await page.wait(1000);

  assert.equal(said(), "");
});

test("what was typed last is sent when the page goes", () => {
  const { page, field } = composerPage();
  page.type(field, "Have you");

  page.fire(page.window, "pagehide");
  page.fire(page.window, "pagehide");

  assert.deepEqual(page.beacons, [
    { address: "/draft/", csrfmiddlewaretoken: "token", version: "7", visibility: "reply", text: "Have you" },
  ]);
});

test("a message that is sent leaves no draft", async () => {
  const { page, field, sent } = composerPage();
  page.type(field, "Have you");

  page.fire(page.find("form"), "submit");
  page.fire(page.window, "pagehide");
  await page.wait(5000);

  assert.deepEqual([sent(), page.beacons], [[], []]);
});

test("a message says what was kept of it, so that only that is forgotten", async () => {
  const { page, field } = composerPage();
  page.type(field, "Have");
  await page.wait(1500);
  page.type(field, " you");

  page.fire(page.find("form"), "submit");

  assert.equal(page.find("[name=draft]").value, "Have");
});

test("a form that was held back is not sent: its draft is kept", async () => {
  const { page, field, sent } = composerPage();
  page.document.addEventListener("submit", (event) => event.preventDefault());
  page.type(field, "Have you");

  page.fire(page.find("form"), "submit");
  await page.wait(1000);

  assert.equal(sent().length, 1);
});
