import assert from "node:assert/strict";
import { test } from "node:test";
import { dispatch } from "../../../static/js/live/events.js";
import { showPresence } from "../../../static/js/presence.js";
import { openPage } from "./browser.js";

async function presencePage() {
  const page = openPage(`
    <div data-presence data-ticket="41" data-url="/presence/" data-version="7">
      <input type="hidden" name="csrfmiddlewaretoken" value="token"><p data-presence-words></p></div>
    <div id="timeline" data-version="8"></div>
    <form data-composer><input type="radio" name="visibility" value="reply" checked>
      <input type="radio" name="visibility" value="note"><textarea name="text"></textarea></form>`);
  page.answer = () => new Response("<b>Oskar</b> is looking");
  showPresence();
  await page.wait();
  const pulses = () =>
    page.asked.filter(({ method }) => method === "POST").map(({ body }) => Object.fromEntries(body));
  return { page, pulses, words: page.find("[data-presence-words]"), field: page.find("textarea") };
}

test("a page says at once and every ten seconds that it is open, and shows who else is there", async () => {
  const { page, pulses, words } = await presencePage();
  assert.deepEqual(pulses(), [{ csrfmiddlewaretoken: "token", version: "8" }]);
  assert.equal(words.innerHTML, "<b>Oskar</b> is looking");

  await page.wait(9900);
  assert.equal(pulses().length, 1);
  await page.wait(200);

  assert.equal(pulses().length, 2);
});

test("where the page is live it is said less often, and asked when others come and go", async () => {
  const { page, pulses } = await presencePage();
  dispatch("live:state", { state: "live", since: 0, isCaughtUp: false });
  await page.wait(10_000);
  assert.equal(pulses().length, 2);
  await page.wait(19_900);
  assert.equal(pulses().length, 2);

  dispatch("live:changed", { topics: ["presence:40"] });
  assert.equal(page.asked.length, 2);
  dispatch("live:changed", { topics: ["presence:41"] });

  assert.deepEqual([page.asked[2].address, page.asked[2].method], ["/presence/?version=8", undefined]);
});

test("who begins to write a reply says so at once, and once", async () => {
  const { page, pulses, field } = await presencePage();

  page.type(field, "Have you");

  assert.deepEqual(
    pulses().map(({ writing }) => writing),
    [undefined, "1"],
  );
});

test("who has not typed for a while, has emptied the field, or writes a note, only looks", async () => {
  const { page, pulses, field } = await presencePage();
  page.type(field, "Have");
  await page.wait(20_000);
  assert.equal(pulses().at(-1).writing, undefined);

  page.type(field, "x");
  field.value = " ";
  page.fire(field, "input");
  assert.equal(pulses().at(-1).writing, undefined);
  const before = pulses().length;
  page.find("[value=note]").click();
  page.type(field, "x");

  assert.equal(pulses().length, before);
});

test("words that are the same are not put in, so that they are not read out again", async () => {
  const { page, words } = await presencePage();
  const [first] = words.children;
  page.answer = () => new Response("  <b>Oskar</b>   is looking ");

  await page.wait(10_000);
  assert.equal(words.children[0], first);
  page.answer = () => new Response("Nobody");
  await page.wait(10_000);

  assert.equal(words.textContent, "Nobody");
});

test("a refusal or a lost connection changes nothing, and the next one is tried", async () => {
  const { page, words, pulses } = await presencePage();
  page.answer = () => new Response("No", { status: 403 });
  await page.wait(10_000);
  page.answer = () => Promise.reject(new TypeError("no connection"));
  await page.wait(10_000);

  assert.match(words.textContent, /Oskar/);
  assert.equal(pulses().length, 3);
});

test("a hidden page is silent, and says that it is there when one looks again", async () => {
  const { page, pulses } = await presencePage();

  page.hide();
  await page.wait(60_000);
  assert.equal(pulses().length, 1);
  page.hide(false);

  assert.equal(pulses().length, 2);
});

test("a page that goes says so, and is back when one comes back", async () => {
  const { page, pulses } = await presencePage();

  page.fire(page.window, "pagehide");
  assert.deepEqual(page.beacons, [
    { address: "/presence/", csrfmiddlewaretoken: "token", version: "8", left: "1" },
  ]);
  await page.wait(60_000);
  assert.equal(pulses().length, 1);
  page.fire(page.window, "pageshow", { persisted: true });

  assert.equal(pulses().length, 2);
});
