import assert from "node:assert/strict";
import { test } from "node:test";
import { isChanged, isFormInUse, isInUse, isSelected } from "../../../../static/js/live/in_use.js";
import { openPage } from "../browser.js";

const CONTROLS = [
  ["a text that is as it came", `<input value="a">`, () => {}, false],
  ["a text that was typed", `<input value="a">`, (input) => Object.assign(input, { value: "b" }), true],
  [
    "a hidden field",
    `<input type="hidden" value="a">`,
    (input) => Object.assign(input, { value: "b" }),
    false,
  ],
  ["a box that came ticked", `<input type="checkbox" checked>`, () => {}, false],
  ["a box that was ticked", `<input type="checkbox">`, (input) => input.click(), true],
  ["a choice of several", `<input type="radio" name="n">`, (input) => input.click(), true],
  ["a text of lines as it came", "<textarea>a</textarea>", () => {}, false],
  [
    "a text of lines that was typed",
    "<textarea>a</textarea>",
    (area) => Object.assign(area, { value: "b" }),
    true,
  ],
  ["a list with its first chosen", "<select><option>1<option>2</select>", () => {}, false],
  [
    "a list whose first cannot be chosen",
    "<select><option disabled>Choose<option>1<option>2</select>",
    () => {},
    false,
  ],
  ["a list that came chosen", "<select><option>1<option selected>2</select>", () => {}, false],
  [
    "a list where something was chosen",
    "<select><option>1<option>2</select>",
    (select) => Object.assign(select, { selectedIndex: 1 }),
    true,
  ],
  ["a list of many with none chosen", "<select multiple><option>1<option>2</select>", () => {}, false],
  [
    "a list of many with one chosen",
    "<select multiple><option>1<option>2</select>",
    (select) => Object.assign(select.options[0], { selected: true }),
    true,
  ],
  ["a button", "<button value=a>A</button>", () => {}, false],
];

for (const [what, html, act, expected] of CONTROLS) {
  test(`${what} ${expected ? "is" : "is not"} changed`, () => {
    const control = openPage(html).document.body.firstElementChild;

    act(control);

    assert.equal(isChanged(control), expected);
  });
}

test("a form is in use while one is in a field of it, and not on its button", () => {
  const page = openPage("<form><input><button>Send</button></form>");
  const form = page.find("form");

  assert.equal(isFormInUse(form), false);
  page.find("input").focus();
  assert.equal(isFormInUse(form), true);
  page.find("button").focus();
  assert.equal(isFormInUse(form), false);
});

test("a form that was sent, or came back refused, is in use", () => {
  const page = openPage(`<form data-sent="yes"></form><form><p role="alert">No.</p></form>`);

  assert.deepEqual(page.findAll("form").map(isFormInUse), [true, true]);
});

test("what is selected is in use, and a cursor alone selects nothing", () => {
  const page = openPage("<h1>Title</h1><p>One word</p><p>Another</p>");
  const title = page.find("h1").firstChild;
  const [first, second] = page.findAll("p");

  page.document.getSelection().collapse(first.firstChild, 2);
  assert.equal(isSelected(first), false);
  page.select(title, 2, first.firstChild, 3);

  assert.equal(isSelected(first.firstChild), true);
  assert.equal(isInUse(first), true);
  assert.equal(isInUse(second), false);
});

test("what is open, or has something open in it, is in use", () => {
  const page = openPage(
    `<details open></details><div><details open></details></div><details></details><div></div>`,
  );

  assert.deepEqual([...page.document.body.children].map(isInUse), [true, true, false, false]);
});

test("a row with a tick, or with a form that is in use, is in use", () => {
  const page = openPage("<ul><li><input type=checkbox></li><li><form><input></form></li><li>Text</li></ul>");
  const [ticked, filled, plain] = page.findAll("li");

  ticked.querySelector("input").click();
  filled.querySelector("input").focus();

  assert.deepEqual([ticked, filled, plain].map(isInUse), [true, true, false]);
});
