// Every page of the portal. What a page has no place for does nothing there.
import { loadBell } from "./bell.js";
import { countCharacters } from "./character_count.js";
import { preventDoubleSubmit } from "./double_submit.js";
import { keepDrafts } from "./drafts.js";
import { setInitialFocus } from "./initial_focus.js";
import { goLive } from "./live.js";
import { closeMenus } from "./menus.js";
import { focusSearchByShortcut } from "./search_shortcut.js";
import { enableShortcutsSwitch } from "./shortcuts_switch.js";
import { start } from "./start.js";
import { submitOnChange } from "./submit_on_change.js";
import { submitByShortcut } from "./submit_shortcut.js";
import { uploadFiles } from "./uploads.js";

start(
  enableShortcutsSwitch,
  closeMenus,
  countCharacters,
  submitOnChange,
  preventDoubleSubmit,
  setInitialFocus,
  submitByShortcut,
  focusSearchByShortcut,
  loadBell,
  goLive,
  keepDrafts,
  uploadFiles,
);
