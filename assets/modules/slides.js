/* The slides on the wall, which are all there already: which one is shown, and turning to another. */

import { drawFoot } from "./projector.js";
import { fitSlide } from "./slide-fit.js";

/** @type {Record<string, number>} */
export const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
export const TURNED = "oversight-turn";
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

/** Milliseconds at which the shown slide was turned to. */
export const turnedAt = () => since;

/** @returns {HTMLElement | null} */
export const panel = () => document.querySelector("#page-root .slides-panel, #first-paint .slides-panel");

/** @returns {HTMLElement[]} */
export const slides = () => Array.from((panel() || document).querySelectorAll(".slide"));

export const place = () => slides().findIndex((slide) => slide.classList.contains("on"));

/** @param {number} to counted from 0 */
export const turn = (to) => {
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
  const address = new URL(window.location.href);
  address.searchParams.set("slide", next.dataset.slide || "");
  window.history.replaceState(window.history.state, "", address);
  document.dispatchEvent(new Event(TURNED));
};

/** Turns as a key does. @param {string} key */
export const turnBy = (key) => turn(slideAfter(key, place(), slides().length));

/** The way back to the running order, while slides of another place are on the wall. @returns {HTMLAnchorElement | null} */
const wayBack = () => (panel() || document).querySelector("[data-order]");
let placeInOrder = 1;

/** Remembers where the running order is left. */
export const leaveOrder = () => {
  if (!wayBack()) {
    placeInOrder = place() + 1;
  }
};

/** Back to the running order, where it was left or at another slide. @param {number} [to] counted from 1 */
export const returnToOrder = (to) => {
  const way = wayBack();
  if (way) {
    const address = new URL(way.href);
    address.searchParams.set("slide", String(to || placeInOrder));
    way.href = address.pathname + address.search;
    way.click();
  }
};

/** What is on the wall where it is no slide of the running order. */
export const elsewhere = () => {
  const slide = wayBack() && slides()[place()];
  return (slide && slide.getAttribute("aria-label")) || "";
};

export const toggleBlank = () => document.body.classList.toggle("blank");
