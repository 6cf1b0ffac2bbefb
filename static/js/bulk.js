// Counts the ticked tickets, ticks a whole page, and follows a bulk change while the worker is at it.
(() => {
  'use strict';
  const EVERY = 2000;

  const count = (bar) => {
    // Asked for each time: on a live page rows come and go.
    const boxes = () => [...document.querySelectorAll('.action-select')];
    const page = document.querySelector('[data-bulk-page]');
    const counter = bar.querySelector('[data-bulk-counter]');
    const all = bar.querySelector('[data-bulk-all]');
    const quiet = counter.textContent;
    if (page) page.hidden = false;
    const show = () => {
      const ticked = boxes().filter((box) => box.checked).length;
      if (page) {
        page.checked = ticked === boxes().length;
        page.indeterminate = ticked > 0 && ticked < boxes().length;
      }
      if (all?.checked) counter.textContent = 'All that match';
      else counter.textContent = ticked ? `${ticked} of ${boxes().length} ticked` : quiet;
    };
    document.addEventListener('change', (event) => {
      if (event.target === page) boxes().forEach((box) => { box.checked = page.checked; });
      if (event.target === all && all.checked) boxes().forEach((box) => { box.checked = true; });
      if (event.target.matches('.action-select') && !event.target.checked && all) all.checked = false;
      show();
    });
    // Browsers tick again what was ticked when one comes back.
    window.addEventListener('pageshow', show);
    document.addEventListener('live:shown', show);
    show();
  };

  const follow = async () => {
    const shown = document.querySelector('[data-progress="working"]');
    if (!shown) return;
    try {
      const answer = await fetch(location.href, { redirect: 'error' });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.querySelector('[data-progress]');
        // Nothing is taken from under somebody who is at it with the keyboard, until the end.
        if (fresh?.dataset.progress === 'done' || !shown.contains(document.activeElement)) shown.replaceWith(fresh);
      }
    } catch { /* the next one tries again */ }
    setTimeout(follow, EVERY);
  };

  const bar = document.getElementById('bulk');
  if (bar) count(bar);
  if (document.querySelector('[data-progress="working"]')) setTimeout(follow, EVERY);
})();
