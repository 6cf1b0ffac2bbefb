const OPEN = "details.hd-menu[open], details.cs-filter[open]";

/** Close open menus at a click beside them, and at Escape. */
export function closeMenus() {
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(/** @type {Node} */ (target))) menu.removeAttribute("open");
    }
  });
  document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && document.querySelector(OPEN);
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
}
