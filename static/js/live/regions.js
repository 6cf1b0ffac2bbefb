// Keeps the live parts of the page right. Each has an id, the topics it is about in data-live, and in data-live-src
// an address that answers it and its neighbours as they are now: rights are asked there, with each reading.
import { dispatch, listen } from "./events.js";

/** @import { Found } from "./morph.js" */
/** @import { Put } from "./put_in.js" */

// Milliseconds: between two readings, after the first that failed and after many, and for an answer to come.
const PAUSE = 800;
const RETRY = 5000;
const LONGEST = 60000;
const PATIENCE = 20000;
// For so long after one comes back nobody has read anything yet: rows go where they belong.
const BACK = 3000;

/** One address, and how reading it goes. */
export class Source {
  isStale = false;
  isRunning = false;
  isGone = false;
  isHeld = false;
  failures = 0;
  timer = 0;
  readyAt = 0;
  html = "";
  /** @type {Found[]} */
  waiting = [];

  /** @param {string} address */
  constructor(address) {
    this.address = address;
  }

  get parts() {
    return liveParts().filter((part) => part.dataset.liveSrc === this.address);
  }
}

/** Read the live parts anew when something is said to have changed, and put in what differs. */
export function refreshRegions() {
  /** @type {Map<string, Source>} */
  const sources = new Map();
  let isBack = false;
  // Loaded with the first answer: most pages are left before anything has changed.
  /** @type {Put | undefined} */
  let put;

  // -- when to ask ---------------------------------------------------------------------------------
  /**
   * @param {string[]} topics
   * @param {number} spread in milliseconds, so that not everybody asks at once
   */
  const askFor = (topics, spread) => {
    const wanted = liveParts().filter(({ dataset }) => {
      return !topics.length || dataset.live?.split(" ").some((topic) => topics.includes(topic));
    });
    for (const address of new Set(wanted.map((part) => part.dataset.liveSrc || ""))) {
      const source = sources.get(address) ?? new Source(address);
      sources.set(address, source);
      source.isStale = true;
      plan(source, spread);
    }
  };
  /**
   * @param {Source} source
   * @param {number} [spread]
   */
  const plan = (source, spread = 0) => {
    if (source.isGone || source.isRunning || source.timer || document.hidden) return;
    const wait = Math.max(0, source.readyAt - performance.now()) + Math.random() * spread;
    source.timer = setTimeout(() => {
      source.timer = 0;
      read(source);
    }, wait);
  };
  /** @param {Source} source */
  const read = async (source) => {
    source.isStale = false;
    source.isRunning = true;
    const result = await ask(source).catch(() => /** @type {const} */ ("failed"));
    source.isRunning = false;
    source.failures = result === "failed" ? source.failures + 1 : 0;
    source.readyAt =
      performance.now() + (source.failures ? Math.min(LONGEST, RETRY * 2 ** (source.failures - 1)) : PAUSE);
    dispatch("live:fetched", { result });
    // What could not be read is asked for again.
    if (source.failures) source.isStale = true;
    if (source.isStale && result !== "signed-out") plan(source, source.failures ? RETRY : 0);
  };
  /** @param {Source} source */
  const ask = async (source) => {
    const answer = await fetch(source.address, {
      headers: { Accept: "text/html" },
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect") return "signed-out";
    if (answer.status === 403 || answer.status === 404) {
      source.isGone = true;
      sayGone(source);
      return "gone";
    }
    if (!answer.ok) return "failed";
    source.html = await answer.text();
    // Asked after the waiting: two sources may have come for it at once.
    const { putInto } = await import("./put_in.js");
    put ??= putInto(sources);
    put(source, isBack);
    return "ok";
  };

  // -- what sets it going --------------------------------------------------------------------------
  listen("live:changed", ({ topics }) => {
    askFor(topics, topics.some((topic) => topic.startsWith("ticket:")) ? 150 : 0);
  });
  let before = "";
  listen("live:state", ({ state, isCaughtUp }) => {
    // After a loss everybody comes back at once.
    if (state === "live" && !isCaughtUp) askFor([], before ? 2000 : 200);
    before = state;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      for (const source of sources.values()) {
        clearTimeout(source.timer);
        source.timer = 0;
      }
      return;
    }
    isBack = true;
    setTimeout(() => {
      isBack = false;
    }, BACK);
    for (const source of sources.values()) if (source.isStale) plan(source);
  });
  let timer = 0;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const source of sources.values()) if (source.isHeld && !source.isRunning) put?.(source, false);
    }, 300);
  };
  // What was in use may be so no more.
  for (const name of ["focusout", "selectionchange", "toggle", "change"]) {
    document.addEventListener(name, settle, true);
  }
}

function liveParts() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-live][data-live-src]")]);
}

/**
 * Say that what stood here may not be seen any more. A bell or a count in the frame may go without a word.
 *
 * @param {Source} source
 */
function sayGone(source) {
  const words = /** @type {HTMLTemplateElement | null} */ (
    document.querySelector("template[data-live-gone]")
  );
  if (!words || document.querySelector(".hd-lost")) return;
  if (!source.parts.some((part) => part.closest("main"))) return;
  (document.querySelector("main") ?? document.body).prepend(words.content.cloneNode(true));
}
