import assert from "node:assert/strict";
import { test } from "node:test";
import { dispatch } from "../../../../static/js/live/events.js";
// Pages load it with the first answer; here it is there by then.
import "../../../../static/js/live/put_in.js";
import { refreshRegions } from "../../../../static/js/live/regions.js";
import { openPage } from "../browser.js";

const region = (id, topics, html, src = "/page/?live") =>
  `<div id="${id}" data-live="${topics}" data-live-src="${src}">${html}</div>`;
const GONE = `<template data-live-gone><p class="hd-lost" role="alert">Gone</p></template>`;

/** Open a page with live parts; `answer` may be changed by the test. */
function livePage(html, options) {
  const page = openPage(`<main>${html}</main>${GONE}`, options);
  page.answer = () => new Response("");
  refreshRegions();
  return page;
}
const addresses = (page) => page.asked.map(({ address }) => address);

test("what is said to have changed is read, with what stands at the same address, and nothing else", async () => {
  const page = livePage(
    region("head", "ticket:1", "Open") +
      region("aside", "ticket:1 bell", "Nobody") +
      region("other", "ticket:2", "Other", "/other/?live"),
  );
  page.answer = () => new Response(region("head", "", "Resolved") + region("aside", "", "Ada"));

  dispatch("live:changed", { topics: ["tickets", "ticket:1"] });
  await page.wait(200);

  assert.deepEqual(addresses(page), ["/page/?live"]);
  assert.equal(page.find("#head").textContent, "Resolved");
  assert.equal(page.find("#aside").textContent, "Ada");
  assert.equal(page.find("#other").textContent, "Other");
});

test("where anything may have changed, everything is read", async () => {
  const page = livePage(region("head", "ticket:1", "") + region("other", "ticket:2", "", "/other/?live"));

  dispatch("live:changed", { topics: [] });
  await page.wait(200);

  assert.deepEqual(addresses(page), ["/page/?live", "/other/?live"]);
});

test("what changes often is read once in a while, the last time after the last change", async () => {
  const page = livePage(region("head", "ticket:1", "1"));
  let version = 1;
  page.answer = () => new Response(region("head", "", String(version)));

  for (version = 2; version <= 20; version += 1) {
    dispatch("live:changed", { topics: ["ticket:1"] });
    await page.wait(50);
  }
  version = 20;
  await page.wait(2000);

  assert.ok(page.asked.length >= 2 && page.asked.length <= 4, String(page.asked.length));
  assert.equal(page.find("#head").textContent, "20");
});

test("a hidden page asks nothing; looked at again it asks, and rows go where they belong", async () => {
  const row = (key) => `<li data-key="${key}">${key}</li>`;
  const list = (keys) =>
    region("rows", "tickets", `<ul data-live-rows="ticket">${keys.map(row).join("")}</ul>`);
  const page = livePage(list(["a"]));
  page.answer = () => new Response(list(["n", "a"]));
  page.hide();

  dispatch("live:changed", { topics: ["tickets"] });
  await page.wait(60_000);
  assert.deepEqual(page.asked, []);

  page.hide(false);
  await page.wait(10);
  assert.equal(page.find("ul").textContent, "na");
  assert.equal(page.find(".hd-fresh").hidden, true);
});

test("after a loss everything is read once the stream is back, unless it told what was missed", async () => {
  const page = livePage(region("head", "ticket:1", ""));

  dispatch("live:state", { state: "live", since: 0, isCaughtUp: true });
  await page.wait(3000);
  assert.equal(page.asked.length, 0);

  dispatch("live:state", { state: "reconnecting", since: 0, isCaughtUp: false });
  dispatch("live:state", { state: "live", since: 0, isCaughtUp: false });
  await page.wait(3000);
  assert.equal(page.asked.length, 1);
});

