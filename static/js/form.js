// Every page that may hold a form.
import { countCharacters } from "./character_count.js";
import { preventDoubleSubmit } from "./double_submit.js";
import { setInitialFocus } from "./initial_focus.js";
import { start } from "./start.js";
import { submitByShortcut } from "./submit_shortcut.js";

start(countCharacters, preventDoubleSubmit, setInitialFocus, submitByShortcut);
