import assert from "node:assert/strict";
import { test } from "node:test";
import { savePropertiesOnChange } from "../../../static/js/properties.js";
import { openPage } from "./browser.js";

const ADDRESS = "https://help.example.com/ticket/1/properties/";
const choices = ({ version, assignee = "", alert = "" }) => `
  <form data-choices data-ticket="1" method="post" action="${ADDRESS}">${alert}<input type="hidden" name="version" value="${version}">
    <select id="assignee" name="assignee">${["", "3", "4"].map((person) => `<option value="${person}"${person === assignee ? " selected" : ""}>${person}</option>`).join("")}</select>
    <button>Save properties</button></form>`;
const notice = (version) => `<div id="notices"><p>Assigned.</p>
  <form method="post" action="${ADDRESS}"><input type="hidden" name="version" value="${version}"><input type="hidden" name="assignee" value=""><button>Undo</button></form></div>`;

function ticketPage() {
  const page = openPage(`
    <div id="notices"></div><form id="composer"><input type="hidden" name="version" value="7"></form>${choices({ version: 7 })}`);
  savePropertiesOnChange();
  const refreshed = [];
  page.document.addEventListener("live:changed", ({ detail }) => refreshed.push(detail.topics));
  const choose = (value) => {
    const select = page.find("#assignee");
    select.value = value;
    page.fire(select, "change");
  };
  return { page, refreshed, choose, sent: () => page.asked.map(({ body }) => Object.fromEntries(body)) };
}
const redirected = (html) => Object.defineProperty(new Response(html), "redirected", { value: true });
const saved = (version, assignee) => () =>
  redirected(
    `<div id="timeline" data-version="${version}"></div>${notice(version)}${choices({ version, assignee })}`,
  );
const refused = () =>
  new Response(choices({ version: 8, assignee: "3", alert: '<p role="alert" tabindex="-1">Theirs</p>' }), {
    status: 409,
  });

test("a choice is saved at once, said, and the page brought up to date", async () => {
  const { page, refreshed, choose, sent } = ticketPage();
  page.answer = saved(8, "3");
  page.find("#assignee").focus();

  choose("3");
  await page.wait();

  assert.deepEqual(sent(), [{ version: "7", assignee: "3" }]);
  assert.match(page.find("#notices").textContent, /Assigned/);
  assert.deepEqual(refreshed, [["ticket:1"]]);
  assert.equal(page.document.activeElement.id, "assignee");
  assert.equal(page.find("[data-choices] [name=version]").value, "8");
  assert.equal(page.find("#composer [name=version]").value, "8");
});

test("a message that is being written starts from what its writer saw, if others have done something as well", async () => {
  const { page, choose } = ticketPage();
  page.answer = saved(9, "3");

  choose("3");
  await page.wait();

  assert.equal(page.find("#composer [name=version]").value, "7");
});

test("what is chosen while one is on its way is sent after it", async () => {
  const { page, choose, sent } = ticketPage();
  page.answer = () => saved(7 + sent().length, ["3", "4"][sent().length - 1])();

  choose("3");
  choose("4");
  await page.wait();

  assert.deepEqual(sent(), [
    { version: "7", assignee: "3" },
    { version: "8", assignee: "4" },
  ]);
  assert.equal(page.find("#assignee").value, "4");
});

test("what is refused stays chosen with the reason, and waits for its button", async () => {
  const { page, refreshed, choose, sent } = ticketPage();
  page.answer = refused;
  choose("3");
  await page.wait();

  assert.equal(page.find("#assignee").value, "3");
  assert.equal(page.document.activeElement.textContent, "Theirs");
  assert.deepEqual(refreshed, []);

  choose("4");
  await page.wait();
  assert.equal(sent().length, 1);

  page.answer = saved(9, "4");
  page.find("[data-choices]").requestSubmit();
  await page.wait();
  assert.deepEqual(sent()[1], { version: "8", assignee: "4" });
  assert.equal(page.find("[role=alert]"), null);
});

test("where no answer comes, that is said and nothing is lost", async () => {
  const { page, choose } = ticketPage();
  page.answer = () => {
    throw new TypeError("no network");
  };

  choose("3");
  await page.wait();

  assert.match(page.find("[role=alert]").textContent, /could not be saved/);
  assert.equal(page.find("#assignee").value, "3");
});

test("the way back is sent without leaving the page, and its notice goes by itself", async () => {
  const { page, choose, sent } = ticketPage();
  page.answer = saved(8, "3");
  choose("3");
  await page.wait();

  page.answer = saved(9, "");
  page.find("#notices form").requestSubmit();
  await page.wait();

  assert.deepEqual(sent()[1], { version: "8", assignee: "" });
  assert.equal(page.find("#assignee").value, "");
  await page.wait(13_000);
  assert.equal(page.find("#notices").textContent.trim(), "");
});
