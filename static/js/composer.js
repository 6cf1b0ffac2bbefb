// What is known about the forms in which one writes under a ticket.

/**
 * Find the forms that have a field to write in.
 *
 * @returns {{ form: HTMLFormElement, field: HTMLTextAreaElement, extras: Element | null }[]} each with its field, and
 *   the place for what stands around it
 */
export function composers() {
  const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("form[data-composer]")]);
  return forms.flatMap((form) => {
    const field = form.elements.namedItem("text");
    const extras = form.querySelector("[data-composer-extras]");
    return field instanceof HTMLTextAreaElement ? [{ form, field, extras }] : [];
  });
}

/**
 * Tell who reads what is written in a form: "reply" or "note".
 *
 * @param {HTMLFormElement} form
 */
export function visibilityOf(form) {
  const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=visibility]:checked"));
  return form.dataset.visibility || chosen?.value || "reply";
}

/** Answer the page's data-… about writing under its ticket; without any where one cannot. */
export function extras() {
  const element = /** @type {HTMLElement | null} */ (document.querySelector("[data-extras]"));
  return element?.dataset ?? {};
}

/**
 * Insert text into a field as if it were typed there.
 *
 * @param {HTMLTextAreaElement} field
 * @param {string} text
 * @param {number} from the place of the first character that it replaces
 * @param {number} to the place behind the last one
 */
export function insert(field, text, from, to) {
  field.focus();
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
