/* Loads the scripts after the first paint, in order, and starts Dash when all are there. */

const deferred = Array.from(document.querySelectorAll("script[type='text/deferred']"));

/** @param {string} address @returns {Promise<Event>} */
const load = (address) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false;
    script.onload = resolve;
    script.onerror = reject;
    document.body.appendChild(script);
  });

let isStarted = false;
const start = async () => {
  if (isStarted) {
    return;
  }
  isStarted = true;
  const modules = import(/** @type {any} */ ("./page.js")); /* main.js with all that it imports, joined by the server */
  const scripts = deferred.map((tag) => load(tag.getAttribute("src") || ""));
  const [main] = await Promise.all([modules, ...scripts]);
  main.start();
};

window.requestAnimationFrame(() => window.setTimeout(start, 0));
window.setTimeout(start, 1000); /* a tab in the background is given no frame */
