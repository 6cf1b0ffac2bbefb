/**
 * Take what was typed of somebody nobody was found by over to the fields for a new person, and go on there.
 */
export function askForNewPerson() {
  const place = document.querySelector("[data-new-person]");
  const tick = /** @type {HTMLInputElement | null | undefined} */ (place?.querySelector("[type=checkbox]"));
  const requester = /** @type {HTMLInputElement | null | undefined} */ (
    tick?.form?.elements.namedItem("requester")
  );
  if (!place || !tick || !requester) return;
  const [first, last, email] = ["first_name", "last_name", "email"].map(
    (name) => /** @type {HTMLInputElement} */ (place.querySelector(`[name=${name}]`)),
  );

  // What is not seen is not sent.
  const showFields = () => {
    for (const field of [first, last, email]) field.disabled = !tick.checked;
  };
  showFields();
  tick.addEventListener("change", () => {
    showFields();
    if (!tick.checked) {
      requester.focus();
      return;
    }
    const words = requester.value.trim();
    if (words && ![first, last, email].some((field) => field.value)) {
      const address = words.match(/[^\s<>]+@[^\s<>]+/)?.[0] ?? "";
      const names = words.replace(address, "").replace(/[<>]/g, "").trim().split(/\s+/);
      email.value = address;
      last.value = names.length > 1 ? (names.pop() ?? "") : "";
      first.value = names.join(" ");
      requester.value = "";
      // What hangs on it hears of it.
      for (const name of ["input", "change"]) requester.dispatchEvent(new Event(name, { bubbles: true }));
    }
    ([first, last, email].find((field) => !field.value) ?? first).focus();
  });
}
