/* What the page asks of the server. An update that fails leaves the old picture and says why, in the
   server's words or our own; one that takes long greys it. A link is asked for when it is pressed, before
   it is let go: what Dash asks next is then under way. */
(function () {
  "use strict";
  const words = JSON.parse(document.getElementById("page-words").textContent);
  const send = window.fetch;
  let asked = null; /* the last question for a page, as Dash put it */
  let ahead = null;
  const PRESSED_MS = 3000;
  const outputs = (options, name) => typeof (options && options.body) === "string" && options.body.includes(`"output":"..${name}.`);
  const question = (body) => JSON.stringify([body.inputs.map((input) => input.value), body.state.map((state) => state.value)]);
  const ask = (target) => {
    if (!asked) { return null; }
    const body = JSON.parse(asked.options.body);
    body.inputs[0].value = target.pathname;
    body.inputs[1].value = target.search;
    body.state[0].value = window.oversightShown;
    body.changedPropIds = ["url.search"];
    const key = question(body);
    if (!ahead || ahead.key !== key || Date.now() - ahead.at > PRESSED_MS) {
      ahead = {key, at: Date.now(), answer: send(asked.address, Object.assign({}, asked.options, {body: JSON.stringify(body)}))};
      ahead.answer.catch(() => {}); /* whoever takes it over sees the failure */
    }
    return ahead.answer;
  };
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest && event.target.closest("#page-root a[data-nav]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    const target = new URL(link.getAttribute("href"), window.location.href);
    if (target.pathname !== window.location.pathname || target.search !== window.location.search) { ask(target); }
  });
  /* What an answer that is none says, and where it leads: {words, link}. */
  const failure = async (response) => {
    const said = await response.clone().json().catch(() => ({}));
    return {words: said.error || words.failed, link: said.link || null};
  };
  const show = (said) => {
    const bar = document.querySelector("#page-root #update-error, #first-paint #update-error");
    if (!bar) { return; }
    bar.hidden = !said;
    if (!said) { return; }
    bar.querySelector("span").textContent = said.words;
    const way = bar.querySelector("a[href^='/login'], a[href^='/password']");
    way.hidden = !said.link;
    if (said.link) {
      const here = window.location.pathname + window.location.search;
      way.textContent = said.link.label;
      way.href = said.link.href + (said.link.href === "/login" ? "?" + new URLSearchParams({next: here}) : "");
    }
  };
  const watched = (answer, wrote) => {
    const slow = window.setTimeout(() => document.body.classList.add("slow"), 300);
    const finish = (said) => {
      window.clearTimeout(slow);
      document.body.classList.remove("slow");
      show(said);
      const detail = {failed: Boolean(said), words: said ? said.words : "", wrote: Boolean(wrote)};
      document.dispatchEvent(new CustomEvent("oversight-update", {detail}));
    };
    return answer.then(
      async (response) => {
        finish(response.status >= 400 ? await failure(response) : null);
        response.text = () => window.Response.prototype.text.call(response.clone()); /* Dash reads a refusal twice */
        return response;
      },
      (error) => { finish({words: words.offline, link: null}); throw error; });
  };
  /* What the server sends for an address of the page on screen: {response, sideUpdate}. */
  const updates = async (target) => {
    const answer = ask(target);
    if (!answer) { throw new Error("nothing asked yet"); }
    return (await watched(answer)).clone().json();
  };
  /* The trees of such an address; fails where something else than trees would change. */
  window.oversightTrees = async (target) => {
    const sent = (await updates(target)).sideUpdate || {};
    const ids = Object.keys(sent);
    if (ids.length !== 1 || !sent[ids[0]].trees) { throw new Error("more than trees"); }
    return sent[ids[0]].trees;
  };
  window.fetch = (address, options) => {
    if (!String(address && address.url || address).includes("_dash-update-component")) { return send(address, options); }
    let answer = null;
    if (outputs(options, "page-root.children")) {
      const body = JSON.parse(options.body);
      asked = {address, options};
      answer = ahead && ahead.key === question(body) && Date.now() - ahead.at < PRESSED_MS ? ahead.answer : null;
      ahead = null;
    }
    return watched(answer || send(address, options), outputs(options, "said.tree"));
  };
  Object.assign(window, {oversightWords: words, oversightFailure: failure, oversightUpdates: updates});
})();
