/* A field of a day shows it as people write it, whatever language the browser has; its own calendar still opens. */
(function () {
  'use strict';
  const write = (field) => {
    const [year, month, day] = field.value.split('-').map(Number);
    const words = field.dataset.dayForm.replace('{year}', year).replace('{month}', month).replace('{day}', day);
    field.dataset.day = field.value ? words : field.dataset.noDay;
  };
  const onInput = (event) => { if (event.target.matches('[data-day-form]')) { write(event.target); } };
  document.querySelectorAll('[data-day-form]').forEach(write); /* what a draft put back, too */
  document.addEventListener('input', onInput);
  document.addEventListener('change', onInput);
})();
