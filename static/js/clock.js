import { locale } from "./gettext.js";

/**
 * Say what the clock shows, in the zone of the page's other times.
 *
 * @param {number | string} moment as Date takes it
 */
export function clock(moment) {
  const hours = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
  const timeZone = document.querySelector("[data-time-zone]")?.getAttribute("data-time-zone") || undefined;
  try {
    return new Date(moment).toLocaleTimeString(locale(), { ...hours, timeZone });
  } catch {
    // A zone that is younger than the browser.
    return new Date(moment).toLocaleTimeString(locale(), hours);
  }
}
