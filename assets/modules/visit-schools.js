/* One school at a time: the one that the address names, or the list; the focus goes along. */

/** @type {HTMLFormElement | undefined} */
let shown;

/** @param {string} name the part of the address that names a school */
const isHere = (name) => new URL(name, window.location.href).hash === window.location.hash;

/** @param {HTMLFormElement} form @returns {HTMLElement} */
const linkTo = (form) => /** @type {any} */ (document.querySelector(`.schools a[href="#${CSS.escape(form.id)}"]`));

/** @param {HTMLFormElement[]} forms */
export const showSchool = (forms) => {
  const left = shown;
  shown = forms.find(({ id }) => isHere(`#${id}`));
  forms.forEach((other) => {
    other.hidden = other !== shown;
  });
  document.querySelectorAll("[data-at]").forEach((part) => {
    const only = /** @type {HTMLElement} */ (part);
    only.hidden = (only.dataset.at === "school") !== Boolean(shown);
  });
  if (left === shown) {
    return;
  }
  window.scrollTo(0, 0);
  const target = shown ? shown.querySelector("h2") : left && linkTo(left);
  if (target) {
    target.tabIndex = shown ? -1 : 0;
    target.focus({ preventScroll: true });
  }
};
