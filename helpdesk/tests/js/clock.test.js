import assert from "node:assert/strict";
import { test } from "node:test";
import { clock } from "../../../static/js/clock.js";
import { openPage } from "./browser.js";

const MOMENT = "2026-11-28T20:30:00Z";

test("the clock shows the zone of the page's other times", () => {
  openPage('<a data-time-zone="Asia/Tokyo">Times in Asia/Tokyo</a>');

  assert.equal(clock(MOMENT), "05:30");
  assert.equal(clock(Date.parse(MOMENT)), "05:30");
});

test("without a zone, or with one it does not know, it shows the browser's", () => {
  for (const body of ["", '<a data-time-zone="Mars/Olympus"></a>', '<a data-time-zone=""></a>']) {
    openPage(body);

    assert.match(clock(MOMENT), /^\d\d:\d\d$/);
  }
});
