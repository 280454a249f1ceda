/* Files that were chosen but not sent: a form that is drawn anew under somebody's hands gets them back. */

/** By form and field. @type {Map<string, FileList | null>} */
const chosen = new Map();
/** @type {WeakSet<HTMLInputElement>} */
const watched = new WeakSet();

/** @param {string} name @returns {HTMLInputElement[]} */
const inputsOf = (name) =>
  [...document.querySelectorAll(`form[data-name="${CSS.escape(name)}"]`)].flatMap(
    (form) => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=file]")]),
  );

/** @param {string} name that of the form */
const giveBack = (name) =>
  inputsOf(name).forEach((input) => {
    const files = chosen.get(`${name} ${input.name}`);
    if (files?.length && !input.files?.length) {
      input.files = files;
    }
  });

/** Keeps what is chosen in this form, also where the dialog of files was open while the form was drawn anew.
 * @param {string} name that of the form */
export const keepChosen = (name) => {
  inputsOf(name)
    .filter((input) => !watched.has(input))
    .forEach((input) => {
      watched.add(input);
      input.addEventListener("change", () => {
        chosen.set(`${name} ${input.name}`, input.files);
        giveBack(name);
      });
      input.form?.addEventListener("reset", () => chosen.delete(`${name} ${input.name}`));
    });
  giveBack(name);
};
