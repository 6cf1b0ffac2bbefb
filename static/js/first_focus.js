/** Begin where the page says that one begins. */
export function focusFirst() {
  /** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"))?.focus();
}
