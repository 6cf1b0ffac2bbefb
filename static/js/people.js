// Offers people while a name is typed to filter by. Without it, words of a name or an address do.
(() => {
  'use strict';
  const PAUSE = 150;

  document.querySelectorAll('form[data-people-url]').forEach((form) => {
    const field = form.querySelector('input[type=text]');
    const list = document.createElement('ul');
    list.className = 'hd-mentions';
    list.id = `${field.id}-people`;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'People');
    list.hidden = true;
    form.append(list);
    let people = [];
    let chosen = -1;
    let timer = 0;
    let asked = 0;

    const close = () => {
      clearTimeout(timer);
      asked += 1;
      list.hidden = true;
      chosen = -1;
      field.setAttribute('aria-expanded', 'false');
      field.removeAttribute('aria-activedescendant');
    };
    const mark = (index) => {
      chosen = (index + people.length) % people.length;
      [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === chosen)));
      field.setAttribute('aria-activedescendant', list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: 'nearest' });
    };
    // The address: it means one person, where a name may mean several.
    const take = (person) => {
      field.value = person.address;
      close();
      form.requestSubmit();
    };
    const show = (found) => {
      people = found;
      if (!people.length) { close(); return; }
      list.replaceChildren(...people.map((person, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        const small = document.createElement('small');
        small.textContent = person.address;
        option.append(person.name, ' ', small);
        // Before the field loses its focus.
        option.addEventListener('pointerdown', (event) => { event.preventDefault(); take(person); });
        return option;
      }));
      chosen = -1;
      field.removeAttribute('aria-activedescendant');
      list.hidden = false;
      field.setAttribute('aria-expanded', 'true');
    };
    const ask = async (words) => {
      asked += 1;
      const mine = asked;
      try {
        const answer = await fetch(`${form.dataset.peopleUrl}?${new URLSearchParams({ q: words })}`, { headers: { Accept: 'application/json' }, redirect: 'error' });
        const found = answer.ok ? (await answer.json()).people : [];
        if (mine === asked) show(found);
      } catch { if (mine === asked) close(); }
    };

    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', list.id);
    field.setAttribute('aria-expanded', 'false');
    field.autocomplete = 'off';
    field.addEventListener('input', () => {
      clearTimeout(timer);
      const words = field.value.trim();
      if (!words) { close(); return; }
      timer = setTimeout(() => ask(words), PAUSE);
    });
    field.addEventListener('keydown', (event) => {
      if (list.hidden || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      // Enter without a choice filters by what was typed.
      const act = {
        ArrowDown: () => mark(chosen + 1),
        ArrowUp: () => mark(chosen < 0 ? -1 : chosen - 1),
        Enter: chosen < 0 ? null : () => take(people[chosen]),
        Escape: close,
      }[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    field.addEventListener('blur', close);
    form.closest('details').addEventListener('toggle', (event) => { if (event.target.open) field.focus(); });
  });
})();
