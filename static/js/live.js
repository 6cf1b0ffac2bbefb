import { showFreshness } from "./live/freshness.js";
import { refreshRegions } from "./live/regions.js";
import { listen } from "./live/stream.js";
import { giveVoice } from "./live/voice.js";

/** Keep an open page up to date: hear what changes, put it in, and say so. */
export function goLive() {
  const badge = /** @type {HTMLElement | null} */ (document.querySelector("[data-live-state]"));
  const voice = document.querySelector("[data-live-voice]");
  if (!badge || !voice) return;
  showFreshness(badge, giveVoice(voice));
  refreshRegions();
  // Last: the others hear what it says first.
  listen(badge);
}
