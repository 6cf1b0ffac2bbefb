import assert from "node:assert/strict";
import { test } from "node:test";
import { morph } from "../../../../static/js/live/morph.js";
import { openPage } from "../browser.js";

/** Open a page with a part on it, and answer that part and a way to put a fresh one in. */
function part(html) {
  const page = openPage(`<div id="part">${html}</div>`);
  const old = page.find("#part");
  const put = (fresh, options) => {
    const other = new DOMParser().parseFromString(`<div id="part">${fresh}</div>`, "text/html");
    return morph(old, other.getElementById("part"), options);
  };
  return { page, old, put };
}

// -- what differs ----------------------------------------------------------------------------------
test("only what differs is changed: the rest stays the same elements", () => {
  const { old, put } = part("<h2>Ticket</h2><p>Open</p><p>Printer</p>");
  const [title, status, place] = old.children;

  const found = put("<h2>Ticket</h2><p>Resolved</p><p>Printer</p>");

  assert.deepEqual([...old.children], [title, status, place]);
  assert.equal(status.textContent, "Resolved");
  assert.equal(found.isHeld, false);
});

test("a part that says the same is not touched", () => {
  const { old, put } = part("<p>Open</p>");
  const before = old.innerHTML;
  let changes = 0;
  new MutationObserver(() => {
    changes += 1;
  }).observe(old, { attributes: true, characterData: true, childList: true, subtree: true });

  put("<p>Open</p>");

  assert.equal(old.innerHTML, before);
  assert.equal(changes, 0);
});

test("attributes come and go, but those of the browser and of scripts stay", () => {
  const { old, put } = part(`<details class="a" title="b" open data-sent="yes"><p hidden>Text</p></details>`);

  put(`<details class="c" lang="de"><p>Other</p></details>`);

  const { outerHTML } = old.firstElementChild;
  assert.equal(
    outerHTML,
    `<details class="c" open="" data-sent="yes" lang="de"><p hidden="">Other</p></details>`,
  );
});

test("elements come and go where they belong", () => {
  const { old, put } = part("<h2>A</h2><p>B</p><ul></ul>");
  const list = old.querySelector("ul");

  put("<h2>A</h2><div>New</div><ul></ul>");

  assert.equal(old.innerHTML, "<h2>A</h2><div>New</div><ul></ul>");
  assert.equal(old.querySelector("ul"), list);
});

for (const [by, one, other] of [
  ["its id", `<p id="a">A</p>`, `<p id="b">B</p>`],
  ["its key", `<p data-key="a">A</p>`, `<p data-key="b">B</p>`],
  ["its heading", `<section aria-labelledby="a">A</section>`, `<section aria-labelledby="b">B</section>`],
  ["where it is sent", `<form action="/a">A</form>`, `<form action="/b">B</form>`],
]) {
  test(`an element is known again by ${by}, wherever it goes`, () => {
    const { old, put } = part(one + other);
    const [first, second] = old.children;

    put(`<h2>Above</h2>${other}${one}`);

    assert.deepEqual([...old.children].slice(1), [second, first]);
  });
}

test("a drawing is changed as everything else is", () => {
  const { old, put } = part(`<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>`);
  const drawing = old.querySelector("svg");

  put(`<svg viewBox="0 0 1 1"><path d="M1 1"></path></svg>`);

  assert.equal(old.querySelector("svg"), drawing);
  assert.equal(old.querySelector("path").getAttribute("d"), "M1 1");
});

test("what says that it stands still is not touched", () => {
  const { old, put } = part("<p data-live-still>Mine</p>");

  put("<p>Theirs</p>");

  assert.equal(old.textContent, "Mine");
});

