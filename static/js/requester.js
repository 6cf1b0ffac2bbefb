// Puts what is known about the requester into their card, in place of the link to it.
(() => {
  'use strict';
  const place = document.querySelector('[data-requester]');
  if (!place) return;
  (async () => {
    try {
      const answer = await fetch(place.dataset.requester, { redirect: 'error' });
      if (!answer.ok) return;
      const fragment = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
      place.replaceChildren(...fragment.childNodes);
    } catch { /* the link stays */ }
  })();
})();
