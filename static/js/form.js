// Every page that may hold a form.
import { preventDoubleSubmit, setInitialFocus, submitByShortcut } from "./form_behaviours.js";
import { start, startWhere } from "./start.js";

start(preventDoubleSubmit, setInitialFocus, submitByShortcut);
startWhere("[data-count-for]", async () => (await import("./character_count.js")).countCharacters);
