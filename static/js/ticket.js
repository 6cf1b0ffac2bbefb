// A ticket's page in the console.
import { offerCannedReplies } from "./canned_replies.js";
import { keepDrafts } from "./drafts.js";
import { loadFragments } from "./lazy_fragments.js";
import { openAtNewest } from "./open_at_newest.js";
import { showPresence } from "./presence.js";
import { savePropertiesOnChange } from "./properties.js";
import { start, startWhenUsed } from "./start.js";
import { keepStickySpace } from "./sticky_space.js";
import { keepUnsavedChoices } from "./unsaved_choices.js";
import { uploadFiles } from "./uploads.js";

start(
  keepUnsavedChoices,
  savePropertiesOnChange,
  keepStickySpace,
  openAtNewest,
  loadFragments,
  showPresence,
  keepDrafts,
  uploadFiles,
  offerCannedReplies,
);
startWhenUsed("form[data-composer]", async () => (await import("./mentions.js")).offerColleagues);
