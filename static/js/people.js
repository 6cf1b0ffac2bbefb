import { combobox, findPeople } from "./combobox.js";

/** Offer people while a name is typed to filter by. Without it, words of a name or an address do. */
export function offerPeople() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll("form[data-people-url]")
  )) {
    const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=text]"));
    combobox({
      field,
      place: form,
      id: `${field.id}-people`,
      label: "People",
      find: findPeople(form.dataset.peopleUrl || "", "people"),
      words: () => field.value.trim() || null,
      take: (person) => {
        // The address: it means one person, where a name may mean several.
        field.value = person.address;
        form.requestSubmit();
      },
    });
    form.closest("details")?.addEventListener("toggle", ({ target }) => {
      if (/** @type {HTMLDetailsElement} */ (target).open) field.focus();
    });
  }
}
