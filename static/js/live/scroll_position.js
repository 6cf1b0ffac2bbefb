/**
 * Change the page while what one reads, or types, stays where it is on the screen, whatever grows above it.
 *
 * @param {() => void} act
 */
export function keepScrollPosition(act) {
  const root = document.documentElement;
  const active = document.activeElement;
  const isTyping = active?.matches("input, textarea, select") && isInView(active);
  const anchor = isTyping
    ? active
    : document.elementFromPoint(root.clientWidth / 2, Math.min(160, window.innerHeight / 3));
  const top = anchor?.getBoundingClientRect().top ?? 0;
  root.classList.add("hd-steady");
  act();
  if (anchor?.isConnected && (isTyping || window.scrollY > 0)) {
    const moved = anchor.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  }
  root.classList.remove("hd-steady");
}

/** @param {Element} element */
function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < window.innerHeight && bottom > 0;
}
