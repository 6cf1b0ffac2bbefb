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
