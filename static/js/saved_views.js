// Fills the side bar's list below Manage Tickets with the saved views and their counts. Without it, the
// page of the saved views lists them.
(() => {
  'use strict';
  const shown = document.getElementById('saved-views');
  if (!shown) return;
  const copies = document.querySelectorAll('[data-saved-views-copy]');
  // Shown again while the next page asks, so that the side bar does not jump. Another reader's is left alone.
  const key = `saved-views-${shown.dataset.reader}`;
  const put = (markup) => {
    const fresh = new DOMParser().parseFromString(markup, 'text/html').getElementById(shown.id);
    if (fresh) shown.replaceChildren(...fresh.children);
  };
  const spread = () => {
    shown.querySelectorAll('a').forEach((link) => {
      if (link.href === location.href && !link.hasAttribute('aria-current')) link.setAttribute('aria-current', 'true');
    });
    copies.forEach((copy) => copy.replaceChildren(...[...shown.children].map((item) => item.cloneNode(true))));
    shown.querySelectorAll('[data-count-of]').forEach((count) => {
      document.querySelectorAll(`[data-count="${count.dataset.countOf}"]`).forEach((place) => {
        place.hidden = count.textContent === '0';
        place.querySelector('span').textContent = count.textContent;
      });
    });
  };
  // Whoever puts something new into the list, as live/regions.js does: the copies follow.
  new MutationObserver(spread).observe(shown, { attributes: true, characterData: true, childList: true, subtree: true });

  try { const kept = sessionStorage.getItem(key); if (kept) put(kept); } catch { /* private mode */ }
  (async () => {
    try {
      const answer = await fetch(shown.dataset.liveSrc, { redirect: 'error' });
      if (!answer.ok) return;
      const markup = await answer.text();
      put(markup);
      try { sessionStorage.setItem(key, markup); } catch { /* private mode */ }
    } catch { /* the next page asks again */ }
  })();
})();
