/* Meeting mode: keys and presenter remotes turn slides that are all there already. */

import { isChord, keyOf } from "./keys.js";
import { navigate } from "./navigation.js";
import { shown } from "./shown.js";
import { chooseTheme, drawFoot, drawTheme, listen as listenToTheme } from "./projector.js";
import { fitSlide, listen as listenToSizes } from "./slide-fit.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
let since = Date.now();

/** The slide that a key leads to, from one of several; the same where it leads nowhere.
 * @param {string} key @param {number} at @param {number} count @returns {number} */
export const slideAfter = (key, at, count) => {
  if (STEPS[key]) {
    return Math.max(0, Math.min(count - 1, at + STEPS[key]));
  }
  if (/^[1-9]$/.test(key)) {
    return Math.min(count, Number(key)) - 1;
  }
  return key === "Home" ? 0 : key === "End" ? count - 1 : at;
};

/** A projected meeting stays with the publication it was opened with, also when it is loaded again.
 * @param {URL} address @param {string | undefined} snapshot */
export const pinned = (address, snapshot) => {
  if (snapshot && !address.searchParams.has("snapshot")) {
    address.searchParams.set("snapshot", snapshot);
  }
  return address;
};

const panel = () => document.querySelector("#page-root .slides-panel, #first-paint .slides-panel");
/** @returns {HTMLElement[]} */
const slides = () => Array.from((panel() || document).querySelectorAll(".slide"));
const here = () => new URL(window.location.href);

/** @param {number} to */
const turn = (to) => {
  const all = slides();
  const next = all[to];
  const number = document.getElementById("slide-number");
  if (!next || !number) {
    return;
  }
  all.forEach((slide) => slide.classList.toggle("on", slide === next));
  since = Date.now();
  number.textContent = next.dataset.slide || "";
  drawFoot(next);
  fitSlide(panel());
  const address = here();
  address.searchParams.set("slide", next.dataset.slide || "");
  window.history.replaceState(window.history.state, "", address);
};

const togglePicker = () => {
  const picker = document.getElementById("slide-picker");
  const list = picker && picker.querySelector("select");
  if (picker) {
    picker.hidden = !picker.hidden;
  }
  if (picker && !picker.hidden && list) {
    list.focus();
  }
};

const enter = () => {
  const address = here();
  address.searchParams.set("mode", "meeting");
  address.searchParams.delete("why");
  address.searchParams.delete("issue");
  navigate(pinned(address, (shown() || { snapshot: "" }).snapshot).href);
};

/** @param {KeyboardEvent} event @param {string} key */
const onSlideKey = (event, key) => {
  const picker = document.getElementById("slide-picker");
  if (picker && !picker.hidden) {
    if (key === "Escape") {
      togglePicker();
      event.stopImmediatePropagation();
    }
    return;
  }
  const help = document.getElementById("slide-help");
  if (help && (key === "?" || (key === "Escape" && !help.hidden))) {
    help.hidden = !help.hidden;
    event.stopImmediatePropagation();
    return;
  }
  const all = slides();
  const at = all.findIndex((slide) => slide.classList.contains("on"));
  if (key in STEPS) {
    event.preventDefault();
  }
  if (key in STEPS || /^([1-9]|Home|End)$/.test(key)) {
    turn(slideAfter(key, at, all.length));
  }
  if (key === "d") {
    event.preventDefault();
    event.stopImmediatePropagation();
    togglePicker();
  }
  /** @type {HTMLElement | null} */
  const order = key === "0" ? (panel() || document).querySelector("[data-order]") : null;
  if (order) {
    order.click();
  }
  if (key === "b") {
    document.body.classList.toggle("blank");
  }
  if (key === "l") {
    chooseTheme();
  }
};

/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const target = /** @type {Element} */ (event.target);
  const key = keyOf(event);
  if (!key || isChord(event) || /^(INPUT|TEXTAREA)$/.test(target.tagName) || document.querySelector(".modal")) {
    return;
  }
  if (panel()) {
    onSlideKey(event, key);
  } else if (key === "f" && target.tagName !== "SELECT") {
    enter();
  }
};

export const listen = () => {
  /** @type {HTMLElement | null} */
  const foot = document.querySelector("#first-paint .slide-foot");
  if (foot) {
    /* The address says which publication it is before Dash reads it. */
    window.history.replaceState(window.history.state, "", pinned(here(), foot.dataset.snapshot));
  }
  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-meeting]")) {
      event.preventDefault();
      enter();
    }
  });
  document.addEventListener("change", (event) => {
    if (/** @type {Element} */ (event.target).closest("#slide-picker")) {
      togglePicker();
    }
  });
  document.addEventListener("keydown", onKey, true);
  listenToTheme(
    () => Boolean(panel()),
    () => since,
  );
  listenToSizes(panel);
  drawTheme();
};
