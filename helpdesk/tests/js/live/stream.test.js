import assert from "node:assert/strict";
import { test } from "node:test";
import { dispatch } from "../../../../static/js/live/events.js";
import { openStream } from "../../../../static/js/live/stream.js";
import { openPage } from "../browser.js";

class Target {
  #acts = [];

  addEventListener(name, act) {
    this.#acts.push([name, act]);
  }

  dispatch(name, event = {}) {
    for (const [heard, act] of this.#acts) if (heard === name) act(event);
  }
}

/** The browser's end of a stream; the tests are the server's. */
class FakeEventSource extends Target {
  static CLOSED = 2;
  static opened = [];
  readyState = 0;

  constructor(address) {
    super();
    this.address = address;
    FakeEventSource.opened.push(this);
  }

  close() {
    this.readyState = FakeEventSource.CLOSED;
  }

  send(name, data = {}) {
    this.dispatch(name, { data: JSON.stringify(data) });
  }

  /** Lose the connection; the browser tries again by itself unless it `gives up`. */
  lose({ givesUp = false } = {}) {
    if (givesUp) this.readyState = FakeEventSource.CLOSED;
    this.dispatch("error");
  }
}

/** The other tabs: what they hear of this one, and what they say to it. */
class FakeChannel extends Target {
  heard = [];

  postMessage(message) {
    this.heard.push(message);
  }

  say(data) {
    this.dispatch("message", { data });
  }
}

/** The lock of the tab that listens; another tab has it, or none. */
class FakeLocks {
  grant = null;
  asked = [];

  constructor(isTaken) {
    this.isTaken = isTaken;
  }

  request(_name, options, act) {
    this.asked.push(options);
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener("abort", () => reject(new Error("AbortError")));
      this.steal = () => reject(new Error("AbortError"));
      this.grant = () => act().then(resolve);
      if (options.steal || !this.isTaken) Promise.resolve().then(this.grant);
    });
  }
}

/** Open a page that listens: in a browser without locks, or else as one of several tabs. */
async function listeningPage({ tabs = null, isHidden = false, since = "" } = {}) {
  FakeEventSource.opened = [];
  const channel = new FakeChannel();
  const has = { EventSource: FakeEventSource };
  if (tabs)
    has.BroadcastChannel = function BroadcastChannel() {
      return channel;
    };
  const page = openPage(
    `<span data-person="7" data-stream="/live/" data-since="${since}" data-poll="30" data-away="60"></span>`,
    { has },
  );
  const locks = tabs && new FakeLocks(tabs === "follows");
  if (tabs) Object.defineProperty(page.window.navigator, "locks", { value: locks, configurable: true });
  if (isHidden) Object.defineProperty(page.document, "hidden", { value: true, configurable: true });
  const states = page.hear("live:state");
  const changes = page.hear("live:changed");
  openStream(page.find("span"));
  await page.wait();
  return {
    page,
    channel,
    locks,
    stream: () => FakeEventSource.opened.at(-1),
    opened: () => FakeEventSource.opened.length,
    state: () => states.at(-1)?.state,
    states: () => states.map(({ state }) => state),
    last: () => states.at(-1),
    topics: () => changes.splice(0).map(({ topics }) => topics),
    online: (isOnline) => {
      Object.defineProperty(page.window.navigator, "onLine", { value: isOnline, configurable: true });
      page.fire(page.window, isOnline ? "online" : "offline");
    },
  };
}

// -- the stream ------------------------------------------------------------------------------------
test("the page is live once the server has said hello", async () => {
  const { stream, state, last } = await listeningPage();
  assert.equal(stream().address, "/live/");
  assert.equal(state(), undefined);

  stream().send("hello");

  assert.equal(state(), "live");
  // Nobody has told what happened before.
  assert.equal(last().isCaughtUp, false);
});

test("a page that names what it was drawn after is told what has happened since, and nothing else", async () => {
  const { stream, state, last, topics } = await listeningPage({ since: "ab12" });
  assert.equal(stream().address, "/live/?since=ab12");

  stream().send("hello");
  stream().send("bell");

  assert.equal(state(), "live");
  assert.equal(last().isCaughtUp, true);
  assert.deepEqual(topics(), [["bell"]]);
});

