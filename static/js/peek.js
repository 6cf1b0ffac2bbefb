// Shows a ticket beside the list. Without it the same links lead to the ticket's page.
(() => {
  'use strict';
  const panel = document.getElementById('peek');
  if (!panel) return;
  const place = panel.querySelector('[data-peek-place]');
  const refusal = panel.querySelector('[data-peek-refusal]');
  let link = null;

  const read = async (address, options) => {
    const answer = await fetch(address, options);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return { ok: answer.ok, page };
  };
  const tell = (words) => {
    refusal.textContent = words;
    refusal.hidden = !words;
  };
  const fill = async () => {
    const wanted = link;
    const { ok, page } = await read(wanted.dataset.peek + wanted.search, { redirect: 'error' });
    if (!ok) throw new Error('refused');
    // Who goes through the list quickly is at another one by now.
    if (wanted === link) place.replaceChildren(...page.body.childNodes);
  };
  const open = async (wanted) => {
    link = wanted;
    tell('');
    try {
      await fill();
      if (!panel.open) panel.showModal();
      panel.scrollTop = 0;
    } catch { location.href = wanted.href; } // its page says what is the matter
  };
  // The row as the list would show it now; one that is not there any more stays as it was.
  const refreshRow = async () => {
    const { page } = await read(location.href);
    const row = link.closest('tr');
    const fresh = [...page.querySelectorAll('[data-peek]')].find((other) => other.dataset.peek === link.dataset.peek);
    if (!fresh) return;
    const box = row.querySelector('.action-select');
    const now = document.importNode(fresh.closest('tr'), true);
    if (box?.checked) now.querySelector('.action-select').checked = true;
    const wasAtIt = row.contains(document.activeElement);
    row.replaceChildren(...now.childNodes);
    link = row.querySelector('[data-peek]');
    if (wasAtIt) row.querySelector('th a').focus();
  };

  document.addEventListener('click', (event) => {
    const wanted = event.target.closest('[data-peek]');
    if (wanted && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) {
      event.preventDefault();
      open(wanted);
    }
    // Beside the panel.
    if (event.target === panel) panel.close();
  });
  panel.addEventListener('submit', async (event) => {
    if (!event.target.matches('[data-peek-act]')) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      const { ok, page } = await read(event.target.action, { method: 'POST', body: new FormData(event.target) });
      const why = page.querySelector('[role=alert]')?.textContent.trim();
      await fill();
      await refreshRow();
      tell(ok && !why ? '' : why || 'This was refused. Open the ticket to see why.');
    } catch { tell('This could not be sent. Try again.'); }
  });
  panel.addEventListener('close', () => {
    place.replaceChildren();
    link?.closest('tr')?.querySelector('th a')?.focus();
  });
})();
