/* Handing in a return: files chosen or dropped, progress while they travel and are checked, then the page that the
   server answers with. */
(function () {
  'use strict';
  const EVERY = 500;
  const REFUSED = 400;
  const TOO_MANY = 429;
  const MOST_TRIES = 20;
  /* How far the check is, asked for by the ticket that was sent along, until told to stop. */
  const follow = (ticket, show) => {
    const timer = window.setInterval(() => {
      fetch('/data/progress/' + ticket, { headers: { Accept: 'application/json' } })
        .then((answer) => (answer.ok ? answer.json() : { words: '' }))
        .then((told) => { if (told.words) { show(told.words); } })
        .catch(() => undefined);
    }, EVERY);
    return () => window.clearInterval(timer);
  };
  const newTicket = () => Array.from(window.crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, '0')).join('');
  const showAnswer = (request) => {
    document.open();
    document.write(request.responseText);
    document.close();
  };
  /* What a page says first to who was refused. */
  const refusal = (request) => {
    const told = new DOMParser().parseFromString(request.responseText, 'text/html').querySelector('.told');
    return told ? told.textContent : '';
  };
  let isOnItsWay = false;
  /* What a form says, with the button that sent it. */
  const said = (form, button) => {
    const data = new FormData(form);
    if (button && button.name) { data.append(button.name, button.value); }
    return data;
  };
  const send = (form, button, tries = 0) => {
    const bar = form.querySelector('progress');
    const words = form.querySelector('[data-words-sending]');
    isOnItsWay = true;
    words.classList.remove('told-fail');
    const ticket = newTicket();
    form.querySelector('[name=ticket]').value = ticket;
    const show = (told) => { if (words.textContent !== told) { words.textContent = told; } };
    const request = new XMLHttpRequest();
    let stop = () => undefined;
    request.open('POST', form.action);
    bar.hidden = false;
    request.upload.addEventListener('progress', (sent) => {
      bar.value = sent.lengthComputable ? Math.round(sent.loaded / sent.total * 100) : 0;
      show(words.dataset.wordsSending.replace('{percent}', bar.value));
    });
    request.upload.addEventListener('load', () => {
      bar.removeAttribute('value');
      show(words.dataset.wordsChecking);
      stop = follow(ticket, show);
    });
    request.addEventListener('loadend', () => stop());
    request.addEventListener('load', () => {
      if (request.status === 200 && new URL(request.responseURL).pathname.startsWith('/data/')) {
        window.location = request.responseURL;
        return;
      }
      const wait = Number(request.getResponseHeader('Retry-After'));
      if (request.status === TOO_MANY && wait && tries < MOST_TRIES) {
        show(words.dataset.wordsWaiting.replace('{seconds}', wait));
        window.setTimeout(() => send(form, button, tries + 1), wait * 1000);
        return;
      }
      const why = request.status === REFUSED ? refusal(request) : '';
      if (why) {
        isOnItsWay = false;
        bar.hidden = true;
        show(why);
        words.classList.add('told-fail');
        return;
      }
      showAnswer(request);
    });
    request.addEventListener('error', () => { isOnItsWay = false; bar.hidden = true; show(words.dataset.wordsFailed); });
    request.send(said(form, button));
  };
  const sendOnce = (event) => {
    event.preventDefault();
    if (!isOnItsWay) { send(event.target, event.submitter); }
  };
  window.addEventListener('pageshow', () => { isOnItsWay = false; });
  document.querySelectorAll('form[data-upload], form[data-checked]').forEach((form) => form.addEventListener('submit', sendOnce));
  const upload = document.querySelector('form[data-upload]');
  if (upload) {
    const words = upload.querySelector('[data-words-sending]');
    const drop = upload.querySelector('.drop');
    const file = upload.querySelector('input[type=file]');
    const template = upload.querySelector('[data-template]');
    const period = upload.querySelector('[name=period]');
    const choose = () => {
      const data = new FormData(upload);
      const asked = new URLSearchParams({ period: data.get('period'), district_code: data.get('district_code') });
      template.href = '/data/template?' + asked;
    };
    const tellChosen = () => {
      const names = Array.from(file.files, (one) => one.name);
      if (names.length) {
        words.textContent = words.dataset.wordsChosen.replace('{count}', names.length).replace('{names}', names.join(words.dataset.wordsJoint));
      }
    };
    /* Files that are dropped join those that were chosen. */
    const add = (dropped) => {
      const all = new DataTransfer();
      [...file.files, ...dropped].forEach((one) => all.items.add(one));
      file.files = all.files;
      tellChosen();
    };
    period.addEventListener('change', () => { window.location = '/data?period=' + encodeURIComponent(period.value); });
    upload.addEventListener('change', choose);
    file.addEventListener('change', tellChosen);
    choose();
    drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
    drop.addEventListener('dragleave', () => drop.classList.remove('over'));
    drop.addEventListener('drop', (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      add(event.dataTransfer.files);
    });
  }
})();
