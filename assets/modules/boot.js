/* Loads the scripts after the first paint, in order, and starts Dash when all are there. What does not come is asked for
 * again; at last the reader is told: without it the page can be read and not used. */

const deferred = Array.from(document.querySelectorAll("script[type='text/deferred']"));
const PAUSES = [1000, 4000];
const PATIENCE = 20000;

/** Asks until it comes, three times at most. @template T @param {(attempt: number) => Promise<T>} ask
 * @param {number} [attempt] @returns {Promise<T>} */
const persist = async (ask, attempt = 0) => {
  const pause = PAUSES[attempt];
  if (pause === undefined) {
    return ask(attempt);
  }
  return ask(attempt).catch(async () => {
    await new Promise((resolve) => window.setTimeout(resolve, pause));
    return persist(ask, attempt + 1);
  });
};

/** @param {string} address @returns {Promise<Event>} */
const load = (address) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = (problem) => {
      script.remove();
      reject(problem);
    };
    script.async = false;
    document.body.appendChild(script);
  });

/** main.js with all that it imports, joined by the server; browsers keep a module that failed, under its address.
 * @param {number} attempt */
const loadModules = (attempt) => import(/** @type {any} */ ("./page.js" + (attempt ? `?attempt=${attempt}` : "")));

/** All at once; each that did not come again, one after another, since each needs those before it. */
const loadScripts = async () => {
  const addresses = deferred.map((tag) => tag.getAttribute("src") || "");
  const answers = await Promise.allSettled(addresses.map(load));
  const missing = answers.findIndex((answer) => answer.status === "rejected");
  if (missing < 0) {
    return;
  }
  for (const address of addresses.slice(missing)) {
    await persist(() => load(address));
  }
};

/** Says above the first paint that nothing can be reached; its button asks for the page anew. */
const sayLost = () => {
  const bar = document.querySelector("#first-paint #update-error");
  const words = document.getElementById("page-words");
  if (bar instanceof HTMLElement && words) {
    bar.querySelectorAll("span").forEach((told) => (told.textContent = JSON.parse(words.textContent || "{}").offline));
    bar.hidden = false;
    bar
      .querySelectorAll("button")
      .forEach((button) => button.addEventListener("click", () => window.location.reload()));
  }
};

let isStarted = false;
const start = async () => {
  if (isStarted) {
    return;
  }
  isStarted = true;
  window.setTimeout(() => {
    if (!document.body.classList.contains("live")) {
      sayLost();
    }
  }, PATIENCE);
  try {
    const [main] = await Promise.all([persist(loadModules), loadScripts()]);
    main.start();
  } catch (problem) {
    sayLost();
    throw problem;
  }
};

window.requestAnimationFrame(() => window.setTimeout(start, 0));
window.setTimeout(start, 1000); /* a tab in the background is given no frame */
