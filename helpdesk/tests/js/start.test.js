import assert from "node:assert/strict";
import { test } from "node:test";
import { startLoaded, startWhenUsed, startWhere } from "../../../static/js/start.js";
import { openPage } from "./browser.js";

/** A behaviour that says how often it was started. */
function behaviour() {
  const counted = { times: 0 };
  const load = async () => () => {
    counted.times += 1;
  };
  return { counted, load };
}

const open = () => openPage('<form id="here"><input><input type="file"></form><button>Elsewhere</button>');

test("a behaviour is loaded once its place is used, once", async () => {
  const page = open();
  const { counted, load } = behaviour();
  startWhenUsed("#here", load);

  page.find("button").focus();
  await page.wait(0);
  assert.equal(counted.times, 0);

  page.find("input").focus();
  page.find("[type=file]").focus();
  await page.wait(0);
  assert.equal(counted.times, 1);
});

for (const use of ["dragenter", "change"]) {
  test(`${use} is a use`, async () => {
    const page = open();
    const { counted, load } = behaviour();
    startWhenUsed("#here", load);

    page.find("input").dispatchEvent(new Event(use, { bubbles: true }));
    await page.wait(0);

    assert.equal(counted.times, 1);
  });
}

test("a place that has the focus already is used", async () => {
  const page = open();
  const { counted, load } = behaviour();
  page.find("input").focus();

  startWhenUsed("#here", load);
  await page.wait(0);

  assert.equal(counted.times, 1);
});

test("a page without the place loads nothing for it", async () => {
  const page = open();
  const { counted, load } = behaviour();

  startWhere("#there", load);
  await page.wait(0);
  assert.equal(counted.times, 0);

  startWhere("#here", load);
  await page.wait(0);
  assert.equal(counted.times, 1);
});

test("what cannot be loaded takes nothing with it", async () => {
  open();

  await startLoaded(() => Promise.reject(new Error("away")));
});
