/* A record that is whole waits to be sent; one that the server refused is mended. */

import { photosTaken } from "./visit-answers.js";
import { account, forms, keeping, onFull, redraw, sending, words } from "./visit-desk.js";
import { draftInstead, recordInstead } from "./visit-drafts.js";
import { checksOf, emptyFinding, isUntouched, recordOf } from "./visit-form.js";
import { say } from "./visit-queue.js";
import { showSchool } from "./visit-schools.js";
import { flush, waiting } from "./visit-send.js";
import { drop, keep, newKey, RECORDS } from "./visit-store.js";

/** @typedef {import("./visit-store.js").VisitRecord} VisitRecord */

const IS_RECORDED = "visit_is_recorded";
/** @type {Set<HTMLFormElement>} */
const underWay = new Set();

/** @param {HTMLFormElement} form @returns {HTMLInputElement} */
const plannedField = (form) => /** @type {any} */ (form.querySelector("[name=matter_code]"));

/** The planned visit that a record is of; none where another record that waits is of it already.
 * @param {HTMLFormElement} form */
const matterOf = async (form) => {
  const { value } = plannedField(form);
  return (await waiting(account)).some(({ matter }) => matter === value) ? "" : value;
};

/** @param {HTMLFormElement} form */
const finish = async (form) => {
  await photosTaken(form);
  const empty = emptyFinding(form);
  if (empty || isUntouched(form)) {
    say((empty ? words.wordsFinding : words.wordsUnanswered) || "", { title: empty && empty.dataset.title }, true);
    (empty || checksOf(form)[0]).scrollIntoView({ block: "center" });
    return;
  }
  try {
    await recordInstead(form, recordOf(form, account, newKey(), await matterOf(form)), keeping);
  } catch {
    onFull();
    return;
  }
  plannedField(form).value = "";
  window.location.hash = "";
  showSchool(forms);
  redraw();
  flush(sending);
};

/** One record of a form however often the button is touched. @param {any} event */
export const onSubmit = async (event) => {
  const form = event.target;
  if (!forms.includes(form)) {
    return;
  }
  event.preventDefault();
  if (!underWay.has(form)) {
    underWay.add(form);
    await finish(form).finally(() => underWay.delete(form));
  }
};

/** A record that was refused becomes a draft again, or, where its school is not listed any more, is sent as a visit
 * that nobody planned. @param {VisitRecord} record */
const mend = async (record) => {
  const form = forms.find(({ dataset }) => dataset.visit === record.school);
  if (!form) {
    await keep(RECORDS, { ...record, matter: "", refusal: "" });
    return flush(sending);
  }
  if (!(await draftInstead(form, record, keeping))) {
    return say(words.wordsBusy || "", { name: record.name }, true);
  }
  if (record.cause === IS_RECORDED) {
    plannedField(form).value = "";
  }
  window.location.hash = record.school;
  return undefined;
};

/** @param {VisitRecord} record @param {(photo: import("./visit-store.js").Photo) => boolean} isLeft */
const withPhotos = (record, isLeft) => ({
  ...record,
  refusal: "",
  answers: record.answers.map((answer) => ({
    ...answer,
    photos: answer.photos.filter(isLeft).map((photo) => ({ ...photo, refusal: "" })),
  })),
});

/** What is done with what was refused: mended, its photographs sent again, or left out. @param {any} event */
export const onMend = async ({ detail: { record, step } }) => {
  if (step === "mend") {
    await mend(record);
  } else {
    const left = withPhotos(record, (photo) => step === "again" || !photo.refusal);
    const isDone = left.answers.every(({ photos }) => !photos.length);
    await (isDone ? drop(RECORDS, record.key) : keep(RECORDS, left));
    flush(sending);
  }
  redraw();
};
