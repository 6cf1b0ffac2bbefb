import { otherZone, shownZone } from "./clock.js";
import { gettext, interpolate } from "./gettext.js";

/** Ask whoever never chose a time zone whether times are to be shown in the browser's. Either answer is the last. */
export function offerTimeZone() {
  const address = document.querySelector("[data-ask-zone]")?.getAttribute("data-ask-zone");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  const zone = otherZone();
  if (!address || !zone || !(token instanceof HTMLInputElement)) return;
  if (inOneSpelling(zone) === inOneSpelling(shownZone())) return;

  const place = document.createElement("div");
  place.className = "hd-msgs hd-zone";
  const message = place.appendChild(document.createElement("div"));
  message.className = "hd-msg hd-msg--info";
  const words = message.appendChild(document.createElement("p"));
  words.className = "hd-grow";
  words.setAttribute("role", "status");

  /** @param {string} sentence */
  const end = (sentence) => {
    words.textContent = sentence;
    for (const button of buttons) button.remove();
  };
  /** @param {string} answer */
  const send = async (answer) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token.value);
    body.set("answer", answer);
    body.set("time_zone", zone);
    for (const button of buttons) button.disabled = true;
    try {
      const { ok, status } = await fetch(address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      // A zone that is younger than the server.
      if (status === 400)
        return end(gettext("This time zone is not known here. Choose one in your profile."));
      if (!ok) throw new Error(String(status));
    } catch {
      words.textContent = gettext("Your answer could not be saved. Try again.");
      for (const button of buttons) button.disabled = false;
      return;
    }
    if (answer === "no") place.remove();
    // Not by loading it again: what is typed on it would go.
    else end(interpolate(gettext("From the next page on, times are shown in %(zone)s."), { zone }));
  };
  /**
   * @param {string} label
   * @param {string} answer
   */
  const makeButton = (label, answer) => {
    const button = message.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "hd-btn hd-btn--s";
    button.textContent = label;
    button.addEventListener("click", () => send(answer));
    return button;
  };
  const buttons = [makeButton(gettext("Yes"), "yes"), makeButton(gettext("No"), "no")];

  document.querySelector("main")?.prepend(place);
  words.textContent = interpolate(gettext("Your browser is in %(zone)s. Show times in this time zone?"), {
    zone,
  });
}

/**
 * Name a zone as this browser does: "Asia/Calcutta" and "Asia/Kolkata" are one.
 *
 * @param {string | undefined} timeZone
 */
function inOneSpelling(timeZone) {
  try {
    return Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    // A zone that is younger than the browser.
    return timeZone;
  }
}
