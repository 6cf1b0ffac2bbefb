import { gettext, interpolate } from "./gettext.js";
import { listen } from "./live/events.js";

/** Count the ticked tickets of a list, and tick a whole page at once. */
export function countSelected() {
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
    if (all?.checked) counter.textContent = gettext("All that match");
    else {
      counter.textContent = ticked
        ? interpolate(gettext("%(selected)s of %(shown)s selected"), { selected: ticked, shown })
        : quiet;
    }
  };
  // All rows from the one ticked last to the one that is ticked with Shift.
  /** @type {HTMLInputElement | null} */
  let last = null;
  document.addEventListener("click", ({ target, shiftKey }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches(".action-select")) return;
    const all = boxes();
    const [from, to] = [last ? all.indexOf(last) : -1, all.indexOf(target)].sort((a, b) => a - b);
    if (shiftKey && from >= 0) for (const box of all.slice(from, to + 1)) box.checked = target.checked;
    last = target;
    show();
  });
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
  listen("live:shown", show);
  show();
}
