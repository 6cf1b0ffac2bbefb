import { fetchPage } from "./fetch_page.js";
import { gettext } from "./gettext.js";
import { refreshRow, titleIn } from "./list_row.js";

// From here on there is room for both; on less the panel lies over the list.
const WIDE = "(min-width: 80rem)";

/** Show a ticket beside the list. Without it the same links lead to the ticket's page. */
export function peekAtTickets() {
  const panel = /** @type {HTMLDialogElement | null} */ (document.getElementById("peek"));
  const place = panel?.querySelector("[data-peek-place]");
  const refusal = /** @type {HTMLElement | null | undefined} */ (panel?.querySelector("[data-peek-refusal]"));
  if (!panel || !place || !refusal) return;
  /** @type {HTMLAnchorElement | null} */
  let link = null;
  /** @type {Element | null} */
  let row = null;

  /** @param {string} words */
  const tell = (words) => {
    refusal.textContent = words;
    refusal.hidden = !words;
  };
  /** @param {HTMLAnchorElement} wanted */
  const fill = async (wanted) => {
    const { ok, page } = await fetchPage(wanted.dataset.peek + wanted.search);
    if (!ok) throw new Error("refused");
    // Who goes through the list quickly is at another one by now.
    if (wanted === link) place.replaceChildren(...page.body.childNodes);
  };
  /** @param {HTMLAnchorElement | null} wanted */
  const mark = (wanted) => {
    row?.removeAttribute("data-peeked");
    link = wanted;
    // The link itself is drawn anew when the row is.
    row = wanted?.closest("tr") ?? null;
    row?.setAttribute("data-peeked", "");
  };
  /** @param {HTMLAnchorElement} wanted */
  const open = async (wanted) => {
    mark(wanted);
    tell("");
    try {
      await fill(wanted);
      const isBeside = matchMedia(WIDE).matches;
      if (!panel.open) {
        panel.classList.toggle("is-beside", isBeside);
        if (isBeside) panel.show();
        else panel.showModal();
      }
      if (panel.classList.contains("is-beside")) titleIn(wanted.closest("tr"))?.focus();
      panel.scrollTop = 0;
    } catch {
      // its page says what is the matter
      location.href = wanted.href;
    }
  };
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const wanted = /** @type {HTMLAnchorElement | null} */ (target.closest("[data-peek]"));
    if (wanted && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) {
      event.preventDefault();
      open(wanted);
    }
    // Beside the panel.
    if (target === panel) panel.close();
  });
  panel.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const [shown, at] = [link, row];
    if (!shown || !form.matches("[data-peek-act]")) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      const options = /** @type {const} */ ({ method: "POST", redirect: "follow" });
      const { ok, page } = await fetchPage(form.action, { ...options, body: new FormData(form) });
      const why = page.querySelector("[role=alert]")?.textContent?.trim();
      await fill(shown);
      const list = await fetchPage(location.href, { redirect: "follow" });
      refreshRow(at, list.page);
      tell(ok && !why ? "" : why || gettext("This was refused. Open the ticket to see why."));
    } catch {
      tell(gettext("This could not be sent. Try again."));
    }
  });
  // A modal one closes by itself.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !panel.matches(".is-beside[open]")) return;
    if (document.querySelector("dialog[open]:not(.is-beside), details.hd-menu[open]")) return;
    panel.close();
  });
  panel.addEventListener("close", () => {
    const at = row;
    place.replaceChildren();
    mark(null);
    titleIn(at)?.focus();
  });
}
