import { visibilityOf } from "./composer.js";
import { fetchPage } from "./fetch_page.js";
import { listen } from "./live/events.js";
import { textOf } from "./live/text.js";

const EVERY = 10000;
// Where others' coming and going is heard of, it is enough not to be forgotten.
const EVERY_LIVE = 20000;
// Who has not typed for this long only looks.
const WRITES_FOR = 20000;

/**
 * Say every few seconds that this ticket's page is open, and show who else has it open: at once where the page is
 * live, else with the next answer.
 */
export function showPresence() {
  const region = /** @type {HTMLElement | null} */ (document.querySelector("[data-presence]"));
  const words = region?.querySelector("[data-presence-words]");
  if (!region || !words) return;
  const address = region.dataset.url || "";
  let typedAt = Number.NEGATIVE_INFINITY;
  let timer = 0;
  let isGone = false;
  let isLive = false;

  const isWriting = () => performance.now() - typedAt < WRITES_FOR;
  const version = () => {
    const timeline = /** @type {HTMLElement | null} */ (document.querySelector("#timeline"));
    return timeline?.dataset.version || region.dataset.version || "";
  };
  const sign = () => {
    const token = /** @type {HTMLInputElement} */ (region.querySelector("[name=csrfmiddlewaretoken]"));
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token.value);
    data.set("version", version());
    if (isWriting()) data.set("writing", "1");
    return data;
  };
  /**
   * @param {string} from
   * @param {RequestInit} [options]
   */
  const show = async (from, options) => {
    try {
      const { ok, page } = await fetchPage(from, options);
      // Only what is new is put in, so that it is only then read out.
      if (ok && !isGone && textOf(page.body) !== textOf(words))
        words.replaceChildren(...page.body.childNodes);
    } catch {
      // the next one tries again
    }
  };
  const pulse = () => {
    clearTimeout(timer);
    if (isGone || document.hidden) return;
    timer = setTimeout(pulse, isLive ? EVERY_LIVE : EVERY);
    show(address, { method: "POST", body: sign() });
  };

  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || target.name !== "text") return;
    const form = /** @type {HTMLFormElement | null} */ (target.closest("form[data-composer]"));
    if (!form || visibilityOf(form) !== "reply") return;
    const wasWriting = isWriting();
    typedAt = target.value.trim() ? performance.now() : Number.NEGATIVE_INFINITY;
    if (wasWriting !== isWriting()) pulse();
  });
  listen("live:state", ({ state }) => {
    isLive = state === "live";
  });
  listen("live:changed", ({ topics }) => {
    if (document.hidden || !topics.includes(`presence:${region.dataset.ticket}`)) return;
    show(`${address}?${new URLSearchParams({ version: version() })}`);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) pulse();
  });
  window.addEventListener("pagehide", () => {
    isGone = true;
    clearTimeout(timer);
    const farewell = sign();
    farewell.set("left", "1");
    navigator.sendBeacon(address, farewell);
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    isGone = false;
    pulse();
  });
  pulse();
}
