// Fills in how many notifications are unread, once the page is there: no page waits for it.
(() => {
  'use strict';
  const bell = document.getElementById('bell');
  if (!bell) return;
  const fill = async () => {
    try {
      const answer = await fetch(bell.dataset.liveSrc, { headers: { Accept: 'text/html' }, redirect: 'manual', cache: 'no-store' });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('bell');
      if (fresh) bell.replaceChildren(...fresh.childNodes);
    } catch { /* the bell still leads to the list */ }
  };
  fill();
  // Back from another page: what was read there counts no more.
  window.addEventListener('pageshow', (event) => { if (event.persisted) fill(); });
})();
