// Pages of the portal on which one writes, and sends files along.
import { keepDrafts } from "./drafts.js";
import { start } from "./start.js";
import { uploadFiles } from "./uploads.js";

start(keepDrafts, uploadFiles);
