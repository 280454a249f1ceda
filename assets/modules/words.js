/* Sentences that scripts say, sent with the page: no script has words of its own. */

/** @typedef {import("./types").Words} Words */

/** @type {Words | null} */
let words = null;

/** A sentence by its name, with what it mentions. @param {string} name @param {Record<string, string>} [mentioned] */
export const sentence = (name, mentioned = {}) => {
  words = words || JSON.parse((document.getElementById("page-words") || { textContent: "{}" }).textContent || "{}");
  return fill((words || {})[name] || "", mentioned);
};

/** @param {string} template @param {Record<string, string>} mentioned */
export const fill = (template, mentioned) =>
  Object.entries(mentioned).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), template);
