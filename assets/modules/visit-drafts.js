/* Drafts of visits: kept at every touch, a moment after the last one; what a server refused becomes one again. */

import { draftOf } from "./visit-form.js";
import { drop, DRAFTS, keep, RECORDS } from "./visit-store.js";

const LATER = 400;

/** @param {HTMLFormElement} form @param {string} account @param {() => void} onFull */
export const keepDraft = async (form, account, onFull) => {
  try {
    await keep(DRAFTS, draftOf(form, account));
    return true;
  } catch {
    onFull();
    return false;
  }
};

/** @type {Map<HTMLFormElement, number>} */
const timers = new Map();

/** @param {HTMLFormElement} form */
export const keepNoMore = (form) => window.clearTimeout(timers.get(form));

/** @param {HTMLFormElement} form @param {string} account @param {() => void} onFull */
export const keepSoon = (form, account, onFull) => {
  keepNoMore(form);
  timers.set(
    form,
    window.setTimeout(() => keepDraft(form, account, onFull), LATER),
  );
};

/** The draft that a refused record becomes. @param {import("./visit-store.js").VisitRecord} record */
export const draftAgain = async (record) => {
  const given = Object.fromEntries(record.answers.map((answer) => [answer.check_code, answer]));
  const key = `${record.account} ${record.school}`;
  const draft = { key, account: record.account, impression: record.impression, given };
  await keep(DRAFTS, draft);
  await drop(RECORDS, record.key);
  return draft;
};
