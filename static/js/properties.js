import { gettext } from "./gettext.js";
import { dispatch } from "./live/events.js";
import { isChanged } from "./live/in_use.js";

// Milliseconds a notice stays, unless somebody is at it.
const SHOWN_FOR = 12000;

/**
 * Save a property of a ticket once it is chosen, without leaving the page, and say so beside the way back. What is
 * refused stays chosen, with the reason above it.
 */
export function savePropertiesOnChange() {
  let isSaving = false;

  /** @param {HTMLFormElement} form that is sent: the choices themselves, or the way back from one */
  const save = async (form) => {
    const choices = find();
    // What is chosen meanwhile is sent next.
    if (!choices || isSaving) return;
    isSaving = true;
    const sent = chosenIn(choices);
    const answer = await send(form).catch(() => null);
    isSaving = false;
    const fresh = answer?.page.querySelector("form[data-choices]");
    if (!answer || !(fresh instanceof HTMLFormElement)) {
      refuse(choices, form);
      return;
    }
    const now = chosenIn(choices);
    const shown = put(choices, fresh);
    if (!answer.isDone) {
      /** @type {HTMLElement | null} */ (shown.querySelector("[role=alert]"))?.focus();
      return;
    }
    follow(answer.page, choices);
    show(answer.page);
    const later = [...now].filter(([name, value]) => sent.get(name) !== value);
    for (const [name, value] of later) select(shown, name).value = value;
    if (later.length) save(shown);
    else dispatch("live:changed", { topics: [`ticket:${shown.dataset.ticket}`] });
  };

  document.addEventListener("change", ({ target }) => {
    const form = target instanceof HTMLSelectElement ? target.form : null;
    // One that was refused waits for its button: it would be decided anew.
    if (!form?.matches("[data-choices]") || form.querySelector("[role=alert]")) return;
    if ([...form.elements].some(isChanged)) save(form);
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || !find() || !form.matches("[data-choices], #notices form")) return;
    event.preventDefault();
    save(form);
  });
}

function find() {
  return /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-choices]"));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
const select = (form, name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));

/** @param {HTMLFormElement} choices */
function chosenIn(choices) {
  return new Map([...choices.querySelectorAll("select")].map(({ name, value }) => [name, value]));
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What is saved leads back to the ticket's page.
  return { isDone: answer.ok && answer.redirected, page };
}

/**
 * Put a form in place of another, and the focus where it was.
 *
 * @param {HTMLFormElement} old
 * @param {HTMLFormElement} fresh
 */
function put(old, fresh) {
  const at = old.contains(document.activeElement) ? document.activeElement?.id : "";
  const form = document.importNode(fresh, true);
  old.replaceWith(form);
  if (at) document.getElementById(at)?.focus();
  return form;
}

/**
 * Let the message that is being written start from the version its writer has just made, unless others have done
 * something as well.
 *
 * @param {Document} page
 * @param {HTMLFormElement} choices as they were before
 */
function follow(page, choices) {
  const version = page.getElementById("timeline")?.dataset.version;
  const before = choices.elements.namedItem("version");
  const composer = /** @type {HTMLFormElement | null} */ (document.getElementById("composer"));
  const own = composer?.elements.namedItem("version");
  if (!(before instanceof HTMLInputElement) || !(own instanceof HTMLInputElement) || !version) return;
  if (own.value === before.value && Number(version) === Number(before.value) + 1) own.value = version;
}

/**
 * Say what was saved, with the way back.
 *
 * @param {Document} page
 */
function show(page) {
  const [place, fresh] = [document.getElementById("notices"), page.getElementById("notices")];
  if (!place || !fresh) return;
  const notices = [...fresh.children].map((notice) => document.importNode(notice, true));
  place.replaceChildren(...notices);
  for (const notice of notices) dismiss(notice);
}

/** @param {Element} notice */
function dismiss(notice) {
  setTimeout(() => {
    if (notice.matches(":hover, :focus-within")) dismiss(notice);
    else notice.remove();
  }, SHOWN_FOR);
}

/**
 * @param {HTMLFormElement} choices
 * @param {HTMLFormElement} form that could not be sent, and may be sent again
 */
function refuse(choices, form) {
  delete form.dataset.sent;
  const line = choices.querySelector(":scope > .hd-meanwhile") ?? document.createElement("p");
  line.className = "hd-meanwhile";
  line.setAttribute("role", "alert");
  line.textContent = gettext(
    "This could not be saved: the connection was lost. Choose it again, or load the page.",
  );
  choices.prepend(line);
}
