/**
 * Show a row of the list as a fresh page shows it, with its tick and the focus kept; one that is not there any more
 * stays as it was.
 *
 * @param {Element | null | undefined} row
 * @param {Document} page
 */
export function refreshRow(row, page) {
  const fresh = rowsOf(page).find((other) => other.dataset.key === row?.getAttribute("data-key"));
  if (!row || !fresh) return;
  const now = document.importNode(fresh, true);
  const [box, boxNow] = [boxIn(row), boxIn(now)];
  if (box?.checked && boxNow) boxNow.checked = true;
  const wasAtIt = row.contains(document.activeElement);
  row.replaceChildren(...now.childNodes);
  if (wasAtIt) titleIn(row)?.focus();
}

/** @param {ParentNode} where */
const rowsOf = (where) => /** @type {HTMLElement[]} */ ([...where.querySelectorAll("tr[data-key]")]);
/** @param {Element} row */
const boxIn = (row) => /** @type {HTMLInputElement | null} */ (row.querySelector(".action-select"));
/** @param {Element | null | undefined} row */
export const titleIn = (row) => /** @type {HTMLElement | null | undefined} */ (row?.querySelector("th a"));
