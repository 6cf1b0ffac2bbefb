import assert from "node:assert/strict";
import { test } from "node:test";
import { keepScrollPosition } from "../../../../static/js/live/scroll_position.js";
import { openPage } from "../browser.js";

test("where one types stays where it is when the page grows above it", () => {
  const page = openPage("<p>Above</p><textarea></textarea>");
  const field = page.find("textarea");
  page.place(field, 300);
  field.focus();

  keepScrollPosition(() => page.place(field, 420));

  assert.deepEqual(page.scrolled, [120]);
});

test("what one reads stays where it is, once one has scrolled", () => {
  const page = openPage("<p>Text</p>");
  page.middle = page.find("p");
  page.place(page.middle, 100);
  page.window.scrollY = 500;

  keepScrollPosition(() => page.place(page.middle, 60));

  assert.deepEqual(page.scrolled, [-40]);
});

test("at the head of a page nothing is scrolled", () => {
  const page = openPage("<p>Text</p>");
  page.middle = page.find("p");
  page.place(page.middle, 100);

  keepScrollPosition(() => page.place(page.middle, 160));

  assert.deepEqual(page.scrolled, []);
});

test("a field out of view is not what one reads", () => {
  const page = openPage("<p>Text</p><input>");
  page.middle = page.find("p");
  page.place(page.middle, 100);
  page.place(page.find("input"), 2000);
  page.find("input").focus();

  keepScrollPosition(() => page.place(page.find("input"), 2400));

  assert.deepEqual(page.scrolled, []);
});

test("nothing glides while the page changes, and does so again afterwards", () => {
  const page = openPage("");
  const root = page.document.documentElement;
  let during = "";

  keepScrollPosition(() => {
    during = root.className;
  });

  assert.equal(during, "hd-steady");
  assert.equal(root.className, "");
});
