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
 * Load a behaviour once somebody comes to a place that has a use for it: no page waits for what few use.
 *
 * @param {string} place a selector
 * @param {() => Promise<() => void>} load
 */
export function startWhenUsed(place, load) {
  const come = async () => {
    if (!document.activeElement?.closest(place)) return;
    document.removeEventListener("focusin", come);
    try {
      start(await load());
    } catch {
      // without it the place still does what it did
    }
  };
  document.addEventListener("focusin", come);
  come();
}
