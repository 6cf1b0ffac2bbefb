import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./browser.js";

/** The module does its work as it is loaded: each test loads one of its own. */
let loaded = 0;
const loadTheme = () => {
  loaded += 1;
  return import(`../../../static/js/theme.js?${loaded}`);
};

test("the theme goes from automatic to light to dark, and is kept", async () => {
  const page = openPage(
    `<button data-theme-toggle data-auto="Colour theme: automatic"><b>Theme</b></button>`,
  );
  await loadTheme();
  const root = page.document.documentElement;
  const seen = [root.dataset.theme];

  for (let click = 0; click < 3; click += 1) {
    page.find("b").click();
    seen.push(root.dataset.theme, page.window.localStorage.getItem("theme"));
  }

  assert.deepEqual(seen, ["auto", "light", "light", "dark", "dark", "auto", "auto"]);
  assert.equal(page.find("button").getAttribute("aria-label"), "Colour theme: automatic");
});

test("what was chosen is there from the beginning", async () => {
  const page = openPage("");
  page.window.localStorage.setItem("theme", "dark");

  await loadTheme();

  assert.equal(page.document.documentElement.dataset.theme, "dark");
});

test("where nothing may be kept the page has its theme all the same", async () => {
  const page = openPage("<button data-theme-toggle></button>");
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get: () => {
      throw new Error("private mode");
    },
  });

  await loadTheme();
  page.find("button").click();

  assert.equal(page.document.documentElement.dataset.theme, "light");
});
