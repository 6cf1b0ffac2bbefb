// Small, optional enhancement. Every page works without it.
(() => {
  'use strict';
  const root = document.documentElement;
  // The same key as Django's own theme.js, so that one choice serves portal and console.
  const saved = (() => { try { return localStorage.getItem('theme'); } catch { return null; } })();
  if (saved) root.dataset.theme = saved;
  // Who speaks to the computer, or has trouble with the keyboard, switches single keys off where they do so: in
  // this browser, as the theme. Portal and console obey, and no page asks the database for it.
  try { if (localStorage.getItem('keys') === 'off') root.dataset.keys = 'off'; } catch { /* private mode */ }
  document.querySelectorAll('[data-keys-switch]').forEach((box) => {
    for (let around; (around = box.closest('[hidden]'));) around.hidden = false;
    box.checked = root.dataset.keys !== 'off';
    box.addEventListener('change', () => {
      root.dataset.keys = box.checked ? 'on' : 'off';
      try { localStorage.setItem('keys', root.dataset.keys); } catch { /* private mode */ }
    });
  });

  const closeMenus = (except) => {
    document.querySelectorAll('details.hd-menu[open], details.cs-filter[open]').forEach((menu) => {
      if (!menu.contains(except)) menu.open = false;
    });
  };

  document.addEventListener('click', (event) => {
    const toggle = event.target.closest('[data-theme-toggle]');
    if (toggle) {
      const next = { auto: 'light', light: 'dark', dark: 'auto' }[root.dataset.theme || 'auto'];
      root.dataset.theme = next;
      toggle.setAttribute('aria-label', `Colour theme: ${next === 'auto' ? 'automatic' : next}`);
      try { localStorage.setItem('theme', next); } catch { /* private mode */ }
    }
    closeMenus(event.target);
  });

  document.querySelectorAll('[data-count-for]').forEach((output) => {
    const field = document.getElementById(output.dataset.countFor);
    const show = () => { output.textContent = `${field.value.length.toLocaleString('en')} of ${field.maxLength.toLocaleString('en')}`; };
    if (field && field.maxLength > 0) { field.addEventListener('input', show); show(); }
  });

  // A list of choices that applies itself; without script there is a button.
  document.querySelectorAll('form[data-submit-on-change]').forEach((form) => {
    form.addEventListener('change', (event) => { if (event.target.matches('select')) form.requestSubmit(); });
    form.querySelectorAll('[data-no-script]').forEach((button) => { button.hidden = true; });
  });

  // The second click of a double click does not send again; the server would answer the same ticket anyway.
  document.addEventListener('submit', (event) => {
    // What leads to no other page can be sent again.
    if (event.target.method !== 'post' || event.target.hasAttribute('data-download')) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = 'yes';
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sent]').forEach((form) => { delete form.dataset.sent; });
  });

  document.querySelector('[data-focus]')?.focus();

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      const menu = document.querySelector('details.hd-menu[open], details.cs-filter[open]');
      if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
    }
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (typing && (event.ctrlKey || event.metaKey) && event.key === 'Enter') { typing.form?.requestSubmit(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && root.dataset.keys !== 'off') {
      const search = document.querySelector('[aria-keyshortcuts="/"]');
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
})();
