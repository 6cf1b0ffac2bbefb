import assert from "node:assert/strict";
import { test } from "node:test";
import { fillMenus } from "../../../static/js/menu_content.js";
import { openPage } from "./browser.js";

const MENU = `<details><summary>Status</summary><div data-menu="/filters/status/?part=1"><a href="#">Choose</a></div></details>`;

test("a menu is asked for when it is opened", async () => {
  const page = openPage(MENU);
  page.answer = () => new Response("<p>Open 3</p>");
  const filled = [];
  fillMenus((place) => filled.push(place.textContent));

  page.find("details").open = true;
  await page.wait();

  assert.deepEqual(
    page.asked.map(({ address }) => address),
    ["/filters/status/?part=1"],
  );
  assert.deepEqual(filled, ["Open 3"]);
  assert.equal(page.find("[data-menu]").textContent, "Open 3");
});

test("the link to its page stays where it cannot be had", async () => {
  const page = openPage(MENU);
  page.answer = () => new Response("", { status: 403 });
  fillMenus(() => {});

  page.find("details").open = true;
  await page.wait();

  assert.equal(page.find("[data-menu]").textContent, "Choose");
});
