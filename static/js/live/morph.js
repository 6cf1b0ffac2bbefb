// Makes a part of the page say what a fresh one says, changing only what differs. Never touched: what has the
// focus, what is selected, what is open, what somebody has typed or chosen.
(() => {
  'use strict';
  const ELEMENT = 1;
  // Tokens of the same worth, drawn anew for each answer.
  const TOKENS = ['csrfmiddlewaretoken', 'author'];
  // The browser's and the scripts' own.
  const KEPT = ['open', 'hidden', 'data-sent', 'data-live', 'data-live-src'];

  const keyOf = (node) => (node.nodeType !== ELEMENT ? '' : node.id || node.dataset.key
    || node.getAttribute('aria-labelledby') || (node.nodeName === 'FORM' && node.getAttribute('action')) || '');

  // -- what is in use --------------------------------------------------------------------------
  const isChanged = (control) => {
    if (control.nodeName === 'SELECT') {
      const first = control.multiple ? -1 : [...control.options].findIndex((option) => !option.disabled);
      const none = ![...control.options].some((option) => option.defaultSelected);
      return [...control.options].some((option, place) => option.selected !== (none ? place === first : option.defaultSelected));
    }
    if (control.type === 'checkbox' || control.type === 'radio') return control.checked !== control.defaultChecked;
    return 'defaultValue' in control && control.type !== 'hidden' && control.value !== control.defaultValue;
  };
  const isField = (node) => node?.matches?.('input:not([type=hidden]), select, textarea');
  // One that was refused came back with what was typed: the fresh page has neither that nor the reason.
  const isRefused = (form) => form.querySelector('[role=alert]') !== null;
  const isFormInUse = (form) => 'sent' in form.dataset || isRefused(form) || [...form.elements].some(isChanged)
    || (form.contains(document.activeElement) && isField(document.activeElement));
  const isSelected = (node) => {
    const selection = document.getSelection();
    return Boolean(selection && !selection.isCollapsed && selection.containsNode(node, true));
  };
  const isInUse = (node) => isSelected(node) || (node.nodeType === ELEMENT && (
    node.contains(document.activeElement)
    || [...node.querySelectorAll('input, select, textarea')].some(isChanged)
    || node.matches('details[open], dialog[open]') || Boolean(node.querySelector('details[open], dialog[open]'))
    || [node, ...node.querySelectorAll('form')].some((form) => form.nodeName === 'FORM' && isFormInUse(form))));

  // -- one answer put in -------------------------------------------------------------------------
  // options: insert, to put rows in and take them out wherever they stand. Answers what was found out: isHeld (something
  // in use was left), isWaiting (rows would move what is in view), the keys of rows that are news, gone, changed, and
  // forms in use, each with what it would be now.
  const morph = (old, fresh, options = {}) => {
    const found = { isHeld: false, isWaiting: false, news: [], gone: [], changed: [], forms: [], noun: '' };

    const remove = (node) => {
      if (isInUse(node)) {
        found.isHeld = true;
        if (node.nodeType === ELEMENT) {
          [node, ...node.querySelectorAll('form')].filter((form) => form.nodeName === 'FORM')
            .forEach((form) => found.forms.push([form, null]));
        }
      } else node.remove();
    };

    const attributes = (here, there) => {
      for (const { name, value } of there.attributes) {
        if (!KEPT.includes(name) && here.getAttribute(name) !== value) here.setAttribute(name, value);
      }
      for (const { name } of [...here.attributes]) {
        if (!KEPT.includes(name) && !there.hasAttribute(name)) here.removeAttribute(name);
      }
    };

    const element = (here, there) => {
      if (here.isEqualNode(there) || 'liveStill' in here.dataset) return;
      if (here.nodeName === 'FORM' && isFormInUse(here)) {
        found.isHeld = true;
        found.forms.push([here, there]);
        return;
      }
      if (here.nodeName === 'INPUT' && TOKENS.includes(here.name)) return;
      if (isField(here) && (isChanged(here) || here === document.activeElement)) return;
      if (here.nodeName === 'TEXTAREA') { here.defaultValue = there.defaultValue; return; }
      attributes(here, there);
      if ('liveRows' in here.dataset) rows(here, there); else children(here, there);
      if (here.nodeName === 'SELECT') [...here.options].forEach((option) => { option.selected = option.defaultSelected; });
    };

    const node = (here, there) => {
      if (here.nodeType === ELEMENT) { element(here, there); return; }
      if (here.nodeValue === there.nodeValue) return;
      if (isSelected(here)) found.isHeld = true; else here.nodeValue = there.nodeValue;
    };

    const match = (wanted, place, keyed) => {
      const key = keyOf(wanted);
      if (key) {
        const own = keyed.get(key);
        keyed.delete(key);
        return own?.nodeName === wanted.nodeName ? own : null;
      }
      let here = place;
      while (here && (here.nodeType !== wanted.nodeType || here.nodeName !== wanted.nodeName || keyOf(here))) here = here.nextSibling;
      return here;
    };

    const children = (here, there) => {
      const keyed = new Map([...here.children].map((child) => [keyOf(child), child]));
      let place = here.firstChild;
      for (const wanted of [...there.childNodes]) {
        const own = match(wanted, place, keyed);
        if (!own) {
          here.insertBefore(document.importNode(wanted, true), place);
          continue;
        }
        // Moving a node takes the focus from it: what stands before it goes behind it instead.
        if (isInUse(own)) while (place !== own) { const next = place.nextSibling; own.after(place); place = next; }
        if (own === place) place = place.nextSibling; else here.insertBefore(own, place);
        node(own, wanted);
      }
      while (place) { const next = place.nextSibling; remove(place); place = next; }
    };

    // The rows of a list keep their places until they are asked to move; scripts may put rows of their own between.
    const rows = (here, there) => {
      const now = new Map([...here.children].filter(keyOf).map((row) => [keyOf(row), row]));
      const then = new Map([...there.children].filter(keyOf).map((row) => [keyOf(row), row]));
      const news = [...then.keys()].filter((key) => !now.has(key));
      const missing = [...now.keys()].filter((key) => !then.has(key));
      // As many as came in were pushed out at the end, to the next page.
      const pushed = [];
      [...now.keys()].reverse().every((key) => missing.includes(key) && pushed.length < news.length && pushed.push(key));
      const gone = missing.filter((key) => !pushed.includes(key));
      found.noun = here.dataset.liveRows;
      [...now].forEach(([key, row]) => {
        if (!then.has(key)) return;
        if (wordsOf(row) !== wordsOf(then.get(key))) found.changed.push(key);
        element(row, then.get(key));
      });
      found.news.push(...news);
      found.gone.push(...gone);
      if (options.insert || 'liveInsert' in here.dataset || areUnseen(here, now, then, news, gone)) {
        missing.forEach((key) => remove(now.get(key)));
        let place = [...here.children].find(keyOf) || null;
        [...then].forEach(([key, row]) => {
          const own = now.get(key) || document.importNode(row, true);
          if (own === place) { place = place.nextElementSibling; return; }
          if (now.has(key) && isInUse(own)) { found.isHeld = true; return; }
          here.insertBefore(own, place);
        });
      } else {
        found.isWaiting = Boolean(news.length || gone.length);
        gone.forEach((key) => now.get(key).classList.add('hd-gone'));
      }
    };

    const areUnseen = (here, now, then, news, gone) => {
      const isInView = (top, bottom) => bottom > 0 && top < window.innerHeight;
      const keys = [...then.keys()];
      const placesOfNews = news.map((key) => keys.slice(keys.indexOf(key)).find((next) => now.has(next)))
        .map((next) => (next ? now.get(next).getBoundingClientRect().top : here.getBoundingClientRect().bottom));
      return !placesOfNews.some((y) => isInView(y, y + 1)) && !gone.map((key) => now.get(key).getBoundingClientRect())
        .some(({ top, bottom }) => isInView(top, bottom));
    };

    element(old, fresh);
    return found;
  };

  // What a row says, without the moments: "2 minutes ago" is no news.
  const wordsOf = (row) => {
    const copy = row.cloneNode(true);
    copy.querySelectorAll('time, [data-live-aside]').forEach((time) => time.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };

  window.helpdesk = { ...window.helpdesk, morph, wordsOf, isInUse };
})();
