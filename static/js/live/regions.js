// Keeps the live parts of the page right. Each has an id, the topics it is about in data-live, and in data-live-src
// an address that answers it and its neighbours as they are now: rights are asked there, with each reading.
(() => {
  'use strict';
  const { morph, wordsOf } = window.helpdesk || {};
  if (!morph) return;
  const PAUSE = 800;
  const RETRY = 5000;
  const BACK = 3000;
  const LONGEST = 60000;
  const PATIENCE = 20000;
  const sources = new Map();
  let isBack = false;

  const parts = () => [...document.querySelectorAll('[data-live][data-live-src]')];
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  // -- when to ask -------------------------------------------------------------------------------
  const sourceOf = (address) => {
    if (!sources.has(address)) {
      sources.set(address, { address, isStale: false, isRunning: false, isGone: false, isHeld: false, waiting: [], failures: 0, timer: 0, readyAt: 0, html: '' });
    }
    return sources.get(address);
  };
  const ask = (address, spread) => {
    const source = sourceOf(address);
    source.isStale = true;
    plan(source, spread);
  };
  const plan = (source, spread = 0) => {
    if (source.isGone || source.isRunning || source.timer || document.hidden) return;
    const wait = Math.max(0, source.readyAt - performance.now()) + Math.random() * spread;
    source.timer = setTimeout(() => { source.timer = 0; read(source); }, wait);
  };
  const askFor = (topics, spread) => {
    const wanted = parts().filter((part) => !topics.length || part.dataset.live.split(' ').some((topic) => topics.includes(topic)));
    new Set(wanted.map((part) => part.dataset.liveSrc)).forEach((address) => ask(address, spread));
  };

  const read = async (source) => {
    source.isStale = false;
    source.isRunning = true;
    let result = 'failed';
    try {
      const answer = await fetch(source.address, {
        headers: { Accept: 'text/html' }, redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.type === 'opaqueredirect') result = 'signed-out';
      else if (answer.status === 403 || answer.status === 404) { result = 'gone'; lose(source); }
      else if (answer.ok) {
        source.html = await answer.text();
        put(source, { insert: isBack });
        result = 'ok';
      }
    } catch { /* what is stale is asked for again */ }
    source.isRunning = false;
    source.failures = result === 'failed' ? source.failures + 1 : 0;
    source.readyAt = performance.now() + (source.failures ? Math.min(LONGEST, RETRY * 2 ** (source.failures - 1)) : PAUSE);
    tell('live:fetched', { result });
    if (source.failures) source.isStale = true;
    if (source.isStale && result !== 'signed-out') plan(source, source.failures ? RETRY : 0);
  };

  // -- how to show it ----------------------------------------------------------------------------
  // What one reads stays where it is on the screen, whatever grows above it.
  const steadily = (act) => {
    const active = document.activeElement;
    const isTyping = active?.matches('input, textarea, select') && active.getBoundingClientRect().top < window.innerHeight
      && active.getBoundingClientRect().bottom > 0;
    const middle = document.elementFromPoint(document.documentElement.clientWidth / 2, Math.min(160, window.innerHeight / 3));
    const anchor = isTyping ? active : middle;
    const root = document.documentElement;
    const top = anchor?.getBoundingClientRect().top;
    root.classList.add('hd-steady');
    act();
    const moved = anchor?.isConnected && (isTyping || window.scrollY > 0) ? anchor.getBoundingClientRect().top - top : 0;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: 'instant' });
    root.classList.remove('hd-steady');
  };

  const sayings = (part) => [...part.querySelectorAll('[data-live-say]')].map((place) => `${place.dataset.liveSay}: ${place.textContent.trim()}`);

  const put = (source, options) => {
    const page = new DOMParser().parseFromString(source.html, 'text/html');
    const own = parts().filter((part) => part.dataset.liveSrc === source.address);
    source.isHeld = false;
    source.waiting = [];
    const news = [];
    steadily(() => own.forEach((part) => {
      const fresh = page.getElementById(part.id);
      if (!fresh) return;
      const [before, said] = [wordsOf(part), sayings(part)];
      const wasEmpty = !part.querySelector('[data-live-rows]') && !('liveRows' in part.dataset);
      const found = morph(part, fresh, options);
      if (found.isHeld) source.isHeld = true;
      found.forms.forEach(([form, now]) => hint(form, now));
      const first = wasEmpty && fresh.querySelector('[data-live-rows]');
      if (first) Object.assign(found, { noun: first.dataset.liveRows, news: [...first.children].map((row) => row.dataset.key) });
      if (found.isWaiting) source.waiting.push(found);
      if (before !== wordsOf(part) || found.isWaiting) news.push({ ...found, said: sayings(part).filter((word) => !said.includes(word)) });
    }));
    tell('live:shown', { news, isOffered: Boolean(options.isAsked) });
    offer();
  };

  // -- a form in use is left alone, and says what it does not know ---------------------------------
  const choice = (select, isNow) => [...select.options].find((option) => (isNow ? option.defaultSelected : option.selected))?.textContent.trim();
  const differences = (form, now) => [...form.elements].filter((control) => control.nodeName === 'SELECT' && control.name).map((control) => {
    const other = now.elements.namedItem(control.name);
    const [shown, theirs] = [choice(control, true), other && choice(other, true)];
    return theirs && theirs !== shown ? `${control.labels[0]?.textContent.trim() || control.name}: ${theirs}` : '';
  }).filter(Boolean);
  const hint = (form, now) => {
    const changes = now ? differences(form, now) : [];
    if (now && !changes.length) return;
    let line = form.querySelector(':scope > .hd-meanwhile');
    if (!line) {
      line = document.createElement('p');
      line.className = 'hd-meanwhile';
      form.prepend(line);
    }
    line.textContent = now ? `Changed meanwhile. ${changes.join('. ')}.` : 'The ticket has changed: this is not possible any more. What you typed stays here.';
  };

  // -- rows that would move what one reads -----------------------------------------------------------
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'hd-btn hd-btn--primary hd-fresh';
  button.hidden = true;
  (document.querySelector('main') || document.body).prepend(button);
  const count = (number, noun, word) => `${number} ${word}${noun.replace(/y$/, number === 1 ? 'y' : 'ie')}${number === 1 ? '' : 's'}`;
  const offer = () => {
    const lists = [...sources.values()].flatMap((source) => source.waiting);
    const keys = (name) => new Set(lists.flatMap((list) => list[name].map((key) => `${list.noun} ${key}`))).size;
    const noun = lists[0]?.noun || 'row';
    const [news, gone] = [keys('news'), keys('gone')];
    button.hidden = !lists.length;
    button.textContent = news ? `${count(news, noun, 'new ')}. Show` : `${count(gone, noun, '')} no longer here. Update`;
  };
  button.addEventListener('click', () => {
    const waiting = [...sources.values()].filter((source) => source.waiting.length);
    const key = waiting[0]?.waiting[0].news[0];
    button.hidden = true;
    waiting.forEach((source) => put(source, { insert: true, isAsked: true }));
    const row = key && [...document.querySelectorAll('[data-live-rows] > [data-key]')].find((one) => one.dataset.key === key);
    row?.querySelector('a, button')?.focus();
  });

  // -- what nobody may see any more ------------------------------------------------------------------
  const lose = (source) => {
    source.isGone = true;
    // A bell or a count in the frame may go without a word.
    if (!parts().some((part) => part.dataset.liveSrc === source.address && part.closest('main'))) return;
    const words = document.querySelector('template[data-live-gone]');
    if (!words || document.querySelector('.hd-lost')) return;
    (document.querySelector('main') || document.body).prepend(words.content.cloneNode(true));
  };

  // -- what sets it going ----------------------------------------------------------------------------
  document.addEventListener('live:changed', ({ detail }) => askFor(detail.topics, detail.topics.some((topic) => topic.startsWith('ticket:')) ? 150 : 0));
  let before = '';
  document.addEventListener('live:state', ({ detail }) => {
    // After a loss everybody comes back at once.
    if (detail.state === 'live' && !detail.isCaughtUp) askFor([], before ? 2000 : 200);
    before = detail.state;
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) { sources.forEach((source) => { clearTimeout(source.timer); source.timer = 0; }); return; }
    // Nobody has read yet what comes now.
    isBack = true;
    setTimeout(() => { isBack = false; }, BACK);
    sources.forEach((source) => { if (source.isStale) plan(source); });
  });
  let timer = 0;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => sources.forEach((source) => {
      if (source.isHeld && !source.isRunning) put(source, {});
    }), 300);
  };
  ['focusout', 'selectionchange', 'toggle', 'change'].forEach((name) => document.addEventListener(name, settle, true));
})();