// -- focus and cursor ------------------------------------------------------------------------------
test("whoever types keeps the field, the text and the cursor", () => {
  const { page, old, put } = part("<p>Open</p><form action=/reply/><textarea></textarea></form>");
  const field = old.querySelector("textarea");
  page.type(field, "It is the one in the hall");
  field.setSelectionRange(10, 10);

  const found = put("<p>Resolved</p><form action=/reply/><textarea></textarea><p>New</p></form>");

  assert.equal(page.document.activeElement, field);
  assert.equal(field.value, "It is the one in the hall");
  assert.equal(field.selectionStart, 10);
  assert.equal(old.querySelector("p").textContent, "Resolved");
  assert.equal(found.isHeld, true);
});

test("a link keeps the focus while others are put in before and behind it", () => {
  const { page, old, put } = part(`<a id="a" href="/a">A</a><a id="b" href="/b">B</a>`);
  const link = page.find("#b");
  link.focus();

  put(`<a id="c" href="/c">C</a><a id="b" href="/b">B, too</a><a id="a" href="/a">A</a>`);

  assert.equal(page.document.activeElement, link);
  assert.deepEqual(
    [...old.children].map(({ id }) => id),
    ["c", "b", "a"],
  );
  assert.equal(link.textContent, "B, too");
});

test("what has the focus and would go stays, and is looked at again later", () => {
  const { page, old, put } = part(`<p>Text</p><button id="take">Take</button>`);
  page.find("#take").focus();

  assert.equal(put("<p>Text</p>").isHeld, true);
  assert.equal(page.document.activeElement.id, "take");

  page.find("#take").blur();
  assert.equal(put("<p>Text</p>").isHeld, false);
  assert.equal(old.innerHTML, "<p>Text</p>");
});

// -- selection -------------------------------------------------------------------------------------
test("words that are selected stay as they are", () => {
  const { page, old, put } = part("<h2>Title</h2><p>One word</p><p>Another</p>");
  const [title, words] = [...old.children].map((element) => element.firstChild);
  page.select(title, 2, words, 3);

  const found = put("<h2>Title</h2><p>Two words</p><p>Others</p>");

  assert.equal(old.textContent, "TitleOne wordOthers");
  assert.equal(page.document.getSelection().toString(), "tleOne");
  assert.equal(found.isHeld, true);
});

test("what is selected is not taken away", () => {
  const { page, old, put } = part("<h2>Title</h2><p>One word</p>");
  const [title, words] = [...old.children].map((element) => element.firstChild);
  page.select(title, 2, words, 3);

  assert.equal(put("<h2>Title</h2>").isHeld, true);
  assert.equal(old.querySelector("p").textContent, "One word");
});

// -- what is open ----------------------------------------------------------------------------------
test("what is open stays open, and is changed inside", () => {
  const { page, old, put } = part("<details><summary>More</summary><p>A</p></details>");
  page.find("details").open = true;

  put("<details><summary>More</summary><p>B</p></details>");

  assert.equal(page.find("details").open, true);
  assert.equal(old.querySelector("p").textContent, "B");
});

test("what is open is not taken away", () => {
  const { page, put } = part("<p>Text</p><details open><summary>More</summary></details>");

  assert.equal(put("<p>Text</p>").isHeld, true);
  assert.ok(page.find("details[open]"));
});

// -- fields and forms ------------------------------------------------------------------------------
test("a field that nobody has touched gets the new value, one that was typed in keeps its own", () => {
  const { page, old, put } = part("<textarea id=a>Old</textarea><textarea id=b>Old</textarea>");
  page.find("#b").value = "Mine";

  put("<textarea id=a>New</textarea><textarea id=b>New</textarea>");

  assert.deepEqual(
    [...old.children].map(({ value }) => value),
    ["New", "Mine"],
  );
});

test("a choice that nobody has made follows, one that was made stays", () => {
  const list = (id, chosen) =>
    `<select id=${id}>${[1, 2, 3].map((n) => `<option${n === chosen ? " selected" : ""}>${n}</option>`).join("")}</select>`;
  const { page, put } = part(list("a", 1) + list("b", 1));
  page.find("#b").selectedIndex = 2;

  put(list("a", 2) + list("b", 2));

  assert.deepEqual([page.find("#a").value, page.find("#b").value], ["2", "3"]);
});

