/**
 * Start the behaviours of a page, each by itself: one that fails is reported and takes no other with it.
 *
 * @param {(() => void)[]} behaviours in the order in which they hear of what happens
 */
export function start(...behaviours) {
  for (const behaviour of behaviours) {
    try {
      behaviour();
    } catch (error) {
      reportError(error);
    }
  }
}

/**
 * Load a behaviour and start it. What cannot be loaded is missing: the place still does what it did.
 *
 * @param {() => Promise<() => void>} load
 */
export async function startLoaded(load) {
  try {
    start(await load());
  } catch {
    // the page works without script, too
  }
}

/**
 * Load a behaviour on pages that have a place for it.
 *
 * @param {string} place a selector
 * @param {() => Promise<() => void>} load
 */
export function startWhere(place, load) {
  if (document.querySelector(place)) startLoaded(load);
}

/**
 * Load a behaviour once somebody comes to a place that has a use for it, or brings files there: no page waits for
 * what few use.
 *
 * @param {string} place a selector
 * @param {() => Promise<() => void>} load
 */
export function startWhenUsed(place, load) {
  const uses = ["focusin", "dragenter", "change"];
  /** @param {EventTarget | null} at */
  const come = (at) => {
    if (!(at instanceof Element) || !at.closest(place)) return;
    for (const use of uses) document.removeEventListener(use, hear);
    startLoaded(load);
  };
  const hear = (/** @type {Event} */ event) => come(event.target);
  for (const use of uses) document.addEventListener(use, hear);
  come(document.activeElement);
}
