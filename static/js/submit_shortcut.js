/** Send a form by Ctrl or Command with Enter, from any of its fields. */
export function submitByShortcut() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const field = /** @type {Element} */ (event.target).closest("input, textarea, select");
    /** @type {HTMLInputElement | null} */ (field)?.form?.requestSubmit();
  });
}
