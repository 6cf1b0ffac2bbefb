import { fetchPage } from "./fetch_page.js";

/** Fill in how many are unread, once the page is there; show the latest when it is pressed. No page waits for either. */
export function loadBell() {
  const number = document.getElementById("bell");
  const bell = number?.closest("a");
  if (!number || !bell) return;
  const fill = async () => {
    try {
      const { ok, page } = await fetchPage(number.dataset.liveSrc || "", {
        headers: { Accept: "text/html" },
        cache: "no-store",
      });
      const fresh = ok && page.getElementById("bell");
      if (fresh) number.replaceChildren(...fresh.childNodes);
    } catch {
      // the bell still leads to the list
    }
  };
  fill();
  // Back from another page: what was read there counts no more.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) fill();
  });

  bell.setAttribute("role", "button");
  bell.setAttribute("aria-haspopup", "dialog");
  bell.setAttribute("aria-expanded", "false");
  bell.addEventListener("click", async (event) => {
    // In another tab or window it opens the page.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await (await import("./latest_notifications.js")).toggleLatest(bell, fill);
    } catch {
      location.href = bell.href;
    }
  });
  bell.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      bell.click();
    }
  });
}
