/* Upload of a return: progress while it travels, then the page that the server answers with. */
(function () {
  const form = document.querySelector('form[data-upload]');
  if (!form) { return; }
  const bar = form.querySelector('progress');
  const words = form.querySelector('[data-words-sending]');
  const drop = form.querySelector('.drop');
  const file = form.querySelector('input[type=file]');
  const template = form.querySelector('[data-template]');
  const choose = () => {
    const data = new FormData(form);
    const asked = new URLSearchParams({ period: data.get('period'), district_code: data.get('district_code') });
    template.href = '/data/template?' + asked;
  };
  const period = form.querySelector('[name=period]');
  period.addEventListener('change', () => { window.location = '/data?period=' + encodeURIComponent(period.value); });
  form.addEventListener('change', choose);
  choose();
  drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    file.files = event.dataTransfer.files;
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    bar.hidden = false;
    request.upload.addEventListener('progress', (sent) => {
      bar.value = sent.lengthComputable ? Math.round(sent.loaded / sent.total * 100) : 0;
      words.textContent = bar.value < 100
        ? words.dataset.wordsSending.replace('{percent}', bar.value) : words.dataset.wordsChecking;
    });
    request.upload.addEventListener('load', () => { bar.removeAttribute('value'); });
    request.addEventListener('load', () => {
      if (request.status === 200 && new URL(request.responseURL).pathname.startsWith('/data/')) {
        window.location = request.responseURL;
        return;
      }
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener('error', () => { bar.hidden = true; words.textContent = words.dataset.wordsFailed; });
    request.send(new FormData(form));
  });
})();
