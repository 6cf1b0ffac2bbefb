import { clock } from "../clock.js";
import { listen } from "./events.js";

/** @import { State } from "./events.js" */

/**
 * Say honestly, in the head of the page, how fresh it is.
 *
 * @param {HTMLElement} badge
 * @param {(sentence: string) => void} say told what those hear who do not see it
 */
export function showConnectionStatus(badge, say) {
  /** @type {Record<Exclude<State, "">, [name: string, rest: string]>} */
  const WORDS = {
    live: ["Live", ""],
    polling: ["Updated", ` every ${badge.dataset.poll} s`],
    reconnecting: ["Reconnecting", " …"],
    offline: ["Offline", ","],
    "signed-out": ["Signed out", ""],
  };
  const word = badge.querySelector("[data-live-word]");
  const more = badge.querySelector("[data-live-more]");
  if (!word || !more) return;
  // The stream's word, and whether what it told of could be fetched.
  /** @type {{ state: State, since: number }} */
  let stream = { state: "reconnecting", since: Date.now() };
  let failedSince = 0;
  let isLost = false;

  const show = () => {
    const isBehind = stream.state === "live" && failedSince;
    const { state, since } = isBehind
      ? { state: /** @type {const} */ ("reconnecting"), since: failedSince }
      : stream;
    const [name, rest] = WORDS[state || "reconnecting"];
    badge.hidden = false;
    badge.dataset.liveState = state;
    badge.classList.toggle("hd-live--off", state !== "live");
    word.textContent = name;
    more.textContent =
      state === "reconnecting" || state === "offline" ? `${rest} data from ${clock(since)}` : rest;
    badge.title = `${word.textContent}${more.textContent}`;
    if (state === "signed-out") say("You are signed out.");
    if (state === "offline") {
      isLost = true;
      say("The connection is lost.");
    }
    if (state === "live" && isLost) {
      isLost = false;
      say("The connection is back.");
    }
  };
  listen("live:state", (now) => {
    stream = now;
    show();
  });
  listen("live:fetched", ({ result }) => {
    const wasBehind = Boolean(failedSince);
    failedSince = result === "failed" ? failedSince || Date.now() : 0;
    if (stream.state === "live" && wasBehind !== Boolean(failedSince)) show();
  });
}
