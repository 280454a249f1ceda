/* What waits on the device, said and listed: the line on top, and the records below with their photographs. */

import { ofOthers, waiting } from "./visit-send.js";

/** @typedef {import("./visit-store.js").VisitRecord} VisitRecord */

/** @param {string} sentence @param {Record<string, any>} values */
const filled = (sentence, values) =>
  Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, String(value)), sentence);

/** A sentence above the page that stays until the next. @param {string} sentence @param {Record<string, any>} values
 * @param {boolean} isFailure */
export const say = (sentence, values, isFailure) => {
  const line = /** @type {HTMLElement} */ (document.querySelector(".visit-told"));
  line.textContent = filled(sentence, values);
  line.hidden = false;
  line.classList.toggle("told-fail", isFailure);
  line.scrollIntoView({ block: "nearest" });
};

/** @param {VisitRecord} record */
const photosIn = (record) => record.answers.reduce((sum, { photos }) => sum + photos.length, 0);

/** @param {string} account */
export const drawLine = async (account) => {
  const records = await waiting(account);
  const isOnline = navigator.onLine;
  document.querySelectorAll("[data-when]").forEach((words) => {
    const shown = /** @type {HTMLElement} */ (words);
    shown.hidden = (shown.dataset.when === "online") !== isOnline;
  });
  const count = /** @type {HTMLElement} */ (document.querySelector("[data-waiting]"));
  count.hidden = !records.length;
  const photos = records.reduce((sum, record) => sum + photosIn(record), 0);
  count.textContent = filled(count.dataset.waiting || "", { count: records.length, photos });
  const line = /** @type {HTMLElement} */ (document.querySelector(".visit-line"));
  line.classList.toggle("is-offline", !isOnline || records.length > 0);
};

/** @param {VisitRecord} record @param {DOMStringMap} words */
const row = (record, words) => {
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = record.name;
  const photos = document.createElement("span");
  photos.textContent = filled(words.wordsPhotos || "", { count: photosIn(record) });
  const at = document.createElement("time");
  at.dateTime = record.visited_at;
  at.textContent = new Date(record.visited_at).toLocaleString("zh-CN", { dateStyle: "short", timeStyle: "short" });
  item.append(name, photos, at);
  if (record.refusal) {
    const why = document.createElement("p");
    why.className = "told told-fail";
    why.textContent = record.refusal;
    item.append(why);
  }
  if (record.refusal && !record.code) {
    const mend = document.createElement("button");
    mend.type = "button";
    mend.className = "button";
    mend.textContent = words.wordsMend || "";
    mend.onclick = () => document.dispatchEvent(new CustomEvent("mend", { detail: record }));
    item.append(mend);
  }
  return item;
};

/** @param {string} account @param {HTMLElement} page */
export const drawQueue = async (account, page) => {
  const [records, others] = [await waiting(account), await ofOthers(account)];
  const queue = /** @type {HTMLElement} */ (document.querySelector(".visit-queue"));
  queue.hidden = !records.length && !others;
  const items = records.map((record) => row(record, page.dataset));
  if (others) {
    const item = document.createElement("li");
    item.textContent = filled(page.dataset.wordsOther || "", { count: others });
    items.push(item);
  }
  /** @type {HTMLElement} */ (queue.querySelector(".queue")).replaceChildren(...items);
};
