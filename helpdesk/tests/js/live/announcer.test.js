import assert from "node:assert/strict";
import { test } from "node:test";
import { announceChanges } from "../../../../static/js/live/announcer.js";
import { dispatch } from "../../../../static/js/live/events.js";
import { openPage } from "../browser.js";

function voicedPage() {
  const page = openPage(`<span aria-live="polite"></span>`);
  const place = page.find("span");
  return { page, say: announceChanges(place), said: () => place.textContent };
}
const news = (more) => ({ noun: "", news: [], changed: [], said: [], ...more });

test("what comes at once is said in one sentence", async () => {
  const { page, said } = voicedPage();

  dispatch("live:shown", { isOffered: false, news: [news({ said: ["Status: Resolved"] })] });
  dispatch("live:shown", { isOffered: false, news: [news({ noun: "entry", news: ["1", "2"] })] });
  await page.wait(600);

  assert.equal(said(), "Status: Resolved. 2 new entries.");
});

test("of several words about the same only the last is said", async () => {
  const { page, said } = voicedPage();

  dispatch("live:shown", { isOffered: false, news: [news({ said: ["Status: On Hold"] })] });
  dispatch("live:shown", { isOffered: false, news: [news({ said: ["Status: Resolved"] })] });
  await page.wait(600);

  assert.equal(said(), "Status: Resolved.");
});

test("the next sentence waits for half a minute", async () => {
  const { page, said } = voicedPage();
  dispatch("live:shown", { isOffered: false, news: [news({ noun: "ticket", news: ["1"] })] });
  await page.wait(600);

  dispatch("live:shown", { isOffered: false, news: [news({ noun: "ticket", changed: ["1", "2"] })] });
  await page.wait(20_000);
  assert.equal(said(), "1 new ticket.");
  await page.wait(10_000);

  assert.equal(said(), "2 tickets changed.");
});

test("rows that wait to be put in are said once, though each answer has them", async () => {
  const { page, said } = voicedPage();
  const waiting = { isOffered: false, news: [news({ noun: "ticket", news: ["1"] })] };
  dispatch("live:shown", waiting);
  await page.wait(600);
  page.find("span").textContent = "";

  dispatch("live:shown", waiting);
  await page.wait(60_000);

  assert.equal(said(), "");
});

test("what somebody asked for is not said", async () => {
  const { page, said } = voicedPage();

  dispatch("live:shown", { isOffered: true, news: [news({ noun: "ticket", news: ["1"] })] });
  await page.wait(60_000);

  assert.equal(said(), "");
});

test("of the connection only the newest is said", async () => {
  const { page, say, said } = voicedPage();

  say("The connection is lost.");
  say("The connection is back.");
  await page.wait(600);

  assert.equal(said(), "The connection is back.");
});
