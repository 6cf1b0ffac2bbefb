import { fetchPage } from "./fetch_page.js";

/**
 * Fill the menus that are asked for when they are opened. Without it each holds a link to a page of its own.
 *
 * @param {(place: HTMLElement) => void} whenFilled told what was filled
 */
export function fillMenus(whenFilled) {
  // The event does not bubble.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const place =
        target instanceof HTMLDetailsElement && target.open && target.querySelector("[data-menu]");
      if (place instanceof HTMLElement) fill(place, whenFilled);
    },
    true,
  );
}

/**
 * @param {HTMLElement} place
 * @param {(place: HTMLElement) => void} whenFilled
 */
async function fill(place, whenFilled) {
  try {
    const { ok, page } = await fetchPage(place.dataset.menu || "");
    if (!ok) return;
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(...page.body.childNodes);
    if (hadFocus) /** @type {HTMLElement | null} */ (place.querySelector("a, input"))?.focus();
    whenFilled(place);
  } catch {
    // the link stays
  }
}
