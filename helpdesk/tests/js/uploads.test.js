import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { uploadFiles } from "../../../static/js/uploads.js";
import { openPage } from "./browser.js";

// A real server: how much is sent, when it ends and that it can be stopped is the browser's own business.
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("latin1");
  asked.push({ address: request.url, body });
  const { status = 200, json } = await answer(request.url, body);
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json ?? null));
});
let asked = [];
let answer = null;
before(() => new Promise((done) => server.listen(0, "127.0.0.1", done)));
after(() => {
  server.closeAllConnections();
  server.close();
});

const takes = (_address, body) => {
  const name = /filename="([^"]*)"/.exec(body)?.[1];
  return name ? { json: { files: [{ name, size: "3 bytes", remove: `/remove/${name}` }] } } : {};
};

function filesPage({ most = 3, waiting = "", box = "", chosen = [] } = {}) {
  asked = [];
  answer = takes;
  const { port } = server.address();
  const page = openPage(
    `<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="token">
      <div data-files data-address="/uploads/" data-key="key" data-megabytes="1" data-most="${most}" ${box}>
        <button type="submit" aria-hidden="true"></button><input type="file" multiple>
        <span data-only-script hidden></span><ul data-errors></ul><ul data-list>${waiting}</ul>
        <template data-row><li><bdi class="hd-attach__name"></bdi><span class="hd-hint"></span>
          <progress max="100" value="0"></progress><button type="button"></button></li></template>
        <span data-said role="status"></span>
      </div></form>`,
    { url: `http://127.0.0.1:${port}/`, isTimeReal: true },
  );
  // jsdom draws nothing: a box that is shown has a place.
  for (const element of page.findAll("input[type=file]")) element.getClientRects = () => [{}];
  const input = page.find("input[type=file]");
  Object.defineProperty(input, "files", { value: chosen.map((name) => file(name)), configurable: true });
  uploadFiles();
  return {
    page,
    choose: (...files) => {
      Object.defineProperty(input, "files", { value: files, configurable: true });
      page.fire(input, "change");
    },
    rows: () => page.findAll("[data-list] li").map((li) => li.querySelector(".hd-attach__name").textContent),
    errors: () => page.findAll("[data-errors] li").map((li) => li.textContent),
    said: () => page.find("[data-said]").textContent,
  };
}
const file = (name, size = 3, type = "text/plain") => new File(["x".repeat(size)], name, { type });

async function until(isSo) {
  for (let waited = 0; !isSo(); waited += 10) {
    assert.ok(waited < 5000, "it does not happen");
    await new Promise((done) => setTimeout(done, 10));
  }
}

test("what was chosen before anybody took it is sent, too", async () => {
  const { rows, said } = filesPage({ chosen: ["early.txt"] });

  assert.deepEqual(rows(), ["early.txt"]);
  await until(() => said() === "early.txt is attached.");
});

test("files are sent one after the other, and then can be removed", async () => {
  const { page, choose, rows, said } = filesPage();

  choose(file("a.txt"), file("b.txt"));
  assert.deepEqual(rows(), ["a.txt", "b.txt"]);
  await until(() => said() === "b.txt is attached.");

  assert.deepEqual(
    asked.map(({ address }) => address),
    ["/uploads/", "/uploads/"],
  );
  assert.match(asked[0].body, /name="csrfmiddlewaretoken"\r\n\r\ntoken/);
  assert.match(asked[0].body, /name="form"\r\n\r\nkey/);
  assert.match(asked[0].body, /name="files"; filename="a.txt"/);
  assert.equal(page.find("progress"), null);
  assert.equal(page.find("[data-list] .hd-hint").textContent, "3 bytes");

  page.find("[aria-label='Remove a.txt']").click();
  await until(() => said() === "a.txt is removed.");
  assert.deepEqual(rows(), ["b.txt"]);
  assert.equal(asked[2].address, "/remove/a.txt");
});

test("the field is emptied, so that the form does not bring them again, and the page is made ready", () => {
  const { page, choose } = filesPage();

  choose(file("a.txt"));

  assert.equal(page.find("input[type=file]").value, "");
  assert.equal(page.find("[data-only-script]").hidden, false);
  assert.equal(page.find("button[aria-hidden]"), null);
});

test("one too many and one too large are refused by name, the others are sent", async () => {
  const { choose, rows, errors, said } = filesPage({ most: 2 });

  choose(file("large.bin", 1024 * 1024 + 1), file("a.txt"), file("b.txt"), file("c.txt"));
  await until(() => said() === "b.txt is attached.");

  assert.deepEqual(rows(), ["a.txt", "b.txt"]);
  assert.deepEqual(errors(), [
    "“large.bin” is too large: a file may have at most 1 MB. It was not uploaded.",
    "“c.txt” was not uploaded: at most 2 files can be sent along.",
  ]);
  assert.equal(asked.length, 2);
});

for (const [status, json, words] of [
  [400, { errors: ["“a.exe” is a program."] }, /^“a.exe” is a program\.$/],
  [413, null, /too large: a file may have at most 1 MB/],
  [403, null, /Load the page again/],
]) {
  test(`the reason of a refusal is told (${status})`, async () => {
    const { choose, rows, errors } = filesPage();
    answer = () => ({ status, json });

    choose(file("a.exe"));
    await until(() => errors().length);

    assert.match(errors()[0], words);
    assert.deepEqual(rows(), []);
  });
}

