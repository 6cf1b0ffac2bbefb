// Files are sent as soon as they are chosen, dropped or pasted, with a bar each. Without script the form brings them.
(() => {
  'use strict';

  const enhance = (box) => {
    const form = box.closest('form');
    const input = box.querySelector('input[type=file]');
    const list = box.querySelector('[data-list]');
    const errors = box.querySelector('[data-errors]');
    const said = box.querySelector('[data-said]');
    const row = box.querySelector('template[data-row]');
    const most = Number(box.dataset.most);
    const megabytes = Number(box.dataset.megabytes);
    const queue = [];
    let running = null;

    const token = () => form.elements.namedItem('csrfmiddlewaretoken').value;
    const say = (words) => { said.textContent = words; };
    const refuse = (words) => {
      const line = document.createElement('li');
      line.textContent = words;
      errors.append(line);
      say(words);
    };

    const post = (address, fields, { onProgress, onDone }) => {
      const data = new FormData();
      Object.entries({ csrfmiddlewaretoken: token(), ...fields }).forEach(([name, value]) => data.append(name, value));
      const request = new XMLHttpRequest();
      request.open('POST', address);
      request.setRequestHeader('Accept', 'application/json');
      request.responseType = 'json';
      if (onProgress) request.upload.addEventListener('progress', onProgress);
      request.addEventListener('loadend', () => onDone(request.status, request.response));
      request.send(data);
      return request;
    };

    const dropRow = (line) => {
      const wasInside = line.contains(document.activeElement);
      line.remove();
      if (wasInside) input.focus();
    };

    // A button of its own, so that Enter in a field does not press it.
    const makeRemovable = (button, name) => {
      button.type = 'button';
      button.setAttribute('aria-label', `Remove ${name}`);
      button.addEventListener('click', () => {
        button.disabled = true;
        post(button.dataset.remove, {}, {
          onDone: (status) => {
            if (status === 200 || status === 404) { dropRow(button.closest('li')); say(`${name} is removed.`); return; }
            button.disabled = false;
            refuse(`“${name}” could not be removed. Try again.`);
          },
        });
      });
    };

    const why = (status, name) => {
      if (status === 0) return `“${name}” could not be sent: the connection was lost. Choose it again.`;
      if (status === 413) return `“${name}” is too large: a file may have at most ${megabytes} MB. It was not taken.`;
      return `“${name}” could not be sent. Load the page again; if you were signed out, sign in in another tab first.`;
    };

    const next = () => {
      if (running || !queue.length) return;
      const { file, line } = queue.shift();
      const button = line.querySelector('button');
      const bar = line.querySelector('progress');
      running = post(box.dataset.address, { form: box.dataset.key, files: file }, {
        onProgress: (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; },
        onDone: (status, answer) => {
          const isStopped = line.dataset.stopped;
          running = null;
          const taken = answer?.files?.[0];
          if (taken) {
            bar.remove();
            line.querySelector('.hd-attach__name').textContent = taken.name;
            line.querySelector('.hd-hint').textContent = taken.size;
            // Without the listener that stopped it.
            const fresh = button.cloneNode(true);
            fresh.dataset.remove = taken.remove;
            button.replaceWith(fresh);
            makeRemovable(fresh, taken.name);
            if (isStopped) fresh.click(); else say(`${taken.name} is attached.`);
          } else {
            dropRow(line);
            if (!isStopped) (answer?.errors?.length ? answer.errors : [why(status, file.name)]).forEach(refuse);
          }
          next();
        },
      });
      line.request = running;
    };

    const add = (files) => {
      errors.replaceChildren();
      for (const file of files) {
        if (list.children.length >= most) { refuse(`“${file.name}” was not taken: at most ${most} files can be sent along.`); continue; }
        if (file.size > megabytes * 1024 * 1024) { refuse(`“${file.name}” is too large: a file may have at most ${megabytes} MB. It was not taken.`); continue; }
        const line = row.content.firstElementChild.cloneNode(true);
        const button = line.querySelector('button');
        line.querySelector('.hd-attach__name').textContent = file.name;
        line.querySelector('progress').setAttribute('aria-label', `Sending ${file.name}`);
        button.setAttribute('aria-label', `Stop sending ${file.name}`);
        button.addEventListener('click', () => {
          line.dataset.stopped = 'yes';
          const place = queue.findIndex((waiting) => waiting.line === line);
          if (place >= 0) { queue.splice(place, 1); dropRow(line); } else line.request?.abort();
        });
        list.append(line);
        queue.push({ file, line });
      }
      next();
    };

    input.addEventListener('change', () => {
      // A copy: emptying the field, so that the form does not bring them again, empties its list.
      const chosen = [...input.files];
      input.value = '';
      add(chosen);
    });
    box.querySelectorAll('[data-remove]').forEach((button) => {
      makeRemovable(button, button.closest('li').querySelector('.hd-attach__name').textContent);
    });
    box.querySelectorAll('[data-only-script]').forEach((words) => { words.hidden = false; });
    box.querySelectorAll('button[aria-hidden]').forEach((button) => button.remove());

    return { box, form, add, isBusy: () => Boolean(running || queue.length), say };
  };

  const boxes = [...document.querySelectorAll('[data-files]')].map(enhance);
  // The composer of the console has two, one for each voice; the hidden one takes nothing.
  const shownIn = (form) => boxes.find(({ box, form: own }) => own === form && box.getClientRects().length);

  new Set(boxes.map(({ form }) => form)).forEach((form) => {
    const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
    let depth = 0;
    const mark = () => form.classList.toggle('hd-dropping', depth > 0);
    form.addEventListener('dragenter', (event) => { if (holdsFiles(event)) { depth += 1; mark(); } });
    form.addEventListener('dragleave', (event) => { if (holdsFiles(event)) { depth = Math.max(0, depth - 1); mark(); } });
    form.addEventListener('dragover', (event) => { if (holdsFiles(event)) event.preventDefault(); });
    form.addEventListener('drop', (event) => {
      depth = 0;
      mark();
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      shownIn(form)?.add([...event.dataTransfer.files]);
    });
    form.addEventListener('paste', (event) => {
      const pasted = [...(event.clipboardData?.files || [])];
      // A table copied from elsewhere comes as text and as a picture of it: it is the text that is meant.
      if (!pasted.length || event.clipboardData.types.includes('text/plain')) return;
      event.preventDefault();
      const moment = new Date().toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
      shownIn(form)?.add(pasted.map((file) => (
        file.name === 'image.png' ? new File([file], `Screenshot ${moment}.png`, { type: file.type }) : file
      )));
    });
  });

  // Before anything else hears of it: nothing is marked as sent.
  document.addEventListener('submit', (event) => {
    const busy = boxes.find(({ form, isBusy }) => form === event.target && isBusy());
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    busy.say('Files are still being sent. Send again when they are there.');
  }, true);
})();
