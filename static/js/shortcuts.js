import { areShortcutsOn } from "./shortcuts_switch.js";

// Where on a ticket's page each is decided.
/** @type {Record<string, string>} */
const PLACES = {
  assignee: "#id_properties_assignee",
  status: "#ticket-actions :is([data-status] > summary, .cs-verb > button)",
};
// Those that still do something while the panel is open.
const IN_PEEK = new Set(["j", "k"]);

/** Obey the single keys of the console. They do nothing inside fields, and can be switched off (WCAG 2.1.4). */
export function enableShortcuts() {
  const help = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));
  const peek = /** @type {HTMLDialogElement | null} */ (document.getElementById("peek"));
  // The row one is at: the focus is behind a panel that is open.
  /** @type {HTMLElement | null} */
  let row = null;

  const rows = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#result_list tbody tr")]);
  const here = () => {
    if (row?.isConnected) return row;
    // One that was put in anew, as the live parts of a page are.
    const key = row?.dataset.key;
    row = (key && rows().find((other) => other.dataset.key === key)) || null;
    return row;
  };
  // By keys or by mouse.
  for (const kind of ["focusin", "pointerdown", "click"]) {
    document.addEventListener(kind, ({ target }) => {
      const at = target instanceof Element && target.closest("#result_list tbody tr");
      if (at) row = /** @type {HTMLElement} */ (at);
    });
  }
  const showPeek = () => find("[data-peek]", here())?.click();
  /** @param {1 | -1} step */
  const move = (step) => {
    const all = rows();
    if (!all.length) {
      follow(`.cs-neighbours [rel=${step > 0 ? "next" : "prev"}]`);
      return;
    }
    const current = here();
    const at = current ? all.indexOf(current) : -1;
    row = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    if (peek?.open) showPeek();
    if (peek?.matches("[open]:not(.is-beside)")) return;
    find("th a", row)?.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const boxHere = () => /** @type {HTMLInputElement | null} */ (find(".action-select", here()));
  const isAnyTicked = () => document.querySelector(".action-select:checked") !== null;
  // A button of the bar for the ticked tickets, or else what the one at hand offers; on a ticket's page where it is
  // decided.
  /**
   * @param {string} key
   * @param {string} field
   */
  const decide = (key, field) => {
    const button = find(`#bulk [data-key=${key}]`);
    const quick = isAnyTicked() ? null : find("[data-quick]", here());
    if (quick) {
      quick.dataset.quickField = field;
      quick.click();
    } else if (button) {
      if (!isAnyTicked()) boxHere()?.click();
      if (isAnyTicked()) button.click();
    } else find(PLACES[field])?.focus();
  };
  /** @type {Record<string, () => void>} */
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    o: showPeek,
    p: showPeek,
    x: () => boxHere()?.click(),
    t: () => find("[data-take]", here() ?? document.getElementById("ticket-actions"))?.click(),
    a: () => decide("a", "assignee"),
    s: () => decide("s", "status"),
    r: () => write("reply"),
    i: () => write("note"),
    n: () => follow("[data-key=n]"),
    u: () => follow(".cs-crumbs a"),
    "?": () => help?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!areShortcutsOn()) return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const key = letterOf(event);
    const act = Object.hasOwn(KEYS, key) && KEYS[key];
    if (!act || (document.querySelector("dialog[open]:not(.is-beside)") && !(peek?.open && IN_PEEK.has(key))))
      return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", ({ target }) => {
    if (/** @type {Element} */ (target).closest("[data-keys-open]")) help?.showModal();
    if (help && target === help) help.close();
  });
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-keys-item]"))) {
    item.hidden = false;
  }
}

/**
 * Answer what was typed; of a layout without Latin letters, the one that stands on that key elsewhere.
 *
 * @param {KeyboardEvent} event
 */
const letterOf = ({ key, code }) => (key > "\x7f" && /^Key[A-Z]$/.test(code) ? code[3].toLowerCase() : key);

/**
 * @param {string} selector
 * @param {ParentNode | null} [where]
 */
const find = (selector, where = document) =>
  /** @type {HTMLElement | null | undefined} */ (where?.querySelector(selector));

/** @param {string} selector */
const follow = (selector) => find(selector)?.click();

/** @param {"reply" | "note"} visibility */
function write(visibility) {
  const composer = /** @type {HTMLFormElement | null} */ (document.getElementById("composer"));
  find(`[name=visibility][value=${visibility}]`, composer)?.click();
  /** @type {HTMLTextAreaElement | null | undefined} */ (composer?.elements.namedItem("text"))?.focus();
}
