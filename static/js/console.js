// Every page of the console. What a page has no place for does nothing there.
import { loadBell } from "./bell.js";
import { followProgress } from "./bulk_progress.js";
import { countSelected } from "./bulk_selection.js";
import { offerCannedReplies } from "./canned_replies.js";
import { countCharacters } from "./character_count.js";
import { preventDoubleSubmit } from "./double_submit.js";
import { keepDrafts } from "./drafts.js";
import { setInitialFocus } from "./initial_focus.js";
import { loadFragments } from "./lazy_fragments.js";
import { goLive } from "./live.js";
import { offerColleagues } from "./mentions.js";
import { fillMenus } from "./menu_content.js";
import { closeMenus } from "./menus.js";
import { openAtNewest } from "./open_at_newest.js";
import { peekAtTickets } from "./peek.js";
import { offerPeople, searchPeople } from "./people.js";
import { showPresence } from "./presence.js";
import { savePropertiesOnChange } from "./properties.js";
import { changeInRow } from "./row_actions.js";
import { loadSavedViews } from "./saved_views.js";
import { focusSearchByShortcut } from "./search_shortcut.js";
import { enableShortcuts } from "./shortcuts.js";
import { enableShortcutsSwitch } from "./shortcuts_switch.js";
import { start } from "./start.js";
import { keepStickySpace } from "./sticky_space.js";
import { submitOnChange } from "./submit_on_change.js";
import { submitByShortcut } from "./submit_shortcut.js";
import { keepUnsavedChoices } from "./unsaved_choices.js";
import { uploadFiles } from "./uploads.js";

start(
  enableShortcutsSwitch,
  closeMenus,
  countCharacters,
  submitOnChange,
  keepUnsavedChoices,
  preventDoubleSubmit,
  savePropertiesOnChange,
  keepStickySpace,
  openAtNewest,
  setInitialFocus,
  submitByShortcut,
  focusSearchByShortcut,
  loadSavedViews,
  loadBell,
  enableShortcuts,
  countSelected,
  followProgress,
  peekAtTickets,
  changeInRow,
  loadFragments,
  goLive,
  offerPeople,
  searchPeople,
  () => fillMenus(offerPeople),
  showPresence,
  keepDrafts,
  uploadFiles,
  offerCannedReplies,
  offerColleagues,
);
