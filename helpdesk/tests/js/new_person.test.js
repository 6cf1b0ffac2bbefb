import assert from "node:assert/strict";
import { test } from "node:test";
import { askForNewPerson } from "../../../static/js/new_person.js";
import { openPage } from "./browser.js";

const FORM = `<form><input name="requester"><div data-new-person><input type="checkbox" name="new_person">
  <input name="first_name"><input name="last_name"><input name="email"></div></form>`;

for (const [typed, expected, focus] of [
  ["Mara Ann Lindqvist", ["Mara Ann", "Lindqvist", ""], "email"],
  ["mara@example.com", ["", "", "mara@example.com"], "first_name"],
  ["Mara Lindqvist <mara@example.com>", ["Mara", "Lindqvist", "mara@example.com"], "first_name"],
  ["Mara", ["Mara", "", ""], "last_name"],
  ["", ["", "", ""], "first_name"],
]) {
  test(`“${typed}” goes on in the fields of a new person`, () => {
    const page = openPage(FORM);
    askForNewPerson();
    page.find("[name=requester]").value = typed;

    page.find("[name=new_person]").click();

    const values = ["first_name", "last_name", "email"].map((name) => page.find(`[name=${name}]`).value);
    assert.deepEqual(values, expected);
    assert.equal(page.find("[name=requester]").value, "");
    assert.equal(page.document.activeElement, page.find(`[name=${focus}]`));
  });
}

test("what is typed of a new person is sent only while it is seen", () => {
  const page = openPage(FORM);
  askForNewPerson();
  const sent = () => [...new page.window.FormData(page.find("form")).keys()];

  assert.deepEqual(sent(), ["requester"]);
  page.find("[name=new_person]").click();
  assert.deepEqual(sent(), ["requester", "new_person", "first_name", "last_name", "email"]);
  page.find("[name=new_person]").click();
  assert.deepEqual(sent(), ["requester"]);
});

test("what stands there already stays, and one can go back", () => {
  const page = openPage(FORM);
  askForNewPerson();
  page.find("[name=requester]").value = "Otto";
  page.find("[name=first_name]").value = "Mara";

  page.find("[name=new_person]").click();
  assert.equal(page.find("[name=first_name]").value, "Mara");
  assert.equal(page.find("[name=requester]").value, "Otto");
  page.find("[name=new_person]").click();

  assert.equal(page.document.activeElement, page.find("[name=requester]"));
});
