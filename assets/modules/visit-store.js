/* What a visit keeps on the device: drafts by school, and records that wait to be sent. It is there again after the
   browser was closed, and of every account apart. */

/** @typedef {{key: string, blob: Blob, taken_at: string, place: string}} Photo */
/** @typedef {{answer: string, measured: string, words: string, photos: Photo[]}} Given what was answered to one check */
/** @typedef {{check_code: string, side: string, title: string, reported: string} & Given} Answer */
/** @typedef {{key: string, account: string, school: string, name: string, matter: string, visited_at: string,
 *   impression: string, answers: Answer[], code?: string, refusal?: string}} VisitRecord
 *   `code` is the visit's number once the server has the record, `refusal` why it did not take it */
/** @typedef {{key: string, account: string, impression: string, given: Record<string, Given>}} Draft by check */

const NAME = "oversight-visits";
const VERSION = 1;
export const DRAFTS = "drafts";
export const RECORDS = "records";

/** @returns {Promise<IDBDatabase>} */
const opened = () =>
  new Promise((resolve, reject) => {
    const asked = window.indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () =>
      [DRAFTS, RECORDS].forEach((store) => asked.result.createObjectStore(store, { keyPath: "key" }));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

/** Runs one request in a transaction that is whole on the device when this ends.
 * @template T @param {string} store @param {IDBTransactionMode} mode @param {(o: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>} */
const run = async (store, mode, ask) => {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const asked = ask(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};

/** @param {string} store @param {VisitRecord | Draft} row */
export const keep = (store, row) => run(store, "readwrite", (held) => held.put(row));

/** @param {string} store @param {string} key */
export const drop = (store, key) => run(store, "readwrite", (held) => held.delete(key));

/** @param {string} store @param {string} key @returns {Promise<any>} */
export const find = (store, key) => run(store, "readonly", (held) => held.get(key));

/** @param {string} store @returns {Promise<any[]>} */
export const all = (store) => run(store, "readonly", (held) => held.getAll());

/** A number that no other record has. */
export const newKey = () =>
  Array.from(window.crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