test("a page that was away for long, or whose stream was lost for long, is not as it was drawn", async () => {
  const { page, stream, last } = await listeningPage({ since: "ab12" });
  stream().send("hello");
  stream().lose({ givesUp: true });
  await page.wait(5000);
  assert.equal(stream().address, "/live/");

  stream().send("hello");

  assert.equal(last().state, "live");
  assert.equal(last().isCaughtUp, false);
});

test("what the server tells of is told by its topics", async () => {
  const { stream, topics } = await listeningPage();
  stream().send("hello");

  stream().send("ticket", { ticket: 41 });
  stream().send("presence", { ticket: 41 });
  stream().send("bell");
  stream().send("refresh");

  assert.deepEqual(topics(), [["tickets", "ticket:41"], ["presence:41"], ["bell"], []]);
});

test("a stream that comes back by itself has told what was missed", async () => {
  const { stream, states, last, opened } = await listeningPage();
  stream().send("hello");

  stream().lose();
  assert.deepEqual(states(), ["live", "reconnecting"]);
  stream().send("hello");

  assert.equal(opened(), 1);
  assert.equal(last().state, "live");
  assert.equal(last().isCaughtUp, true);
});

test("a stream that does not come back is opened anew, later and later, while the page asks by itself", async () => {
  const { page, stream, state, opened, topics } = await listeningPage();
  stream().send("hello");

  stream().lose({ givesUp: true });
  await page.wait(1100);
  assert.equal(opened(), 2);
  stream().lose({ givesUp: true });
  assert.deepEqual(topics(), [[]]);
  await page.wait(1900);
  assert.equal(opened(), 2);
  await page.wait(200);
  assert.equal(opened(), 3);
  stream().lose({ givesUp: true });
  await page.wait(3900);
  assert.equal(opened(), 3);
  await page.wait(200);
  assert.equal(opened(), 4);

  dispatch("live:fetched", { result: "ok" });
  assert.equal(state(), "polling");
  await page.wait(30_000);
  assert.deepEqual(topics(), [[]]);
  dispatch("live:fetched", { result: "failed" });
  assert.equal(state(), "offline");
});

test("a server that does not answer is given up after a while", async () => {
  const { page, opened, stream } = await listeningPage();
  const first = stream();

  await page.wait(14_000);
  assert.equal(opened(), 1);
  await page.wait(3000);

  assert.equal(opened(), 2);
  assert.equal(first.readyState, FakeEventSource.CLOSED);
});

test("it asks no more by itself once it is live again", async () => {
  const { page, stream, topics, state } = await listeningPage();
  stream().lose({ givesUp: true });
  await page.wait(1100);
  stream().lose({ givesUp: true });
  await page.wait(2200);
  stream().send("hello");
  topics();

  await page.wait(90_000);

  assert.equal(state(), "live");
  assert.deepEqual(topics(), []);
});

// -- when the server ends it -----------------------------------------------------------------------
test("whoever is signed out hears so, and listens no more", async () => {
  const { page, stream, state, opened } = await listeningPage();
  stream().send("hello");

  stream().send("end", { reason: "signed-out" });
  await page.wait(600_000);

  assert.equal(state(), "signed-out");
  assert.equal(opened(), 1);
});

test("one stream too many asks by itself, and tries again minutes later", async () => {
  const { page, stream, state, opened, topics } = await listeningPage();
  stream().send("hello");

  stream().send("end", { reason: "replaced" });
  assert.equal(state(), "polling");
  await page.wait(31_000);
  assert.deepEqual(topics(), [[]]);
  assert.equal(opened(), 1);
  await page.wait(270_000);

  assert.equal(opened(), 2);
});

test("when rights change everything is read anew, and the stream opened again at once", async () => {
  const { page, stream, opened, topics } = await listeningPage();
  stream().send("hello");

  stream().send("end", { reason: "rights" });
  assert.deepEqual(topics(), [[]]);
  await page.wait(150);
  assert.equal(opened(), 2);

  // Again and again would be a fault of ours: not at once, then.
  stream().send("end", { reason: "rights" });
  await page.wait(150);
  assert.equal(opened(), 2);
});

