import { gettext } from "./gettext.js";
import { isChanged } from "./live/in_use.js";

/**
 * Keep the properties somebody has chosen and not saved when another form of the ticket is sent: the page that follows
 * would show them as they were. They are saved before a message is sent, and where they cannot be saved it is not, and
 * that is said beside them. What only looks at the message, or does something else, finds them as they were chosen.
 */
export function keepUnsavedChoices() {
  const choices = find();
  if (choices) restore(choices);
  document.addEventListener("submit", hear, true);
}

/**
 * Tell whether something is chosen that is not saved; what was refused came back as the form's own.
 *
 * @param {HTMLFormElement} choices
 */
const isOpen = (choices) => wasRefused(choices) || [...choices.elements].some(isChanged);

/** @param {HTMLFormElement} choices */
const wasRefused = (choices) => choices.querySelector("[role=alert]") !== null;

function find() {
  return /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-choices]"));
}

/** @param {SubmitEvent} event */
function hear(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const choices = find();
  if (!choices || form === choices || form.method !== "post" || event.defaultPrevented) return;
  if (
    !isOpen(choices) ||
    form.closest("#notices") ||
    !form.action.startsWith(choices.action.replace(/[^/]+\/[^/]*$/, ""))
  )
    return;
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  // Of the message's buttons only those that send it have no name, or take the ticket along.
  if (form.id !== "composer" || (button?.name && button.name !== "take")) {
    remember(choices);
    return;
  }
  // Nobody else hears of it before it is sent.
  event.preventDefault();
  event.stopImmediatePropagation();
  saveAndSend(choices, form, button);
}

/**
 * @param {HTMLFormElement} choices
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 */
async function saveAndSend(choices, form, button) {
  const version = await save(choices).catch(() => null);
  if (version === null) {
    refuse(choices);
    return;
  }
  keep(choices);
  follow(form, choices, version);
  form.requestSubmit(button ?? undefined);
}

/** @param {HTMLFormElement} choices */
function remember(choices) {
  const selects = /** @type {HTMLSelectElement[]} */ ([...choices.querySelectorAll("select")]);
  const isRefused = wasRefused(choices);
  const chosen = selects
    .filter((select) => isRefused || isChanged(select))
    .map(({ name, value }) => [name, value]);
  try {
    sessionStorage.setItem(keyOf(choices), JSON.stringify(chosen));
  } catch {
    // nothing may be kept in this browser
  }
}

/**
 * Choose again what was chosen, once.
 *
 * @param {HTMLFormElement} choices
 */
function restore(choices) {
  try {
    const chosen = JSON.parse(sessionStorage.getItem(keyOf(choices)) ?? "[]");
    sessionStorage.removeItem(keyOf(choices));
    for (const [name, value] of chosen) {
      const select = choices.elements.namedItem(name);
      if (!(select instanceof HTMLSelectElement)) continue;
      if ([...select.options].some((option) => option.value === value)) select.value = value;
    }
  } catch {
    // nothing was kept in this browser
  }
}

/** @param {HTMLFormElement} choices */
const keyOf = (choices) => `choices ${new URL(choices.action).pathname}`;

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
  line.textContent = gettext(
    "These choices could not be saved, so nothing was sent. Set them back, or choose again.",
  );
  choices.prepend(line);
  line.scrollIntoView({ block: "nearest" });
}
