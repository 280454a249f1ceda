/* 到校记录: one school at a time, kept on the device at every touch, sent when there is a connection. */

import { checksOf, countSeen, draftOf, emptyFinding, isUntouched, photosOf, putBack } from "./visit-form.js";
import { recordOf, setPhotos, showFinding } from "./visit-form.js";
import { taken } from "./visit-photo.js";
import { draftAgain, keepDraft, keepNoMore, keepSoon } from "./visit-drafts.js";
import { drawLine, drawQueue, say } from "./visit-queue.js";
import { flush } from "./visit-send.js";
import { drop, DRAFTS, find, keep, newKey, RECORDS } from "./visit-store.js";

const EVERY = 30_000;
const CACHE = "oversight-visits";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-visits]"));
const { visits: account = "", token = "", send: address = "" } = page.dataset;
const words = page.dataset;
/** @type {HTMLFormElement[]} */
const forms = Array.from(document.querySelectorAll("form[data-visit]"));

const redraw = () => {
  drawLine(account);
  drawQueue(account, page);
};

const sending = {
  account,
  address,
  token,
  onChange: redraw,
  onSent: (/** @type {any} */ { record, issues }) =>
    say(
      (issues.length ? words.wordsSentIssues : words.wordsSent) || "",
      { name: record.name, count: issues.length, codes: issues.join("、") },
      false,
    ),
  onSignedOut: () => say(words.wordsSignedOut || "", {}, true),
};

const onFull = () => say(words.wordsFull || "", {}, true);

/** The school that the address names, or the list. */
const show = () => {
  const chosen = decodeURIComponent(window.location.hash.slice(1));
  const form = forms.find(({ dataset }) => dataset.visit === chosen);
  forms.forEach((other) => {
    other.hidden = other !== form;
  });
  /** @type {HTMLElement} */ (document.querySelector(".visit-list")).hidden = Boolean(form);
  window.scrollTo(0, 0);
};

/** @param {any} event */
const onChange = async ({ target }) => {
  const check = target.closest("[data-check]");
  if (check && target.type === "file") {
    const photos = await Promise.all(Array.from(target.files, taken));
    target.value = "";
    setPhotos(check, [...photosOf(check), ...photos]);
  }
  if (check) {
    showFinding(check, words.wordsRemove || "");
  }
  countSeen(target.form);
  keepSoon(target.form, account, onFull);
};

/** @param {any} event */
const onClick = async ({ target }) => {
  const form = target.closest("form[data-visit]");
  const taking = target.closest("[data-removes]");
  if (form && taking) {
    const check = taking.closest("[data-check]");
    setPhotos(
      check,
      photosOf(check).filter(({ key }) => key !== taking.dataset.removes),
    );
    showFinding(check, words.wordsRemove || "");
    keepSoon(form, account, onFull);
  }
  if (form && target.closest("[data-keep]") && (await keepDraft(form, account, onFull))) {
    say(words.wordsDraft || "", { name: form.dataset.name }, false);
  }
};

/** @param {any} event */
const onSubmit = async (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.isKept) {
    return;
  }
  const empty = emptyFinding(form);
  if (empty || isUntouched(form)) {
    say((empty ? words.wordsFinding : words.wordsUnanswered) || "", { title: empty && empty.dataset.title }, true);
    (empty || checksOf(form)[0]).scrollIntoView({ block: "center" });
    return;
  }
  keepNoMore(form);
  form.dataset.isKept = "1";
  try {
    await keep(RECORDS, recordOf(form, account, newKey()));
  } catch {
    onFull();
    return;
  } finally {
    delete form.dataset.isKept;
  }
  await drop(DRAFTS, draftOf(form, account).key);
  putBack(form, undefined, "");
  window.location.hash = "";
  redraw();
  await flush(sending);
};

/** A record that was refused becomes a draft again. @param {any} event */
const onMend = async ({ detail: record }) => {
  const form = forms.find(({ dataset }) => dataset.visit === record.school);
  if (form) {
    putBack(form, await draftAgain(record), words.wordsRemove || "");
    window.location.hash = record.school;
    redraw();
  }
};

const begin = async () => {
  for (const form of forms) {
    putBack(form, await find(DRAFTS, `${account} ${form.dataset.visit}`), words.wordsRemove || "");
    form.addEventListener("input", onChange);
    form.addEventListener("submit", onSubmit);
  }
  document.addEventListener("click", onClick);
  document.addEventListener("mend", onMend);
  document.addEventListener("submit", ({ target }) => {
    const isLeaving = new URL(/** @type {HTMLFormElement} */ (target).action).pathname === "/logout";
    if (isLeaving && window.caches) {
      window.caches.delete(CACHE);
    }
  });
  window.addEventListener("hashchange", show);
  ["online", "offline"].forEach((news) => window.addEventListener(news, redraw));
  window.addEventListener("online", () => flush(sending));
  window.setInterval(() => flush(sending), EVERY);
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(words.worker || "", { scope: "/visits/" }).catch(() => {});
  }
  if (navigator.storage && navigator.storage.persist) {
    navigator.storage.persist().catch(() => {});
  }
  show();
  redraw();
  await flush(sending);
};

begin();
