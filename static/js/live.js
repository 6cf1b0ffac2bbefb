import { announceChanges } from "./live/announcer.js";
import { showConnectionStatus } from "./live/connection_status.js";
import { refreshRegions } from "./live/regions.js";
import { followShownVersion } from "./live/shown_version.js";
import { openStream } from "./live/stream.js";

/** Keep an open page up to date: hear what changes, put it in, and say so. */
export function goLive() {
  const badge = /** @type {HTMLElement | null} */ (document.querySelector("[data-live-state]"));
  const voice = document.querySelector("[data-live-voice]");
  if (!badge || !voice) return;
  showConnectionStatus(badge, announceChanges(voice));
  refreshRegions();
  followShownVersion();
  // Last: the others hear what it says first.
  openStream(badge);
}
