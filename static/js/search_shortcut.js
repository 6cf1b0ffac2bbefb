import { areShortcutsOn } from "./shortcuts_switch.js";

/** Lead "/" to the search, wherever one is not typing. */
export function focusSearchByShortcut() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !areShortcutsOn()) return;
    if (/** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable]")) return;
    const search = /** @type {HTMLElement | null} */ (document.querySelector('[aria-keyshortcuts="/"]'));
    if (!search) return;
    event.preventDefault();
    search.focus();
  });
}
