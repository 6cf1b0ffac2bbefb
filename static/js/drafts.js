// Keeps what is typed under a ticket on the server: a second after typing stops, and when the page goes.
(() => {
  'use strict';
  const address = document.querySelector('[data-extras]')?.dataset.draftUrl;
  if (!address) return;
  const PAUSE = 1000;
  const LONGEST = 20000;

  document.querySelectorAll('form[data-composer]').forEach((form) => {
    const field = form.elements.namedItem('text');
    if (!field) return;
    const said = document.createElement('span');
    said.className = 'hd-saved';
    said.setAttribute('role', 'status');
    (form.querySelector('[data-composer-extras]') || form).append(said);
    let timer = 0;
    let kept = field.value;
    let sent = false;
    let running = null;

    const draft = () => {
      const data = new FormData();
      ['csrfmiddlewaretoken', 'version'].forEach((name) => {
        const hidden = form.elements.namedItem(name);
        if (hidden?.value) data.set(name, hidden.value);
      });
      data.set('voice', form.dataset.voice);
      data.set('text', field.value);
      return data;
    };

    const save = async () => {
      const text = field.value;
      if (sent || text === kept || text.length > LONGEST) return;
      running?.abort();
      running = new AbortController();
      const { signal } = running;
      try {
        const answer = await fetch(address, { method: 'POST', body: draft(), headers: { Accept: 'application/json' }, redirect: 'error', signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const { saved_at: savedAt } = await answer.json();
        kept = text;
        const time = savedAt && new Date(savedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
        said.textContent = time ? `Draft saved ${time}` : '';
      } catch {
        if (!signal.aborted) said.textContent = 'Draft not saved. Copy your text before you leave.';
      }
    };

    field.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    // After the page's own handlers: a form they hold back is not sent.
    window.addEventListener('submit', (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      sent = true;
      clearTimeout(timer);
      running?.abort();
    });
    window.addEventListener('pagehide', () => {
      clearTimeout(timer);
      if (sent || field.value === kept || field.value.length > LONGEST) return;
      if (navigator.sendBeacon(address, draft())) kept = field.value;
    });
    window.addEventListener('pageshow', () => { sent = false; });
  });
})();
