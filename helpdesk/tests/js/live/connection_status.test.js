import assert from "node:assert/strict";
import { test } from "node:test";
import { showConnectionStatus } from "../../../../static/js/live/connection_status.js";
import { dispatch } from "../../../../static/js/live/events.js";
import { openPage } from "../browser.js";

function badgedPage() {
  const page = openPage(
    `<span id="badge" hidden data-poll="30"><b data-live-word></b><i data-live-sentence></i></span>`,
  );
  const badge = page.find("#badge");
  const said = [];
  showConnectionStatus(badge, (sentence) => said.push(sentence));
  return { page, badge, said };
}
const state = (page, name) => dispatch("live:state", { state: name, since: page.now(), isCaughtUp: false });
const time = (page) =>
  new Date(page.now()).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

test("nothing is said before anything is known", () => {
  assert.equal(badgedPage().badge.hidden, true);
});

for (const [name, words] of [
  ["live", "Live"],
  ["polling", "Updated every 30 s"],
  ["signed-out", "Signed out"],
]) {
  test(`the badge says that the page is ${name}`, () => {
    const { page, badge } = badgedPage();

    state(page, name);

    assert.equal(badge.hidden, false);
    assert.equal(badge.querySelector("i").textContent, words);
    assert.equal(badge.dataset.liveState, name);
    assert.equal(badge.classList.contains("hd-live--off"), name !== "live");
  });
}

test("without a connection it says from when the page is", () => {
  const { page, badge } = badgedPage();

  state(page, "reconnecting");
  assert.equal(badge.querySelector("i").textContent, `Reconnecting … data from ${time(page)}`);
  state(page, "offline");
  assert.equal(badge.querySelector("i").textContent, `Offline, data from ${time(page)}`);
});

test("a live page that cannot read what has changed does not call itself live", () => {
  const { page, badge } = badgedPage();
  state(page, "live");

  dispatch("live:fetched", { result: "failed" });
  assert.match(badge.querySelector("i").textContent, /^Reconnecting … data from /);
  dispatch("live:fetched", { result: "ok" });

  assert.equal(badge.querySelector("i").textContent, "Live");
});

test("a lost connection is told, and its return only after that", () => {
  const { page, said } = badgedPage();

  for (const name of ["live", "reconnecting", "live", "offline", "live", "signed-out"]) state(page, name);

  assert.deepEqual(said, ["The connection is lost.", "The connection is back.", "You are signed out."]);
});
