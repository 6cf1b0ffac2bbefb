// Hears that something changed. One stream for all tabs of a browser: the tab that holds the lock listens and
// tells the others. Says it to the page as events: "live:changed" (topics; none: everything may have), "live:state".
(() => {
  'use strict';
  const badge = document.querySelector('[data-live-state]');
  if (!badge || !('EventSource' in window)) return;
  const NAME = `helpdesk-live-${badge.dataset.person}`;
  const FIRST = 1000;
  const LONGEST = 30000;
  const PATIENCE = 15000;
  const BEAT = 15000;
  // A ninth stream has taken our place: we do not take another's at once.
  const STEP_BACK = 300000;
  const seconds = (name) => Number(badge.dataset[name]) * 1000;
  const shares = 'locks' in navigator && 'BroadcastChannel' in window;
  const channel = shares ? new BroadcastChannel(NAME) : null;

  let state = '';
  let since = Date.now();
  let leads = false;
  let source = null;
  let failures = 0;
  let leave = null;
  let ended = false;
  let isAway = true;
  // What happened while nobody listened; the page asks for all of it once the stream is there.
  let hasMissed = true;
  let rightsAt = -Infinity;
  let beatAt = performance.now();
  let timers = {};

  const later = (name, act, delay) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(act, delay);
  };
  const calm = () => { Object.values(timers).forEach(clearTimeout); timers = {}; };
  const jitter = (time) => time * (0.5 + Math.random());

  // -- what this tab, and the others, are told -------------------------------------------------
  const hear = (message) => {
    if (message.topics) document.dispatchEvent(new CustomEvent('live:changed', { detail: message }));
    if (!message.state) return;
    const isCaughtUp = message.isResumed && !hasMissed;
    [state, since] = [message.state, message.since];
    if (state === 'live') hasMissed = false;
    document.dispatchEvent(new CustomEvent('live:state', { detail: { state, since, isCaughtUp } }));
  };
  const tell = (message) => {
    hear(message);
    channel?.postMessage(message);
  };
  const become = (next, isResumed = false) => {
    if (next === state) return;
    // What the page shows was right until the stream was lost.
    const until = ['live', 'polling', ''].includes(state) ? Date.now() : since;
    tell({ state: next, since: until, isResumed });
  };
  const everything = () => tell({ topics: [] });

  // -- the stream ----------------------------------------------------------------------------
  const close = () => {
    source?.close();
    source = null;
    clearTimeout(timers.patience);
  };
  const open = () => {
    close();
    clearTimeout(timers.open);
    if (!leads || ended) return;
    if (!navigator.onLine) { become('offline'); return; }
    const mine = new EventSource(badge.dataset.stream);
    let wasLive = false;
    source = mine;
    later('patience', fail, PATIENCE);
    mine.addEventListener('hello', () => {
      clearTimeout(timers.patience);
      clearTimeout(timers.poll);
      failures = 0;
      // The same stream again was told by its Last-Event-ID what it missed; one that takes over from another tab was not.
      if (state === 'live') everything(); else become('live', wasLive);
      wasLive = true;
    });
    mine.addEventListener('ticket', (event) => {
      const { ticket } = JSON.parse(event.data);
      tell({ topics: ['tickets', `ticket:${ticket}`] });
    });
    mine.addEventListener('presence', (event) => tell({ topics: [`presence:${JSON.parse(event.data).ticket}`] }));
    mine.addEventListener('bell', () => tell({ topics: ['bell'] }));
    mine.addEventListener('refresh', everything);
    mine.addEventListener('end', (event) => finish(JSON.parse(event.data).reason));
    mine.addEventListener('error', () => {
      if (mine !== source) return;
      if (mine.readyState === EventSource.CLOSED || !wasLive || failures) { fail(); return; }
      // The browser tries once by itself, with Last-Event-ID.
      failures = 1;
      become('reconnecting');
      later('patience', fail, PATIENCE);
    });
  };
  const fail = () => {
    close();
    failures += 1;
    if (state === 'live' || (state === '' && failures > 1)) become('reconnecting');
    if (failures === 2) poll();
    later('open', open, jitter(Math.min(LONGEST, FIRST * 2 ** (failures - 1))));
  };
  const finish = (reason) => {
    close();
    if (reason === 'signed-out') { stop(); return; }
    if (reason === 'replaced') {
      failures = 2;
      become('polling');
      later('poll', poll, seconds('poll'));
      later('open', open, STEP_BACK);
      return;
    }
    if (reason === 'rights') {
      const isFirst = performance.now() - rightsAt > BEAT;
      rightsAt = performance.now();
      everything();
      if (!isFirst) { fail(); return; }
    }
    become('reconnecting');
    later('open', open, reason === 'rights' ? jitter(100) : jitter(FIRST));
  };
  const stop = () => {
    become('signed-out');
    quit();
  };
  // Without a stream. What the answers say is what is known of the connection.
  const poll = () => {
    if (!leads || ended || state === 'live') return;
    everything();
    later('poll', poll, seconds('poll'));
  };
  document.addEventListener('live:fetched', ({ detail }) => {
    if (detail.result === 'signed-out' && !ended) {
      if (leads) stop(); else channel.postMessage({ signedOut: true });
    }
    if (!leads || ended || state === 'live' || failures < 2) return;
    become(detail.result === 'failed' ? 'offline' : 'polling');
  });

  // -- which tab listens ---------------------------------------------------------------------
  const lead = () => {
    leads = true;
    failures = 0;
    open();
    const beat = () => { channel?.postMessage({ beat: true }); later('beat', beat, BEAT); };
    beat();
  };
  const retire = () => {
    leads = false;
    close();
    calm();
    leave?.();
    leave = null;
  };
  const quit = () => {
    [ended, isAway] = [true, true];
    retire();
  };
  const compete = (steal = false) => {
    if (!shares) { lead(); return; }
    const waiting = new AbortController();
    leave = () => waiting.abort();
    navigator.locks.request(NAME, steal ? { steal } : { signal: waiting.signal }, () => {
      lead();
      return new Promise((release) => { leave = release; });
    }).catch(() => {
      // Taken from us, as nothing was heard of us; or we have left.
      if (leads) { retire(); compete(); }
    });
    beatAt = performance.now();
    if (!steal) channel.postMessage({ who: true });
  };
  channel?.addEventListener('message', ({ data }) => {
    if (leads) {
      if (data.who && state) channel.postMessage({ state, since });
      if (data.signedOut) stop();
      return;
    }
    beatAt = performance.now();
    if (isAway) return;
    if (data.state !== state || data.topics) hear(data);
    if (data.state === 'signed-out') quit();
  });

  // -- whether anybody looks -------------------------------------------------------------------
  const come = () => {
    clearTimeout(timers.away);
    if (!isAway) return;
    [isAway, ended] = [false, false];
    compete();
  };
  const go = () => {
    if (isAway) return;
    [isAway, hasMissed] = [true, true];
    retire();
    hear({ state: 'reconnecting', since: state === 'live' ? Date.now() : since });
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) { if (!isAway) later('away', go, seconds('away')); } else come();
  });
  window.addEventListener('focus', come);
  window.addEventListener('pagehide', go);
  window.addEventListener('pageshow', (event) => { if (event.persisted && !document.hidden) come(); });
  window.addEventListener('offline', () => { if (leads) { close(); clearTimeout(timers.open); become('offline'); } });
  window.addEventListener('online', () => { if (leads) { failures = 0; open(); } });
  let looked = Date.now();
  setInterval(() => {
    const slept = Date.now() - looked > 2 * BEAT;
    looked = Date.now();
    if (isAway || ended) return;
    if (leads && slept) { become('reconnecting'); open(); }
    // The tab that listens is frozen or gone without a word.
    if (!leads && !document.hidden && performance.now() - beatAt > 4 * BEAT) { leave?.(); compete(true); }
  }, BEAT / 3);
  if (!document.hidden) come();
})();
