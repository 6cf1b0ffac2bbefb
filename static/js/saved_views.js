import { fetchPage } from "./fetch_page.js";

/**
 * Fill the side bar's list below Manage Tickets with the saved views and their counts. Without it, the page of the
 * saved views lists them.
 */
export function loadSavedViews() {
  const shown = document.getElementById("saved-views");
  if (!shown) return;
  // Shown again while the next page asks, so that the side bar does not jump. Another reader's is left alone.
  const key = `saved-views-${shown.dataset.reader}`;
  // Whoever puts something new into the list, as live/regions.js does: the copies follow.
  new MutationObserver(() => spread(shown)).observe(shown, {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true,
  });
  try {
    const kept = sessionStorage.getItem(key);
    if (kept) put(shown, new DOMParser().parseFromString(kept, "text/html"));
  } catch {
    // private mode
  }
  read(shown, key);
}

/**
 * @param {HTMLElement} shown
 * @param {string} key
 */
async function read(shown, key) {
  try {
    const { ok, page } = await fetchPage(shown.dataset.liveSrc || "");
    if (!ok) return;
    const markup = page.documentElement.outerHTML;
    put(shown, page);
    sessionStorage.setItem(key, markup);
  } catch {
    // the next page asks again
  }
}

/**
 * @param {HTMLElement} shown
 * @param {Document} page
 */
function put(shown, page) {
  const fresh = page.getElementById(shown.id);
  if (fresh) shown.replaceChildren(...fresh.children);
}

/** @param {HTMLElement} shown */
function spread(shown) {
  for (const link of shown.querySelectorAll("a")) {
    if (link.href === location.href && !link.hasAttribute("aria-current"))
      link.setAttribute("aria-current", "true");
  }
  for (const copy of document.querySelectorAll("[data-saved-views-copy]")) {
    copy.replaceChildren(...[...shown.children].map((item) => item.cloneNode(true)));
  }
  for (const count of /** @type {NodeListOf<HTMLElement>} */ (shown.querySelectorAll("[data-count-of]"))) {
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll(`[data-count="${count.dataset.countOf}"]`)
    )) {
      place.hidden = count.textContent === "0";
      const number = place.querySelector("span");
      if (number) number.textContent = count.textContent;
    }
  }
}
