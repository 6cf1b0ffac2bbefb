import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSavedViews } from "../../../static/js/saved_views.js";
import { openPage } from "./browser.js";

const views = (count) =>
  `<ul id="saved-views"><li><a href="/list/?view=1">Mine</a> <b data-count-of="1">${count}</b></li></ul>`;

function sidePage({ reader = "7", kept = null, answer = () => new Response(views(3)) } = {}) {
  const page = openPage(
    `<ul id="saved-views" data-reader="${reader}" data-live-src="/views/"></ul><ul data-saved-views-copy></ul>
    <p data-count="1" hidden><span></span></p>`,
    { url: "https://help.example.com/list/?view=1" },
  );
  if (kept) page.window.sessionStorage.setItem(...kept);
  page.answer = answer;
  loadSavedViews();
  return page;
}

test("the views are listed, copied, marked and counted", async () => {
  const page = sidePage();
  await page.wait();

  assert.equal(page.find("#saved-views a").getAttribute("aria-current"), "true");
  assert.match(page.find("[data-saved-views-copy]").textContent, /^Mine 3/);
  assert.equal(page.find("[data-count]").hidden, false);
  assert.equal(page.find("[data-count] span").textContent, "3");
  assert.match(page.window.sessionStorage.getItem("saved-views-7"), />3</);
});

test("those of the page before are shown until the answer is there", async () => {
  const page = sidePage({ kept: ["saved-views-7", views(2)] });
  assert.match(page.find("#saved-views").textContent, /2/);

  await page.wait();

  assert.match(page.find("#saved-views").textContent, /3/);
});

test("another reader's are left alone", () => {
  const page = sidePage({ kept: ["saved-views-8", views(2)], answer: () => new Promise(() => {}) });

  assert.equal(page.find("#saved-views").textContent, "");
});

test("what is kept for the next page marks none of its links", async () => {
  const page = sidePage();
  await page.wait();

  assert.doesNotMatch(page.window.sessionStorage.getItem("saved-views-7"), /aria-current/);
});

test("a count of none is not shown", async () => {
  const page = sidePage({ answer: () => new Response(views(0)) });
  await page.wait();

  assert.equal(page.find("[data-count]").hidden, true);
});

test("copies follow whoever changes the list", async () => {
  const page = sidePage();
  await page.wait();

  page.find("#saved-views b").textContent = "4";
  await page.wait();

  assert.match(page.find("[data-saved-views-copy]").textContent, /4/);
});

test("without an answer those of before stay", async () => {
  const page = sidePage({
    kept: ["saved-views-7", views(2)],
    answer: () => new Response("", { status: 500 }),
  });
  await page.wait();

  assert.match(page.find("#saved-views").textContent, /2/);
});
