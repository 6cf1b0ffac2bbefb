import assert from "node:assert/strict";
import { test } from "node:test";
import { dispatch } from "../../../../static/js/live/events.js";
import { followShownVersion } from "../../../../static/js/live/shown_version.js";
import { openPage } from "../browser.js";

function composerPage() {
  const page = openPage(`
    <div id="timeline" data-version="3"></div>
    <form data-composer><input type="hidden" name="version" value="3"><textarea name="text"></textarea></form>`);
  followShownVersion();
  const show = (version) => {
    page.find("#timeline").dataset.version = version;
    dispatch("live:shown", { news: [], isOffered: false });
  };
  return { page, show, field: page.find("textarea"), version: () => page.find("[name=version]").value };
}

test("a message starts from what the page has come to show", () => {
  const { show, version } = composerPage();

  show("5");

  assert.equal(version(), "5");
});

test("what comes while somebody writes is not taken for read", () => {
  const { page, show, field, version } = composerPage();
  page.type(field, "Have you");

  show("5");

  assert.equal(version(), "3");
});

test("whoever begins anew starts from what is shown then", () => {
  const { page, show, field, version } = composerPage();
  page.type(field, "Ha");
  show("5");

  field.value = "";
  page.fire(field, "input");

  assert.equal(version(), "5");
});
