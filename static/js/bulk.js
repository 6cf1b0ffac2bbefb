import { hear } from "./live/events.js";
import { readPage } from "./read_page.js";

const EVERY = 2000;

/** Count the ticked tickets of a list, and tick a whole page at once. */
export function countTicked() {
  const bar = document.getElementById("bulk");
  const counter = bar?.querySelector("[data-bulk-counter]");
  if (!bar || !counter) return;
  // Asked for each time: on a live page rows come and go.
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".action-select")]);
  const page = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-bulk-page]"));
  const all = /** @type {HTMLInputElement | null} */ (bar.querySelector("[data-bulk-all]"));
  const quiet = counter.textContent;
  if (page) page.hidden = false;
  /** @param {boolean} isTicked */
  const tickAll = (isTicked) => {
    for (const box of boxes()) box.checked = isTicked;
  };
  const show = () => {
    const shown = boxes().length;
    const ticked = boxes().filter((box) => box.checked).length;
    if (page) {
      page.checked = ticked === shown;
      page.indeterminate = ticked > 0 && ticked < shown;
    }
    if (all?.checked) counter.textContent = "All that match";
    else counter.textContent = ticked ? `${ticked} of ${shown} ticked` : quiet;
  };
  document.addEventListener("change", ({ target }) => {
    if (page && target === page) tickAll(page.checked);
    if (all && target === all && all.checked) tickAll(true);
    if (all && target instanceof HTMLInputElement && target.matches(".action-select") && !target.checked) {
      all.checked = false;
    }
    show();
  });
  // Browsers tick again what was ticked when one comes back.
  window.addEventListener("pageshow", show);
  hear("live:shown", show);
  show();
}

/** Follow a change of many tickets while the worker is at it. */
export function followProgress() {
  if (document.querySelector('[data-progress="working"]')) setTimeout(showProgress, EVERY);
}

async function showProgress() {
  const shown = document.querySelector('[data-progress="working"]');
  if (!shown) return;
  try {
    const { ok, page } = await readPage(location.href);
    const fresh = /** @type {HTMLElement | null} */ (page.querySelector("[data-progress]"));
    // Nothing is taken from under somebody who is at it with the keyboard, until the end.
    const isFree = fresh?.dataset.progress === "done" || !shown.contains(document.activeElement);
    if (ok && fresh && isFree) shown.replaceWith(fresh);
  } catch {
    // the next one tries again
  }
  setTimeout(showProgress, EVERY);
}
