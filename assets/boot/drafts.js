/* What is typed into a plain form stays in this tab until the server has taken it: an ended session, a refusal
   or a lost connection costs nobody their words. Never passwords, files or ticks; nothing of another person. */
(function () {
  'use strict';
  const STORE = 'oversight-drafts';
  const OF_THE_PAGE = ['csrf_token', 'version', 'ticket'];
  const TYPED = 'textarea, select, input[type=text], input[type=date], input[type=number], input:not([type])';
  const person = document.querySelector('.account-strip .who');
  const who = person ? person.textContent : '';
  const nothing = { who, forms: {}, sent: '' };
  const read = () => {
    try {
      const kept = JSON.parse(window.sessionStorage.getItem(STORE));
      return kept && kept.who === who ? kept : nothing;
    } catch { return nothing; }
  };
  const write = (kept) => {
    try { window.sessionStorage.setItem(STORE, JSON.stringify(kept)); } catch { return; }
  };
  const path = (form) => new URL(form.getAttribute('action'), window.location.href).pathname;
  const name = (form) => {
    const fixed = Array.from(form.querySelectorAll('input[type=hidden]')).filter((field) => !OF_THE_PAGE.includes(field.name));
    return [path(form), ...fixed.map((field) => field.name + '=' + field.value)].join(' ');
  };
  const isKept = (form) => form && form.method === 'post' && !('upload' in form.dataset);
  /* Fields of a form may stand elsewhere on the page. */
  const fields = (form) => Array.from(form.elements).filter((field) => field.matches(TYPED));
  const typed = (form) => Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
  const keep = (form, sent) => {
    const kept = read();
    write({ who, forms: { ...kept.forms, [name(form)]: typed(form) }, sent });
  };
  /* The server names in a cookie the address of a form that it has taken. */
  const forgetTaken = () => {
    const taken = (document.cookie.match(/(?:^|; )_taken=([^;]*)/) || ['', ''])[1];
    const kept = read();
    if (taken && kept.sent.split(' ')[0] === taken) { delete kept.forms[kept.sent]; }
    document.cookie = '_taken=; path=/; max-age=0';
    write({ ...kept, sent: '' });
  };
  const putBack = (form) => {
    const values = read().forms[name(form)];
    if (!values) { return; }
    fields(form).forEach((field) => { if (field.name in values) { field.value = values[field.name]; } });
    for (let at = form.closest('details'); at; at = at.parentElement.closest('details')) { at.open = true; }
  };
  forgetTaken();
  Array.from(document.forms).filter(isKept).forEach(putBack);
  const onInput = (event) => { if (isKept(event.target.form) && event.target.matches(TYPED)) { keep(event.target.form, ''); } };
  document.addEventListener('input', onInput);
  document.addEventListener('change', onInput);
  document.addEventListener('submit', (event) => {
    if (path(event.target) === '/logout') { write(nothing); return; }
    if (isKept(event.target)) { keep(event.target, name(event.target)); }
  });
})();
