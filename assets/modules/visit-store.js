/* What a visit keeps on the device: drafts by school, and records that wait to be sent. It is there again after the
   browser was closed, and of every account apart. */

/** @typedef {{key: string, blob: Blob, taken_at: string, place: string, refusal?: string}} Photo */
/** @typedef {{answer: string, measured: string, words: string, photos: Photo[]}} Given what was answered to one check */
/** @typedef {{check_code: string, side: string, title: string, reported: string} & Given} Answer */
/** @typedef {{key: string, account: string, school: string, name: string, matter: string, visited_at: string,
 *   impression: string, answers: Answer[], code?: string, refusal?: string, cause?: string}} VisitRecord
 *   `code` is the visit's number once the server has the record, `refusal` and `cause` why it did not take it */
/** @typedef {{key: string, account: string, name: string, stamp: string, impression: string,
 *   given: Record<string, Given>}} Draft `given` by check; `stamp` tells one state of it from another */

const NAME = "oversight-visits";
const VERSION = 1;
export const DRAFTS = "drafts";
export const RECORDS = "records";

/** @type {Promise<IDBDatabase> | null} */
let database = null;

const forget = () => {
  database = null;
};

/** The database, opened once: what is kept when a page is closed has no time to open it. */
const opened = () => {
  database ??= new Promise((resolve, reject) => {
    const asked = window.indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () =>
      [DRAFTS, RECORDS].forEach((store) => asked.result.createObjectStore(store, { keyPath: "key" }));
    asked.onsuccess = () => {
      asked.result.onclose = forget;
      asked.result.onversionchange = () => {
        asked.result.close();
        forget();
      };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  database.catch(forget);
  return database;
};

/** Runs requests in one transaction that is whole on the device when this ends; the answer to the last.
 * @template T @param {string[]} stores @param {IDBTransactionMode} mode
 * @param {(transaction: IDBTransaction) => IDBRequest<T>} ask @returns {Promise<T>} */
const run = async (stores, mode, ask) => {
  const transaction = (await opened()).transaction(stores, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    const asked = ask(transaction);
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
    transaction.commit();
  });
};

/** @param {string} store @param {VisitRecord | Draft} row */
export const keep = (store, row) => run([store], "readwrite", (held) => held.objectStore(store).put(row));

/** Keeps a row of one store instead of one of the other: both or neither, so that nothing is there twice.
 * @param {string} store @param {VisitRecord | Draft} row @param {string} other @param {string} key */
export const keepInstead = (store, row, other, key) =>
  run([store, other], "readwrite", (held) => {
    held.objectStore(store).put(row);
    return held.objectStore(other).delete(key);
  });

/** @param {string} store @param {string} key */
export const drop = (store, key) => run([store], "readwrite", (held) => held.objectStore(store).delete(key));

/** @param {string} store @param {string} key @returns {Promise<any>} */
export const find = (store, key) => run([store], "readonly", (held) => held.objectStore(store).get(key));

/** @param {string} store @returns {Promise<any[]>} */
export const all = (store) => run([store], "readonly", (held) => held.objectStore(store).getAll());

/** A number that no other record has. */
export const newKey = () =>
  Array.from(window.crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
