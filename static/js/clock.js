import { locale } from "./gettext.js";

/**
 * Say what the clock shows, in the zone of the page's other times.
 *
 * @param {number | string} moment as Date takes it
 */
export function clock(moment) {
  const hours = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
  const timeZone = shownZone();
  try {
    return new Date(moment).toLocaleTimeString(locale(), { ...hours, timeZone });
  } catch {
    // A zone that is younger than the browser.
    return new Date(moment).toLocaleTimeString(locale(), hours);
  }
}

/** Answer the browser's time zone; "" where the page shows its times in it. */
export function otherZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone === shownZone() ? "" : zone;
}

export function shownZone() {
  return document.querySelector("[data-time-zone]")?.getAttribute("data-time-zone") || undefined;
}
