// The frame of the console. What a page has no place for does nothing there.
import { loadBell } from "./bell.js";
import { otherZone } from "./clock.js";
import { goLive } from "./live.js";
import { closeMenus } from "./menus.js";
import { loadSavedViews } from "./saved_views.js";
import { focusSearchByShortcut } from "./search_shortcut.js";
import { enableShortcuts } from "./shortcuts.js";
import { enableShortcutsSwitch } from "./shortcuts_switch.js";
import { start, startLoaded, startWhenUsed, startWhere } from "./start.js";

start(
  enableShortcutsSwitch,
  closeMenus,
  focusSearchByShortcut,
  loadSavedViews,
  loadBell,
  enableShortcuts,
  goLive,
);
startWhenUsed("[data-search-people]", async () => (await import("./people.js")).searchPeople);
startWhere("form[data-submit-on-change]", async () => (await import("./submit_on_change.js")).submitOnChange);
// No page waits for what one is asked once.
if (document.querySelector("[data-ask-zone]") && otherZone())
  startLoaded(async () => (await import("./time_zone_offer.js")).offerTimeZone);
