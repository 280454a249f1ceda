/* The queue of a device: records and their photographs, in the order in which they were made, each until the server
   says that it has it. What was sent twice counts once: the server knows it by its key. */

import { all, drop, keep, RECORDS } from "./visit-store.js";

/** @typedef {import("./visit-store.js").VisitRecord} VisitRecord */
/** @typedef {{account: string, address: string, token: string, onChange: () => void, onSent: (done: {record: VisitRecord,
 *   issues: string[]}) => void, onSignedOut: () => void}} Sending */

const REFUSED = 400;
const SIGNED_OUT = new Set([401, 403]);

/** @param {string} account @returns {Promise<VisitRecord[]>} */
export const waiting = async (account) =>
  (await all(RECORDS))
    .filter((record) => record.account === account)
    .sort((a, b) => a.visited_at.localeCompare(b.visited_at));

/** How many records of other accounts wait on this device. @param {string} account */
export const ofOthers = async (account) => (await all(RECORDS)).filter((record) => record.account !== account).length;

/** The name of who acts where nobody signs in. */
const actor = () => {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=actor]"));
  return field ? field.value : "";
};

/** @param {Sending} sending @param {string} address @param {BodyInit} body @param {Record<string, string>} headers */
const post = async ({ token }, address, body, headers = {}) => {
  const sent = { "X-CSRFToken": token, "X-Oversight": "1", Accept: "application/json", ...headers };
  return fetch(address, { method: "POST", body, headers: sent, redirect: "manual" });
};

/** Sends a record; true where the server has it. @param {Sending} sending @param {VisitRecord} record */
const sendRecord = async (sending, record) => {
  const answers = record.answers.map(({ photos, ...answer }) => ({ ...answer, photos: photos.length }));
  const { key, school, matter, visited_at, impression } = record;
  const said = JSON.stringify({ key, school, matter, visited_at, impression, answers, actor: actor() });
  const answer = await post(sending, sending.address, said, { "Content-Type": "application/json" });
  if (answer.status === REFUSED) {
    await keep(RECORDS, { ...record, refusal: (await answer.json()).error });
    return false;
  }
  if (SIGNED_OUT.has(answer.status) || answer.type === "opaqueredirect") {
    sending.onSignedOut();
    return false;
  }
  if (!answer.ok) {
    return false;
  }
  const { visit, issues } = await answer.json();
  await keep(RECORDS, { ...record, code: visit, refusal: "" });
  sending.onSent({ record, issues });
  return true;
};

/** Sends what photographs are left; true where none is. @param {Sending} sending @param {VisitRecord} record */
const sendPhotos = async (sending, record) => {
  const left = record.answers.flatMap(({ photos }, position) => photos.map((photo) => ({ photo, position })));
  for (const { photo, position } of left) {
    const said = new FormData();
    const { key, taken_at, place } = photo;
    const named = { key, visit: record.code || "", position, taken_at, place, actor: actor() };
    Object.entries(named).forEach(([name, value]) => said.append(name, String(value)));
    said.append("file", photo.blob, "photo.jpg");
    const answer = await post(sending, "/visits/photo", said);
    if (answer.status === REFUSED) {
      await keep(RECORDS, { ...record, refusal: (await answer.json()).error });
    }
    if (!answer.ok) {
      return false;
    }
    record.answers[position].photos = record.answers[position].photos.filter((other) => other.key !== photo.key);
    await keep(RECORDS, record);
    sending.onChange();
  }
  return true;
};

/** @param {Sending} sending */
const sendAll = async (sending) => {
  for (const record of await waiting(sending.account)) {
    if (!record.code && (record.refusal || !(await sendRecord(sending, record)))) {
      continue;
    }
    const known = (await waiting(sending.account)).find(({ key }) => key === record.key);
    if (known && (await sendPhotos(sending, known))) {
      await drop(RECORDS, record.key);
    }
    sending.onChange();
  }
};

/** @type {Promise<void> | null} */
let isUnderWay = null;

/** Sends what waits, once at a time, also where the page is open twice; without a connection nothing happens.
 * @param {Sending} sending */
export const flush = (sending) => {
  if (!isUnderWay) {
    const once = () => sendAll(sending);
    isUnderWay = (navigator.locks ? navigator.locks.request("oversight-visits", once) : once())
      .catch(() => {})
      .then(() => {
        isUnderWay = null;
        sending.onChange();
      });
  }
  return isUnderWay;
};
