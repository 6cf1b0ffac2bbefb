// Every page that may hold a form.
import { countCharacters } from "./character_count.js";
import { preventDoubleSubmit, setInitialFocus, submitByShortcut } from "./form_behaviours.js";
import { start } from "./start.js";

start(countCharacters, preventDoubleSubmit, setInitialFocus, submitByShortcut);
