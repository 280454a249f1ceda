/* The queue of a device: records and their photographs, in the order in which they were made, each until the server
   says that it has it. What was sent twice counts once: the server knows it by its key. */

import { all, drop, keep, RECORDS } from "./visit-store.js";

/** @typedef {import("./visit-store.js").VisitRecord} VisitRecord */
/** @typedef {{account: string, address: string, token: string, refused: string, onChange: () => void,
 *   onSent: (done: {record: VisitRecord, issues: string[]}) => void, onSignedOut: () => void}} Sending
 *   `refused` is said of a refusal that has no words of its own */

const [FORBIDDEN, TOO_OFTEN, REFUSED, DOWN] = [403, 429, 400, 500];
const SIGNED_OUT = 401;
const LONGEST = 180_000;

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

/** What the server says, why it refuses, or that it has to be asked later; ends the round where nothing more would
 * go through. @param {Sending} sending @param {string} address @param {BodyInit} body
 * @param {Record<string, string>} headers @returns {Promise<{said?: any, refusal?: string, cause?: string}>} */
const post = async ({ token, refused, onSignedOut }, address, body, headers = {}) => {
  const sent = { "X-CSRFToken": token, "X-Oversight": "1", Accept: "application/json", ...headers };
  const signal = AbortSignal.timeout(LONGEST);
  const answer = await fetch(address, { method: "POST", body, headers: sent, redirect: "manual", signal });
  const said = await answer.json().catch(() => ({}));
  const isOwn = Boolean(said.cause);
  if (answer.type === "opaqueredirect" || answer.status === SIGNED_OUT || (answer.status === FORBIDDEN && !isOwn)) {
    onSignedOut();
    throw new Error("signed out");
  }
  if (answer.status === TOO_OFTEN) {
    throw new Error("too often");
  }
  if (answer.status >= REFUSED && answer.status < DOWN) {
    return { refusal: said.error || refused, cause: said.cause };
  }
  return answer.ok ? { said } : {};
};

/** Sends a record; the record as the server has it, null where it has not. @param {Sending} sending
 * @param {VisitRecord} record @returns {Promise<VisitRecord | null>} */
const sendRecord = async (sending, record) => {
  const answers = record.answers.map(({ photos, ...answer }) => ({ ...answer, photos: photos.length }));
  const { key, school, matter, visited_at, impression } = record;
  const sent = { key, school, matter, visited_at, impression, answers };
  const whole = JSON.stringify({ ...sent, sent_at: new Date().toISOString(), actor: actor() });
  const { said, refusal, cause } = await post(sending, sending.address, whole, { "Content-Type": "application/json" });
  if (refusal) {
    await keep(RECORDS, { ...record, refusal, cause });
  }
  if (!said) {
    return null;
  }
  const taken = { ...record, code: said.visit, refusal: "" };
  await keep(RECORDS, taken);
  sending.onSent({ record, issues: said.issues });
  return taken;
};

/** Sends what photographs are left, those that were refused excepted. @param {Sending} sending
 * @param {VisitRecord} record */
const sendPhotos = async (sending, record) => {
  const left = record.answers.flatMap(({ photos }, position) => photos.map((photo) => ({ photo, position })));
  for (const { photo, position } of left.filter((one) => !one.photo.refusal)) {
    const whole = new FormData();
    const { key, taken_at, place } = photo;
    const named = { key, visit: record.code || "", position, taken_at, place, actor: actor() };
    Object.entries(named).forEach(([name, value]) => whole.append(name, String(value)));
    whole.append("file", photo.blob, "photo.jpg");
    const { said, refusal } = await post(sending, "/visits/photo", whole);
    if (refusal) {
      photo.refusal = refusal;
      record.refusal = refusal;
    }
    if (said) {
      const answer = record.answers[position];
      answer.photos = answer.photos.filter((other) => other.key !== photo.key);
    }
    await keep(RECORDS, record);
    sending.onChange();
  }
  if (record.answers.every(({ photos }) => !photos.length)) {
    await drop(RECORDS, record.key);
  }
};

/** One round: each record that waits, also those that come meanwhile. @param {Sending} sending */
const sendAll = async (sending) => {
  const tried = new Set();
  const next = async () => (await waiting(sending.account)).find(({ key }) => !tried.has(key));
  for (let record = await next(); record; record = await next()) {
    tried.add(record.key);
    const isRefused = !record.code && record.refusal;
    const taken = record.code || isRefused ? record : await sendRecord(sending, record);
    if (taken && taken.code) {
      await sendPhotos(sending, taken);
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
