import assert from "node:assert/strict";
import { test } from "node:test";
import { loadBell } from "../../../static/js/bell.js";
import { openPage } from "./browser.js";

const BELL = `<span id="bell" data-live-src="/bell/">Bell</span>`;

function bellPage(answer) {
  const page = openPage(
    `<div data-bell="/latest/"><a href="/list/">${BELL}</a></div><button id="beside">Beside</button>`,
  );
  page.answer = answer;
  loadBell();
  return page;
}

/** Answer the bell's number, and as many notifications as are left. */
function told(numbers) {
  return (address) =>
    new Response(
      address === "/bell/"
        ? `<span id="bell">Bell <b>${numbers[0]}</b></span>`
        : `<section data-latest tabindex="-1">
             <form method="post" action="/read/"><input name="newest" value="7"><button>Mark all as read</button></form>
             <a href="/tickets/1/">${numbers[0]} unread</a>
           </section>`,
    );
}

/** Press the bell, and wait for what it shows: it is a module of its own. */
async function press(page, how = {}) {
  const event = page.fire(page.find("a"), "click", how);
  await import("../../../static/js/latest_notifications.js");
  await page.wait();
  return event;
}

const isOpen = (page) => {
  const shown = page.findAll("[data-latest]").length;
  assert.equal(page.find("[data-bell] > a").getAttribute("aria-expanded"), String(shown === 1));
  return shown === 1;
};

test("the number of unread ones comes after the page, and again when one comes back to it", async () => {
  const numbers = [3];
  const page = bellPage(told(numbers));
  await page.wait();
  assert.equal(page.find("#bell").innerHTML, "Bell <b>3</b>");

  numbers[0] = 0;
  page.fire(page.window, "pageshow", { persisted: false });
  page.fire(page.window, "pageshow", { persisted: true });
  await page.wait();

  assert.equal(page.find("#bell").innerHTML, "Bell <b>0</b>");
  assert.equal(page.asked.length, 2);
});

test("without an answer the bell stays as it was", async () => {
  for (const answer of [
    () => new Response("", { status: 500 }),
    () => Promise.reject(new TypeError("lost")),
  ]) {
    const page = bellPage(answer);
    await page.wait();

    assert.equal(page.find("#bell").textContent, "Bell");
  }
});

test("a page without a bell asks nothing", () => {
  const page = openPage("");

  loadBell();

  assert.deepEqual(page.asked, []);
});

test("pressed, it shows the latest and has the focus there; pressed again it hides them", async () => {
  const page = bellPage(told([3]));
  const bell = page.find("a");
  assert.equal(bell.getAttribute("role"), "button");
  assert.equal(bell.getAttribute("aria-haspopup"), "dialog");
  assert.ok(!isOpen(page));

  const event = await press(page);

  assert.ok(event.defaultPrevented);
  assert.ok(isOpen(page));
  assert.equal(page.document.activeElement, page.find("[data-latest]"));
  await press(page);
  assert.ok(!isOpen(page));
  await press(page);
  assert.deepEqual(
    page.asked.map(({ address }) => address),
    ["/bell/", "/latest/", "/latest/"],
  );
});

test("pressed twice at once it asks once", async () => {
  const page = bellPage(told([3]));

  page.fire(page.find("a"), "click");
  await press(page);

  assert.ok(isOpen(page));
  assert.equal(page.asked.filter(({ address }) => address === "/latest/").length, 1);
});

test("the space bar presses it, as it does any button", async () => {
  const page = bellPage(told([3]));

  const event = page.press(page.find("a"), " ");
  await import("../../../static/js/latest_notifications.js");
  await page.wait();

  assert.ok(event.defaultPrevented);
  assert.ok(isOpen(page));
});

test("in another tab or window it opens the page", async () => {
  const page = bellPage(told([3]));

  for (const key of ["ctrlKey", "metaKey", "shiftKey"]) {
    assert.ok(!(await press(page, { [key]: true })).defaultPrevented);
  }

  assert.ok(!isOpen(page));
});

test("Escape closes it, gives the focus back, and closes nothing else", async () => {
  const page = bellPage(told([3]));
  const heard = [];
  page.document.addEventListener("keydown", ({ key }) => heard.push(key));
  await press(page);

  page.press(page.find("[data-latest] a"), "Escape");

  assert.ok(!isOpen(page));
  assert.equal(page.document.activeElement, page.find("a"));
  page.press(page.find("a"), "Escape");
  assert.deepEqual(heard, ["Escape"]);
});

test("it closes when one goes on with the keyboard, clicks beside it, or leaves the page", async () => {
  const page = bellPage(told([3]));
  const beside = page.find("#beside");
  for (const leave of [
    () => beside.focus(),
    () => page.fire(beside, "click"),
    () => page.fire(page.window, "pagehide"),
  ]) {
    await press(page);
    page.fire(page.find("[data-latest]"), "click");
    page.find("[data-latest] a").focus();
    assert.ok(isOpen(page));

    leave();

    assert.ok(!isOpen(page));
    beside.blur();
  }
});

test("whoever has gone on before they come is not called back", async () => {
  const page = bellPage(told([3]));

  page.fire(page.find("a"), "click");
  page.find("#beside").focus();
  await import("../../../static/js/latest_notifications.js");
  await page.wait();

  assert.ok(!isOpen(page));
  assert.equal(page.document.activeElement, page.find("#beside"));
});

test("all are marked as read in place, and the number follows", async () => {
  const numbers = [3];
  const page = bellPage(told(numbers));
  await press(page);
  numbers[0] = 0;

  page.fire(page.find("form"), "submit");
  await page.wait();

  const sent = page.asked.find(({ address }) => address.endsWith("/read/"));
  assert.equal(sent.method, "POST");
  assert.equal(sent.body.get("newest"), "7");
  assert.ok(isOpen(page));
  assert.match(page.find("[data-latest]").textContent, /0 unread/);
  assert.equal(page.document.activeElement, page.find("[data-latest]"));
  assert.equal(page.find("#bell b").textContent, "0");
});
