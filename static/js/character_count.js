import { gettext, interpolate, locale } from "./gettext.js";

/** Count the characters of a field beside it, where data-count-for names one with a limit. */
export function countCharacters() {
  for (const output of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-count-for]")
  )) {
    const field = /** @type {HTMLInputElement | null} */ (
      document.getElementById(output.dataset.countFor || "")
    );
    if (!field || field.maxLength <= 0) continue;
    const show = () => {
      output.textContent = interpolate(gettext("%(used)s of %(most)s"), {
        used: field.value.length.toLocaleString(locale()),
        most: field.maxLength.toLocaleString(locale()),
      });
    };
    field.addEventListener("input", show);
    show();
  }
}
