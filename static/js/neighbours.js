// Says where in its list a ticket stands; the ways to its neighbours are there without it.
(async () => {
  'use strict';
  const region = document.querySelector('[data-neighbours]');
  if (!region) return;
  try {
    const answer = await fetch(region.dataset.neighbours, { redirect: 'error' });
    if (!answer.ok) return;
    region.replaceChildren(...new DOMParser().parseFromString(await answer.text(), 'text/html').body.childNodes);
  } catch { /* the plain links stay */ }
})();
