/** Begin where the page says that one begins. */
export function setInitialFocus() {
  /** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"))?.focus();
}
