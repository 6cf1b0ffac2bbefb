// People offered while something is typed: the combo box of the ARIA Authoring Practices, its choices asked for.

/** @typedef {{ name: string, address: string }} Person */

const PAUSE = 150;

/**
 * Offer people below a field.
 *
 * @param {object} options
 * @param {HTMLInputElement | HTMLTextAreaElement} options.field
 * @param {Element} options.place where the list is put, at its end
 * @param {string} options.id of the list
 * @param {string} options.label what the list is called
 * @param {(words: string) => Promise<Person[]>} options.find who matches
 * @param {() => string | null} options.words what to look for; null to offer nobody
 * @param {(person: Person, offered: Person[]) => void} options.take what to do with the one who is chosen
 * @param {boolean} [options.marksFirst] whether Enter, and Tab, take the first one without a choice
 */
export function combobox({ field, place, id, label, find, words, take, marksFirst = false }) {
  const list = document.createElement("ul");
  list.className = "hd-mentions";
  list.id = id;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.hidden = true;
  place.append(list);
  // A text of several lines is no combo box to ARIA, and cannot be said to be open.
  const isBox = field instanceof HTMLInputElement;
  /** @type {Person[]} */
  let offered = [];
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  const unmark = () => {
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    for (const option of list.children) option.setAttribute("aria-selected", "false");
  };
  /** @param {boolean} isOpen */
  const show = (isOpen) => {
    list.hidden = !isOpen;
    unmark();
    if (isBox) field.setAttribute("aria-expanded", String(isOpen));
  };
  const close = () => {
    clearTimeout(timer);
    asked += 1;
    show(false);
  };
  /** @param {number} place */
  const mark = (place) => {
    chosen = (place + offered.length) % offered.length;
    [...list.children].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === chosen));
    });
    field.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  };
  /** @param {Person} person */
  const choose = (person) => {
    close();
    take(person, offered);
  };
  /**
   * @param {Person} person
   * @param {number} place
   */
  const optionFor = (person, place) => {
    const option = document.createElement("li");
    option.id = `${id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const small = document.createElement("small");
    small.textContent = person.address;
    option.append(person.name, " ", small);
    // Before the field loses its focus.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(person);
    });
    return option;
  };
  /** @param {string} wanted */
  const ask = async (wanted) => {
    asked += 1;
    const mine = asked;
    /** @type {Person[]} */
    let found = [];
    try {
      found = await find(wanted);
    } catch {
      // nobody is offered
    }
    if (mine !== asked) return;
    if (!found.length) {
      close();
      return;
    }
    offered = found;
    list.replaceChildren(...found.map(optionFor));
    show(true);
    if (marksFirst) mark(0);
  };

  if (isBox) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    field.autocomplete = "off";
  }
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    // Nobody is taken by Enter or Tab who was marked for other words than these.
    if (isBox && marksFirst && !list.hidden) unmark();
    const wanted = words();
    if (wanted === null) close();
    else timer = setTimeout(() => ask(wanted), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = /** @type {KeyboardEvent} */ (event);
    if (list.hidden || ctrlKey || metaKey || altKey || isComposing) return;
    if (key === "ArrowDown") mark(chosen + 1);
    else if (key === "ArrowUp") mark(chosen < 0 ? -1 : chosen - 1);
    else if (key === "Escape") close();
    else if (chosen >= 0 && (key === "Enter" || (key === "Tab" && marksFirst))) choose(offered[chosen]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // Whoever presses something leaves the field with that: without the list it would not be where they let go.
  let isPressed = false;
  document.addEventListener("pointerdown", () => {
    isPressed = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      isPressed = false;
      // After the click.
      if (field !== document.activeElement) setTimeout(close);
    });
  }
  field.addEventListener("blur", () => {
    if (!isPressed) close();
  });
  // Who came before this was here has typed already.
  const begun = field === document.activeElement ? words() : null;
  if (begun !== null) ask(begun);
}

/**
 * Ask the server for the people whose name or address holds some words.
 *
 * @param {string} address of an answer in JSON
 * @param {"people" | "colleagues"} name under which the answer lists them
 * @returns {(words: string) => Promise<Person[]>}
 */
export function findPeople(address, name) {
  return async (words) => {
    const options = /** @type {const} */ ({ headers: { Accept: "application/json" }, redirect: "error" });
    const answer = await fetch(`${address}?${new URLSearchParams({ q: words })}`, options);
    return answer.ok ? (await answer.json())[name] : [];
  };
}
