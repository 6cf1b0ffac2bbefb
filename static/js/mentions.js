import { combobox, findPeople } from "./combobox.js";
import { composers, extras, insert, visibilityOf } from "./composer.js";
import { gettext } from "./gettext.js";

// An "@" that begins a word, and up to three words after it, before the cursor.
const BEGUN = /(^|[^\p{L}\p{M}\p{N}_@.+-])@([\p{L}\p{M}\p{N}_.'’-]+(?: [\p{L}\p{M}\p{N}_.'’-]+){0,2}|)$/u;

/** Offer colleagues while "@" and the beginning of a name are typed in an internal note. */
export function offerColleagues() {
  const { colleaguesUrl } = extras();
  if (!colleaguesUrl) return;
  composers().forEach(({ form, field, extras: place }, number) => {
    if (!place) return;
    const begun = () => {
      if (visibilityOf(form) !== "note" || field.selectionStart !== field.selectionEnd) return null;
      return BEGUN.exec(field.value.slice(0, field.selectionStart))?.[2] ?? null;
    };
    combobox({
      field,
      place,
      id: `mentions-${number}`,
      label: gettext("Colleagues"),
      find: findPeople(colleaguesUrl, "colleagues"),
      words: begun,
      marksFirst: true,
      take: (person, offered) => {
        const words = begun();
        if (words === null) return;
        // Two of one name: the address says which.
        const isAlone = offered.filter(({ name }) => name === person.name).length === 1;
        const end = field.selectionStart;
        insert(field, `${isAlone ? person.name : person.address} `, end - words.length, end);
      },
    });
  });
}
