/** Apply a list of choices once one is made; without script there is a button. */
export function submitOnChange() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll("form[data-submit-on-change]")
  )) {
    form.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) form.requestSubmit();
    });
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-no-script]"))) {
      button.hidden = true;
    }
  }
}
