// Offers the canned replies beside the reply's text; the chosen one goes where the cursor is.
(() => {
  'use strict';
  const address = document.querySelector('[data-extras]')?.dataset.cannedUrl;
  const link = document.querySelector('[data-canned-link]');
  if (!address || !link) return;

  const insert = (field, text) => {
    field.focus();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  const offer = (form, place) => {
    const field = form.elements.namedItem('text');
    const menu = document.createElement('details');
    menu.className = 'hd-menu hd-canned cs-only-reply';
    const summary = document.createElement('summary');
    summary.className = 'hd-btn hd-btn--s';
    summary.textContent = 'Canned replies';
    const list = document.createElement('ul');
    list.className = 'hd-menu__pop';
    const tell = (words) => {
      const line = document.createElement('li');
      line.className = 'hd-canned__none';
      line.textContent = words;
      list.replaceChildren(line);
    };
    const show = (replies) => {
      if (!replies.length) { tell('There are none yet.'); return; }
      list.replaceChildren(...replies.map((reply) => {
        const line = document.createElement('li');
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = reply.title;
        button.addEventListener('click', () => { menu.open = false; insert(field, reply.text); });
        line.append(button);
        return line;
      }));
    };
    menu.addEventListener('toggle', async () => {
      if (!menu.open || menu.dataset.loaded) return;
      tell('Loading …');
      try {
        const answer = await fetch(address, { headers: { Accept: 'application/json' }, redirect: 'error' });
        if (!answer.ok) throw new Error(String(answer.status));
        show((await answer.json()).replies);
        menu.dataset.loaded = 'yes';
      } catch { tell('They cannot be loaded now. Close and open this once more.'); }
    });
    menu.append(summary, list);
    place.prepend(menu);
  };

  document.querySelectorAll('form[data-composer]:not([data-voice="note"])').forEach((form) => {
    const place = form.querySelector('[data-composer-extras]');
    if (!place) return;
    offer(form, place);
    link.hidden = true;
  });
})();