test("after a refusal the next file is sent", async () => {
  const { choose, rows, said } = filesPage();
  answer = (address, body) =>
    body.includes("a.exe") ? { status: 400, json: { errors: ["No."] } } : takes(address, body);

  choose(file("a.exe"), file("b.txt"));
  await until(() => said() === "b.txt is attached.");

  assert.deepEqual(rows(), ["b.txt"]);
});

test("a lost connection is told, and nothing is sent for ever", async () => {
  const { page, choose, errors } = filesPage();
  page.find("[data-files]").dataset.address = "/uploads/";
  answer = () => {
    server.closeAllConnections();
    return new Promise(() => {});
  };

  choose(file("a.txt"));
  await until(() => errors().length);

  assert.match(errors()[0], /the connection was lost/);
  assert.equal(page.fire(page.find("form"), "submit").defaultPrevented, false);
});

test("while files are being sent the form waits, and nobody else hears that it was sent", async () => {
  const { page, choose, said } = filesPage();
  let go = null;
  answer = (address, body) =>
    new Promise((done) => {
      go = () => done(takes(address, body));
    });
  let heard = 0;
  page.document.addEventListener("submit", () => {
    heard += 1;
  });
  choose(file("a.txt"));
  await until(() => go);

  assert.equal(page.fire(page.find("form"), "submit").defaultPrevented, true);
  assert.match(said(), /^Files are still being sent/);
  assert.equal(heard, 0);

  go();
  await until(() => said() === "a.txt is attached.");
  assert.equal(page.fire(page.find("form"), "submit").defaultPrevented, false);
});

test("one that is being sent can be stopped, one that waits is not sent at all", async () => {
  const { page, choose, rows, errors } = filesPage();
  answer = () => new Promise(() => {});
  choose(file("a.txt"), file("b.txt"));
  await until(() => asked.length === 1);

  page.find("[aria-label='Stop sending b.txt']").click();
  assert.deepEqual(rows(), ["a.txt"]);
  page.find("[aria-label='Stop sending a.txt']").click();
  await until(() => rows().length === 0);

  assert.deepEqual(errors(), []);
  assert.equal(asked.length, 1);
});

test("files that the page came with are removed without the form", async () => {
  const waiting = `<li><bdi class="hd-attach__name">old.txt</bdi><span class="hd-hint"></span>
    <button type="submit" data-remove="/remove/1"></button></li>`;
  const { page, rows, said } = filesPage({ waiting });
  const button = page.find("[data-remove]");
  assert.equal(button.type, "button");

  button.focus();
  button.click();
  await until(() => said() === "old.txt is removed.");

  assert.deepEqual(rows(), []);
  assert.equal(page.document.activeElement.type, "file");
});

test("one that could not be removed stays, and can be tried again", async () => {
  const waiting = `<li><bdi class="hd-attach__name">old.txt</bdi><button data-remove="/remove/1"></button></li>`;
  const { page, rows, errors } = filesPage({ waiting });
  answer = () => ({ status: 500 });

  page.find("[data-remove]").click();
  await until(() => errors().length);

  assert.deepEqual([rows(), errors()], [["old.txt"], ["“old.txt” could not be removed. Try again."]]);
  assert.equal(page.find("[data-remove]").disabled, false);
});

// -- dropped and pasted ----------------------------------------------------------------------------
test("files that are dropped on the form are sent, and it shows where they go", async () => {
  const { page, said } = filesPage();
  const form = page.find("form");
  const dragged = { dataTransfer: { types: ["Files"], files: [file("a.txt")] } };

  page.fire(form, "dragenter", dragged);
  page.fire(form, "dragenter", dragged);
  page.fire(form, "dragleave", dragged);
  assert.equal(form.classList.contains("hd-dropping"), true);
  assert.equal(page.fire(form, "dragover", dragged).defaultPrevented, true);
  const drop = page.fire(form, "drop", dragged);

  assert.equal(drop.defaultPrevented, true);
  assert.equal(form.classList.contains("hd-dropping"), false);
  await until(() => said() === "a.txt is attached.");
});

test("text that is dragged is none of ours", () => {
  const { page } = filesPage();
  const form = page.find("form");
  const dragged = { dataTransfer: { types: ["text/plain"], files: [] } };

  page.fire(form, "dragenter", dragged);

  assert.equal(form.classList.contains("hd-dropping"), false);
  assert.equal(page.fire(form, "drop", dragged).defaultPrevented, false);
});

test("a picture that is pasted gets a name of its own", async () => {
  const { page, rows, said } = filesPage();

  const pasted = [file("image.png", 3, "image/png")];
  page.fire(page.find("form"), "paste", { clipboardData: { types: ["Files"], files: pasted } });
  await until(() => said().endsWith("is attached."));

  assert.match(rows()[0], /^Screenshot \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.png$/);
});

test("of what is pasted with its text the text is meant", () => {
  const { page, rows } = filesPage();

  const clipboardData = { types: ["text/plain", "Files"], files: [file("image.png")] };
  const paste = page.fire(page.find("form"), "paste", { clipboardData });

  assert.equal(paste.defaultPrevented, false);
  assert.deepEqual(rows(), []);
});

test("a box that is not shown takes nothing", () => {
  const { page, rows } = filesPage();
  page.find("input[type=file]").getClientRects = () => [];

  page.fire(page.find("form"), "drop", { dataTransfer: { types: ["Files"], files: [file("a.txt")] } });

  assert.deepEqual(rows(), []);
});
