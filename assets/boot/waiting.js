/* A form whose answer takes a while goes once, and says that it is at work; a file as its answer leaves the page there. */
(function () {
  'use strict';
  const forms = document.querySelectorAll('form[data-waits]');
  const sendOnce = (event) => {
    const form = event.target;
    if (form.dataset.waits) { event.preventDefault(); return; }
    form.dataset.waits = 'sent';
    const words = form.querySelector('[data-words-waiting]');
    words.textContent = words.dataset.wordsWaiting;
  };
  forms.forEach((form) => form.addEventListener('submit', sendOnce));
  window.addEventListener('pageshow', () => forms.forEach((form) => { form.dataset.waits = ''; }));
})();
