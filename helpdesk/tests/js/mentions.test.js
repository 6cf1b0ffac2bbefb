import assert from "node:assert/strict";
import { test } from "node:test";
import { offerColleagues } from "../../../static/js/mentions.js";
import { openPage } from "./browser.js";

const OSKAR = { name: "Oskar Otheradmin", address: "oskar@example.com" };

function notePage({ visibility = "note", colleagues = [OSKAR] } = {}) {
  const page = openPage(`
    <p data-extras data-colleagues-url="/colleagues/"></p>
    <form data-composer data-visibility="${visibility}"><textarea name="text"></textarea><div data-composer-extras></div></form>`);
  page.answer = () => Response.json({ colleagues });
  offerColleagues();
  const field = page.find("textarea");
  const type = async (text) => {
    page.type(field, text);
    await page.wait(150);
  };
  return { page, field, type, list: page.find("[role=listbox]") };
}
const wanted = (page) => page.asked.map(({ address }) => new URLSearchParams(address.split("?")[1]).get("q"));

test("a colleague is offered from the sign on, and put in by name", async () => {
  const { page, field, type, list } = notePage();

  await type("Ask @");
  assert.equal(list.hidden, false);
  await type("osk");
  page.press(field, "Enter");

  assert.deepEqual(wanted(page), ["", "osk"]);
  assert.equal(field.value, "Ask @Oskar Otheradmin ");
  assert.equal(field.selectionStart, field.value.length);
  assert.equal(list.hidden, true);
});

test("what stands behind the cursor stays there", async () => {
  const { page, field, type } = notePage();
  field.value = "Ask , please.";
  field.setSelectionRange(4, 4);

  await type("@osk");
  page.press(field, "Tab");

  assert.equal(field.value, "Ask @Oskar Otheradmin , please.");
});

test("of two with one name the address says which", async () => {
  const { page, field, type } = notePage({
    colleagues: [OSKAR, { ...OSKAR, address: "oskar.o@example.com" }],
  });

  await type("@osk");
  page.press(field, "ArrowDown");
  page.press(field, "Enter");

  assert.equal(field.value, "@oskar.o@example.com ");
});

for (const [text, words] of [
  ["@", ""],
  ["(@ada", "ada"],
  ["@Ada Maria Admin", "Ada Maria Admin"],
  ["@o'n", "o'n"],
  ["@Ju\u0308rgen", "Ju\u0308rgen"],
  ["@प्रिया श", "प्रिया श"],
]) {
  test(`“${text}” asks for “${words}”`, async () => {
    const { page, type } = notePage();

    await type(text);

    assert.deepEqual(wanted(page), [words]);
  });
}

for (const text of ["ada@example.com", "nobody", "@one two three four", "@@"]) {
  test(`“${text}” asks for nobody`, async () => {
    const { page, type } = notePage();

    await type(text);

    assert.deepEqual(wanted(page), []);
  });
}

test("in a reply nobody is offered", async () => {
  const { page, type } = notePage({ visibility: "reply" });

  await type("@osk");

  assert.deepEqual(page.asked, []);
});
