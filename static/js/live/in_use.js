// What is in somebody's hands: the focus, a selection, what is open, what was typed or chosen.

/** @param {Node | null} node */
export const isField = (node) =>
  node instanceof Element && node.matches("input:not([type=hidden]), select, textarea");

/**
 * Tell whether a control holds something else than it came with.
 *
 * @param {Element} control
 */
export function isChanged(control) {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    const first = control.multiple ? -1 : options.findIndex((option) => !option.disabled);
    const hasNone = !options.some((option) => option.defaultSelected);
    return options.some((option, i) => option.selected !== (hasNone ? i === first : option.defaultSelected));
  }
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (!(control instanceof HTMLInputElement)) return false;
  if (control.type === "checkbox" || control.type === "radio")
    return control.checked !== control.defaultChecked;
  return control.type !== "hidden" && control.value !== control.defaultValue;
}

/**
 * Tell whether somebody is at a form, has filled it in, or has sent it. One that was refused came back with what was
 * typed: the fresh page has neither that nor the reason.
 *
 * @param {HTMLFormElement} form
 */
export function isFormInUse(form) {
  return (
    "sent" in form.dataset ||
    form.querySelector("[role=alert]") !== null ||
    [...form.elements].some(isChanged) ||
    (form.contains(document.activeElement) && isField(document.activeElement))
  );
}

/** @param {Node} node */
export function isSelected(node) {
  const selection = document.getSelection();
  return Boolean(selection && !selection.isCollapsed && selection.containsNode(node, true));
}

/**
 * Tell whether a part of the page cannot be moved or taken away without taking something from somebody.
 *
 * @param {Node} node
 */
export function isInUse(node) {
  if (isSelected(node)) return true;
  if (!(node instanceof Element)) return false;
  return (
    node.contains(document.activeElement) ||
    [...node.querySelectorAll("input, select, textarea")].some(isChanged) ||
    node.matches("details[open], dialog[open]") ||
    node.querySelector("details[open], dialog[open]") !== null ||
    formsIn(node).some(isFormInUse)
  );
}

/**
 * Find the forms of an element, itself included.
 *
 * @param {Element} element
 */
export function formsIn(element) {
  return [element, ...element.querySelectorAll("form")].filter((form) => form instanceof HTMLFormElement);
}
