/* What is answered, written and photographed in a form, kept at every touch. */

import { forms, keeping, words } from "./visit-desk.js";
import { keepDraft, keepSoon } from "./visit-drafts.js";
import { checksOf, countSeen, photosOf, setPhotos, showFinding } from "./visit-form.js";
import { addPhotos } from "./visit-photo.js";
import { say } from "./visit-queue.js";

/** Photographs that are still being made smaller. @type {Map<HTMLFormElement, Promise<unknown>>} */
const inWork = new Map();

/** Ends when every photograph of a form is in it. @param {HTMLFormElement} form */
export const photosTaken = (form) => inWork.get(form);

/** @param {HTMLFormElement} form @param {HTMLElement} check @param {File[]} files */
const takePhotos = async (form, check, files) => {
  const unread = await addPhotos(check, files, () => keepSoon(form, keeping));
  const others = checksOf(form).reduce((sum, other) => sum + (other === check ? 0 : photosOf(other).length), 0);
  const all = photosOf(check);
  setPhotos(check, all.slice(0, Math.max(0, Number(words.mostPhotos) - others)));
  showFinding(check, keeping.label);
  if (photosOf(check).length < all.length) {
    say(words.wordsMostPhotos || "", {}, true);
  }
  if (unread.length) {
    say(words.wordsNoPhoto || "", { names: unread.join(words.wordsJoint) }, true);
  }
  await keepDraft(form, keeping);
};

/** @param {any} event */
export const onInput = ({ target }) => {
  const { form } = target;
  if (!forms.includes(form)) {
    return;
  }
  const check = target.closest("[data-check]");
  if (target.type === "file") {
    const files = Array.from(target.files);
    target.value = "";
    const before = inWork.get(form) || Promise.resolve();
    inWork.set(
      form,
      before.then(() => takePhotos(form, check, files)),
    );
    return;
  }
  if (target.type === "radio") {
    showFinding(check, keeping.label);
  }
  countSeen(form);
  keepSoon(form, keeping);
};

/** @param {any} event */
export const onClick = async ({ target }) => {
  const form = target.closest("form[data-visit]");
  const taking = target.closest("[data-removes]");
  if (form && taking) {
    const check = taking.closest("[data-check]");
    setPhotos(
      check,
      photosOf(check).filter(({ key }) => key !== taking.dataset.removes),
    );
    showFinding(check, keeping.label);
    keepSoon(form, keeping);
  }
  if (form && target.closest("[data-keep]") && (await keepDraft(form, keeping))) {
    say(words.wordsDraft || "", { name: form.dataset.name }, false);
  }
};