test("what cannot be read is asked for again, later and later", async () => {
  const page = livePage(region("head", "ticket:1", "Open"));
  const results = page.hear("live:fetched");
  page.answer = () => new Response("", { status: 503 });

  dispatch("live:changed", { topics: ["ticket:1"] });
  await page.wait(200);
  assert.equal(page.asked.length, 1);
  await page.wait(7000);
  assert.equal(page.asked.length, 1);
  await page.wait(1000);
  assert.equal(page.asked.length, 2);
  await page.wait(11_000);
  assert.equal(page.asked.length, 2);
  page.answer = () => new Response(region("head", "", "Resolved"));
  await page.wait(2000);

  assert.equal(page.asked.length, 3);
  assert.equal(page.find("#head").textContent, "Resolved");
  assert.deepEqual(
    results.map(({ result }) => result),
    ["failed", "failed", "ok"],
  );
});

test("a connection that is lost is a reading that failed", async () => {
  const page = livePage(region("head", "ticket:1", "Open"));
  const results = page.hear("live:fetched");
  page.answer = () => Promise.reject(new TypeError("no connection"));

  dispatch("live:changed", { topics: [] });
  await page.wait(200);

  assert.deepEqual(results, [{ result: "failed" }]);
  assert.equal(page.find("#head").textContent, "Open");
});

test("whoever is signed out is not asked again and again", async () => {
  const page = livePage(region("head", "ticket:1", "Open"));
  const results = page.hear("live:fetched");
  page.answer = () => ({ type: "opaqueredirect", ok: false, status: 0 });

  dispatch("live:changed", { topics: [] });
  await page.wait(60_000);

  assert.deepEqual(results, [{ result: "signed-out" }]);
  assert.equal(page.asked[0].redirect, "manual");
  assert.equal(page.find("#head").textContent, "Open");
});

for (const status of [403, 404]) {
  test(`what may not be seen any more says so once and is not asked for again (${status})`, async () => {
    const page = livePage(region("head", "ticket:1", `<textarea>Mine</textarea>`));
    page.answer = () => new Response("", { status });

    dispatch("live:changed", { topics: [] });
    await page.wait(1000);
    dispatch("live:changed", { topics: [] });
    await page.wait(10_000);

    assert.equal(page.asked.length, 1);
    assert.equal(page.findAll("main > .hd-lost").length, 1);
    assert.equal(page.find("textarea").value, "Mine");
  });
}

test("what stands in the frame may go without a word", async () => {
  const page = openPage(`<header>${region("bell", "bell", "3")}</header><main></main>${GONE}`);
  refreshRegions();
  page.answer = () => new Response("", { status: 404 });

  dispatch("live:changed", { topics: ["bell"] });
  await page.wait(1000);

  assert.equal(page.find(".hd-lost"), null);
});

// -- rows that wait --------------------------------------------------------------------------------
const ticketRow = (key) => `<li data-key="${key}"><a href="/${key}">${key}</a></li>`;
const ticketList = (...keys) =>
  region("rows", "tickets", `<ul data-live-rows="ticket">${keys.map(ticketRow).join("")}</ul>`);

test("new rows are offered, and put in when asked for, with the focus on the first", async () => {
  const page = livePage(ticketList("a", "b"));
  const shown = page.hear("live:shown");
  page.answer = () => new Response(ticketList("m", "n", "a", "b"));

  dispatch("live:changed", { topics: ["tickets"] });
  await page.wait(100);
  const button = page.find(".hd-fresh");
  assert.equal(page.find("ul").textContent, "ab");
  assert.equal(button.textContent, "2 new tickets. Show");
  assert.equal(button.hidden, false);

  button.click();
  assert.equal(page.find("ul").textContent, "mnab");
  assert.equal(button.hidden, true);
  assert.equal(page.document.activeElement.textContent, "m");
  assert.equal(page.asked.length, 1);
  assert.deepEqual(
    shown.map(({ isOffered }) => isOffered),
    [false, true],
  );
});

