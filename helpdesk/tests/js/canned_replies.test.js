import assert from "node:assert/strict";
import { test } from "node:test";
import { offerCannedReplies } from "../../../static/js/canned_replies.js";
import { openPage } from "./browser.js";

const REPLIES = { replies: [{ title: "Greeting", text: "Hello Rita" }] };

function cannedPage(answer = () => Response.json(REPLIES)) {
  const page = openPage(`
    <p data-extras data-canned-url="/canned/"><a href="/canned/" data-canned-link>Choose</a></p>
    <form data-composer><textarea name="text"></textarea><div data-composer-extras></div></form>
    <form data-composer data-visibility="note"><textarea name="text"></textarea><div data-composer-extras></div></form>`);
  page.answer = answer;
  offerCannedReplies();
  const menu = page.find("details");
  const open = async () => {
    menu.open = false;
    await page.wait();
    menu.open = true;
    await page.wait();
  };
  return { page, menu, open };
}

test("the chosen reply goes where the cursor is", async () => {
  const { page, menu, open } = cannedPage();
  const field = page.find("textarea");
  let heard = 0;
  field.addEventListener("input", () => {
    heard += 1;
  });
  field.value = "!";
  field.setSelectionRange(0, 0);

  await open();
  menu.querySelector("li button").click();

  assert.equal(field.value, "Hello Rita!");
  assert.equal(field.selectionStart, 10);
  assert.equal(page.document.activeElement, field);
  assert.equal(menu.open, false);
  // As if it were typed: it becomes a draft.
  assert.equal(heard, 1);
});

test("they are offered for replies only, in place of the link to them, and loaded once", async () => {
  const { page, open } = cannedPage();

  await open();
  await open();

  assert.equal(page.findAll("details").length, 1);
  assert.equal(page.find("[data-canned-link]").hidden, true);
  assert.equal(page.asked.length, 1);
});

test("it is said that there are none, or that they cannot be had, and that is tried again", async () => {
  const { page, menu, open } = cannedPage(() => new Response("", { status: 503 }));

  await open();
  assert.match(menu.textContent, /cannot be loaded now/);
  page.answer = () => Response.json({ replies: [] });
  await open();

  assert.match(menu.textContent, /There are none yet/);
});
