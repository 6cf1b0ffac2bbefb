// The small behaviours of every page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countCharacters } from "../../../static/js/character_count.js";
import {
  preventDoubleSubmit,
  setInitialFocus,
  submitByShortcut,
} from "../../../static/js/form_behaviours.js";
import { closeMenus } from "../../../static/js/menus.js";
import { focusSearchByShortcut } from "../../../static/js/search_shortcut.js";
import { enableShortcutsSwitch } from "../../../static/js/shortcuts_switch.js";
import { start } from "../../../static/js/start.js";
import { submitOnChange } from "../../../static/js/submit_on_change.js";
import { openPage } from "./browser.js";

test("a behaviour that fails is reported, and takes no other with it", () => {
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.message);
  const started = [];

  start(
    () => started.push("first"),
    () => {
      throw new Error("second");
    },
    () => started.push("third"),
  );

  assert.deepEqual([started, reported], [["first", "third"], ["second"]]);
});

// -- menus -----------------------------------------------------------------------------------------
const MENUS = `<details class="hd-menu" id="a"><summary>A</summary><a href="#">Link</a></details>
  <details class="cs-filter" id="b"><summary>B</summary></details><details id="c"><summary>C</summary></details>`;

test("a click beside a menu closes it, one inside does not, and other details stay", () => {
  const page = openPage(MENUS);
  closeMenus();
  for (const menu of page.findAll("details")) menu.open = true;

  page.find("#a a").click();

  assert.deepEqual(
    page.findAll("details").map(({ open }) => open),
    [true, false, true],
  );
});

test("Escape closes a menu and leads back to what opened it", () => {
  const page = openPage(MENUS);
  closeMenus();
  page.find("#a").open = true;

  page.press(page.find("#a a"), "Escape");

  assert.equal(page.find("#a").open, false);
  assert.equal(page.document.activeElement, page.find("#a summary"));
});

test("a menu closes when the keyboard goes on to what is beside it, and not when the window loses the focus", () => {
  const page = openPage(`${MENUS}<a href="#" id="beside">Beside</a>`);
  closeMenus();
  page.find("#a").open = true;
  const leave = (from, to) => {
    page.fire(page.find(from), "focusout", { relatedTarget: to && page.find(to) });
    return page.find("#a").open;
  };

  assert.deepEqual(
    [leave("#a summary", "#a a"), leave("#a a", null), leave("#a a", "#beside")],
    [true, true, false],
  );
});

// -- forms -----------------------------------------------------------------------------------------
test("the second click of a double click is held back, until one comes back to the page", () => {
  const page = openPage(`<form method="post"></form>`);
  preventDoubleSubmit();
  const send = () => page.fire(page.find("form"), "submit").defaultPrevented;

  assert.deepEqual([send(), send()], [false, true]);
  page.fire(page.window, "pageshow");

  assert.equal(send(), false);
});

test("a search, and a download, can be sent as often as one likes", () => {
  const page = openPage(`<form></form><form method="post" data-download></form>`);
  preventDoubleSubmit();

  for (const form of page.findAll("form")) {
    page.fire(form, "submit");
    assert.equal(page.fire(form, "submit").defaultPrevented, false);
  }
});

test("Ctrl or Command with Enter sends the form of the field", () => {
  const page = openPage("<form><textarea></textarea></form><input>");
  let sent = 0;
  page.find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    sent += 1;
  });
  submitByShortcut();
  const field = page.find("textarea");

  page.press(field, "Enter");
  assert.equal(sent, 0);
  page.press(field, "Enter", { ctrlKey: true });
  page.press(field, "Enter", { metaKey: true });
  page.press(page.find("input"), "Enter", { ctrlKey: true });
  page.press(page.document.body, "Enter", { ctrlKey: true });

  assert.equal(sent, 2);
});

test("a list of choices applies itself, and needs no button", () => {
  const page = openPage(
    `<form data-submit-on-change><select><option>1<option>2</select><input><button data-no-script>Apply</button></form>`,
  );
  let sent = 0;
  page.find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    sent += 1;
  });
  submitOnChange();

  page.fire(page.find("input"), "change");
  assert.equal(sent, 0);
  page.fire(page.find("select"), "change");

  assert.equal(sent, 1);
  assert.equal(page.find("button").hidden, true);
});

test("the characters of a field with a limit are counted beside it", () => {
  const page =
    openPage(`<textarea id="text" maxlength="10000">Have</textarea><output data-count-for="text"></output>
    <input id="free"><output data-count-for="free"></output><output data-count-for="none"></output>`);
  countCharacters();
  const [counted, ...others] = page.findAll("output");
  assert.equal(counted.textContent, "4 of 10,000");

  page.type(page.find("textarea"), " you");

  assert.equal(counted.textContent, "8 of 10,000");
  assert.deepEqual(
    others.map(({ textContent }) => textContent),
    ["", ""],
  );
});

test("one begins where the page says so", () => {
  const page = openPage("<input><input data-focus>");

  setInitialFocus();

  assert.equal(page.document.activeElement, page.find("[data-focus]"));
});

test("somebody who writes elsewhere already is not led away", () => {
  const page = openPage("<input><input data-focus>");
  page.find("input").focus();

  setInitialFocus();

  assert.equal(page.document.activeElement, page.find("input"));
});

// -- keys ------------------------------------------------------------------------------------------
const SEARCH = `<input type="search" aria-keyshortcuts="/"><a href="#">Link</a><textarea></textarea>`;

test("a slash leads to the search, but is a slash where one types", () => {
  const page = openPage(SEARCH);
  focusSearchByShortcut();

  assert.equal(page.press(page.find("textarea"), "/").defaultPrevented, false);
  assert.equal(page.press(page.find("a"), "/", { ctrlKey: true }).defaultPrevented, false);
  assert.equal(page.press(page.find("a"), "/").defaultPrevented, true);

  assert.equal(page.document.activeElement, page.find("[type=search]"));
});

test("single keys are switched off for this browser, and on again", () => {
  const page = openPage(
    `<div hidden><label hidden><input type="checkbox" data-keys-switch></label></div>${SEARCH}`,
  );
  enableShortcutsSwitch();
  focusSearchByShortcut();
  const box = page.find("[data-keys-switch]");
  assert.deepEqual([box.checked, page.find("[hidden]")], [true, null]);

  box.click();
  assert.equal(page.window.localStorage.getItem("keys"), "off");
  assert.equal(page.press(page.find("a"), "/").defaultPrevented, false);
  box.click();
  assert.equal(page.window.localStorage.getItem("keys"), "on");

  assert.equal(page.press(page.find("a"), "/").defaultPrevented, true);
});

test("whoever has switched them off finds them off on the next page", () => {
  const page = openPage(`<input type="checkbox" data-keys-switch>`);
  page.window.localStorage.setItem("keys", "off");

  enableShortcutsSwitch();

  assert.equal(page.document.documentElement.dataset.keys, "off");
  assert.equal(page.find("input").checked, false);
});
