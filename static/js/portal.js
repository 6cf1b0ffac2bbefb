// The frame of the portal, for who is signed in. What a page has no place for does nothing there.
import { loadBell } from "./bell.js";
import { otherZone } from "./clock.js";
import { goLive } from "./live.js";
import { closeMenus } from "./menus.js";
import { focusSearchByShortcut } from "./search_shortcut.js";
import { enableShortcutsSwitch } from "./shortcuts_switch.js";
import { start, startLoaded, startWhere } from "./start.js";

start(enableShortcutsSwitch, closeMenus, focusSearchByShortcut, loadBell, goLive);
startWhere("form[data-submit-on-change]", async () => (await import("./submit_on_change.js")).submitOnChange);
// No page waits for what one is asked once.
if (document.querySelector("[data-ask-zone]") && otherZone())
  startLoaded(async () => (await import("./time_zone_offer.js")).offerTimeZone);
