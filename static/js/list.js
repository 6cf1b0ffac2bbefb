// Manage Tickets, and changing many of them.
import { followProgress } from "./bulk_progress.js";
import { countSelected } from "./bulk_selection.js";
import { fillMenus } from "./menu_content.js";
import { peekAtTickets } from "./peek.js";
import { offerPeople } from "./people.js";
import { changeInRow } from "./row_actions.js";
import { start } from "./start.js";

start(countSelected, followProgress, peekAtTickets, changeInRow, offerPeople, () => fillMenus(offerPeople));