test("when the server restarts everybody comes back within a moment", async () => {
  const { page, stream, states, opened } = await listeningPage();
  stream().send("hello");

  stream().send("end", { reason: "restart" });
  assert.deepEqual(states(), ["live", "reconnecting"]);
  await page.wait(1100);

  assert.equal(opened(), 2);
});

// -- the connection --------------------------------------------------------------------------------
test("without a connection nothing is tried; with one it is, at once", async () => {
  const { page, stream, state, opened, online } = await listeningPage();
  stream().send("hello");

  online(false);
  assert.equal(state(), "offline");
  await page.wait(600_000);
  assert.equal(opened(), 1);
  online(true);
  assert.equal(opened(), 2);
  stream().send("hello");

  assert.equal(state(), "live");
});

test("since when the page is old is when the stream was lost, whatever came after", async () => {
  const { page, stream, last, online } = await listeningPage();
  stream().send("hello");
  await page.wait(5000);
  const lostAt = page.now();

  stream().lose({ givesUp: true });
  await page.wait(100);
  online(false);

  assert.deepEqual([last().state, last().since], ["offline", lostAt]);
});

// -- whether anybody looks -------------------------------------------------------------------------
test("a page that nobody looks at for a minute listens no more, until somebody does", async () => {
  const { page, stream, state, opened, last } = await listeningPage();
  stream().send("hello");
  const first = stream();

  page.hide();
  await page.wait(59_000);
  assert.equal(state(), "live");
  await page.wait(2000);
  assert.equal(state(), "reconnecting");
  assert.equal(first.readyState, FakeEventSource.CLOSED);
  await page.wait(600_000);
  assert.equal(opened(), 1);

  page.hide(false);
  assert.equal(opened(), 2);
  stream().send("hello");
  assert.deepEqual([last().state, last().isCaughtUp], ["live", false]);
});

test("a short look elsewhere changes nothing", async () => {
  const { page, stream, states, opened } = await listeningPage();
  stream().send("hello");

  page.hide();
  await page.wait(30_000);
  page.hide(false);
  await page.wait(90_000);

  assert.deepEqual(states(), ["live"]);
  assert.equal(opened(), 1);
});

test("a page opened behind others does not listen before it is looked at", async () => {
  const { page, opened } = await listeningPage({ isHidden: true });
  await page.wait(10_000);
  assert.equal(opened(), 0);

  page.hide(false);

  assert.equal(opened(), 1);
});

test("a page that one comes back to listens again", async () => {
  const { page, stream, opened } = await listeningPage();
  stream().send("hello");

  page.fire(page.window, "pagehide");
  await page.wait(10_000);
  page.fire(page.window, "pageshow", { persisted: true });

  assert.equal(opened(), 2);
});

test("after the computer slept the stream is not trusted", async () => {
  const { page, stream, opened, state } = await listeningPage();
  stream().send("hello");
  // Nothing ran meanwhile, and the clock went on.
  const { now } = Date;
  const asleep = 600_000;
  Date.now = () => now.call(Date) + asleep;

  await page.wait(5000);
  Date.now = now;

  assert.equal(opened(), 2);
  assert.equal(state(), "reconnecting");
});

// -- several tabs ----------------------------------------------------------------------------------
test("the tab that has the lock listens, and tells the others", async () => {
  const { stream, channel } = await listeningPage({ tabs: "leads" });

  stream().send("hello");
  stream().send("bell");

  const told = channel.heard.filter(({ state, topics }) => state || topics);
  assert.deepEqual(
    told.map(({ state, topics }) => state ?? topics),
    ["live", ["bell"]],
  );
});

test("a tab that has not the lock opens no stream, and believes the one that has", async () => {
  const { channel, state, topics, opened } = await listeningPage({ tabs: "follows" });
  assert.equal(typeof channel.heard[0].who, "string");
  assert.equal(channel.heard.length, 1);

  channel.say({ state: "live", since: 5 });
  channel.say({ topics: ["tickets", "ticket:1"] });

  assert.equal(opened(), 0);
  assert.equal(state(), "live");
  assert.deepEqual(topics(), [["tickets", "ticket:1"]]);
});

