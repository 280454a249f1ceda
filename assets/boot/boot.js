/* Loads the scripts after the first paint, in order, and starts Dash when all are there. */
(function () {
  "use strict";
  const scripts = Array.from(document.querySelectorAll("script[type='text/deferred']"), (tag) => tag.getAttribute("src"));
  /* Scripts that only some pages need, fetched when the first such page is opened. */
  const needs = JSON.parse(document.getElementById("page-scripts").textContent);
  const loaded = new Map(scripts.map((address) => [address, Promise.resolve()]));
  const load = (address) => {
    if (!loaded.has(address)) {
      loaded.set(address, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.async = false;
        script.onload = resolve;
        script.onerror = reject;
        document.body.appendChild(script);
      }));
    }
    return loaded.get(address);
  };
  window.oversightScripts = (path) => Promise.all((needs["/" + path.split("/")[1]] || []).map(load));
  window.oversightFigures = () => Promise.all(needs.figure.map(load));
  let started = false;
  const start = () => {
    if (started) { return; }
    started = true;
    scripts.forEach((address, index) => {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      if (index === scripts.length - 1) {
        script.onload = () => { window.renderer = new window.DashRenderer(); };
      }
      document.body.appendChild(script);
    });
  };
  window.requestAnimationFrame(() => window.setTimeout(start, 0));
  window.setTimeout(start, 1000); /* a tab in the background is given no frame */
})();
