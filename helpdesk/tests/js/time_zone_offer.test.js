import assert from "node:assert/strict";
import { test } from "node:test";
import { offerTimeZone } from "../../../static/js/time_zone_offer.js";
import { openPage } from "./browser.js";

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ELSEWHERE = HERE === "Asia/Tokyo" ? "America/Lima" : "Asia/Tokyo";

function offerPage({ shown = ELSEWHERE, isAsked = true, answer = () => Response.json({}) } = {}) {
  const page =
    openPage(`<input type="hidden" name="csrfmiddlewaretoken" value="token"><main><textarea></textarea></main>
    <a data-time-zone="${shown}" ${isAsked ? 'data-ask-zone="/auth/time-zone/"' : ""}>Times</a>`);
  page.answer = answer;
  offerTimeZone();
  return {
    page,
    words: () => page.find("main [role=status]")?.textContent,
    press: async (answer) => {
      page
        .findAll("button")
        .find((button) => button.textContent === answer)
        .click();
      await page.wait();
    },
  };
}

test("whoever chose no zone is asked where the browser's is another", async () => {
  const { page, words, press } = offerPage();
  assert.equal(words(), `Your browser is in ${HERE}. Show times in this time zone?`);

  await press("Yes");

  const { address, method, body } = page.asked[0];
  assert.deepEqual([address, method], ["/auth/time-zone/", "POST"]);
  assert.deepEqual(Object.fromEntries(body), {
    csrfmiddlewaretoken: "token",
    answer: "yes",
    time_zone: HERE,
  });
  assert.equal(words(), `From the next page on, times are shown in ${HERE}.`);
  assert.deepEqual(page.findAll("button"), []);
});

test("No is told to the server, and the question goes", async () => {
  const { page, press } = offerPage();

  await press("No");

  assert.equal(page.asked[0].body.get("answer"), "no");
  assert.equal(page.find("main").textContent, "");
});

test("nobody is asked for the zone the page shows already, however it is spelled", () => {
  assert.equal(offerPage({ shown: HERE }).words(), undefined);

  const other = process.env.TZ;
  process.env.TZ = "Asia/Kolkata";
  const { words } = offerPage({ shown: "Asia/Calcutta" });
  if (other === undefined) delete process.env.TZ;
  else process.env.TZ = other;

  assert.equal(words(), undefined);
});

test("a page that does not ask stays as it is", () => {
  const { words } = offerPage({ isAsked: false });

  assert.equal(words(), undefined);
});

test("a zone the server does not know is not asked for again on this page", async () => {
  const { page, words, press } = offerPage({ answer: () => Response.json({}, { status: 400 }) });

  await press("Yes");

  assert.equal(words(), "This time zone is not known here. Choose one in your profile.");
  assert.deepEqual(page.findAll("button"), []);
});

test("an answer that does not arrive can be given again", async () => {
  const { page, words, press } = offerPage({ answer: () => new Response("", { status: 503 }) });
  await press("Yes");
  assert.equal(words(), "Your answer could not be saved. Try again.");

  page.answer = () => Response.json({});
  await press("Yes");

  assert.match(words(), /^From the next page on/);
});
