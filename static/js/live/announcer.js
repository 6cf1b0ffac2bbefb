import { interpolate, ngettext } from "../gettext.js";
import { listen } from "./events.js";
import { newRows } from "./text.js";

// Milliseconds: what comes within the first is said in one sentence, and the next sentence waits for the second.
const GATHER = 500;
const QUIET = 30000;

/**
 * Tell screen readers what has changed: politely, one sentence in half a minute at most.
 *
 * @param {Element} place an aria-live region
 * @returns {(sentence: string) => void} says something of the connection; the newest takes the place of an older one
 *   that was not said yet
 */
export function announceChanges(place) {
  let timer = 0;
  let quietUntil = 0;
  let connection = "";
  /** @type {Set<string>} */
  const news = new Set();
  /** @type {Set<string>} */
  const changed = new Set();
  /** @type {Map<string, string>} */
  const said = new Map();
  // New rows that wait to be put in are new with each answer; they are said once.
  /** @type {Set<string>} */
  const told = new Set();

  const summary = () => {
    /** @type {Map<string, number>} */
    const nouns = new Map();
    for (const [noun] of [...news].map((entry) => entry.split(" ")))
      nouns.set(noun, (nouns.get(noun) ?? 0) + 1);
    const sentences = [...said.values(), connection, ...[...nouns].map(([noun, n]) => newRows(noun, n))];
    if (changed.size) {
      const count = changed.size;
      sentences.push(
        interpolate(ngettext("%(count)s ticket changed", "%(count)s tickets changed", count), { count }),
      );
    }
    for (const gathered of [news, changed, said]) gathered.clear();
    connection = "";
    return sentences
      .filter(Boolean)
      .map((sentence) => sentence.replace(/\.?$/, "."))
      .join(" ");
  };
  const saySoon = () => {
    if (timer) return;
    timer = setTimeout(
      () => {
        timer = 0;
        const words = summary();
        if (!words) return;
        place.textContent = words;
        quietUntil = performance.now() + QUIET;
      },
      Math.max(GATHER, quietUntil - performance.now()),
    );
  };

  listen("live:shown", ({ news: parts, isOffered }) => {
    if (isOffered) return;
    for (const part of parts) {
      for (const entry of part.news.map((key) => `${part.noun} ${key}`)) {
        if (!told.has(entry)) news.add(entry);
        told.add(entry);
      }
      if (part.noun === "ticket") for (const key of part.changed) changed.add(key);
      for (const sentence of part.said) said.set(sentence.split(":")[0], sentence);
    }
    if (news.size || changed.size || said.size) saySoon();
  });
  return (sentence) => {
    connection = sentence;
    saySoon();
  };
}
