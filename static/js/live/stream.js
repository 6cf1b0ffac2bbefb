import { dispatch, listen } from "./events.js";

/** @import { State } from "./events.js" */

/**
 * @typedef {object} Message what tabs tell each other
 * @property {string[]} [topics] something has changed; empty: everything may have
 * @property {State} [state] of the stream
 * @property {number} [since]
 * @property {boolean} [isResumed] the stream told what it missed
 * @property {true} [beat] the tab that listens is there
 * @property {string} [who] a new tab asks for the state, by this name
 * @property {number} [age] of the new tab's page in milliseconds, since it was asked for
 * @property {string} [to] the only tab it is meant for
 * @property {true} [signedOut] an answer says so
 */

// Milliseconds: between two tries, the first and the longest; how long an answer may take; how often the tab that
// listens is heard of.
const FIRST = 1000;
const LONGEST = 30000;
const PATIENCE = 15000;
const BEAT = 15000;
// A new tab is told what was told since its page was asked for, and so long before, as messages between tabs take time;
// if they take longer, it fetches.
const MARGIN = 5000;
const REMEMBERED = 200;
// A ninth stream has taken our place: we do not take another's at once.
const STEP_BACK = 300000;

/**
 * Hear that something changed, and tell the page. One stream for all tabs of a browser: the tab that holds the lock
 * listens and tells the others.
 *
 * @param {HTMLElement} badge names the stream's address, the reader, what the page was drawn after, and in seconds how
 *   often to ask without a stream and after how long a hidden page listens no more
 */
