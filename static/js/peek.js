import { fetchPage } from "./fetch_page.js";

/** Show a ticket beside the list. Without it the same links lead to the ticket's page. */
export function peekAtTickets() {
  const panel = /** @type {HTMLDialogElement | null} */ (document.getElementById("peek"));
  const place = panel?.querySelector("[data-peek-place]");
  const refusal = /** @type {HTMLElement | null | undefined} */ (panel?.querySelector("[data-peek-refusal]"));
  if (!panel || !place || !refusal) return;
  /** @type {HTMLAnchorElement | null} */
  let link = null;

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
  /** @param {HTMLAnchorElement} wanted */
  const open = async (wanted) => {
    link = wanted;
    tell("");
    try {
      await fill(wanted);
      if (!panel.open) panel.showModal();
      panel.scrollTop = 0;
    } catch {
      // its page says what is the matter
      location.href = wanted.href;
    }
  };
  // The row as the list would show it now; one that is not there any more stays as it was.
  /** @param {HTMLAnchorElement} old */
  const refreshRow = async (old) => {
    const { page } = await fetchPage(location.href, { redirect: "follow" });
    const row = old.closest("tr");
    const fresh = linksIn(page)
      .find((other) => other.dataset.peek === old.dataset.peek)
      ?.closest("tr");
    if (!row || !fresh) return;
    const now = document.importNode(fresh, true);
    const [box, boxNow] = [boxIn(row), boxIn(now)];
    if (box?.checked && boxNow) boxNow.checked = true;
    const wasAtIt = row.contains(document.activeElement);
    row.replaceChildren(...now.childNodes);
    if (link === old) link = linksIn(row)[0];
    if (wasAtIt) titleIn(row)?.focus();
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
    const shown = link;
    if (!shown || !form.matches("[data-peek-act]")) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      const options = /** @type {const} */ ({ method: "POST", redirect: "follow" });
      const { ok, page } = await fetchPage(form.action, { ...options, body: new FormData(form) });
      const why = page.querySelector("[role=alert]")?.textContent?.trim();
      await fill(shown);
      await refreshRow(shown);
      tell(ok && !why ? "" : why || "This was refused. Open the ticket to see why.");
    } catch {
      tell("This could not be sent. Try again.");
    }
  });
  panel.addEventListener("close", () => {
    place.replaceChildren();
    titleIn(link?.closest("tr"))?.focus();
  });
}

/** @param {ParentNode} where */
const linksIn = (where) => /** @type {HTMLAnchorElement[]} */ ([...where.querySelectorAll("[data-peek]")]);
/** @param {Element} row */
const boxIn = (row) => /** @type {HTMLInputElement | null} */ (row.querySelector(".action-select"));
/** @param {Element | null | undefined} row */
const titleIn = (row) => /** @type {HTMLElement | null | undefined} */ (row?.querySelector("th a"));
