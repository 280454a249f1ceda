/* Keys and presenter remotes while slides are on the wall. */

import * as fullScreen from "./full-screen.js";
import { isChord, isTyping, keyOf } from "./keys.js";
import { chooseTheme } from "./projector.js";
import { leaveOrder, panel, returnToOrder, STEPS, toggleBlank, turnBy } from "./slides.js";

/** @param {string} id @returns {HTMLElement | null} */
const overlay = (id) => (panel() || document).querySelector(`#${id}`);

export const togglePicker = () => {
  const picker = overlay("slide-picker");
  const list = picker && picker.querySelector("select");
  if (picker) {
    picker.hidden = !picker.hidden;
  }
  if (picker && !picker.hidden && list) {
    leaveOrder();
    list.focus();
  }
};

export const toggleHelp = () => {
  const help = overlay("slide-help");
  if (help) {
    help.hidden = !help.hidden;
  }
};

/** Closes what lies over the slide. @returns {boolean} whether anything did */
const closeOverlay = () => {
  const open = ["slide-read", "slide-help", "slide-picker"].map(overlay).find((part) => part && !part.hidden);
  if (open) {
    open.hidden = true;
  }
  return Boolean(open);
};

/** A hidden link of the wall. @param {string} name */
export const follow = (name) => {
  /** @type {HTMLElement | null} */
  const link = (panel() || document).querySelector(`[data-${name}]`);
  if (link) {
    link.click();
  }
};

/** @type {Record<string, () => void>} */
export const DOES = {
  back: () => turnBy("ArrowLeft"),
  on: () => turnBy("ArrowRight"),
  district: togglePicker,
  blank: toggleBlank,
  light: chooseTheme,
  full: () => fullScreen.toggle(),
  help: toggleHelp,
  order: () => returnToOrder(),
  live: () => follow("live"),
  presenter: () => follow("presenter"),
};

/** @type {Record<string, string>} */
const KEYS = {
  d: "district",
  0: "order",
  b: "blank",
  ".": "blank",
  l: "light",
  f: "full",
  F5: "full",
  "?": "help",
  v: "live",
  n: "presenter",
};

/** @param {KeyboardEvent} event */
export const onSlideKey = (event) => {
  const key = keyOf(event);
  const target = /** @type {Element} */ (event.target);
  const isPressed = /^(BUTTON|A)$/.test(target.tagName) && key === " ";
  if (!key || isChord(event) || isPressed || document.querySelector(".modal")) {
    return;
  }
  if (key === "Escape") {
    if (closeOverlay()) {
      event.stopImmediatePropagation();
    } else {
      fullScreen.shrink();
    }
    return;
  }
  const picker = overlay("slide-picker");
  if (isTyping(target) || (picker && !picker.hidden)) {
    return;
  }
  if (key in STEPS || /^([1-9]|Home|End)$/.test(key)) {
    event.preventDefault();
    turnBy(key);
  } else if (KEYS[key]) {
    event.preventDefault();
    event.stopImmediatePropagation();
    DOES[KEYS[key]]();
  }
};