test("a form in use is left whole, and it is said what it would be now", () => {
  const { page, old, put } = part(`<form action="/properties/"><input name="a"><p>Old</p></form>`);
  const form = page.find("form");
  page.find("input").value = "typed";

  const found = put(`<form action="/properties/"><input name="a"><p>New</p></form>`);

  assert.equal(old.querySelector("p").textContent, "Old");
  assert.equal(found.isHeld, true);
  assert.equal(found.forms.length, 1);
  assert.equal(found.forms[0][0], form);
  assert.equal(found.forms[0][1].textContent, "New");
});

test("a form in use that is not possible any more stays, and it is said", () => {
  const { page, put } = part(`<section><form action="/resolve/"><textarea></textarea></form></section>`);
  page.find("textarea").value = "New cable.";

  const found = put("");

  assert.equal(page.find("textarea").value, "New cable.");
  assert.deepEqual(found.forms, [[page.find("form"), null]]);
});

test("a form that is being sent is left alone", () => {
  const { old, put } = part(`<form action="/take/" data-sent="yes"><button>Take</button></form>`);

  put(`<form action="/take/"><button>Take it</button></form>`);

  assert.equal(old.textContent, "Take");
});

test("a form that came back refused keeps its reason", () => {
  const { old, put } = part(`<form action="/take/"><p role="alert">Too late.</p></form>`);

  put(`<form action="/take/"></form>`);

  assert.equal(old.textContent, "Too late.");
});

test("tokens drawn anew are no news", () => {
  const token = (name, value) => `<input type="hidden" name="${name}" value="${value}">`;
  const { page, put } = part(
    token("csrfmiddlewaretoken", "a") + token("author", "a") + token("version", "1"),
  );

  put(token("csrfmiddlewaretoken", "b") + token("author", "b") + token("version", "2"));

  assert.deepEqual(
    page.findAll("input").map(({ value }) => value),
    ["a", "a", "2"],
  );
});

// -- rows that wait --------------------------------------------------------------------------------
const row = (key, text = key) => `<li data-key="${key}"><a href="/${key}">${text}</a></li>`;
const list = (rows, more = "") => `<ul data-live-rows="ticket"${more}>${rows.join("")}</ul>`;
const keys = (old) => [...old.querySelectorAll("li")].map(({ dataset }) => dataset.key);

test("rows keep their places and change in place, while new ones in view wait", () => {
  const { old, put } = part(list([row("a"), row("b")]));
  const [first, second] = old.querySelectorAll("li");

  const found = put(list([row("c"), row("b", "Now other"), row("a")]));

  assert.deepEqual([...old.querySelectorAll("li")], [first, second]);
  assert.equal(second.textContent, "Now other");
  assert.deepEqual(
    { ...found, forms: [] },
    {
      isHeld: false,
      isWaiting: true,
      noun: "ticket",
      news: ["c"],
      gone: [],
      changed: ["b"],
      forms: [],
    },
  );
});

test("rows that wait are put in where they belong when they are asked for", () => {
  const { old, put } = part(list([row("a"), row("b")]));
  const [first, second] = old.querySelectorAll("li");

  const found = put(list([row("c"), row("b"), row("a"), row("d")]), { insert: true });

  assert.deepEqual(keys(old), ["c", "b", "a", "d"]);
  assert.deepEqual([old.querySelectorAll("li")[2], old.querySelectorAll("li")[1]], [first, second]);
  assert.equal(found.isWaiting, false);
});

