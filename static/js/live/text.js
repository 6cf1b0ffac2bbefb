/**
 * Answer what a part of the page says, without the moments: "2 minutes ago" is no news.
 *
 * @param {Element} part
 */
export function stableTextOf(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const aside of copy.querySelectorAll("time, [data-live-aside]")) aside.remove();
  return textOf(copy);
}

/**
 * Answer the text of an element as one reads it: in one line.
 *
 * @param {Element} element
 */
export function textOf(element) {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}
