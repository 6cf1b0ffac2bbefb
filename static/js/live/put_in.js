// How an answer is put into the live parts of the page.
import { dispatch } from "./events.js";
import { morph } from "./morph.js";
import { offerPendingRows } from "./pending_rows.js";
import { keepScrollPosition } from "./scroll_position.js";
import { explainStaleForm } from "./stale_form.js";
import { stableTextOf } from "./text.js";

/** @import { News } from "./events.js" */
/** @import { Source } from "./regions.js" */
/** @typedef {(source: Source, insert: boolean, isOffered?: boolean) => void} Put */

/**
 * Answer what puts in the newest answer of a source.
 *
 * @param {Map<string, Source>} sources all there are
 * @returns {Put}
 */
export function putInto(sources) {
  /**
   * @param {Source} source
   * @param {boolean} insert put rows in wherever they stand
   * @param {boolean} [isOffered] whether somebody asked for it
   */
  const put = (source, insert, isOffered = false) => {
    const page = new DOMParser().parseFromString(source.html, "text/html");
    source.isHeld = false;
    source.waiting = [];
    /** @type {News[]} */
    const news = [];
    keepScrollPosition(() => {
      for (const part of source.parts) {
        const fresh = page.getElementById(part.id);
        if (!fresh) continue;
        const [before, said] = [stableTextOf(part), sayings(part)];
        const hadRows = "liveRows" in part.dataset || part.querySelector("[data-live-rows]");
        const found = morph(part, fresh, { insert });
        if (found.isHeld) source.isHeld = true;
        for (const [form, now] of found.forms) explainStaleForm(form, now);
        if (!hadRows) Object.assign(found, firstRows(fresh));
        if (found.isWaiting) source.waiting.push(found);
        if (found.isWaiting || before !== stableTextOf(part)) {
          news.push({ ...found, said: sayings(part).filter((words) => !said.includes(words)) });
        }
      }
    });
    dispatch("live:shown", { news, isOffered });
    offer([...sources.values()].flatMap(({ waiting }) => waiting));
  };
  const offer = offerPendingRows(() => {
    for (const source of sources.values()) if (source.waiting.length) put(source, true, true);
  });
  return put;
}

/**
 * Answer what is to be said of a part, "Status: Resolved", as it is now.
 *
 * @param {Element} part
 */
function sayings(part) {
  const places = /** @type {HTMLElement[]} */ ([...part.querySelectorAll("[data-live-say]")]);
  return places.map((place) => `${place.dataset.liveSay}: ${place.textContent?.trim()}`);
}

/**
 * Answer the rows of a list that was empty before, and so was no list.
 *
 * @param {Element} fresh
 */
function firstRows(fresh) {
  const list = /** @type {HTMLElement | null} */ (fresh.querySelector("[data-live-rows]"));
  if (!list) return {};
  const rows = /** @type {HTMLElement[]} */ ([...list.children]);
  return { noun: list.dataset.liveRows, news: rows.map((row) => row.dataset.key) };
}
