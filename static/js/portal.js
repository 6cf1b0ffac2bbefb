// Every page of the portal. What a page has no place for does nothing there.
import { fillBell } from "./bell.js";
import { countCharacters } from "./character_count.js";
import { keepDrafts } from "./drafts.js";
import { sendFiles } from "./files.js";
import { focusFirst } from "./first_focus.js";
import { switchKeys } from "./keys_switch.js";
import { goLive } from "./live.js";
import { closeMenus } from "./menus.js";
import { findSearch } from "./search_key.js";
import { sendByKey } from "./send_key.js";
import { sendOnce } from "./send_once.js";
import { start } from "./start.js";
import { submitOnChange } from "./submit_on_change.js";

start(
  switchKeys,
  closeMenus,
  countCharacters,
  submitOnChange,
  sendOnce,
  focusFirst,
  sendByKey,
  findSearch,
  fillBell,
  goLive,
  keepDrafts,
  sendFiles,
);