test("a row that has gone is offered to be taken away", async () => {
  const page = livePage(ticketList("a", "b", "c"));
  for (const row of page.findAll("li")) page.place(row, 100);
  page.answer = () => new Response(ticketList("a", "c"));

  dispatch("live:changed", { topics: ["tickets"] });
  await page.wait(100);
  assert.equal(page.find(".hd-fresh").textContent, "1 ticket no longer here. Update");

  page.find(".hd-fresh").click();
  assert.equal(page.find("ul").textContent, "ac");
});

test("the first row of a list that was empty is news", async () => {
  const page = livePage(region("rows", "tickets", "<p>Nothing here.</p>"));
  const shown = page.hear("live:shown");
  page.answer = () => new Response(ticketList("a"));

  dispatch("live:changed", { topics: ["tickets"] });
  await page.wait(100);

  assert.equal(page.find("ul").textContent, "a");
  assert.deepEqual([shown[0].news[0].noun, shown[0].news[0].news], ["ticket", ["a"]]);
});

// -- what is in use --------------------------------------------------------------------------------
test("what was in use is put right once it is let go, from the same answer", async () => {
  const page = livePage(region("head", "ticket:1", `<p>Open</p><button id="take">Take</button>`));
  page.answer = () => new Response(region("head", "", "<p>Resolved</p>"));
  page.find("#take").focus();

  dispatch("live:changed", { topics: [] });
  await page.wait(100);
  assert.equal(page.find("#head").textContent, "ResolvedTake");

  page.find("#take").blur();
  await page.wait(400);
  assert.equal(page.find("#head").textContent, "Resolved");
  assert.equal(page.asked.length, 1);
});

const form = (chosen) =>
  `<form action="/properties/"><label for="who">Assignee</label><select id="who" name="assignee">${[
    "Nobody",
    "Ada",
    "Oskar",
  ]
    .map((name) => `<option${name === chosen ? " selected" : ""}>${name}</option>`)
    .join("")}</select></form>`;

test("a form in use says what has changed meanwhile, and keeps what was chosen", async () => {
  const page = livePage(region("aside", "ticket:1", form("Nobody")));
  page.find("select").value = "Ada";
  page.answer = () => new Response(region("aside", "", form("Oskar")));

  dispatch("live:changed", { topics: [] });
  await page.wait(100);

  assert.equal(page.find("select").value, "Ada");
  assert.equal(page.find("form > .hd-meanwhile").textContent, "Changed meanwhile. Assignee: Oskar.");
});

test("a form that is not possible any more says so, once, and keeps what was typed", async () => {
  const html = `<section><form action="/resolve/"><textarea></textarea></form></section>`;
  const page = livePage(region("aside", "ticket:1", html));
  page.find("textarea").value = "New cable.";
  page.answer = () => new Response(region("aside", "", ""));

  dispatch("live:changed", { topics: [] });
  await page.wait(100);
  dispatch("live:changed", { topics: [] });
  await page.wait(2000);

  assert.equal(page.findAll(".hd-meanwhile").length, 1);
  assert.match(page.find(".hd-meanwhile").textContent, /no longer possible/);
  assert.equal(page.find("textarea").value, "New cable.");
});

test("what is to be said of a part is what it says now and did not say before", async () => {
  const status = (word) =>
    region("head", "ticket:1", `<p data-live-say="Status">${word}</p><p data-live-say="Title">A</p>`);
  const page = livePage(status("Open"));
  const shown = page.hear("live:shown");
  page.answer = () => new Response(status("Resolved"));

  dispatch("live:changed", { topics: [] });
  await page.wait(100);

  assert.deepEqual(shown[0].news[0].said, ["Status: Resolved"]);
});

test("an answer that says the same is no news", async () => {
  const html = region("head", "ticket:1", "Open");
  const page = livePage(html);
  const shown = page.hear("live:shown");
  page.answer = () => new Response(html);

  dispatch("live:changed", { topics: [] });
  await page.wait(100);

  assert.deepEqual(shown, [{ news: [], isOffered: false }]);
});
