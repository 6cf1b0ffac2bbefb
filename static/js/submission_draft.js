import { keepDraft } from "./drafts.js";

const NAMES = ["title", "request_type", "description"];

/** Keep a new ticket as a draft while it is written. Its page has brought back what was kept before. */
export function keepSubmissionDraft() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-draft-url]"));
  if (!form) return;
  const read = () =>
    Object.fromEntries(NAMES.map((name) => [name, String(new FormData(form).get(name) ?? "")]));
  const nothing = Object.fromEntries(NAMES.map((name) => [name, ""]));
  const isRestored = form.dataset.restored !== undefined;
  keepDraft(form, {
    address: form.dataset.draftUrl || "",
    place: form,
    read,
    // What came back with a refusal may not be kept yet.
    kept: isRestored ? read() : nothing,
    along: ["token"],
    tell: (kept) => Object.values(kept).join("\n"),
  });
}
