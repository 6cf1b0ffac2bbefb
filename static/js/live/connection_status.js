import { clock } from "../clock.js";
import { gettext, interpolate } from "../gettext.js";
import { listen } from "./events.js";

/** @import { State } from "./events.js" */

/**
 * Say honestly, in the head of the page, how fresh it is.
 *
 * @param {HTMLElement} badge
 * @param {(sentence: string) => void} say told what those hear who do not see it
 */
export function showConnectionStatus(badge, say) {
  const word = badge.querySelector("[data-live-word]");
  const sentence = badge.querySelector("[data-live-sentence]");
  if (!word || !sentence) return;
  const seconds = badge.dataset.poll || "";
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
    badge.hidden = false;
    badge.dataset.liveState = state;
    badge.classList.toggle("hd-live--off", state !== "live");
    [word.textContent, sentence.textContent] = words(state, clock(since), seconds);
    badge.title = sentence.textContent;
    if (state === "signed-out") say(gettext("You are signed out."));
    if (state === "offline") {
      isLost = true;
      say(gettext("The connection is lost."));
    }
    if (state === "live" && isLost) {
      isLost = false;
      say(gettext("The connection is back."));
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

/**
 * @param {State} state
 * @param {string} time from when the page is
 * @param {string} seconds how often it is updated without a stream
 * @returns {[word: string, sentence: string]} what a narrow window has room for, and all of it
 */
function words(state, time, seconds) {
  if (state === "live") return [gettext("Live"), gettext("Live")];
  if (state === "signed-out") return [gettext("Signed out"), gettext("Signed out")];
  if (state === "polling") {
    return [gettext("Updated"), interpolate(gettext("Updated every %(seconds)s s"), { seconds })];
  }
  if (state === "offline") {
    return [gettext("Offline"), interpolate(gettext("Offline, data from %(time)s"), { time })];
  }
  return [gettext("Reconnecting"), interpolate(gettext("Reconnecting … data from %(time)s"), { time })];
}
