import { fetchPage } from "./fetch_page.js";

/** @type {WeakMap<HTMLElement, () => Promise<void>>} */
const toggles = new WeakMap();

/**
 * Show the latest notifications below the bell, or hide them. They are not a live part of the page: what one reads
 * stays.
 *
 * @param {HTMLAnchorElement} bell
 * @param {() => void} whenRead told when all were marked as read
 * @throws when they cannot be had
 */
export async function toggleLatest(bell, whenRead) {
  const toggle = toggles.get(bell) ?? latestNotifications(bell, whenRead);
  toggles.set(bell, toggle);
  await toggle();
}

/**
 * @param {HTMLAnchorElement} bell
 * @param {() => void} whenRead
 */
function latestNotifications(bell, whenRead) {
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
    await dress(page.querySelector("link"));
    const focused = document.activeElement;
    // Whoever has gone on meanwhile, and perhaps writes, is not called back.
    if (focused && focused !== document.body && !place.contains(focused)) return;
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

/**
 * Load the style sheet that comes along, once: no page pays for it before.
 *
 * @param {HTMLLinkElement | null} sheet
 */
async function dress(sheet) {
  if (!sheet || document.head.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) return;
  await new Promise((done) => {
    for (const end of ["load", "error"]) sheet.addEventListener(end, done);
    document.head.append(sheet);
  });
}
