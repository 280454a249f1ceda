/* Scripts that only some pages need, fetched when the first such page is opened. */

/** @type {Map<string, Promise<unknown>>} */
const loaded = new Map();

/** @returns {Record<string, string[]>} */
const needs = () => JSON.parse((document.getElementById("page-scripts") || { textContent: "{}" }).textContent || "{}");

/** Once is enough, unless it failed. @param {string} address @returns {Promise<unknown>} */
const load = (address) => {
  const before = loaded.get(address);
  if (before || document.querySelector(`script[src="${CSS.escape(address)}"]`)) {
    return before || Promise.resolve();
  }
  const answer = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false;
    script.onload = resolve;
    script.onerror = (problem) => {
      loaded.delete(address);
      script.remove();
      reject(problem);
    };
    document.body.appendChild(script);
  });
  loaded.set(address, answer);
  return answer;
};

/** What the page of a path needs. @param {string} path @returns {Promise<unknown>} */
export const loadForPath = (path) => Promise.all((needs()["/" + path.split("/")[1]] || []).map(load));

/** What draws figures. @returns {Promise<unknown>} */
export const loadFigures = () => Promise.all(needs().figure.map(load));

/** What draws the chrome. @returns {Promise<unknown>} */
export const loadChrome = () => Promise.all(needs().chrome.map(load));
