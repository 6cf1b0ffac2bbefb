import { gettext, interpolate } from "./gettext.js";

/**
 * Send files as soon as they are chosen, dropped or pasted, with a bar each. Without script the form brings them.
 */
export function uploadFiles() {
  const boxes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-files]")]).map(enhance);
  for (const form of new Set(boxes.map((box) => box.form))) {
    // The composer of the console has two boxes, one for each kind of message; the hidden one takes nothing.
    takeDropped(form, (files) => {
      boxes.find((box) => box.form === form && box.input.getClientRects().length)?.add(files);
    });
  }
  // Before anything else hears of it: nothing is marked as sent.
  document.addEventListener(
    "submit",
    (event) => {
      const busy = boxes.find((box) => box.form === event.target && box.isBusy());
      if (!busy) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      busy.say(gettext("Files are still being sent. Send again when they are there."));
    },
    true,
  );
}

/**
 * @param {HTMLElement} element
 */
function enhance(element) {
  /**
   * @template {Element} [Found=HTMLElement]
   * @param {string} selector
   */
  const part = (selector) => /** @type {Found} */ (element.querySelector(selector));
  const form = /** @type {HTMLFormElement} */ (element.closest("form"));
  const input = /** @type {HTMLInputElement} */ (part("input[type=file]"));
  const list = part("[data-list]");
  const errors = part("[data-errors]");
  const said = part("[data-said]");
  const row = /** @type {HTMLTemplateElement} */ (part("template[data-row]"));
  const address = element.dataset.address || "";
  const most = Number(element.dataset.most);
  const megabytes = Number(element.dataset.megabytes);
  /** @type {{ file: File, line: HTMLElement }[]} */
  const queue = [];
  /** @type {{ line: HTMLElement, request: XMLHttpRequest } | null} */
  let running = null;

  const token = () => /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value;
  /** @param {string} words */
  const say = (words) => {
    said.textContent = words;
  };
  /** @param {string} words */
  const refuse = (words) => {
    const line = document.createElement("li");
    line.textContent = words;
    errors.append(line);
    say(words);
  };
  /** @param {Element} line */
  const dropRow = (line) => {
    const wasInside = line.contains(document.activeElement);
    line.remove();
    if (wasInside) input.focus();
  };
  /**
   * @param {HTMLButtonElement} button
   * @param {string} name
   */
  const makeRemovable = (button, name) => {
    // A button of its own, so that Enter in a field does not press it.
    button.type = "button";
    button.setAttribute("aria-label", interpolate(gettext("Remove %(name)s"), { name }));
    button.addEventListener("click", () => {
      button.disabled = true;
      const onDone = (/** @type {number} */ status) => {
        if (status === 200 || status === 404) {
          dropRow(/** @type {Element} */ (button.closest("li")));
          say(interpolate(gettext("%(name)s is removed."), { name }));
          return;
        }
        button.disabled = false;
        refuse(interpolate(gettext("“%(name)s” could not be removed. Try again."), { name }));
      };
      postForm(button.dataset.remove || "", { csrfmiddlewaretoken: token() }, { onDone });
    });
  };
  /**
   * @param {number} status
   * @param {string} name
   */
  const why = (status, name) => {
    if (status === 0)
      return interpolate(gettext("“%(name)s” could not be sent: the connection was lost. Choose it again."), {
        name,
      });
    if (status === 413) return tooLarge(name);
    return interpolate(
      gettext(
        "“%(name)s” could not be sent. Load the page again; if you were signed out, sign in in another tab first.",
      ),
      { name },
    );
  };
  /** @param {string} name */
  const tooLarge = (name) =>
    interpolate(
      gettext("“%(name)s” is too large: a file may have at most %(megabytes)s MB. It was not uploaded."),
      { name, megabytes },
    );

  /**
   * @param {HTMLElement} line
   * @param {Taken} taken
   */
  const settle = (line, taken) => {
    const button = /** @type {HTMLButtonElement} */ (line.querySelector("button"));
    line.querySelector("progress")?.remove();
    write(line, ".hd-attach__name", taken.name);
    write(line, ".hd-hint", taken.size);
    // Without the listener that stopped it.
    const fresh = /** @type {HTMLButtonElement} */ (button.cloneNode(true));
    fresh.dataset.remove = taken.remove;
    button.replaceWith(fresh);
    makeRemovable(fresh, taken.name);
    if (line.dataset.stopped) fresh.click();
    else say(interpolate(gettext("%(name)s is attached."), { name: taken.name }));
  };
  const next = () => {
    const first = running ? undefined : queue.shift();
    if (!first) return;
    const { file, line } = first;
    const bar = /** @type {HTMLProgressElement} */ (line.querySelector("progress"));
    const fields = { csrfmiddlewaretoken: token(), form: element.dataset.key || "", files: file };
    const request = postForm(address, fields, {
      onProgress: (share) => {
        bar.value = 100 * share;
      },
      onDone: (status, answer) => {
        running = null;
        if (answer?.files?.[0]) settle(line, answer.files[0]);
        else {
          dropRow(line);
          const reasons = answer?.errors?.length ? answer.errors : [why(status, file.name)];
          if (!line.dataset.stopped) reasons.forEach(refuse);
        }
        next();
      },
    });
    running = { line, request };
  };
  /** @param {HTMLElement} line */
  const stop = (line) => {
    line.dataset.stopped = "yes";
    const place = queue.findIndex((waiting) => waiting.line === line);
    if (place >= 0) {
      queue.splice(place, 1);
      dropRow(line);
    } else if (running?.line === line) running.request.abort();
  };
  /** @param {File} file */
  const enqueue = (file) => {
    const line = /** @type {HTMLElement} */ (row.content.firstElementChild?.cloneNode(true));
    write(line, ".hd-attach__name", file.name);
    line
      .querySelector("progress")
      ?.setAttribute("aria-label", interpolate(gettext("Sending %(name)s"), { name: file.name }));
    const button = line.querySelector("button");
    button?.setAttribute("aria-label", interpolate(gettext("Stop sending %(name)s"), { name: file.name }));
    button?.addEventListener("click", () => stop(line));
    list.append(line);
    queue.push({ file, line });
  };
  /** @param {File[]} files */
  const add = (files) => {
    errors.replaceChildren();
    for (const file of files) {
      if (list.children.length >= most) {
        refuse(
          interpolate(gettext("“%(name)s” was not uploaded: at most %(most)s files can be sent along."), {
            name: file.name,
            most,
          }),
        );
      } else if (file.size > megabytes * 1024 * 1024) refuse(tooLarge(file.name));
      else enqueue(file);
    }
    next();
  };

  const take = () => {
    // A copy: emptying the field, so that the form does not bring them again, empties its list.
    const chosen = [...(input.files ?? [])];
    input.value = "";
    add(chosen);
  };
  input.addEventListener("change", take);
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
    element.querySelectorAll("[data-remove]")
  )) {
    makeRemovable(button, button.closest("li")?.querySelector(".hd-attach__name")?.textContent || "");
  }
  for (const words of /** @type {NodeListOf<HTMLElement>} */ (
    element.querySelectorAll("[data-only-script]")
  )) {
    words.hidden = false;
  }
  for (const button of element.querySelectorAll("button[aria-hidden]")) button.remove();
  // Chosen before this was loaded.
  if (input.files?.length) take();

  return { element, form, input, add, say, isBusy: () => Boolean(running || queue.length) };
}

