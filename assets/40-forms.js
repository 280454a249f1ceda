/* Sends the forms: fields go to the server as one request; a file goes by its own upload.
   What was refused, or did not arrive, is said in words. */
(function () {
  "use strict";
  const words = window.oversightWords;
  const ask = (request) => window.dash_clientside.set_props("store-request", {data: Object.assign(request, {at: Date.now()})});
  const say = (sentence) => window.dash_clientside.set_props("said",
    {tree: JSON.stringify([["p", {className: "said said-fail", role: "status", key: String(Date.now())}, [sentence]]])});
  const token = () => (document.cookie.match(/(?:^|; )_csrf_token=([^;]*)/) || ["", ""])[1];
  const upload = (form) => {
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    const headers = {"X-Oversight": "1", "X-CSRFToken": token(), Accept: "application/json"};
    window.fetch("/evidence", {method: "POST", body: new FormData(form), headers})
      .then(async (response) => {
        if (!response.ok) { say((await window.oversightFailure(response)).words); return; }
        ask(Object.assign(Object.fromEntries(new FormData(form)), {kind: "uploaded", what: (await response.json()).saved, file: ""}));
        form.reset();
      })
      .catch(() => say(words.offline))
      .finally(() => { button.disabled = false; });
  };
  /* The name stands in every form from now on, here and in pages to come. */
  const remember = (form) => form.querySelectorAll("input[data-remembered]").forEach((field) => {
    document.querySelectorAll(`input[data-remembered][name="${field.name}"]`).forEach((other) => {
      other.defaultValue = field.value;
      if (!other.value) { other.value = field.value; }
    });
    try { window.localStorage.setItem("oversight-" + field.name, field.value); } catch { return; }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) { return; }
    event.preventDefault();
    remember(form);
    if (form.dataset.send === "evidence") { upload(form); return; }
    ask(Object.assign(Object.fromEntries(new FormData(form)), {kind: form.dataset.send}));
  });
  document.addEventListener("oversight-update", (event) => {
    if (event.detail.failed && event.detail.wrote) { say(words.refused.replace("{reason}", event.detail.words)); }
  });
})();
