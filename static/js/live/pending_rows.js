import { gettext, interpolate } from "../gettext.js";
import { goneRows, newRows } from "./text.js";

/** @import { Found } from "./morph.js" */

/**
 * Make the button that offers rows which would move what one reads.
 *
 * @param {() => void} showAll puts them in
 * @returns {(lists: Found[]) => void} told which lists have such rows; the button says how many, or goes
 */
export function offerPendingRows(showAll) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "hd-btn hd-btn--primary hd-fresh";
  button.hidden = true;
  (document.querySelector("main") ?? document.body).prepend(button);
  /** @type {Found[]} */
  let waiting = [];
  button.addEventListener("click", () => {
    const first = waiting[0]?.news[0];
    button.hidden = true;
    showAll();
    if (first) focusRow(first);
  });
  return (lists) => {
    waiting = lists;
    const news = count(lists, "news");
    const noun = lists[0]?.noun || "";
    button.hidden = !lists.length;
    button.textContent = news
      ? interpolate(gettext("%(rows)s. Show"), { rows: newRows(noun, news) })
      : interpolate(gettext("%(rows)s. Update"), { rows: goneRows(noun, count(lists, "gone")) });
  };
}

/**
 * Count rows once, in however many lists they stand.
 *
 * @param {Found[]} lists
 * @param {"news" | "gone"} which
 */
function count(lists, which) {
  return new Set(lists.flatMap((list) => list[which].map((key) => `${list.noun} ${key}`))).size;
}

/** @param {string} key */
function focusRow(key) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-live-rows] > [data-key]")]);
  const row = rows.find((one) => one.dataset.key === key);
  /** @type {HTMLElement | null | undefined} */ (row?.querySelector("a, button"))?.focus();
}
