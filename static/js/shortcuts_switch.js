/**
 * Let people switch single keys off for this browser: who speaks to the computer, or has trouble with the keyboard,
 * does so there (WCAG 2.1.4). Portal and console obey, and no page asks the database for it.
 */
export function enableShortcutsSwitch() {
  const root = document.documentElement;
  try {
    if (localStorage.getItem("keys") === "off") root.dataset.keys = "off";
  } catch {
    // private mode
  }
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll("[data-keys-switch]")
  )) {
    for (let around = box.closest("[hidden]"); around; around = box.closest("[hidden]")) {
      around.removeAttribute("hidden");
    }
    box.checked = areShortcutsOn();
    box.addEventListener("change", () => {
      root.dataset.keys = box.checked ? "on" : "off";
      try {
        localStorage.setItem("keys", root.dataset.keys);
      } catch {
        // private mode
      }
    });
  }
}

/** Tell whether single keys do anything in this browser. */
export const areShortcutsOn = () => document.documentElement.dataset.keys !== "off";
