// What the live modules, and those that follow them, say to each other: events of the document.

/**
 * @typedef {"" | "live" | "polling" | "reconnecting" | "offline" | "signed-out"} State of the stream; empty before
 *   anything is known
 *
 * @typedef {object} News what an answer changed in one part of the page
 * @property {string} noun what a row of it is; empty without rows
 * @property {string[]} news keys of rows that are new
 * @property {string[]} changed keys of rows that say something else
 * @property {string[]} said what is to be said of it as it is written, "Status: Resolved"
 *
 * @typedef {{
 *   "live:changed": { topics: string[] },
 *   "live:state": { state: State, since: number, isCaughtUp: boolean },
 *   "live:fetched": { result: "ok" | "failed" | "gone" | "signed-out" },
 *   "live:shown": { news: News[], isOffered: boolean },
 * }} LiveEvents
 *   changed: something has; without topics, everything may.
 *   state: of the stream; since when, in milliseconds, what the page shows is as it was; whether all that was missed
 *     has been told.
 *   fetched: how a reading ended.
 *   shown: what was put in; whether somebody had asked for it.
 */

/**
 * Say something to all who hear it.
 *
 * @template {keyof LiveEvents} Name
 * @param {Name} name
 * @param {LiveEvents[Name]} detail
 */
export function dispatch(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

/**
 * Hear something whenever it is said.
 *
 * @template {keyof LiveEvents} Name
 * @param {Name} name
 * @param {(detail: LiveEvents[Name]) => void} act
 */
export function listen(name, act) {
  document.addEventListener(name, (event) =>
    act(/** @type {CustomEvent<LiveEvents[Name]>} */ (event).detail),
  );
}
