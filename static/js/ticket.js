// A ticket's page in the console.
import { offerCannedReplies } from "./canned_replies.js";
import { composers } from "./composer.js";
import { loadFragments } from "./lazy_fragments.js";
import { openAtNewest } from "./open_at_newest.js";
import { showPresence } from "./presence.js";
import { savePropertiesOnChange } from "./properties.js";
import { start, startLoaded, startWhenUsed } from "./start.js";
import { keepStickySpace } from "./sticky_space.js";
import { keepUnsavedChoices } from "./unsaved_choices.js";

start(
  keepUnsavedChoices,
  savePropertiesOnChange,
  keepStickySpace,
  openAtNewest,
  loadFragments,
  showPresence,
  offerCannedReplies,
);
const writing = "form[data-composer]";
const drafts = async () => (await import("./drafts.js")).keepDrafts;
const uploads = async () => (await import("./uploads.js")).uploadFiles;
startWhenUsed(writing, async () => (await import("./mentions.js")).offerColleagues);
// What is there already is kept, and files can be removed, before somebody comes.
if (composers().some(({ field }) => field.value)) startLoaded(drafts);
else startWhenUsed(writing, drafts);
if (document.querySelector("[data-files] [data-remove]")) startLoaded(uploads);
else startWhenUsed(writing, uploads);
