// Single keys of the console. They do nothing inside fields, and can be switched off (WCAG 2.1.4).
(() => {
  'use strict';
  const help = document.getElementById('keys');
  const peek = document.getElementById('peek');
  // The row one is at: the focus is behind a panel that is open.
  let row = null;

  const rows = () => [...document.querySelectorAll('#result_list tbody tr')];
  const follow = (selector) => document.querySelector(selector)?.click();
  const here = () => {
    row = document.activeElement?.closest('#result_list tbody tr') || row;
    return row?.isConnected ? row : null;
  };
  const showPeek = () => here()?.querySelector('[data-peek]')?.click();
  const move = (step) => {
    const all = rows();
    if (!all.length) { follow(`.cs-neighbours [rel=${step > 0 ? 'next' : 'prev'}]`); return; }
    const at = all.indexOf(here());
    row = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    if (peek?.open) { showPeek(); return; }
    row.querySelector('th a').focus();
    row.scrollIntoView({ block: 'nearest' });
  };
  const tick = (always) => {
    const box = here()?.querySelector('.action-select');
    if (box && !(always && box.checked)) box.click();
  };
  // A button of the bar for the ticked tickets, or else for the one at hand; on a ticket's page the field.
  const decide = (key, field) => {
    const button = document.querySelector(`#bulk [data-key=${key}]`);
    if (!button) { document.getElementById(field)?.focus(); return; }
    if (!document.querySelector('.action-select:checked')) tick(true);
    if (document.querySelector('.action-select:checked')) button.click();
  };
  const write = (voice) => {
    const composer = document.getElementById('composer');
    composer?.querySelector(`[name=voice][value=${voice}]`)?.click();
    composer?.elements.namedItem('text').focus();
  };
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    o: showPeek,
    p: showPeek,
    x: () => tick(false),
    a: () => decide('a', 'id_properties_assignee'),
    s: () => decide('s', 'id_properties_status'),
    r: () => write('reply'),
    i: () => write('note'),
    n: () => follow('[data-key=n]'),
    u: () => follow('.cs-crumbs a'),
    '?': () => help?.showModal(),
  };
  const IN_PEEK = new Set(['j', 'k']);

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.keys === 'off') return;
    if (event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return;
    const act = KEYS[event.key];
    if (!act || (document.querySelector('dialog[open]') && !(peek?.open && IN_PEEK.has(event.key)))) return;
    event.preventDefault();
    act();
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-keys-open]')) help?.showModal();
    if (event.target === help) help.close();
  });
  document.querySelectorAll('[data-keys-item]').forEach((item) => { item.hidden = false; });
})();
