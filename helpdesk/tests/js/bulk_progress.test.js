import assert from "node:assert/strict";
import { test } from "node:test";
import { followProgress } from "../../../static/js/bulk_progress.js";
import { openPage } from "./browser.js";

const progress = (state, words) => `<section data-progress="${state}"><a href="#">${words}</a></section>`;

test("a change is followed every two seconds until it is done", async () => {
  const page = openPage(progress("working", "1 of 3"));
  page.answer = () => new Response(progress("working", "2 of 3"));
  followProgress();

  await page.wait(2000);
  assert.equal(page.find("section").textContent, "2 of 3");
  page.answer = () => new Response(progress("done", "3 of 3"));
  await page.wait(2000);
  assert.equal(page.find("section").textContent, "3 of 3");
  await page.wait(60_000);

  assert.equal(page.asked.length, 2);
});

test("nothing is taken from under the keyboard before the end, and a lost answer is asked for again", async () => {
  const page = openPage(progress("working", "1 of 3"));
  page.answer = () => new Response(progress("working", "2 of 3"));
  followProgress();
  page.find("a").focus();

  await page.wait(2000);
  assert.equal(page.find("section").textContent, "1 of 3");
  page.answer = () => Promise.reject(new TypeError("no connection"));
  await page.wait(2000);
  page.answer = () => new Response(progress("done", "3 of 3"));
  await page.wait(2000);

  assert.equal(page.find("section").textContent, "3 of 3");
});
