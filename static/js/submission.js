// The portal's form for a new ticket.
import { start } from "./start.js";
import { keepSubmissionDraft } from "./submission_draft.js";
import { uploadFiles } from "./uploads.js";

start(keepSubmissionDraft, uploadFiles);
