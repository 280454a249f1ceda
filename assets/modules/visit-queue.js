/* What waits on the device, said and listed: the line on top, and the records below with their photographs. */

import { ofOthers, waiting } from "./visit-send.js";
import { all, DRAFTS } from "./visit-store.js";

/** @typedef {import("./visit-store.js").VisitRecord} VisitRecord */
/** @typedef {import("./visit-store.js").Draft} Draft */

/** @param {string} sentence @param {Record<string, any>} values */
const filled = (sentence, values) =>
  Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, () => String(value)), sentence);

/** A sentence above the page that stays until the next. @param {string} sentence @param {Record<string, any>} values
 * @param {boolean} isFailure */
export const say = (sentence, values, isFailure) => {
  const line = /** @type {HTMLElement} */ (document.querySelector(".visit-told"));
  line.textContent = filled(sentence, values);
  line.hidden = false;
  line.classList.toggle("told-fail", isFailure);
};

/** @param {VisitRecord} record */
const photosIn = (record) => record.answers.reduce((sum, { photos }) => sum + photos.length, 0);

/** @param {string} account */
const draftsOf = async (account) =>
  /** @type {Draft[]} */ (await all(DRAFTS)).filter((draft) => draft.account === account);

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

/** Says in the list which schools have a draft. @param {string} account */
export const drawDrafts = async (account) => {
  const keys = new Set((await draftsOf(account)).map(({ key }) => key));
  document.querySelectorAll("[data-draft]").forEach((words) => {
    const shown = /** @type {HTMLElement} */ (words);
    shown.hidden = !keys.has(`${account} ${shown.dataset.draft}`);
  });
};

/** @param {VisitRecord} record @param {string} step @param {string} label */
const button = (record, step, label) => {
  const mend = document.createElement("button");
  mend.type = "button";
  mend.className = "button";
  mend.textContent = label;
  mend.onclick = () => document.dispatchEvent(new CustomEvent("mend", { detail: { record, step } }));
  return mend;
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
    const steps = record.code ? ["again", "leave"] : ["mend"];
    const labels = record.code ? [words.wordsAgain, words.wordsLeave] : [words.wordsMend];
    item.append(...steps.map((step, number) => button(record, step, labels[number] || "")));
  }
  return item;
};

/** @param {string} said */
const line = (said) => {
  const item = document.createElement("li");
  item.textContent = said;
  return item;
};

/** @param {string} account @param {HTMLElement} page @param {HTMLFormElement[]} forms */
export const drawQueue = async (account, { dataset: words }, forms) => {
  const [records, others, drafts] = [await waiting(account), await ofOthers(account), await draftsOf(account)];
  const listed = new Set(forms.map(({ dataset }) => `${account} ${dataset.visit}`));
  const unlisted = drafts.filter(({ key }) => !listed.has(key));
  const queue = /** @type {HTMLElement} */ (document.querySelector(".visit-queue"));
  queue.hidden = !records.length && !others && !unlisted.length;
  const items = [
    ...records.map((record) => row(record, words)),
    ...unlisted.map(({ name }) => line(filled(words.wordsUnlisted || "", { name }))),
    ...(others ? [line(filled(words.wordsOther || "", { count: others }))] : []),
  ];
  /** @type {HTMLElement} */ (queue.querySelector(".queue")).replaceChildren(...items);
};
