// A browser as far as our scripts need one: jsdom, and stand-ins for what it has not.
import FakeTimers from "@sinonjs/fake-timers";
import { JSDOM, VirtualConsole } from "jsdom";

// What modules take from the global scope. Not more: a script that names something else fails here.
const GLOBALS = [
  "CustomEvent",
  "DOMParser",
  "Element",
  "Event",
  "File",
  "FormData",
  "HTMLButtonElement",
  "HTMLDetailsElement",
  "HTMLElement",
  "HTMLFormElement",
  "HTMLInputElement",
  "HTMLSelectElement",
  "HTMLTextAreaElement",
  "MutationObserver",
  "XMLHttpRequest",
  "document",
  "localStorage",
  "location",
  "matchMedia",
  "navigator",
  "sessionStorage",
];
const START = Date.UTC(2026, 10, 28, 9, 30);
let clock = null;
let window = null;

/**
 * Open a page, in place of the one that is open, on a clock that only moves when it is told to.
 *
 * @param {string} body
 * @param {object} [options]
 * @param {string} [options.url]
 * @param {boolean} [options.isTimeReal] let the clock run by itself, for what waits for a real server
 * @param {Record<string, unknown>} [options.has] what this browser has besides, as window.NAME
 */
export function openPage(body, { url = "https://help.example.com/", isTimeReal = false, has = {} } = {}) {
  clock?.uninstall();
  // What the page before still waits for is not done on this one.
  window?.close();
  ({ window } = new JSDOM(`<!DOCTYPE html><html data-theme="auto"><body>${body}</body></html>`, {
    url,
    pretendToBeVisual: true,
    virtualConsole: strictConsole(),
  }));
  const page = new Page(window);
  Object.assign(window, has);
  for (const name of GLOBALS) define(name, window[name]);
  for (const name of Object.keys(has)) define(name, has[name]);
  define("window", window);
  define("fetch", page.fetch);
  // What is spread by chance takes the middle of its time.
  Math.random = () => 0.5;
  clock = isTimeReal ? null : FakeTimers.install({ now: START, toFake: FAKED });
  return page;
}
const FAKED = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"];

/** Let a test fail by what a script throws where nobody catches it. */
function strictConsole() {
  return new VirtualConsole().on("jsdomError", ({ type, detail }) => {
    if (type !== "unhandled exception") return;
    queueMicrotask(() => {
      throw detail;
    });
  });
}

function define(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

class Page {
  /** What was asked of the server: address, and what fetch was given besides. */
  asked = [];
  /** What was sent when the page went. */
  beacons = [];
  /** The element in the middle of the screen. */
  middle = null;
  /** Whether there is the room that a script asks for. */
  isWide = false;
  scrolled = [];
  /** How the server answers; a test puts its own here. */
  answer = () => new Response("");

  constructor(window) {
    this.window = window;
    this.document = window.document;
    // jsdom draws nothing, so it has no places.
    window.document.elementFromPoint = () => this.middle;
    window.scrollBy = (options) => this.scrolled.push(options.top);
    window.Element.prototype.scrollIntoView = () => {};
    window.matchMedia = () => ({ matches: this.isWide });
    window.HTMLDialogElement.prototype.show = function show() {
      this.open = true;
    };
    window.HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
    window.HTMLDialogElement.prototype.close = function close() {
      this.open = false;
      this.dispatchEvent(new window.Event("close"));
    };
    // jsdom takes what lies beside a selection for a part of it.
    window.Selection.prototype.containsNode = function containsNode(node) {
      return this.getRangeAt(0).intersectsNode(node);
    };
    window.navigator.sendBeacon = (address, data) =>
      this.beacons.push({ address, ...Object.fromEntries(data) });
    window.HTMLFormElement.prototype.submit = () => {};
  }

  fetch = async (address, options = {}) => {
    this.asked.push({ address, ...options });
    return this.answer(address, options);
  };

  find(selector) {
    return this.document.querySelector(selector);
  }

  findAll(selector) {
    return [...this.document.querySelectorAll(selector)];
  }

  /** Let time pass, and all that was waiting for it be done. */
  async wait(milliseconds = 0) {
    await clock.tickAsync(milliseconds);
    // Answers are read in some turns of the loop, of their own.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done));
    await clock.tickAsync(0);
  }

  now() {
    return clock.now;
  }

  /** Type as people do: at the cursor, letter by letter. */
  type(field, text) {
    field.focus();
    for (const letter of text) {
      field.setRangeText(letter, field.selectionStart, field.selectionEnd, "end");
      this.fire(field, "input");
    }
  }

  select(from, start, to, end) {
    this.document.getSelection().setBaseAndExtent(from, start, to, end);
  }

  press(target, key, options = {}) {
    const event = new this.window.KeyboardEvent("keydown", {
      key,
      bubbles: true,
      cancelable: true,
      ...options,
    });
    target.dispatchEvent(event);
    return event;
  }

  fire(target, name, more = {}) {
    const event = new this.window.Event(name, { bubbles: true, cancelable: true });
    target.dispatchEvent(Object.assign(event, more));
    return event;
  }

  hide(isHidden = true) {
    Object.defineProperty(this.document, "hidden", { value: isHidden, configurable: true });
    this.fire(this.document, "visibilitychange");
  }

  /** Put an element somewhere on the screen, which is 768 pixels high. */
  place(element, top, height = 20) {
    element.getBoundingClientRect = () => ({ top, bottom: top + height });
  }

  /** Hear events of the document from now on; answers the list that they are put into. */
  hear(name) {
    const heard = [];
    this.document.addEventListener(name, ({ detail }) => heard.push(detail));
    return heard;
  }
}
