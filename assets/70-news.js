/* A page that is open learns of a new publication: a quiet bar, and the new figures when it is pressed.
   Nothing is asked while nobody looks; a pinned page and a projected meeting never change. */
(function () {
  "use strict";
  const EVERY_MS = 30000;
  const bar = document.createElement("button");
  bar.id = "news";
  bar.type = "button";
  bar.className = "button news";
  bar.hidden = true;
  bar.setAttribute("aria-live", "polite");
  document.body.appendChild(bar);
  let told = null; /* what the server said last */
  let isAsking = false;
  const shown = () => window.oversightShown;
  const isFixed = () => {
    const asked = new URL(window.location.href).searchParams;
    return !shown() || shown().page === "projected" || asked.has("snapshot") || asked.get("mode") === "meeting";
  };
  const draw = () => {
    bar.hidden = isFixed() || !told || !told.snapshot || told.snapshot === shown().snapshot;
    if (!bar.hidden) { bar.textContent = told.words; }
  };
  const look = async () => {
    if (document.hidden || isAsking || isFixed()) { return; }
    isAsking = true;
    try {
      const response = await window.fetch("/publication", {headers: {Accept: "application/json"}});
      if (response.ok) { told = await response.json(); }
      if (response.status === 401) { window.clearInterval(timer); } /* said when the reader asks for something */
    } catch (error) {
      return; /* no network: looked at again later */
    } finally {
      isAsking = false;
    }
    draw();
  };
  const timer = window.setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("oversight-shown", draw);
  window.addEventListener("popstate", draw);
  bar.addEventListener("click", () => {
    bar.disabled = true;
    window.oversight_markup.renew().catch(() => window.location.reload()).finally(() => { bar.disabled = false; });
  });
})();
