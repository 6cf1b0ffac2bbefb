// Offers colleagues while "@" and the beginning of a name are typed in an internal note.
(() => {
  'use strict';
  const address = document.querySelector('[data-extras]')?.dataset.colleaguesUrl;
  if (!address) return;
  const voiceOf = (form) => form.dataset.voice || form.querySelector('[name=voice]:checked')?.value || 'reply';
  const PAUSE = 150;
  // An "@" that begins a word, and up to three words after it, before the cursor.
  const BEGUN = /(^|[^\p{L}\p{N}_@.+-])@([\p{L}\p{N}_.'’-]+(?: [\p{L}\p{N}_.'’-]+){0,2}|)$/u;

  document.querySelectorAll('form[data-composer]').forEach((form, number) => {
    const field = form.elements.namedItem('text');
    const place = form.querySelector('[data-composer-extras]');
    if (!field || !place) return;
    const list = document.createElement('ul');
    list.className = 'hd-mentions';
    list.id = `mentions-${number}`;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'Colleagues');
    list.hidden = true;
    place.append(list);
    let chosen = -1;
    let people = [];
    let timer = 0;
    let asked = 0;

    const close = () => {
      clearTimeout(timer);
      asked += 1;
      list.hidden = true;
      chosen = -1;
      field.removeAttribute('aria-activedescendant');
    };
    const begun = () => (voiceOf(form) === 'note' && field.selectionStart === field.selectionEnd
      ? BEGUN.exec(field.value.slice(0, field.selectionStart)) : null);
    const mark = (index) => {
      chosen = (index + people.length) % people.length;
      [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === chosen)));
      field.setAttribute('aria-activedescendant', list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: 'nearest' });
    };
    const take = (person) => {
      const found = begun();
      if (!found) { close(); return; }
      // Two of one name: the address says which.
      const alike = people.filter((other) => other.name === person.name).length > 1;
      const end = field.selectionStart;
      field.setRangeText(`${alike ? person.address : person.name} `, end - found[2].length, end, 'end');
      close();
      field.focus();
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const show = (found) => {
      people = found;
      if (!people.length) { close(); return; }
      list.replaceChildren(...people.map((person, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        const small = document.createElement('small');
        small.textContent = person.address;
        option.append(person.name, ' ', small);
        // Before the field loses its focus.
        option.addEventListener('pointerdown', (event) => { event.preventDefault(); take(person); });
        return option;
      }));
      list.hidden = false;
      mark(0);
    };
    const ask = async (words) => {
      asked += 1;
      const mine = asked;
      try {
        const answer = await fetch(`${address}?${new URLSearchParams({ q: words })}`, { headers: { Accept: 'application/json' }, redirect: 'error' });
        const found = answer.ok ? (await answer.json()).colleagues : [];
        if (mine === asked) show(found);
      } catch { if (mine === asked) close(); }
    };

    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', list.id);
    field.addEventListener('input', () => {
      clearTimeout(timer);
      const found = begun();
      if (!found) { close(); return; }
      timer = setTimeout(() => ask(found[2]), PAUSE);
    });
    field.addEventListener('keydown', (event) => {
      if (list.hidden || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const act = {
        ArrowDown: () => mark(chosen + 1),
        ArrowUp: () => mark(chosen - 1),
        Enter: () => take(people[chosen]),
        Tab: () => take(people[chosen]),
        Escape: close,
      }[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    field.addEventListener('blur', close);
  });
})();
