/* The form of one school: what was answered is read from it and put back into it. */

/** @typedef {import("./visit-store.js").Given} Given */
/** @typedef {import("./visit-store.js").Photo} Photo */
/** @typedef {import("./visit-store.js").Draft} Draft */
/** @typedef {import("./visit-store.js").VisitRecord} VisitRecord */

export const DIFFERS = "differs";
const UNSEEN = "unseen";

/** The photographs of each check that is on screen. @type {WeakMap<Element, Photo[]>} */
const photographs = new WeakMap();

/** @param {ParentNode} place @param {string} selector @returns {any} */
const first = (place, selector) => place.querySelector(selector);

/** @param {HTMLFormElement} form @returns {HTMLElement[]} */
export const checksOf = (form) => Array.from(form.querySelectorAll("[data-check]"));

/** @param {Element} check */
export const photosOf = (check) => photographs.get(check) || [];

/** @param {HTMLElement} check */
const answerOf = (check) => {
  const chosen = first(check, "input[type=radio]:checked");
  return chosen ? chosen.value : "";
};

/** @param {HTMLElement} check @returns {Given} */
const givenIn = (check) => ({
  answer: answerOf(check),
  measured: first(check, "[name^='measured.']").value,
  words: first(check, "textarea").value,
  photos: photosOf(check),
});

/** Shows the words of a finding where something does not agree, and its photographs.
 * @param {HTMLElement} check @param {string} label of the button that takes a photograph away */
export const showFinding = (check, label) => {
  first(check, ".finding").hidden = answerOf(check) !== DIFFERS;
  const shown = photosOf(check).map((photo) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.removes = photo.key;
    button.setAttribute("aria-label", label);
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(photo.blob);
    picture.onload = () => URL.revokeObjectURL(picture.src);
    button.append(picture);
    return button;
  });
  first(check, ".photos").replaceChildren(...shown);
};

/** @param {HTMLElement} check @param {Photo[]} photos */
export const setPhotos = (check, photos) => photographs.set(check, photos);

/** Says how many things were looked at. @param {HTMLFormElement} form */
export const countSeen = (form) => {
  const count = checksOf(form).filter((check) => ![UNSEEN, ""].includes(answerOf(check))).length;
  const words = first(form, "[data-seen]");
  words.textContent = words.dataset.seen.replace("{count}", count);
};

/** @param {HTMLFormElement} form @param {string} key @param {string} account @param {string} stamp @returns {Draft} */
export const draftOf = (form, key, account, stamp) => ({
  key,
  account,
  name: form.dataset.name || "",
  stamp,
  impression: first(form, "[name=impression]").value,
  given: Object.fromEntries(checksOf(form).map((check) => [check.dataset.check || "", givenIn(check)])),
});

/** Puts a draft back; nothing is where there is none. @param {HTMLFormElement} form @param {Draft | undefined} draft
 * @param {string} label */
export const putBack = (form, draft, label) => {
  form.reset();
  checksOf(form).forEach((check) => {
    const given = draft && draft.given[check.dataset.check || ""];
    setPhotos(check, given ? given.photos : []);
    if (given) {
      const choice = first(check, `input[value="${given.answer}"]`);
      if (choice) {
        choice.checked = true;
      }
      first(check, "textarea").value = given.words;
      first(check, "[name^='measured.']").value = given.measured;
    }
    showFinding(check, label);
  });
  if (draft) {
    first(form, "[name=impression]").value = draft.impression;
  }
  countSeen(form);
};

/** The first finding that says nothing; undefined where each does. @param {HTMLFormElement} form */
export const emptyFinding = (form) =>
  checksOf(form).find((check) => {
    const { answer, measured, words } = givenIn(check);
    return answer === DIFFERS && !measured.trim() && !words.trim();
  });

/** Whether nothing at all was looked at. @param {HTMLFormElement} form */
export const isUntouched = (form) => checksOf(form).every((check) => !answerOf(check));

/** Whether nothing at all was said or taken. @param {HTMLFormElement} form */
export const isEmpty = (form) =>
  isUntouched(form) &&
  !first(form, "[name=impression]").value &&
  checksOf(form)
    .map(givenIn)
    .every(({ measured, words, photos }) => !measured && !words && !photos.length);

/** The record as it is sent: what nobody answered was not looked at. @param {HTMLFormElement} form
 * @param {string} account @param {string} key @param {string} matter @returns {VisitRecord} */
export const recordOf = (form, account, key, matter) => ({
  key,
  account,
  school: form.dataset.visit || "",
  name: form.dataset.name || "",
  matter,
  visited_at: new Date().toISOString(),
  impression: first(form, "[name=impression]").value,
  answers: checksOf(form).map((check) => {
    const given = givenIn(check);
    const isFinding = given.answer === DIFFERS;
    return {
      check_code: check.dataset.check || "",
      side: check.dataset.side || "",
      title: check.dataset.title || "",
      reported: check.dataset.reported || "",
      answer: given.answer || UNSEEN,
      measured: isFinding ? given.measured : "",
      words: isFinding ? given.words : "",
      photos: isFinding ? given.photos : [],
    };
  }),
});
