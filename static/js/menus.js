const OPEN = "details.hd-menu[open], details.cs-filter[open]";

/** Close open menus at a click beside them, at Escape, and when the keyboard goes on to what is beside them. */
export function closeMenus() {
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(/** @type {Node} */ (target))) menu.removeAttribute("open");
    }
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const menu = /** @type {Element} */ (target).closest(OPEN);
    // Nothing has the focus when the window loses it: who comes back finds the menu as it was.
    if (relatedTarget && !menu?.contains(/** @type {Node} */ (relatedTarget))) menu?.removeAttribute("open");
  });
  document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && document.querySelector(OPEN);
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
}
