import assert from "node:assert/strict";
import { test } from "node:test";
import { enableShortcuts } from "../../../static/js/shortcuts.js";
import { openPage } from "./browser.js";

const row = (id) => `<tr id="${id}">
  <td><input type="checkbox" class="action-select"></td>
  <th><a href="/${id}">${id}</a></th><td><a data-peek="/${id}/peek" href="#">Peek</a></td></tr>`;
const LIST = `
  <nav class="cs-crumbs"><a href="#">Up</a></nav><a href="#" data-key="n">New</a>
  <table id="result_list"><tbody>${["a", "b", "c"].map(row).join("")}</tbody></table>
  <div id="bulk"><button data-key="a">Assign</button></div>
  <input type="search"><dialog id="peek"></dialog><dialog id="keys"></dialog><p data-keys-item hidden></p>`;
const TICKET = `
  <div class="cs-neighbours"><a rel="prev" href="#">Previous</a><a rel="next" href="#">Next</a></div>
  <form id="composer"><input type="radio" name="visibility" value="reply" checked><input type="radio" name="visibility" value="note">
  <textarea name="text"></textarea></form>
  <select id="id_properties_assignee"></select>
  <div id="ticket-actions"><form><button id="take" data-take>Take</button></form>
  <form class="cs-verb"><button id="start"></button></form><details data-status><summary id="hold"></summary></details></div>`;

/** Open a page with keys; `clicked` holds the text of what was clicked. */
function keyedPage(html) {
  const page = openPage(html);
  const clicked = [];
  page.document.addEventListener("click", ({ target }) => clicked.push(target.textContent || target.value));
  enableShortcuts();
  return { page, clicked, press: (key, options) => page.press(page.document.activeElement, key, options) };
}
const focused = (page) => page.document.activeElement.textContent.trim();

test("j and k go through the rows and stop at the ends", () => {
  const { page, press } = keyedPage(LIST);
  const seen = ["j", "j", "j", "j", "k", "k", "k"].map((key) => {
    press(key);
    return focused(page);
  });

  assert.deepEqual(seen, ["a", "b", "c", "c", "b", "a", "a"]);
});

test("a layout with other letters has the keys where they are on ours", () => {
  const { page, press } = keyedPage(LIST);

  press("о", { code: "KeyJ" });
  assert.equal(focused(page), "a");
  // Of Latin letters it is the letter that counts, wherever it stands.
  press("j", { code: "KeyC" });
  assert.equal(focused(page), "b");
  press("c", { code: "KeyJ" });
  assert.equal(focused(page), "b");
});

test("x ticks the row at hand, and ticks it off again", () => {
  const { page, press } = keyedPage(LIST);
  press("j");

  press("x");
  assert.equal(page.find("#a .action-select").checked, true);
  press("x");
  assert.equal(page.find("#a .action-select").checked, false);
});

test("a decision is about the ticked rows, or else about the one at hand", () => {
  const { page, press, clicked } = keyedPage(LIST);
  press("j");
  press("j");

  press("a");

  assert.equal(page.find("#b .action-select").checked, true);
  assert.deepEqual(clicked.slice(-1), ["Assign"]);
  press("j");
  press("a");
  assert.equal(page.find("#c .action-select").checked, false);
});

test("what can be changed in its row is changed there, while nothing is ticked", () => {
  const { page, press, clicked } = keyedPage(LIST);
  page
    .find("#b td")
    .insertAdjacentHTML("beforeend", "<a href='#' data-quick>Change</a><button data-take>Take</button>");
  press("j");
  press("j");

  press("s");
  assert.equal(page.find("[data-quick]").dataset.quickField, "status");
  press("t");
  press("x");
  press("a");

  assert.deepEqual(clicked.slice(0, 2), ["Change", "Take"]);
  assert.deepEqual(clicked.slice(-1), ["Assign"]);
});

test("j and k go on from the row that was pressed", () => {
  const { page, press } = keyedPage(LIST);

  page.fire(page.find("#b td"), "pointerdown");
  press("j");

  assert.equal(focused(page), "c");
});

test("with the panel beside the list the other keys work, too", () => {
  const { page, press, clicked } = keyedPage(LIST);
  page.find("#peek").className = "is-beside";
  page.find("#peek").open = true;
  press("j");

  press("j");
  press("x");

  assert.deepEqual(clicked.slice(0, 2), ["Peek", "Peek"]);
  assert.equal(focused(page), "b");
  assert.equal(page.find("#b .action-select").checked, true);
});

test("o and p show the row at hand beside the list", () => {
  const { press, clicked } = keyedPage(LIST);
  press("j");

  press("o");
  press("p");

  assert.deepEqual(clicked, ["Peek", "Peek"]);
});

test("while the panel is open only j and k do something: they show the next row", () => {
  const { page, press, clicked } = keyedPage(LIST);
  press("j");
  page.find("#peek").open = true;

  press("j");
  press("x");
  press("u");

  assert.deepEqual(clicked, ["Peek"]);
  assert.equal(page.find(".action-select:checked"), null);
});

test("n begins a ticket, u goes up, and ? says which keys there are", () => {
  const { page, press, clicked } = keyedPage(LIST);

  press("n");
  press("u");
  press("?");

  assert.deepEqual(clicked, ["New", "Up"]);
  assert.equal(page.find("#keys").open, true);
});

test("a click beside the help closes it", () => {
  const { page, press } = keyedPage(LIST);
  press("?");

  page.find("#keys").click();

  assert.equal(page.find("#keys").open, false);
});

test("at a ticket the keys choose who reads, the property, and the neighbour", () => {
  const { page, press, clicked } = keyedPage(TICKET);

  press("i");
  assert.equal(page.find("[value=note]").checked, true);
  assert.equal(page.document.activeElement.name, "text");
  page.document.activeElement.blur();
  press("r");
  assert.equal(page.find("[value=reply]").checked, true);
  page.document.activeElement.blur();
  press("a");
  assert.equal(page.document.activeElement.id, "id_properties_assignee");
  page.document.activeElement.blur();
  press("s");
  assert.equal(page.document.activeElement.id, "start");
  page.document.activeElement.blur();
  press("t");
  press("j");
  press("k");
  assert.deepEqual(clicked.slice(-3), ["Take", "Next", "Previous"]);
});

test("letters in fields are letters", () => {
  const { page, press, clicked } = keyedPage(LIST);
  page.find("[type=search]").focus();

  assert.equal(press("n").defaultPrevented, false);
  assert.deepEqual(clicked, []);
});

test("in a tick box they are keys", () => {
  const { page, press, clicked } = keyedPage(LIST);
  page.find("#a .action-select").focus();

  press("n");

  assert.deepEqual(clicked, ["New"]);
});

for (const options of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }]) {
  test(`keys with ${Object.keys(options)} are for others`, () => {
    const { press, clicked } = keyedPage(LIST);

    assert.equal(press("n", options).defaultPrevented, false);
    assert.deepEqual(clicked, []);
  });
}

test("whoever has switched the keys off has none", () => {
  const { page, press, clicked } = keyedPage(LIST);
  page.document.documentElement.dataset.keys = "off";

  press("n");

  assert.deepEqual(clicked, []);
});

test("a name that every object has is no key", () => {
  const { press } = keyedPage(LIST);

  assert.equal(press("constructor").defaultPrevented, false);
});
