import { fetchPage } from "./fetch_page.js";

/**
 * Put in what a ticket's page leaves for later: where in its list the ticket stands, and what is known about its
 * requester. Until then, and without script, links lead there.
 */
export function loadFragments() {
  for (const name of ["neighbours", "requester"]) {
    const place = /** @type {HTMLElement | null} */ (document.querySelector(`[data-${name}]`));
    if (place) fill(place, place.dataset[name] || "");
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} address
 */
async function fill(place, address) {
  try {
    const { ok, page } = await fetchPage(address);
    if (ok) place.replaceChildren(...page.body.childNodes);
  } catch {
    // the links stay
  }
}
