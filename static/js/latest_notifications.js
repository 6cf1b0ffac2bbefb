import { fetchPage } from "./fetch_page.js";

/**
 * Show the latest notifications below the bell. They are not a live part of the page: what one reads stays.
 *
 * @param {HTMLAnchorElement} bell
 * @param {() => void} whenRead told when all were marked as read
 * @returns {() => Promise<void>} what opens or closes them; fails when they cannot be had
 */
export function latestNotifications(bell, whenRead) {
  const place = /** @type {HTMLElement} */ (bell.closest("[data-bell]"));
  /** @type {HTMLElement | null} */
  let panel = null;
  let isAsking = false;

  const close = () => {
    panel?.remove();
    panel = null;
    bell.setAttribute("aria-expanded", "false");
  };
  /**
   * @param {string} address
   * @param {RequestInit} [options]
   */
  const show = async (address, options) => {
    const { ok, page } = await fetchPage(address, { cache: "no-store", ...options });
    const fresh = /** @type {HTMLElement | null} */ (page.querySelector("[data-latest]"));
    // Whoever has been signed out gets another page.
    if (!ok || !fresh) throw new Error("refused");
    panel?.remove();
    panel = fresh;
    place.append(panel);
    bell.setAttribute("aria-expanded", "true");
    panel.focus();
  };

  document.addEventListener("click", ({ target }) => {
    if (!place.contains(/** @type {Node} */ (target))) close();
  });
  place.addEventListener("focusout", ({ relatedTarget }) => {
    // Nothing has the focus when the window loses it: who comes back finds them as they were.
    if (relatedTarget && !place.contains(/** @type {Node} */ (relatedTarget))) close();
  });
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel) return;
    // It closes nothing else.
    event.stopPropagation();
    close();
    bell.focus();
  });
  place.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    event.preventDefault();
    try {
      await show(form.action, { method: "POST", body: new FormData(form), redirect: "follow" });
      whenRead();
    } catch {
      location.href = bell.href;
    }
  });
  // Who comes back to the page finds it closed: it would tell what was unread before.
  window.addEventListener("pagehide", close);

  return async () => {
    if (panel) close();
    else if (!isAsking) {
      isAsking = true;
      await show(place.dataset.bell || "").finally(() => {
        isAsking = false;
      });
    }
  };
}
