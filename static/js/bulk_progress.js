import { fetchPage } from "./fetch_page.js";

// Milliseconds.
const EVERY = 2000;

/** Follow a change of many tickets while the worker is at it. */
export function followProgress() {
  if (document.querySelector('[data-progress="working"]')) setTimeout(showProgress, EVERY);
}

async function showProgress() {
  const shown = document.querySelector('[data-progress="working"]');
  if (!shown) return;
  try {
    const { ok, page } = await fetchPage(location.href);
    const fresh = /** @type {HTMLElement | null} */ (page.querySelector("[data-progress]"));
    // Nothing is taken from under somebody who is at it with the keyboard, until the end.
    const isFree = fresh?.dataset.progress === "done" || !shown.contains(document.activeElement);
    if (ok && fresh && isFree) shown.replaceWith(fresh);
  } catch {
    // the next one tries again
  }
  setTimeout(showProgress, EVERY);
}
