/* Drafts of visits: kept at every touch, a moment after the last one, and the same in every tab of the device. */

import { draftOf, isEmpty, isUntouched, putBack } from "./visit-form.js";
import { drop, DRAFTS, find, keep, keepInstead, newKey, RECORDS } from "./visit-store.js";

/** @typedef {import("./visit-store.js").VisitRecord} VisitRecord */
/** @typedef {{account: string, label: string, onFull: () => void, onKept: () => void}} Keeping
 *   `label` is of the button that takes a photograph away */

const LATER = 400;
const news = window.BroadcastChannel ? new BroadcastChannel("oversight-visits") : null;

/** @type {Map<HTMLFormElement, number>} */
const timers = new Map();
/** Which state of its draft a form shows. @type {Map<HTMLFormElement, string>} */
const shown = new Map();
/** What is on screen alone. @type {Set<HTMLFormElement>} */
const unkept = new Set();

const tell = () => news && news.postMessage("");

/** @param {HTMLFormElement} form */
const forgetTimer = (form) => {
  window.clearTimeout(timers.get(form));
  timers.delete(form);
};

/** @param {HTMLFormElement} form @param {string} account */
const keyOf = (form, account) => `${account} ${form.dataset.visit}`;

/** @param {HTMLFormElement} form @param {Keeping} keeping */
export const keepDraft = async (form, { account, onFull, onKept }) => {
  forgetTimer(form);
  const draft = draftOf(form, keyOf(form, account), account, newKey());
  const isNothing = isEmpty(form);
  try {
    await (isNothing ? drop(DRAFTS, draft.key) : keep(DRAFTS, draft));
  } catch {
    onFull();
    return false;
  }
  shown.set(form, isNothing ? "" : draft.stamp);
  if (!timers.has(form)) {
    unkept.delete(form);
  }
  tell();
  onKept();
  return true;
};

/** @param {HTMLFormElement} form @param {Keeping} keeping */
export const keepSoon = (form, keeping) => {
  forgetTimer(form);
  unkept.add(form);
  timers.set(
    form,
    window.setTimeout(() => keepDraft(form, keeping), LATER),
  );
};

/** Keeps at once what is on screen alone: the page may be closed. @param {Keeping} keeping */
export const keepNow = (keeping) => [...unkept].forEach((form) => keepDraft(form, keeping));

/** Shows each form as the device has it, whichever tab changed it; what is on screen alone stays.
 * @param {HTMLFormElement[]} forms @param {Keeping} keeping */
export const showKept = async (forms, { account, label }) => {
  for (const form of forms) {
    const draft = await find(DRAFTS, keyOf(form, account));
    const stamp = draft ? draft.stamp || draft.key : "";
    if (!unkept.has(form) && shown.get(form) !== stamp) {
      putBack(form, draft, label);
      shown.set(form, stamp);
    }
  }
};

/** @param {() => void} onNews */
export const hearOthers = (onNews) => {
  if (news) {
    news.onmessage = onNews;
  }
};

/** Keeps a record instead of the draft it was, and empties the form. @param {HTMLFormElement} form
 * @param {VisitRecord} record @param {Keeping} keeping */
export const recordInstead = async (form, record, { account, label }) => {
  forgetTimer(form);
  await keepInstead(RECORDS, record, DRAFTS, keyOf(form, account));
  unkept.delete(form);
  shown.set(form, "");
  putBack(form, undefined, label);
  tell();
};

/** The record that was refused as the draft of its form; false where the form has something else.
 * @param {HTMLFormElement} form @param {VisitRecord} record @param {Keeping} keeping */
export const draftInstead = async (form, record, keeping) => {
  if (!isUntouched(form) || !isEmpty(form)) {
    return false;
  }
  const { account, name, impression } = record;
  const given = Object.fromEntries(record.answers.map((answer) => [answer.check_code, answer]));
  const draft = { key: keyOf(form, account), account, name, stamp: newKey(), impression, given };
  await keepInstead(DRAFTS, draft, RECORDS, record.key);
  await showKept([form], keeping);
  tell();
  return true;
};
