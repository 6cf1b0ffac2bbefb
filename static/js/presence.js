// Says every few seconds that this ticket's page is open, and shows who else has it open: at once where the page is
// live, else with the next answer.
(() => {
  'use strict';
  const region = document.querySelector('[data-presence]');
  const words = region?.querySelector('[data-presence-words]');
  if (!words) return;
  const EVERY = 10000;
  // Where others' coming and going is heard of, it is enough not to be forgotten.
  const EVERY_LIVE = 20000;
  // Who has not typed for this long only looks.
  const WRITES_FOR = 20000;
  const voiceOf = (form) => form.dataset.voice || form.querySelector('[name=voice]:checked')?.value || 'reply';
  let typedAt = -Infinity;
  let timer = 0;
  let gone = false;
  let isLive = false;

  const isWriting = () => performance.now() - typedAt < WRITES_FOR;
  const version = () => document.querySelector('#timeline')?.dataset.version || region.dataset.version;
  const data = (more) => {
    const form = new FormData();
    form.set('csrfmiddlewaretoken', region.querySelector('[name=csrfmiddlewaretoken]').value);
    form.set('version', version());
    if (isWriting()) form.set('writing', '1');
    Object.entries(more || {}).forEach(([name, value]) => form.set(name, value));
    return form;
  };
  const show = async (asking) => {
    try {
      const answer = await asking;
      if (!answer.ok || gone) return;
      const fragment = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
      // Only what is new is put in, so that it is only then read out.
      if (fragment.textContent.replace(/\s+/g, ' ').trim() !== words.textContent.replace(/\s+/g, ' ').trim()) {
        words.replaceChildren(...fragment.childNodes);
      }
    } catch { /* the next one tries again */ }
  };
  const pulse = () => {
    clearTimeout(timer);
    if (gone || document.hidden) return;
    timer = setTimeout(pulse, isLive ? EVERY_LIVE : EVERY);
    show(fetch(region.dataset.url, { method: 'POST', body: data(), redirect: 'error' }));
  };
  const look = () => {
    if (!document.hidden) show(fetch(`${region.dataset.url}?${new URLSearchParams({ version: version() })}`, { redirect: 'error' }));
  };

  document.addEventListener('input', (event) => {
    const form = event.target.closest?.('form[data-composer]');
    if (!form || voiceOf(form) !== 'reply' || event.target.name !== 'text') return;
    const wasWriting = isWriting();
    typedAt = event.target.value.trim() ? performance.now() : -Infinity;
    if (wasWriting !== isWriting()) pulse();
  });
  document.addEventListener('live:state', ({ detail }) => { isLive = detail.state === 'live'; });
  document.addEventListener('live:changed', ({ detail }) => { if (detail.topics.includes(`presence:${region.dataset.ticket}`)) look(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) pulse(); });
  window.addEventListener('pagehide', () => {
    gone = true;
    clearTimeout(timer);
    navigator.sendBeacon(region.dataset.url, data({ left: '1' }));
  });
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    gone = false;
    pulse();
  });
  pulse();
})();
