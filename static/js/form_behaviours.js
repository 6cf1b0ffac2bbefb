// How forms are begun and sent, whatever they hold.

/** Hold back the second click of a double click; the server would answer the same ticket anyway. */
export function preventDoubleSubmit() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    // What leads to no other page can be sent again.
    if (form.method !== "post" || form.hasAttribute("data-download")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
  });
}

/** Send a form by Ctrl or Command with Enter, from any of its fields. */
export function submitByShortcut() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const field = /** @type {Element} */ (event.target).closest("input, textarea, select");
    /** @type {HTMLInputElement | null} */ (field)?.form?.requestSubmit();
  });
}

/** Begin where the page says that one begins, unless somebody has begun elsewhere before this was loaded. */
export function setInitialFocus() {
  if (document.activeElement !== document.body) return;
  /** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"))?.focus();
}
