import { composers, extras, insert } from "./composer.js";
import { gettext } from "./gettext.js";

/** Offer the canned replies beside the reply's text; the chosen one goes where the cursor is. */
export function offerCannedReplies() {
  const { cannedUrl } = extras();
  const link = /** @type {HTMLElement | null} */ (document.querySelector("[data-canned-link]"));
  if (!cannedUrl || !link) return;
  for (const { form, field, extras: place } of composers()) {
    if (!place || form.dataset.visibility === "note") continue;
    place.prepend(menuFor(field, cannedUrl));
    link.hidden = true;
  }
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} address
 */
function menuFor(field, address) {
  const menu = document.createElement("details");
  menu.className = "hd-menu hd-canned cs-only-reply";
  const summary = document.createElement("summary");
  summary.className = "hd-btn hd-btn--s";
  summary.textContent = gettext("Canned replies");
  const list = document.createElement("ul");
  list.className = "hd-menu__pop";
  menu.append(summary, list);
  let isLoaded = false;

  /** @param {string} words */
  const tell = (words) => {
    const line = document.createElement("li");
    line.className = "hd-canned__none";
    line.textContent = words;
    list.replaceChildren(line);
  };
  /** @param {{ title: string, text: string }} reply */
  const lineFor = ({ title, text }) => {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => {
      menu.open = false;
      insert(field, text, field.selectionStart, field.selectionEnd);
    });
    line.append(button);
    return line;
  };
  menu.addEventListener("toggle", async () => {
    if (!menu.open || isLoaded) return;
    tell(gettext("Loading …"));
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { replies } = await answer.json();
      if (replies.length) list.replaceChildren(...replies.map(lineFor));
      else tell(gettext("There are none yet."));
      isLoaded = true;
    } catch {
      tell(gettext("They cannot be loaded now. Close and open this once more."));
    }
  });
  return menu;
}