/**
 * @param {Element} line
 * @param {string} selector
 * @param {string} words
 */
function write(line, selector, words) {
  const place = line.querySelector(selector);
  if (place) place.textContent = words;
}

/**
 * Take what is dropped on a form or pasted into it.
 *
 * @param {HTMLFormElement} form
 * @param {(files: File[]) => void} add
 */
function takeDropped(form, add) {
  const holdsFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const mark = (/** @type {number} */ now) => {
    depth = Math.max(0, now);
    form.classList.toggle("hd-dropping", depth > 0);
  };
  form.addEventListener("dragenter", (event) => {
    if (holdsFiles(event)) mark(depth + 1);
  });
  form.addEventListener("dragleave", (event) => {
    if (holdsFiles(event)) mark(depth - 1);
  });
  form.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  form.addEventListener("drop", (event) => {
    mark(0);
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  form.addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    // A table copied from elsewhere comes as text and as a picture of it: it is the text that is meant.
    if (!pasted.length || event.clipboardData?.types.includes("text/plain")) return;
    event.preventDefault();
    add(pasted.map(nameScreenshot));
  });
}

/**
 * Give a pasted picture a name that tells it from the next one.
 *
 * @param {File} file
 */
function nameScreenshot(file) {
  if (file.name !== "image.png") return file;
  const moment = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-");
  return new File([file], `${gettext("Screenshot")} ${moment}.png`, { type: file.type });
}

/**
 * @typedef {object} Taken what the server says of a file that it took
 * @property {string} name
 * @property {string} size as people read it
 * @property {string} remove the address at which it is removed again
 */

/**
 * Send fields, one of them may be a file. Not by fetch, which cannot say how much of it is sent.
 *
 * @param {string} address
 * @param {Record<string, string | File>} fields
 * @param {object} hears
 * @param {(share: number) => void} [hears.onProgress] told how much is sent, from 0 to 1
 * @param {(status: number, answer: { files?: Taken[], errors?: string[] } | null) => void} hears.onDone told the
 *   answer's status, 0 without one or if it was stopped, and its JSON
 */
function postForm(address, fields, { onProgress, onDone }) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  if (onProgress) {
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress(loaded / total);
    });
  }
  request.addEventListener("loadend", () => onDone(request.status, request.response));
  request.send(data);
  return request;
}
