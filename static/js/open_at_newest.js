/**
 * Open a ticket's page where its reader goes on: at the end, or further up where there is more they have not seen than
 * the window holds. An address that names a place, a refusal and a message lead elsewhere.
 */
export function openAtNewest() {
  const timeline = /** @type {HTMLElement | null} */ (document.querySelector("[data-open-at]"));
  const entries = timeline?.querySelectorAll(".hd-tl > li[id]");
  const last = entries?.[entries.length - 1];
  if (!timeline || !entries || !last || location.hash) return;
  // Somebody comes back to where they were.
  if (document.querySelector("[data-focus], .hd-msgs") || window.scrollY) return;
  const number = Number(timeline.dataset.openAt) || Number.POSITIVE_INFINITY;
  const unread = [...entries].find(({ id }) => Number(id.slice(1)) >= number) ?? last;
  last.scrollIntoView({ block: "end", behavior: "instant" });
  if (unread.getBoundingClientRect().top < spaceAbove()) {
    unread.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

const spaceAbove = () => Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
