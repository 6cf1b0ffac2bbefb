import { formsIn, isChanged, isField, isFormInUse, isInUse, isSelected } from "./in_use.js";
import { stableTextOf } from "./text.js";

// Tokens of the same worth, drawn anew for each answer.
const TOKENS = ["csrfmiddlewaretoken", "author", "token"];
// The browser's and the scripts' own.
const KEPT = ["open", "hidden", "data-sent", "data-peeked", "data-live", "data-live-src"];

/**
 * @typedef {object} Found what came of putting in an answer
 * @property {boolean} isHeld whether something in use was left as it was
 * @property {boolean} isWaiting whether rows would move what is in view, and wait to be asked for
 * @property {string} noun what a row is; empty without rows
 * @property {string[]} news keys of rows that are new
 * @property {string[]} gone keys of rows that are not there any more
 * @property {string[]} changed keys of rows that say something else
 * @property {[form: HTMLFormElement, now: HTMLFormElement | null][]} forms those in use, each with what it would be
 *   now; null where it would not be there
 */

/**
 * Make a part of the page say what a fresh one says, changing only what differs. Never touched: what has the focus,
 * what is selected, what is open, what somebody has typed or chosen.
 *
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 * @param {object} [options]
 * @param {boolean} [options.insert] put rows in and take them out wherever they stand
 * @returns {Found}
 */
export function morph(old, fresh, { insert = false } = {}) {
  /** @type {Found} */
  const found = { isHeld: false, isWaiting: false, news: [], gone: [], changed: [], forms: [], noun: "" };

  /** @param {ChildNode} node */
  const remove = (node) => {
    if (!isInUse(node)) {
      node.remove();
      return;
    }
    found.isHeld = true;
    if (node instanceof Element) for (const form of formsIn(node)) found.forms.push([form, null]);
  };

  /**
   * @param {HTMLElement} here
   * @param {HTMLElement} there
   */
  const morphElement = (here, there) => {
    if (here.isEqualNode(there) || "liveStill" in here.dataset) return;
    if (here instanceof HTMLFormElement && isFormInUse(here)) {
      found.isHeld = true;
      found.forms.push([here, /** @type {HTMLFormElement} */ (there)]);
      return;
    }
    if (here instanceof HTMLInputElement && TOKENS.includes(here.name)) return;
    if (isField(here) && (isChanged(here) || here === document.activeElement)) return;
    if (here instanceof HTMLTextAreaElement) {
      here.defaultValue = /** @type {HTMLTextAreaElement} */ (there).defaultValue;
      return;
    }
    morphAttributes(here, there);
    if ("liveRows" in here.dataset) morphRows(here, there);
    else morphChildren(here, there);
    if (here instanceof HTMLSelectElement) {
      for (const option of here.options) option.selected = option.defaultSelected;
    }
  };

  /**
   * @param {Node} here
   * @param {Node} there
   */
  const morphNode = (here, there) => {
    if (here instanceof Element) {
      morphElement(/** @type {HTMLElement} */ (here), /** @type {HTMLElement} */ (there));
    } else if (here.nodeValue !== there.nodeValue) {
      if (isSelected(here)) found.isHeld = true;
      else here.nodeValue = there.nodeValue;
    }
  };

  /**
   * @param {HTMLElement} here
   * @param {HTMLElement} there
   */
  const morphChildren = (here, there) => {
    /** @type {Map<string, ChildNode>} */
    const keyed = new Map([...here.children].map((child) => [keyOf(child), child]));
    let place = here.firstChild;
    for (const wanted of [...there.childNodes]) {
      const own = match(wanted, place, keyed);
      if (!own) {
        here.insertBefore(document.importNode(wanted, true), place);
        continue;
      }
      // Moving a node takes the focus from it: what stands before it goes behind it instead.
      if (isInUse(own)) {
        while (place && place !== own) {
          const next = place.nextSibling;
          own.after(place);
          place = next;
        }
      }
      if (own === place) place = place.nextSibling;
      else here.insertBefore(own, place);
      morphNode(own, wanted);
    }
    while (place) {
      const next = place.nextSibling;
      remove(place);
      place = next;
    }
  };

  // The rows of a list keep their places until they are asked to move.
  /**
   * @param {HTMLElement} here
   * @param {HTMLElement} there
   */
  const morphRows = (here, there) => {
    const now = rowsOf(here);
    const then = rowsOf(there);
    const news = [...then.keys()].filter((key) => !now.has(key));
    const missing = [...now.keys()].filter((key) => !then.has(key));
    const gone = missing.slice(0, missing.length - countPushed([...now.keys()], missing, news.length));
    found.noun = here.dataset.liveRows || "";
    for (const [key, row] of now) {
      const fresh = then.get(key);
      if (!fresh) continue;
      if (stableTextOf(row) !== stableTextOf(fresh)) found.changed.push(key);
      morphElement(row, fresh);
    }
    found.news.push(...news);
    found.gone.push(...gone);
    const goneRows = gone.map((key) => /** @type {HTMLElement} */ (now.get(key)));
    if (insert || "liveInsert" in here.dataset || areUnseen(here, now, [...then.keys()], news, goneRows)) {
      for (const key of missing) remove(/** @type {HTMLElement} */ (now.get(key)));
      arrange(here, now, then);
    } else {
      found.isWaiting = Boolean(news.length || gone.length);
      for (const row of goneRows) row.classList.add("hd-gone");
    }
  };

  /**
   * @param {HTMLElement} here
   * @param {Map<string, HTMLElement>} now
   * @param {Map<string, HTMLElement>} then
   */
  const arrange = (here, now, then) => {
    let place = [...here.children].find(keyOf) ?? null;
    for (const [key, fresh] of then) {
      const own = now.get(key) ?? document.importNode(fresh, true);
      if (own === place) place = place.nextElementSibling;
      else if (now.has(key) && isInUse(own)) found.isHeld = true;
      else here.insertBefore(own, place);
    }
  };

  morphElement(old, fresh);
  return found;
}