test("a row that has gone is only marked, until the list is asked to move", () => {
  const { old, put } = part(list([row("a"), row("b"), row("c")]));
  // In view, as nothing is anywhere else here.
  for (const li of old.querySelectorAll("li")) li.getBoundingClientRect = () => ({ top: 10, bottom: 30 });

  const found = put(list([row("a"), row("c")]));
  assert.deepEqual(keys(old), ["a", "b", "c"]);
  assert.ok(old.querySelector("[data-key=b]").classList.contains("hd-gone"));
  assert.deepEqual([found.isWaiting, found.gone], [true, ["b"]]);

  put(list([row("a"), row("c")]), { insert: true });
  assert.deepEqual(keys(old), ["a", "c"]);
});

test("rows out of view are put in at once", () => {
  const { page, old, put } = part(list([row("a"), row("b")]));
  page.place(page.find("[data-key=a]"), 100);
  page.place(page.find("[data-key=b]"), 3000);

  const found = put(list([row("a"), row("c"), row("b")]));

  assert.deepEqual(keys(old), ["a", "c", "b"]);
  assert.equal(found.isWaiting, false);
});

test("new rows at the end of a list that ends below the screen are put in at once", () => {
  const { page, old, put } = part(list([row("a")]));
  page.place(page.find("[data-key=a]"), 100);
  page.place(page.find("ul"), 100, 2000);

  put(list([row("a"), row("b")]));

  assert.deepEqual(keys(old), ["a", "b"]);
});

test("rows pushed to the next page by new ones have not gone", () => {
  const { old, put } = part(list([row("a"), row("b"), row("c")]));

  const found = put(list([row("n"), row("a"), row("b")]));
  assert.deepEqual([found.news, found.gone], [["n"], []]);
  assert.equal(old.querySelector(".hd-gone"), null);

  put(list([row("n"), row("a"), row("b")]), { insert: true });
  assert.deepEqual(keys(old), ["n", "a", "b"]);
});

test("of rows that are missing, only as many as came in were pushed out", () => {
  const { old, put } = part(list([row("a"), row("b"), row("c"), row("d")]));

  const found = put(list([row("n"), row("b")]));

  assert.deepEqual(found.gone, ["a", "c"]);
  assert.deepEqual(keys(old), ["a", "b", "c", "d"]);
});

test("a history takes its new entries at once", () => {
  const { old, put } = part(list([row("a")], " data-live-insert"));

  const found = put(list([row("a"), row("b")], " data-live-insert"));

  assert.deepEqual(keys(old), ["a", "b"]);
  assert.deepEqual([found.isWaiting, found.news], [false, ["b"]]);
});

test("a row in use is not moved when the rows are", () => {
  const { page, old, put } = part(list([row("a"), row("b")]));
  page.find("[data-key=b] a").focus();

  const found = put(list([row("b"), row("a")]), { insert: true });

  assert.equal(page.document.activeElement.textContent, "b");
  assert.equal(found.isHeld, true);
  assert.deepEqual(keys(old).sort(), ["a", "b"]);
});

test("a ticked row stays ticked, also when others are put in", () => {
  const box = (key) => `<li data-key="${key}"><input type="checkbox"> ${key}</li>`;
  const { page, old, put } = part(list([box("a"), box("b")]));
  page.find("[data-key=a] input").click();

  put(list([box("n"), box("a"), box("b")]), { insert: true });

  assert.deepEqual(keys(old), ["n", "a", "b"]);
  assert.equal(page.find("[data-key=a] input").checked, true);
});

test("a row that was marked as gone and came back is marked no more", () => {
  const { old, put } = part(list([row("a"), row("b"), row("c")]));
  put(list([row("a"), row("c")]));

  put(list([row("a"), row("b"), row("c")]));

  assert.equal(old.querySelector(".hd-gone"), null);
});

test("how long ago something was is no news", () => {
  const timed = (ago) =>
    `<li data-key="a">Printer <time>${ago}</time> <span data-live-aside>${ago}</span></li>`;
  const { old, put } = part(list([timed("1 minute ago")]));

  const found = put(list([timed("2 minutes ago")]));

  assert.deepEqual(found.changed, []);
  assert.match(old.textContent, /2 minutes ago/);
});
