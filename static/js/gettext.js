/**
 * Sentences in the language of the page. English is the source: a page in English carries no catalogue and gets the
 * words as they stand in the modules; for any other language Django's JavaScriptCatalog has come before.
 */

/** @type {() => Partial<Record<"gettext" | "ngettext", (...words: (string | number)[]) => string>> | undefined} */
const catalogue = () => /** @type {any} */ (globalThis).django;

/**
 * @param {string} sentence
 * @returns {string} the sentence translated
 */
export function gettext(sentence) {
  return catalogue()?.gettext?.(sentence) ?? sentence;
}

/**
 * @param {string} one the sentence for one
 * @param {string} many the sentence for every other number
 * @param {number} count
 * @returns {string} the sentence that fits the number, translated
 */
export function ngettext(one, many, count) {
  return catalogue()?.ngettext?.(one, many, count) ?? (count === 1 ? one : many);
}

/**
 * @param {string} sentence with `%(name)s` where a value belongs
 * @param {Record<string, string | number>} values
 * @returns {string} the sentence with the values in their places
 */
export function interpolate(sentence, values) {
  return sentence.replaceAll(/%\((\w+)\)s/g, (_, name) => String(values[name]));
}

/** Answer the language of the page as numbers and moments are written by it. */
export function locale() {
  return document.documentElement.lang || "en-GB";
}
