import { combobox, findPeople } from "./combobox.js";
import { gettext } from "./gettext.js";

/**
 * Offer people while a name is typed to filter by. Without it, words of a name or an address do.
 *
 * @param {ParentNode} [where]
 */
export function offerPeople(where = document) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (
    where.querySelectorAll("form[data-people-url]")
  )) {
    const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=text]"));
    combobox({
      field,
      place: form,
      id: `${field.id}-people`,
      label: gettext("People"),
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
    // One that was asked for when its menu was opened.
    if (form.closest("details[open]")) field.focus();
  }
}

/** Offer people while one types into the search: whoever is chosen, all their tickets are listed. */
export function searchPeople() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-search-people]"));
  const field = /** @type {HTMLInputElement | null | undefined} */ (form?.querySelector("[type=search]"));
  if (!form || !field) return;
  combobox({
    field,
    place: form,
    id: `${field.id}-people`,
    label: gettext("People with tickets"),
    find: findPeople(form.dataset.searchPeople || "", "people"),
    words: () => (field.value.trim().length > 1 ? field.value.trim() : null),
    take: (person) => {
      location.href = `${form.action}?${new URLSearchParams({ requester: person.address, status: "all" })}`;
    },
  });
}
