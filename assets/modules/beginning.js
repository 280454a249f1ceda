/* Where a page begins for who comes by keyboard. */

import { shown } from "./shown.js";

/** Another page begins at its heading for who comes by keyboard, if what had the focus is gone.
 * @returns {() => void} */
const makeBeginning = () => {
  let before = "";
  return () => {
    const { page } = shown() || { page: "" };
    const isTurned = before && before !== page;
    before = page;
    const heading = document.querySelector("#page-root #content");
    if (isTurned && document.activeElement === document.body && heading instanceof HTMLElement) {
      heading.focus({ preventScroll: true });
    }
  };
};

export const listen = () => {
  const begin = makeBeginning();
  document.addEventListener("oversight-shown", () => window.requestAnimationFrame(begin));
};
