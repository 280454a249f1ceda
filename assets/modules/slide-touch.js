/* The wall by hand: the small menu, a tap, a swipe; the wheel turns nothing. */

import { DOES, togglePicker } from "./slide-keys.js";
import { panel, turnBy } from "./slides.js";

const SWIPE = 48; /* pixels from which a touch is a swipe */
const BACK_SHARE = 0.35; /* of the width, at the left, where a tap goes back */

/** The key that a touch stands for. @param {number} from @param {number} to @param {number} width */
export const keyOfTouch = (from, to, width) => {
  if (Math.abs(to - from) >= SWIPE) {
    return to < from ? "ArrowRight" : "ArrowLeft";
  }
  return to < width * BACK_SHARE ? "ArrowLeft" : "ArrowRight";
};

/** @param {EventTarget | null} target */
const isOfSlide = (target) =>
  target instanceof Element &&
  panel() !== null &&
  target.closest(".slides-panel") !== null &&
  target.closest("a, button, select, .slide-overlay, .slide-foot") === null;

export const listen = () => {
  let from = 0;
  document.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0].clientX : -1), {
    passive: true,
  });
  document.addEventListener("touchend", (event) => {
    if (from >= 0 && isOfSlide(event.target)) {
      event.preventDefault();
      turnBy(keyOfTouch(from, event.changedTouches[0].clientX, window.innerWidth));
    }
  });
  document.addEventListener(
    "wheel",
    (event) => {
      if (panel() && isOfSlide(event.target)) {
        event.preventDefault();
      }
    },
    { passive: false },
  );
  document.addEventListener("click", ({ target }) => {
    /** @type {HTMLElement | null} */
    const button = target instanceof Element ? target.closest("[data-slide-does]") : null;
    if (button && panel()) {
      DOES[button.dataset.slideDoes || ""]();
      button.blur();
    }
  });
  document.addEventListener("change", ({ target }) => {
    if (target instanceof Element && target.closest("#slide-picker")) {
      togglePicker();
    }
  });
};
