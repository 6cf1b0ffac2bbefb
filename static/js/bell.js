import { fetchPage } from "./fetch_page.js";

/**
 * Fill in how many notifications are unread, once the page is there: no page waits for it. Pressed, the bell shows the
 * latest of them; opened in another tab or window it stays the link it is.
 */
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
  /** @type {Promise<() => Promise<void>> | undefined} */
  let loaded;
  bell.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    try {
      // Loaded when it is pressed: most pages are left before.
      loaded ??= import("./latest_notifications.js").then(({ latestNotifications }) =>
        latestNotifications(bell, fill),
      );
      await (await loaded)();
    } catch {
      location.href = bell.href;
    }
  });
  // As buttons do; a link knows Enter only.
  bell.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    bell.click();
  });
}
