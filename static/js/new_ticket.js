// The console's page of a new ticket for somebody.
import { offerCallers } from "./callers.js";
import { askForNewPerson } from "./new_person.js";
import { start } from "./start.js";
import { uploadFiles } from "./uploads.js";

start(offerCallers, askForNewPerson, uploadFiles);
