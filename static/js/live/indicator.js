// Says honestly how fresh the page is, and tells screen readers what has changed: politely, one sentence in half a
// minute at most.
(() => {
  'use strict';
  const badge = document.querySelector('[data-live-state]');
  const voice = document.querySelector('[data-live-voice]');
  if (!badge || !voice) return;
  const QUIET = 30000;
  const WORDS = {
    live: ['Live', ''],
    polling: ['Updated', ` every ${badge.dataset.poll} s`],
    reconnecting: ['Reconnecting', ' …'],
    offline: ['Offline', ','],
    'signed-out': ['Signed out', ''],
  };
  const time = (moment) => new Date(moment).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const word = badge.querySelector('[data-live-word]');
  const more = badge.querySelector('[data-live-more]');
  let timer = 0;
  let quietUntil = 0;
  let lost = false;
  let tickets = { news: new Set(), changed: new Set(), said: new Map() };
  let sentences = [];
  // New rows that wait to be put in are new with each answer; they are said once.
  const told = new Set();

  // The stream's word, and whether what it told of could be fetched.
  let stream = { state: 'reconnecting', since: Date.now() };
  let failedSince = 0;

  const show = () => {
    const { state, since } = stream.state === 'live' && failedSince ? { state: 'reconnecting', since: failedSince } : stream;
    const [name, rest] = WORDS[state];
    const isOld = state === 'reconnecting' || state === 'offline';
    badge.hidden = false;
    badge.dataset.liveState = state;
    badge.classList.toggle('hd-live--off', state !== 'live');
    word.textContent = name;
    more.textContent = isOld ? `${rest} data from ${time(since)}` : rest;
    badge.title = `${word.textContent}${more.textContent}`;
    if (state === 'offline') { lost = true; sentences = ['The connection is lost.']; say(); }
    if (state === 'live' && lost) { lost = false; sentences = ['The connection is back.']; say(); }
    if (state === 'signed-out') { sentences = ['You are signed out.']; say(); }
  };

  // -- the voice -------------------------------------------------------------------------------------
  const plural = (number, noun) => `${number} ${number === 1 ? noun : `${noun}s`.replace(/ys$/, 'ies')}`;
  const summary = () => {
    const spoken = [...tickets.said.values(), ...sentences];
    const nouns = new Map();
    tickets.news.forEach((entry) => { const [noun] = entry.split(' '); nouns.set(noun, (nouns.get(noun) || 0) + 1); });
    nouns.forEach((number, noun) => spoken.push(`${plural(number, `new ${noun}`)}`));
    if (tickets.changed.size) spoken.push(`${plural(tickets.changed.size, 'ticket')} changed`);
    tickets = { news: new Set(), changed: new Set(), said: new Map() };
    sentences = [];
    return spoken.map((sentence) => sentence.replace(/\.?$/, '.')).join(' ');
  };
  const say = () => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = 0;
      const words = summary();
      if (!words) return;
      voice.textContent = words;
      quietUntil = performance.now() + QUIET;
    }, Math.max(500, quietUntil - performance.now()));
  };
  document.addEventListener('live:state', ({ detail }) => { stream = detail; show(); });
  document.addEventListener('live:fetched', ({ detail }) => {
    const before = failedSince;
    failedSince = detail.result === 'failed' ? failedSince || Date.now() : 0;
    if (stream.state === 'live' && Boolean(before) !== Boolean(failedSince)) show();
  });
  document.addEventListener('live:shown', ({ detail }) => {
    if (detail.isOffered) return;
    detail.news.forEach(({ noun, news, changed, said }) => {
      news.map((key) => `${noun} ${key}`).filter((entry) => !told.has(entry)).forEach((entry) => { told.add(entry); tickets.news.add(entry); });
      if (noun === 'ticket') changed.forEach((key) => tickets.changed.add(key));
      said.forEach((sentence) => tickets.said.set(sentence.split(':')[0], sentence));
    });
    if (tickets.news.size || tickets.changed.size || tickets.said.size) say();
  });
})();
