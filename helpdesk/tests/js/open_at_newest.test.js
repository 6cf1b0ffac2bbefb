import assert from "node:assert/strict";
import { test } from "node:test";
import { openAtNewest } from "../../../static/js/open_at_newest.js";
import { openPage } from "./browser.js";

/** Answer which entries were scrolled to, and where to. tops: of entries in the window, once the last is shown. */
function scrolledTo(openAt, { more = "", hash = "", tops = {} } = {}) {
  const entries = [8, 9, 10].map((number) => `<li id="e${number}"></li>`).join("");
  const page = openPage(
    `${more}<div data-open-at="${openAt}"><ol class="hd-tl"><li data-key="description"></li>${entries}</ol></div>`,
    {
      url: `https://help.example.com/${hash}`,
      has: { getComputedStyle: () => ({ scrollPaddingTop: "100px" }) },
    },
  );
  const found = [];
  for (const entry of page.findAll("li")) {
    entry.scrollIntoView = ({ block }) => found.push(`${entry.id} ${block}`);
    entry.getBoundingClientRect = () => ({ top: tops[entry.id] ?? 300 });
  }
  openAtNewest();
  return found;
}

test("a ticket opens at the end of its history", () => {
  assert.deepEqual(scrolledTo(""), ["e10 end"]);
});

test("what is unread is in view then, or the window begins with it", () => {
  assert.deepEqual(scrolledTo("9"), ["e10 end"]);
  assert.deepEqual(scrolledTo("9", { tops: { e9: 60 } }), ["e10 end", "e9 start"]);
  // Of a long history only the latest is shown.
  assert.deepEqual(scrolledTo("2", { tops: { e8: -500 } }), ["e10 end", "e8 start"]);
});

test("an address that names a place, a refusal and a message lead elsewhere", () => {
  assert.deepEqual(scrolledTo("", { hash: "#e8" }), []);
  assert.deepEqual(scrolledTo("", { more: "<p data-focus></p>" }), []);
  assert.deepEqual(scrolledTo("", { more: '<div class="hd-msgs"></div>' }), []);
});

test("the page of a ticket without a history stays where it is", () => {
  openPage("<main></main>");
  openAtNewest();
});
