// Keeps what is typed under a ticket on the server: a second after typing stops, and when the page goes.
(() => {
  'use strict';
  const address = document.querySelector('[data-extras]')?.dataset.draftUrl;
  const isRestored = 'restored' in (document.querySelector('[data-extras]')?.dataset || {});
  if (!address) return;
  const voiceOf = (form) => form.dataset.voice || form.querySelector('[name=voice]:checked')?.value || 'reply';
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
    // What came back with a refusal or a preview may not be kept yet.
    let kept = isRestored ? field.value : '';
    let keptAs = voiceOf(form);
    if (isRestored) said.textContent = 'Your draft is back.';
    let sent = false;
    let running = null;

    const draft = (voice, text) => {
      const data = new FormData();
      ['csrfmiddlewaretoken', 'version'].forEach((name) => {
        const hidden = form.elements.namedItem(name);
        if (hidden?.value) data.set(name, hidden.value);
      });
      data.set('voice', voice);
      data.set('text', text);
      return data;
    };

    const save = async () => {
      const text = field.value;
      const voice = voiceOf(form);
      if (sent || (text === kept && voice === keptAs) || text.length > LONGEST) return;
      running?.abort();
      running = new AbortController();
      const { signal } = running;
      try {
        const send = async (as, words) => {
          const answer = await fetch(address, { method: 'POST', body: draft(as, words), headers: { Accept: 'application/json' }, redirect: 'error', signal });
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        };
        const { saved_at: savedAt } = await send(voice, text);
        // There is one text: as it changes its readers, so does its draft.
        if (voice !== keptAs) await send(keptAs, '');
        [kept, keptAs] = [text, voice];
        const time = savedAt && new Date(savedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
        said.textContent = time ? `Draft saved ${time}` : '';
      } catch {
        if (!signal.aborted) said.textContent = 'Draft not saved. Copy your text before you leave.';
      }
    };

    const saveSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    };
    field.addEventListener('input', saveSoon);
    form.addEventListener('change', (event) => { if (event.target.name === 'voice') saveSoon(); });
    if (field.value !== kept) saveSoon();
    // After the page's own handlers: a form they hold back is not sent.
    window.addEventListener('submit', (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      sent = true;
      clearTimeout(timer);
      running?.abort();
    });
    window.addEventListener('pagehide', () => {
      clearTimeout(timer);
      const [text, voice] = [field.value, voiceOf(form)];
      if (sent || (text === kept && voice === keptAs) || text.length > LONGEST) return;
      navigator.sendBeacon(address, draft(voice, text));
      if (voice !== keptAs) navigator.sendBeacon(address, draft(keptAs, ''));
      [kept, keptAs] = [text, voice];
    });
    window.addEventListener('pageshow', () => { sent = false; });
  });
})();
