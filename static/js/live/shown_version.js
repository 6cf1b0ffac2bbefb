import { composers } from "../composer.js";
import { listen } from "./events.js";

/**
 * Let a message start from what the page shows. Once somebody writes, it stays: what comes then they may not have read,
 * and the server tells them of it before it is sent.
 */
export function followShownVersion() {
  const follow = () => {
    const shown = document.getElementById("timeline")?.dataset.version;
    for (const { form, field } of composers()) {
      const version = form.elements.namedItem("version");
      if (shown && !field.value && version instanceof HTMLInputElement) version.value = shown;
    }
  };
  listen("live:shown", follow);
  document.addEventListener("input", follow);
}