test("a new tab is told how things are, and what was told since its page was asked for", async () => {
  const { page, stream, channel } = await listeningPage({ tabs: "leads" });
  stream().send("hello");
  const since = page.now();
  stream().send("ticket", { ticket: 1 });
  await page.wait(60_000);
  stream().send("bell");
  await page.wait(1000);

  channel.say({ who: "other", age: 300 });
  const lately = channel.heard.at(-1);
  channel.say({ who: "other", age: 120_000 });
  const before = channel.heard.at(-1);
  await page.wait(60_000);
  channel.say({ who: "other", age: 300 });
  const nothing = channel.heard.at(-1);

  assert.deepEqual(lately, { to: "other", state: "live", since, isResumed: true, topics: ["bell"] });
  // It was asked for before this tab began to listen.
  assert.equal(before.isResumed, false);
  assert.deepEqual(nothing, { to: "other", state: "live", since, isResumed: true });
});

test("a new tab fetches nothing again that it was told in time it has, and believes no late word", async () => {
  const inTime = await listeningPage({ tabs: "follows" });
  const to = inTime.channel.heard[0].who;
  inTime.channel.say({ to: "another", state: "live", since: 5, isResumed: true, topics: ["tickets"] });
  assert.equal(inTime.state(), undefined);
  inTime.channel.say({ to, state: "live", since: 5, isResumed: true, topics: ["bell"] });
  assert.equal(inTime.last().isCaughtUp, true);
  assert.deepEqual(inTime.topics(), [["bell"]]);

  for (const [wait, isResumed] of [
    [6000, true],
    [0, false],
  ]) {
    const late = await listeningPage({ tabs: "follows" });
    await late.page.wait(wait);
    late.channel.say({ to: late.channel.heard[0].who, state: "live", since: 5, isResumed });
    assert.equal(late.last().isCaughtUp, false);
  }
});

test("the next tab takes over when the one that listens has gone", async () => {
  const { page, channel, locks, opened, stream, last } = await listeningPage({ tabs: "follows" });
  channel.say({ state: "live", since: 5 });

  locks.grant();
  await page.wait();
  assert.equal(opened(), 1);
  const everything = page.hear("live:changed");
  stream().send("hello");

  // What happened between the two streams nobody has told.
  assert.deepEqual(everything, [{ topics: [] }]);
  assert.equal(last().state, "live");
});

test("a tab takes the lock from one that is silent, but not from one that is heard", async () => {
  const { page, channel, locks, opened } = await listeningPage({ tabs: "follows" });

  for (let beat = 0; beat < 10; beat += 1) {
    channel.say({ beat: true });
    await page.wait(15_000);
  }
  assert.equal(locks.asked.length, 1);
  await page.wait(65_000);

  assert.equal(locks.asked.at(-1).steal, true);
  assert.equal(opened(), 1);
});

test("a tab from which the lock was taken listens no more, and waits for it again", async () => {
  const { page, stream, locks } = await listeningPage({ tabs: "leads" });
  stream().send("hello");
  const first = stream();
  locks.isTaken = true;

  locks.steal();
  await page.wait();

  assert.equal(first.readyState, FakeEventSource.CLOSED);
  assert.equal(locks.asked.length, 2);
  assert.equal(locks.asked[1].steal, undefined);
});

test("whoever is signed out in one tab is so in all", async () => {
  const follower = await listeningPage({ tabs: "follows" });
  dispatch("live:fetched", { result: "signed-out" });
  assert.deepEqual(follower.channel.heard.at(-1), { signedOut: true });
  follower.channel.say({ state: "signed-out", since: 5 });
  assert.equal(follower.state(), "signed-out");

  const leader = await listeningPage({ tabs: "leads" });
  leader.stream().send("hello");
  leader.channel.say({ signedOut: true });
  assert.equal(leader.state(), "signed-out");
  assert.equal(leader.channel.heard.at(-1).state, "signed-out");
});

test("a browser without streams does nothing", () => {
  const page = openPage("<span></span>");

  openStream(page.find("span"));
});
