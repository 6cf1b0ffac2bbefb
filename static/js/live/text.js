import { interpolate, ngettext } from "../gettext.js";

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

/**
 * Say how many rows are new.
 *
 * @param {string} noun what a row is: ticket, question or entry
 * @param {number} count
 */
export function newRows(noun, count) {
  const sentence = {
    ticket: ngettext("%(count)s new ticket", "%(count)s new tickets", count),
    question: ngettext("%(count)s new question", "%(count)s new questions", count),
    entry: ngettext("%(count)s new entry", "%(count)s new entries", count),
  }[noun];
  return interpolate(sentence ?? ngettext("%(count)s new row", "%(count)s new rows", count), { count });
}

/**
 * Say how many rows a list has lost.
 *
 * @param {string} noun what a row is: ticket, question or entry
 * @param {number} count
 */
export function goneRows(noun, count) {
  const sentence = {
    ticket: ngettext("%(count)s ticket no longer here", "%(count)s tickets no longer here", count),
    question: ngettext("%(count)s question no longer here", "%(count)s questions no longer here", count),
    entry: ngettext("%(count)s entry no longer here", "%(count)s entries no longer here", count),
  }[noun];
  return interpolate(
    sentence ?? ngettext("%(count)s row no longer here", "%(count)s rows no longer here", count),
    { count },
  );
}
