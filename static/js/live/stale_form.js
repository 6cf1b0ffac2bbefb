import { gettext, interpolate } from "../gettext.js";

/**
 * Say in a form that is left alone, as it is in use, what it does not know.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLFormElement | null} now what it would be; null where it is not possible any more
 */
export function explainStaleForm(form, now) {
  const changes = now ? differences(form, now) : [];
  if (now && !changes.length) return;
  lineOf(form).textContent = now
    ? interpolate(gettext("Changed meanwhile. %(changes)s."), { changes: changes.join(". ") })
    : gettext("The ticket has changed: this is no longer possible. What you typed stays here.");
}

/** @param {HTMLFormElement} form */
function lineOf(form) {
  const own = form.querySelector(":scope > .hd-meanwhile");
  if (own) return own;
  const line = document.createElement("p");
  line.className = "hd-meanwhile";
  form.prepend(line);
  return line;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLFormElement} now
 */
function differences(form, now) {
  return [...form.elements].flatMap((control) => {
    if (!(control instanceof HTMLSelectElement) || !control.name) return [];
    const other = now.elements.namedItem(control.name);
    const theirs = other instanceof HTMLSelectElement && labelOf(other, "selected");
    if (!theirs || theirs === labelOf(control, "defaultSelected")) return [];
    return `${control.labels[0]?.textContent?.trim() || control.name}: ${theirs}`;
  });
}

/**
 * @param {HTMLSelectElement} select
 * @param {"selected" | "defaultSelected"} which the option that is chosen, or that the page came with
 */
function labelOf(select, which) {
  return [...select.options].find((option) => option[which])?.textContent?.trim();
}
