import { fetchPage } from "./fetch_page.js";

/** Fill in how many notifications are unread, once the page is there: no page waits for it. */
export function loadBell() {
  const bell = document.getElementById("bell");
  if (!bell) return;
  const fill = async () => {
    try {
      const { ok, page } = await fetchPage(bell.dataset.liveSrc || "", {
        headers: { Accept: "text/html" },
        cache: "no-store",
      });
      const fresh = ok && page.getElementById("bell");
      if (fresh) bell.replaceChildren(...fresh.childNodes);
    } catch {
      // the bell still leads to the list
    }
  };
  fill();
  // Back from another page: what was read there counts no more.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) fill();
  });
}