/**
 * @param {HTMLElement} here
 * @param {HTMLElement} there
 */
function morphAttributes(here, there) {
  for (const { name, value } of there.attributes) {
    if (!KEPT.includes(name) && here.getAttribute(name) !== value) here.setAttribute(name, value);
  }
  for (const { name } of [...here.attributes]) {
    if (!KEPT.includes(name) && !there.hasAttribute(name)) here.removeAttribute(name);
  }
}

/**
 * Answer by what a node is known again; empty for one that is known by its place only.
 *
 * @param {Node} node
 */
function keyOf(node) {
  if (!(node instanceof Element)) return "";
  return (
    node.id ||
    node.getAttribute("data-key") ||
    node.getAttribute("aria-labelledby") ||
    (node.nodeName === "FORM" && node.getAttribute("action")) ||
    ""
  );
}

/**
 * Find the node that a wanted one is to be made of.
 *
 * @param {Node} wanted
 * @param {ChildNode | null} place the first that is not taken yet
 * @param {Map<string, ChildNode>} keyed those with a key that are not taken yet
 */
function match(wanted, place, keyed) {
  const key = keyOf(wanted);
  if (key) {
    const own = keyed.get(key);
    keyed.delete(key);
    return own?.nodeName === wanted.nodeName ? own : null;
  }
  let here = place;
  while (here && (here.nodeType !== wanted.nodeType || here.nodeName !== wanted.nodeName || keyOf(here))) {
    here = here.nextSibling;
  }
  return here;
}

/** @param {HTMLElement} list */
function rowsOf(list) {
  const rows = /** @type {HTMLElement[]} */ ([...list.children].filter(keyOf));
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/**
 * Count the rows that others pushed out at the end, to the next page: as many as came in, at most.
 *
 * @param {string[]} keys of all rows
 * @param {string[]} missing those of them that are not there any more
 * @param {number} most
 */
function countPushed(keys, missing, most) {
  const trailing = keys.length - 1 - keys.findLastIndex((key) => !missing.includes(key));
  return Math.min(trailing, most);
}

/**
 * Tell whether all that would come or go is out of view.
 *
 * @param {HTMLElement} list
 * @param {Map<string, HTMLElement>} now the rows as they are
 * @param {string[]} keys of the rows as they would be
 * @param {string[]} news those of them that are new
 * @param {HTMLElement[]} gone the rows that would go
 */
function areUnseen(list, now, keys, news, gone) {
  const isInView = (/** @type {number} */ top, /** @type {number} */ bottom) =>
    bottom > 0 && top < window.innerHeight;
  const placeOf = (/** @type {string} */ key) => {
    const next = keys.slice(keys.indexOf(key)).find((other) => now.has(other));
    const row = next === undefined ? undefined : now.get(next);
    return row ? row.getBoundingClientRect().top : list.getBoundingClientRect().bottom;
  };
  const areGoneInView = gone
    .map((row) => row.getBoundingClientRect())
    .some(({ top, bottom }) => isInView(top, bottom));
  return !areGoneInView && !news.map(placeOf).some((y) => isInView(y, y + 1));
}
