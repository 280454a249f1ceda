/* Sends the forms: fields go to the server as one request; a file goes by its own upload. */
(function () {
  "use strict";
  const ask = (request) => window.dash_clientside.set_props("store-request", {data: Object.assign(request, {at: Date.now()})});
  const say = (words) => window.dash_clientside.set_props("said",
    {tree: JSON.stringify([["p", {className: "said said-fail", role: "status", key: String(Date.now())}, [words]]])});
  const upload = (form) => {
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    window.fetch("/evidence", {method: "POST", body: new FormData(form), headers: {"X-Oversight": "1"}})
      .then((response) => response.json())
      .then((answer) => {
        if (answer.error) { say(answer.error); return; }
        ask({kind: "uploaded", what: answer.saved, actor: form.querySelector("[name=actor]").value});
        form.reset();
      }, () => say(form.dataset.failed || "×"))
      .finally(() => { button.disabled = false; });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) { return; }
    event.preventDefault();
    if (form.dataset.send === "evidence") { upload(form); return; }
    ask(Object.assign(Object.fromEntries(new FormData(form)), {kind: form.dataset.send}));
  });
})();
