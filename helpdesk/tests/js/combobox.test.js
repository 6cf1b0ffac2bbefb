import assert from "node:assert/strict";
import { test } from "node:test";
import { combobox, findPeople } from "../../../static/js/combobox.js";
import { openPage } from "./browser.js";

const ADA = { name: "Ada Admin", address: "ada@example.com" };
const OSKAR = { name: "Oskar Otheradmin", address: "oskar@example.com" };

function boxPage({ found = [ADA, OSKAR], ...options } = {}) {
  const page = openPage("<form><input><textarea></textarea></form>");
  const field = page.find(options.isText ? "textarea" : "input");
  const taken = [];
  const asked = [];
  combobox({
    field,
    place: page.find("form"),
    id: "people",
    label: "People",
    find: async (words) => {
      asked.push(words);
      return typeof found === "function" ? found(words) : found;
    },
    words: () => field.value || null,
    take: (person) => taken.push(person),
    ...options,
  });
  const list = page.find("[role=listbox]");
  const open = async (words = "a") => {
    page.type(field, words);
    await page.wait(150);
  };
  return { page, field, list, taken, asked, open };
}
const marked = (list) => list.querySelector("[aria-selected=true]")?.textContent ?? null;

test("people are offered when typing pauses", async () => {
  const { page, field, list, asked } = boxPage();

  page.type(field, "ad");
  await page.wait(100);
  assert.deepEqual([asked, list.hidden], [[], true]);
  await page.wait(50);

  assert.deepEqual(asked, ["ad"]);
  assert.deepEqual(
    [...list.children].map((option) => option.textContent),
    ["Ada Admin ada@example.com", "Oskar Otheradmin oskar@example.com"],
  );
  assert.equal(list.hidden, false);
  assert.equal(field.getAttribute("aria-expanded"), "true");
});

test("the field and its list say to whom they belong", () => {
  const { field, list } = boxPage();

  assert.equal(field.getAttribute("role"), "combobox");
  assert.equal(field.getAttribute("aria-controls"), list.id);
  assert.equal(field.getAttribute("aria-expanded"), "false");
  assert.equal(field.getAttribute("autocomplete"), "off");
  assert.equal(list.getAttribute("aria-label"), "People");
});

test("a text of several lines is no combo box", async () => {
  const { field, open } = boxPage({ isText: true });
  await open();

  assert.equal(field.getAttribute("role"), null);
  assert.equal(field.getAttribute("aria-expanded"), null);
  assert.equal(field.getAttribute("aria-autocomplete"), "list");
});

test("the arrows go round, and the field says which one is meant", async () => {
  const { page, field, list, open } = boxPage();
  await open();
  assert.equal(marked(list), null);

  page.press(field, "ArrowDown");
  assert.match(marked(list), /^Ada/);
  assert.equal(field.getAttribute("aria-activedescendant"), "people-0");
  page.press(field, "ArrowDown");
  assert.match(marked(list), /^Oskar/);
  page.press(field, "ArrowDown");
  assert.match(marked(list), /^Ada/);
  page.press(field, "ArrowUp");
  assert.match(marked(list), /^Oskar/);
});

test("the arrow up begins at the last", async () => {
  const { page, field, list, open } = boxPage();
  await open();

  page.press(field, "ArrowUp");

  assert.match(marked(list), /^Oskar/);
});

test("Enter takes the one that is marked, and closes", async () => {
  const { page, field, list, taken, open } = boxPage();
  await open();
  page.press(field, "ArrowDown");

  const enter = page.press(field, "Enter");

  assert.deepEqual(taken, [ADA]);
  assert.equal(enter.defaultPrevented, true);
  assert.equal(list.hidden, true);
  assert.equal(field.getAttribute("aria-activedescendant"), null);
});

test("Enter and Tab without a choice do what they do elsewhere", async () => {
  const { page, field, taken, open } = boxPage();
  await open();

  assert.equal(page.press(field, "Enter").defaultPrevented, false);
  page.press(field, "ArrowDown");
  assert.equal(page.press(field, "Tab").defaultPrevented, false);

  assert.deepEqual(taken, []);
});

for (const key of ["Enter", "Tab"]) {
  test(`where the first is marked, ${key} takes it`, async () => {
    const { page, field, list, taken, open } = boxPage({ marksFirst: true });
    await open();
    assert.match(marked(list), /^Ada/);

    page.press(field, key);

    assert.deepEqual(taken, [ADA]);
  });
}

test("Escape closes, and nobody else hears of it", async () => {
  const { page, field, list, open } = boxPage();
  await open();
  let heard = 0;
  page.document.addEventListener("keydown", () => {
    heard += 1;
  });

  page.press(field, "Escape");
  assert.equal(list.hidden, true);
  page.press(field, "Escape");

  assert.equal(heard, 1);
});

test("keys with Ctrl, or of an input method, are not for the list", async () => {
  const { page, field, list, open } = boxPage();
  await open();

  page.press(field, "ArrowDown", { ctrlKey: true });
  page.press(field, "ArrowDown", { isComposing: true });

  assert.equal(marked(list), null);
});

test("a click takes before the field loses its focus", async () => {
  const { page, list, taken, open } = boxPage();
  await open();

  const click = page.fire(list.children[1], "pointerdown");

  assert.deepEqual(taken, [OSKAR]);
  assert.equal(click.defaultPrevented, true);
});

test("an answer that comes late is not shown", async () => {
  const late = [];
  const { page, field, list, open } = boxPage({ found: () => new Promise((answer) => late.push(answer)) });
  await open("a");
  page.type(field, "d");
  await page.wait(150);

  late[1]([OSKAR]);
  await page.wait();
  late[0]([ADA]);
  await page.wait();

  assert.match(list.textContent, /^Oskar/);
});

test("nobody is offered any more when there is nothing to look for, nobody found, or no answer", async () => {
  const { page, field, list, asked, open } = boxPage({
    found: (words) => {
      if (words.length === 2) return [];
      if (words.length === 3) throw new TypeError("no connection");
      return [ADA];
    },
  });
  for (const rest of ["d", "da"]) {
    field.value = "";
    await open("a");
    assert.equal(list.hidden, false);
    await open(rest);
    assert.equal(list.hidden, true);
  }
  field.value = "";
  await open("a");

  field.value = "";
  page.fire(field, "input");

  assert.equal(list.hidden, true);
  assert.deepEqual(asked, ["a", "ad", "a", "ada", "a"]);
});

test("leaving the field closes the list", async () => {
  const { page, field, list, open } = boxPage();
  await open();

  page.fire(field, "blur");

  assert.equal(list.hidden, true);
});

test("people are asked for in JSON, and a refusal finds nobody", async () => {
  const page = openPage("");
  page.answer = () => Response.json({ people: [ADA] });
  const find = findPeople("/people/", "people");

  assert.deepEqual(await find("a & b"), [ADA]);
  assert.equal(page.asked[0].address, "/people/?q=a+%26+b");
  assert.equal(page.asked[0].headers.Accept, "application/json");
  page.answer = () => new Response("", { status: 403 });
  assert.deepEqual(await find("a"), []);
});

test("the list stays until what is pressed beside it is let go of", async () => {
  const { page, field, list, open } = boxPage({ isText: true });
  const button = page.document.createElement("button");
  page.find("form").append(button);
  await open();
  field.focus();

  page.fire(button, "pointerdown");
  button.focus();
  assert.equal(list.hidden, false);
  page.fire(button, "pointerup");
  await page.wait(1);

  assert.equal(list.hidden, true);
});
