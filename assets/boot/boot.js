/* Loads the scripts after the first paint, in order, and starts Dash when all are there. */
(function () {
  "use strict";
  const scripts = Array.from(document.querySelectorAll("script[type='text/deferred']"), (tag) => tag.getAttribute("src"));
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
