import { fetchPage } from "./fetch_page.js";
import { gettext } from "./gettext.js";
import { refreshRow, titleIn } from "./list_row.js";

/** Change a ticket in its row of the list, and show the row as it is then. Without it the same forms lead to pages. */
export function changeInRow() {
  const panel = /** @type {HTMLDialogElement | null} */ (document.getElementById("quick"));
  const place = panel?.querySelector("[data-quick-place]");
  const refusal = /** @type {HTMLElement | null | undefined} */ (panel?.querySelector("[role=alert]"));
  const said = document.querySelector("[data-row-said]");
  if (!panel || !place || !refusal || !said) return;
  /** @type {Element | null} */
  let row = null;

  /** @param {string} words */
  const tell = (words) => {
    refusal.textContent = words;
    refusal.hidden = !words;
  };
  /** @param {HTMLAnchorElement} link */
  const open = async (link) => {
    row = link.closest("tr");
    tell("");
    try {
      const { ok, page } = await fetchPage(link.dataset.quick || "");
      if (!ok) throw new Error("refused");
      place.replaceChildren(...page.body.childNodes);
      panel.showModal();
      const wanted = link.dataset.quickField;
      /** @type {HTMLElement | null} */ (place.querySelector(`[name=${wanted || "assignee"}]`))?.focus();
    } catch {
      // its page says what is the matter
      location.href = link.href;
    }
  };
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} button
   * @param {Element | null} wanted
   */
  const send = async (form, button, wanted) => {
    const address = button?.getAttribute("formaction") || form.action;
    try {
      const options = /** @type {const} */ ({ method: "POST", redirect: "follow" });
      const { ok, page } = await fetchPage(address, { ...options, body: new FormData(form) });
      const why = page.querySelector("[role=alert]")?.textContent?.trim().replace(/\s+/g, " ");
      if (!ok || why) return why || gettext("This was refused. Open the ticket to see why.");
      refreshRow(wanted, page);
      said.textContent = page.querySelector(".hd-msgs [role=status]")?.textContent?.trim() || "";
      return "";
    } catch {
      return gettext("This could not be sent. Try again.");
    }
  };

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-quick]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });
  document.getElementById("row-act")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    // The same form serves every row: it is not the one that was sent.
    event.stopPropagation();
    const { submitter } = /** @type {SubmitEvent} */ (event);
    const wanted = submitter?.closest("tr") ?? null;
    const why = await send(/** @type {HTMLFormElement} */ (event.target), submitter, wanted);
    if (!why) return;
    said.textContent = why;
    if (submitter instanceof HTMLButtonElement) submitter.title = why;
  });
  panel.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method === "dialog") return;
    event.preventDefault();
    event.stopPropagation();
    const why = await send(form, null, row);
    tell(why);
    if (!why) panel.close();
  });
  panel.addEventListener("close", () => {
    place.replaceChildren();
    titleIn(row)?.focus();
  });
}
