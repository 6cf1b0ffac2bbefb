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
      output.textContent = `${field.value.length.toLocaleString("en")} of ${field.maxLength.toLocaleString("en")}`;
    };
    field.addEventListener("input", show);
    show();
  }
}
