import { isChanged } from "./live/in_use.js";

/**
 * Save the properties somebody has chosen before another form of the page is sent: the page that follows would show
 * them as they were. Where they cannot be saved nothing is sent, and it is said beside them.
 */
export function saveChoicesFirst() {
  document.addEventListener("submit", send, true);
}

/** @param {SubmitEvent} event */
async function send(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const choices = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-choices]"));
  if (!choices || form === choices || form.method !== "post" || event.defaultPrevented) return;
  if (![...choices.elements].some(isChanged)) return;
  // Nobody else hears of it before it is sent.
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  const version = await save(choices).catch(() => null);
  if (version === null) {
    refuse(choices);
    return;
  }
  keep(choices);
  follow(form, choices, version);
  form.requestSubmit(submitter ?? undefined);
}

/**
 * Answer the version of the ticket then; null if the server refused.
 *
 * @param {HTMLFormElement} choices
 */
async function save(choices) {
  const answer = await fetch(choices.action, { method: "POST", body: new FormData(choices) });
  // What is saved leads back to the ticket's page.
  if (!answer.ok || !answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("timeline")?.dataset.version ?? null;
}

/**
 * Take what is chosen for what the page came with.
 *
 * @param {HTMLFormElement} choices
 */
function keep(choices) {
  for (const control of choices.elements) {
    if (!(control instanceof HTMLSelectElement)) continue;
    for (const option of control.options) option.defaultSelected = option.selected;
  }
  choices.querySelector(":scope > .hd-meanwhile")?.remove();
}

/**
 * Let a form start from the version that its sender has just made, unless others have done something as well.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLFormElement} choices
 * @param {string} version
 */
function follow(form, choices, version) {
  const before = choices.elements.namedItem("version");
  const own = form.elements.namedItem("version");
  if (!(before instanceof HTMLInputElement) || Number(version) !== Number(before.value) + 1) return;
  if (own instanceof HTMLInputElement && own.value === before.value) own.value = version;
  before.value = version;
}

/** @param {HTMLFormElement} choices */
function refuse(choices) {
  const line = choices.querySelector(":scope > .hd-meanwhile") ?? document.createElement("p");
  line.className = "hd-meanwhile";
  line.setAttribute("role", "alert");
  line.textContent =
    "These choices could not be saved, so nothing was sent. Choose “Save properties” to see why, or set them back.";
  choices.prepend(line);
  line.scrollIntoView({ block: "nearest" });
}
