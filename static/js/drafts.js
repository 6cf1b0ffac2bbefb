import { clock } from "./clock.js";
import { composers, extras, visibilityOf } from "./composer.js";
import { gettext, interpolate } from "./gettext.js";

const PAUSE = 1000;
const LONGEST = 20000;

/** @typedef {Record<string, string>} Words what stands in a form: name -> text */

/**
 * Keep what is typed into a form on the server: a second after typing stops, and when the page goes.
 *
 * @param {HTMLFormElement} form
 * @param {object} how
 * @param {string} how.address what takes it
 * @param {Element} how.place where it is said what is kept
 * @param {() => Words} how.read what is to be kept now
 * @param {Words} how.kept what is kept already
 * @param {string} [how.say] what is said at first
 * @param {string[]} [how.along] names of hidden fields that go along
 * @param {(kept: Words) => string} how.tell what the form says of what was kept, when it is sent
 * @param {(now: Words, kept: Words) => Words | null} [how.clear] what is to be emptied, as this took its place
 */
export function keepDraft(
  form,
  { address, place, read, kept, say = "", along = [], tell, clear = () => null },
) {
  const said = document.createElement("span");
  said.className = "hd-saved";
  said.setAttribute("role", "status");
  said.textContent = say;
  (form.querySelector("[data-draft-said]") ?? place).append(said);
  const last = document.createElement("input");
  last.type = "hidden";
  last.name = "draft";
  form.append(last);
  let timer = 0;
  let isSent = false;
  /** @type {AbortController | null} */
  let running = null;

  /** @param {Words} words */
  const draft = (words) => {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", ...along]) {
      const hidden = form.elements.namedItem(name);
      if (hidden instanceof HTMLInputElement && hidden.value) data.set(name, hidden.value);
    }
    for (const [name, text] of Object.entries(words)) data.set(name, text);
    return data;
  };
  /**
   * @param {FormData} body
   * @param {AbortSignal} signal
   * @returns {Promise<{ saved_at: string | null }>}
   */
  const send = async (body, signal) => {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "error",
      signal,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  /** @param {Words} words */
  const needsSaving = (words) =>
    !isSent &&
    Object.entries(words).some(([name, text]) => text !== kept[name]) &&
    Object.values(words).every((text) => text.length <= LONGEST);

  const save = async () => {
    const words = read();
    if (!needsSaving(words)) return;
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const { saved_at: savedAt } = await send(draft(words), signal);
      const left = clear(words, kept);
      if (left) await send(draft(left), signal);
      kept = words;
      said.textContent = savedAt
        ? interpolate(gettext("Draft saved %(time)s"), { time: clock(savedAt) })
        : "";
    } catch {
      if (!signal.aborted) said.textContent = gettext("Draft not saved. Copy your text before you leave.");
    }
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  for (const name of ["input", "change"]) {
    form.addEventListener(name, saveSoon);
  }
  if (needsSaving(read())) saveSoon();
  // After the page's own handlers: a form they hold back is not sent.
  window.addEventListener("submit", (event) => {
    const isDiscarded = /** @type {Element} */ (event.target).matches("[data-draft-discard]");
    if ((event.target !== form && !isDiscarded) || event.defaultPrevented) return;
    isSent = true;
    clearTimeout(timer);
    running?.abort();
    // The server forgets this one, and not what is typed in another window.
    last.value = tell(kept);
  });
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    const words = read();
    if (!needsSaving(words)) return;
    navigator.sendBeacon(address, draft(words));
    const left = clear(words, kept);
    if (left) navigator.sendBeacon(address, draft(left));
    kept = words;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
}

/** Keep what is typed under a ticket as a draft, for each visibility one. */
export function keepDrafts() {
  const { draftUrl, restored } = extras();
  if (!draftUrl) return;
  const isRestored = restored !== undefined;
  for (const { form, field, extras: place } of composers()) {
    const read = () => ({ visibility: visibilityOf(form), text: field.value });
    const began = form.querySelector("[name=visibility][checked]")?.getAttribute("value");
    keepDraft(form, {
      address: draftUrl,
      place: place || form,
      read,
      // As the page came: somebody may have gone on before this was loaded. What came back with a refusal or a
      // preview may not be kept yet.
      kept: isRestored
        ? { visibility: began ?? visibilityOf(form), text: field.defaultValue }
        : { ...read(), text: "" },
      say: isRestored ? gettext("Your draft is back.") : "",
      along: ["version"],
      tell: ({ text }) => text,
      // There is one text: as it changes its readers, so does its draft.
      clear: (now, kept) =>
        now.visibility === kept.visibility ? null : { visibility: kept.visibility, text: "" },
    });
  }
}