export function openStream(badge) {
  if (!("EventSource" in window)) return;
  const name = `helpdesk-live-${badge.dataset.person}`;
  const address = badge.dataset.stream || "";
  const drawnAfter = badge.dataset.since || "";
  const me = `${Math.random()}`;
  const delay = (/** @type {"poll" | "away"} */ what) => Number(badge.dataset[what]) * 1000;
  const channel = "locks" in navigator && "BroadcastChannel" in window ? new BroadcastChannel(name) : null;

  /** @type {State} */
  let state = "";
  let since = Date.now();
  let leads = false;
  /** @type {EventSource | null} */
  let source = null;
  let failures = 0;
  /** @type {(() => void) | null} */
  let leave = null;
  let hasEnded = false;
  let isAway = true;
  // What happened while nobody listened; the page asks for all of it once the stream is there.
  let hasMissed = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  // What the stream told, and when; without an interruption since `liveSince`.
  /** @type {{ topics: string[], at: number }[]} */
  let told = [];
  let liveSince = Number.POSITIVE_INFINITY;
  let rightsAt = Number.NEGATIVE_INFINITY;
  let beatAt = performance.now();
  /** @type {Map<string, number>} */
  const timers = new Map();

  /**
   * @param {"open" | "patience" | "poll" | "beat" | "away"} what
   * @param {() => void} act
   * @param {number} time
   */
  const later = (what, act, time) => {
    clearTimeout(timers.get(what));
    timers.set(what, setTimeout(act, time));
  };
  const forget = (/** @type {string[]} */ ...what) => {
    for (const one of what) clearTimeout(timers.get(one));
  };

  // -- what this tab, and the others, are told -----------------------------------------------------
  /** @param {Message} message */
  const receive = (message) => {
    if (message.topics) dispatch("live:changed", { topics: message.topics });
    if (!message.state) return;
    const isCaughtUp = Boolean(message.isResumed) && !hasMissed;
    [state, since] = [message.state, message.since ?? Date.now()];
    if (state === "live") hasMissed = false;
    dispatch("live:state", { state, since, isCaughtUp });
  };
  /** @param {Message} message */
  const share = (message) => {
    if (message.topics)
      told = [...told, { topics: message.topics, at: performance.now() }].slice(-REMEMBERED);
    receive(message);
    channel?.postMessage(message);
  };
  /**
   * Tell a new tab how things are, and what its page may lack.
   *
   * @param {string} to
   * @param {number} age
   */
  const answer = (to, age) => {
    const from = performance.now() - age - MARGIN;
    const lately = told.filter(({ at }) => at >= from).map(({ topics }) => topics);
    const isResumed = liveSince <= from && (told.length < REMEMBERED || told[0].at < from);
    const everything = lately.some((topics) => !topics.length);
    const topics = everything ? [] : [...new Set(lately.flat())];
    channel?.postMessage({ to, state, since, isResumed, ...(lately.length ? { topics } : {}) });
  };
  /**
   * @param {State} next
   * @param {boolean} [isResumed]
   */
  const become = (next, isResumed = false) => {
    if (next === state) return;
    // What the page shows was right until the stream was lost.
    const until = ["live", "polling", ""].includes(state) ? Date.now() : since;
    share({ state: next, since: until, isResumed });
  };
  // The stream told what this page missed, and not what others did.
  const begin = () => {
    channel?.postMessage({ state: "live", since: Date.now() });
    receive({ state: "live", since: Date.now(), isResumed: true });
  };
  const shareEverything = () => share({ topics: [] });

  // -- the stream ----------------------------------------------------------------------------------
  const close = () => {
    source?.close();
    source = null;
    liveSince = Number.POSITIVE_INFINITY;
    forget("patience");
  };
  const open = () => {
    close();
    forget("open");
    if (!leads || hasEnded) return;
    if (!navigator.onLine) {
      become("offline");
      return;
    }
    // The page is as it was drawn: the server tells what has happened since.
    const isFirst = state === "" && !hasMissed && drawnAfter;
    const mine = new EventSource(isFirst ? `${address}?since=${drawnAfter}` : address);
    let wasLive = false;
    source = mine;
    later("patience", fail, PATIENCE);
    mine.addEventListener("hello", () => {
      forget("patience", "poll");
      failures = 0;
      // The same stream again was told by its Last-Event-ID what it missed; one that takes over from another tab was not.
      if (state === "live") shareEverything();
      else if (isFirst && !wasLive && state === "") begin();
      else become("live", wasLive);
      wasLive = true;
      liveSince = performance.now();
    });
    mine.addEventListener("ticket", ({ data }) => {
      share({ topics: ["tickets", `ticket:${JSON.parse(data).ticket}`] });
    });
    mine.addEventListener("presence", ({ data }) => {
      share({ topics: [`presence:${JSON.parse(data).ticket}`] });
    });
    mine.addEventListener("bell", () => share({ topics: ["bell"] }));
    mine.addEventListener("refresh", shareEverything);
    mine.addEventListener("end", ({ data }) => finish(JSON.parse(data).reason));
    mine.addEventListener("error", () => {
      if (mine !== source) return;
      if (mine.readyState === EventSource.CLOSED || !wasLive || failures) {
        fail();
        return;
      }
      // The browser tries once by itself, with Last-Event-ID.
      failures = 1;
      become("reconnecting");
      later("patience", fail, PATIENCE);
    });
  };
  const fail = () => {
    close();
    failures += 1;
    if (state === "live" || (state === "" && failures > 1)) become("reconnecting");
    if (failures === 2) poll();
    later("open", open, jitter(Math.min(LONGEST, FIRST * 2 ** (failures - 1))));
  };
  /** @param {string} reason */
  const finish = (reason) => {
    close();
    if (reason === "signed-out") {
      stop();
      return;
    }
    if (reason === "replaced") {
      failures = 2;
      become("polling");
      later("poll", poll, delay("poll"));
      later("open", open, STEP_BACK);
      return;
    }
    if (reason === "rights") {
      const isFirst = performance.now() - rightsAt > BEAT;
      rightsAt = performance.now();
      shareEverything();
      if (!isFirst) {
        fail();
        return;
      }
    }
    become("reconnecting");
    later("open", open, jitter(reason === "rights" ? 100 : FIRST));
  };
  const stop = () => {
    become("signed-out");
    quit();
  };
  // Without a stream. What the answers say is what is known of the connection.
  const poll = () => {
    if (!leads || hasEnded || state === "live") return;
    shareEverything();
    later("poll", poll, delay("poll"));
  };
  listen("live:fetched", ({ result }) => {
    if (result === "signed-out" && !hasEnded) {
      if (leads) stop();
      else channel?.postMessage({ signedOut: true });
    }
    if (!leads || hasEnded || state === "live" || failures < 2) return;
    become(result === "failed" ? "offline" : "polling");
  });

  // -- which tab listens ---------------------------------------------------------------------------
  const lead = () => {
    leads = true;
    failures = 0;
    told = [];
    open();
    const beat = () => {
      channel?.postMessage({ beat: true });
      later("beat", beat, BEAT);
    };
    beat();
  };
  const retire = () => {
    leads = false;
    close();
    forget(...timers.keys());
    leave?.();
    leave = null;
  };
  const quit = () => {
    [hasEnded, isAway] = [true, true];
    retire();
  };
  const compete = (steal = false) => {
    if (!channel) {
      lead();
      return;
    }
    const waiting = new AbortController();
    leave = () => waiting.abort();
    const options = steal ? { steal } : { signal: waiting.signal };
    const held = navigator.locks.request(name, options, () => {
      lead();
      return new Promise((/** @type {(value?: unknown) => void} */ release) => {
        leave = release;
      });
    });
    held.catch(() => {
      // Taken from us, as nothing was heard of us; or we have left.
      if (!leads) return;
      retire();
      compete();
    });
    beatAt = performance.now();
    if (steal) return;
    askedAt = performance.now();
    channel.postMessage({ who: me, age: performance.now() });
  };
  channel?.addEventListener("message", (/** @type {MessageEvent<Message>} */ { data }) => {
    if (leads) {
      if (data.who && state) answer(data.who, data.age ?? Number.POSITIVE_INFINITY);
      if (data.signedOut) stop();
      return;
    }
    beatAt = performance.now();
    if (isAway || (data.to && data.to !== me)) return;
    if (data.to && (!data.isResumed || performance.now() - askedAt > MARGIN)) hasMissed = true;
    if (data.state !== state || data.topics) receive(data);
    if (data.state === "signed-out") quit();
  });

  // -- whether anybody looks -----------------------------------------------------------------------
  const come = () => {
    forget("away");
    if (!isAway) return;
    [isAway, hasEnded] = [false, false];
    compete();
  };
  const go = () => {
    if (isAway) return;
    [isAway, hasMissed] = [true, true];
    retire();
    receive({ state: "reconnecting", since: state === "live" ? Date.now() : since });
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) come();
    else if (!isAway) later("away", go, delay("away"));
  });
  window.addEventListener("focus", come);
  window.addEventListener("pagehide", go);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !document.hidden) come();
  });
  window.addEventListener("offline", () => {
    if (!leads) return;
    close();
    forget("open");
    become("offline");
  });
  window.addEventListener("online", () => {
    if (!leads) return;
    failures = 0;
    open();
  });
  let lookedAt = Date.now();
  setInterval(() => {
    const hasSlept = Date.now() - lookedAt > 2 * BEAT;
    lookedAt = Date.now();
    if (isAway || hasEnded) return;
    if (leads && hasSlept) {
      become("reconnecting");
      open();
    }
    // The tab that listens is frozen or gone without a word.
    if (!leads && !document.hidden && performance.now() - beatAt > 4 * BEAT) {
      leave?.();
      compete(true);
    }
  }, BEAT / 3);
  if (!document.hidden) come();
}

/** @param {number} time */
const jitter = (time) => time * (0.5 + Math.random());
