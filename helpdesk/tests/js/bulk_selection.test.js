import assert from "node:assert/strict";
import { test } from "node:test";
import { countSelected } from "../../../static/js/bulk_selection.js";
import { openPage } from "./browser.js";

function bulkPage({ ticked = 0 } = {}) {
  const boxes = [0, 1, 2].map(
    (n) => `<input type="checkbox" class="action-select"${n < ticked ? " checked" : ""}>`,
  );
  const page = openPage(`<input type="checkbox" data-bulk-page hidden>${boxes.join("")}
    <div id="bulk"><b data-bulk-counter>Tick some</b><input type="checkbox" data-bulk-all></div>`);
  countSelected();
  return {
    page,
    boxes: page.findAll(".action-select"),
    whole: page.find("[data-bulk-page]"),
    all: page.find("[data-bulk-all]"),
    counted: () => page.find("[data-bulk-counter]").textContent,
  };
}

test("the ticked are counted, those that the page came with too", () => {
  const { boxes, whole, counted } = bulkPage({ ticked: 1 });
  assert.equal(counted(), "1 of 3 selected");
  assert.deepEqual([whole.hidden, whole.checked, whole.indeterminate], [false, false, true]);

  boxes[0].click();

  assert.equal(counted(), "Tick some");
  assert.equal(whole.indeterminate, false);
});

test("a whole page is ticked at once, and ticked off again", () => {
  const { boxes, whole, counted } = bulkPage();

  whole.click();
  assert.deepEqual([boxes.every(({ checked }) => checked), counted()], [true, "3 of 3 selected"]);
  whole.click();
  assert.deepEqual([boxes.some(({ checked }) => checked), counted()], [false, "Tick some"]);
});

test("all that match are meant until one is ticked off", () => {
  const { boxes, all, counted } = bulkPage();

  all.click();
  assert.deepEqual([boxes.every(({ checked }) => checked), counted()], [true, "All that match"]);
  boxes[1].click();

  assert.deepEqual([all.checked, counted()], [false, "2 of 3 selected"]);
});

test("rows that came meanwhile, and ticks that the browser brought back, count", () => {
  const { page, boxes, counted } = bulkPage();
  boxes[0].checked = true;
  page.fire(page.window, "pageshow");
  assert.equal(counted(), "1 of 3 selected");

  page.document.body.insertAdjacentHTML("afterbegin", `<input type="checkbox" class="action-select">`);
  page.fire(page.document, "live:shown");

  assert.equal(counted(), "1 of 4 selected");
});
