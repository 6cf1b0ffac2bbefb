import { clock } from "./clock.js";
import { composers, extras, visibilityOf } from "./composer.js";
import { gettext, interpolate } from "./gettext.js";

const PAUSE = 1000;
const LONGEST = 20000;

/** Keep what is typed under a ticket on the server: a second after typing stops, and when the page goes. */
export function keepDrafts() {
  const { draftUrl, restored } = extras();
  if (!draftUrl) return;
  for (const { form, field, extras: place } of composers()) {
    keepDraft(form, field, place || form, draftUrl, restored !== undefined);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} field
 * @param {Element} place where it is said what is kept
 * @param {string} address
 * @param {boolean} isRestored whether what stands in the field is a draft, already kept
 */
function keepDraft(form, field, place, address, isRestored) {
  const said = document.createElement("span");
  said.className = "hd-saved";
  said.setAttribute("role", "status");
  if (isRestored) said.textContent = gettext("Your draft is back.");
  (form.querySelector("[data-draft-said]") ?? place).append(said);
  const last = document.createElement("input");
  last.type = "hidden";
  last.name = "draft";
  form.append(last);
  let timer = 0;
  // What came back with a refusal or a preview may not be kept yet.
  let kept = isRestored ? field.value : "";
  let keptAs = visibilityOf(form);
  let isSent = false;
  /** @type {AbortController | null} */
  let running = null;

  /**
   * @param {string} visibility
   * @param {string} text
   */
  const draft = (visibility, text) => {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "version"]) {
      const hidden = form.elements.namedItem(name);
      if (hidden instanceof HTMLInputElement && hidden.value) data.set(name, hidden.value);
    }
    data.set("visibility", visibility);
    data.set("text", text);
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
  const needsSaving = () =>
    !isSent && (field.value !== kept || visibilityOf(form) !== keptAs) && field.value.length <= LONGEST;

  const save = async () => {
    if (!needsSaving()) return;
    const [text, visibility] = [field.value, visibilityOf(form)];
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const { saved_at: savedAt } = await send(draft(visibility, text), signal);
      // There is one text: as it changes its readers, so does its draft.
      if (visibility !== keptAs) await send(draft(keptAs, ""), signal);
      [kept, keptAs] = [text, visibility];
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

  field.addEventListener("input", saveSoon);
  form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "visibility") saveSoon();
  });
  if (field.value !== kept) saveSoon();
  // After the page's own handlers: a form they hold back is not sent.
  window.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    isSent = true;
    clearTimeout(timer);
    running?.abort();
    // The server forgets this one, and not what is typed in another window.
    last.value = kept;
  });
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    if (!needsSaving()) return;
    const [text, visibility] = [field.value, visibilityOf(form)];
    navigator.sendBeacon(address, draft(visibility, text));
    if (visibility !== keptAs) navigator.sendBeacon(address, draft(keptAs, ""));
    [kept, keptAs] = [text, visibility];
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
}
