import { combobox, findPeople } from "./combobox.js";
import { fetchPage } from "./fetch_page.js";
import { gettext } from "./gettext.js";

/**
 * Offer people while one types whose ticket a new one is, and show beside it which open tickets whoever is meant has.
 * Without it a name, an address or the number of a ticket does, and the page shows them when it comes back.
 */
export function offerCallers() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-callers]"));
  const field = /** @type {HTMLInputElement | null | undefined} */ (place?.querySelector("input"));
  const beside = document.querySelector("[data-caller]");
  if (!place || !field || !beside) return;
  // What the page has looked up already.
  let shown = field.value.trim();

  const show = async () => {
    const words = field.value.trim();
    if (words === shown) return;
    shown = words;
    if (!words) {
      beside.replaceChildren();
      return;
    }
    /** @type {ChildNode[]} */
    let found = [];
    try {
      const { ok, page } = await fetchPage(
        `${place.dataset.callerTickets}?${new URLSearchParams({ requester: words })}`,
      );
      if (ok) found = [...page.body.childNodes];
    } catch {
      // nothing is shown
    }
    if (words === shown) beside.replaceChildren(...found);
  };

  combobox({
    field,
    place,
    id: `${field.id}-people`,
    label: gettext("People"),
    find: findPeople(place.dataset.callers || "", "people"),
    words: () => {
      const words = field.value.trim();
      // One letter means everybody, one digit may be a ticket.
      return words.length > 1 || /\d/.test(words) ? words : null;
    },
    take: (person) => {
      // The address: it means one person, where a name may mean several.
      field.value = person.address;
      show();
    },
    marksFirst: true,
  });
  field.addEventListener("input", () => {
    // It was about somebody else.
    if (field.value.trim() === shown) return;
    shown = "";
    beside.replaceChildren();
  });
  field.addEventListener("change", show);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    // One looks somebody up: the rest is not written yet.
    event.preventDefault();
    show();
  });
}
