// Every page of the console. What a page has no place for does nothing there.
import { fillBell } from "./bell.js";
import { countTicked, followProgress } from "./bulk.js";
import { offerCannedReplies } from "./canned.js";
import { countCharacters } from "./character_count.js";
import { keepDrafts } from "./drafts.js";
import { sendFiles } from "./files.js";
import { focusFirst } from "./first_focus.js";
import { fillFragments } from "./fragments.js";
import { obeyKeys } from "./keys.js";
import { switchKeys } from "./keys_switch.js";
import { goLive } from "./live.js";
import { offerColleagues } from "./mentions.js";
import { closeMenus } from "./menus.js";
import { peekAtTickets } from "./peek.js";
import { offerPeople } from "./people.js";
import { showPresence } from "./presence.js";
import { fillSavedViews } from "./saved_views.js";
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
  fillSavedViews,
  fillBell,
  obeyKeys,
  countTicked,
  followProgress,
  peekAtTickets,
  fillFragments,
  goLive,
  offerPeople,
  showPresence,
  keepDrafts,
  sendFiles,
  offerCannedReplies,
  offerColleagues,
);
