/* A page's part on a slide: enlarged to the wall, and of its tables as many rows as there is room for. */

import { fill } from "./words.js";

const DRAWN_AT = 960; /* the width in pixels for which the parts of pages are drawn */
const ROOM = 94; /* hundredths of the slide that its content takes */

/** How much larger than on a page a part is drawn, on a wall of this size. @param {number} width @param {number} height */
export const enlargement = (width, height) => (Math.min(width, (height * 16) / 9) * ROOM) / 100 / DRAWN_AT;

/** @param {Element} node */
const bottomOf = (node) => node.getBoundingClientRect().bottom;

/** Rows are shown one after the other as long as the table ends above the foot, since columns move with their words.
 * @param {Element} table @param {number} bottom @returns {number} rows left out */
const cut = (table, bottom) => {
  const rows = /** @type {HTMLElement[]} */ (Array.from(table.querySelectorAll("tbody > tr")));
  const left = Array.from(table.querySelectorAll("tbody"), (body) => Number(body.dataset.left || 0));
  rows.forEach((row) => (row.hidden = true));
  let kept = 0;
  while (kept < rows.length) {
    rows[kept].hidden = false;
    if (bottomOf(table) > bottom) {
      rows[kept].hidden = true;
      break;
    }
    kept += 1;
  }
  return rows.length - kept + left.reduce((sum, rest) => sum + rest, 0);
};

/** How many rows have no room. @param {HTMLElement} note @param {number} count */
const say = (note, count) => {
  const words = fill(note.dataset.words || "", { count: String(count) });
  if (note.textContent !== words) {
    note.textContent = words;
  }
  note.hidden = count === 0;
};

/** The widest part must not be cut: then all of them are enlarged less. @param {Element} view @param {number} most */
const widened = (view, most) => {
  const shares = Array.from(view.querySelectorAll("table"), (table) => {
    const part = table.closest(".slide-part");
    return part ? part.clientWidth / table.scrollWidth : 1;
  });
  return most * Math.min(1, ...shares);
};

/** What would end below the foot is left out, and a table without a row with its section; the first of a part stays.
 * @param {Element} view @param {number} bottom */
const drop = (view, bottom) => {
  const nodes = Array.from(view.querySelectorAll(".slide-part > * > *, .slide-part section > :not(table)"));
  nodes.reverse().forEach((node) => {
    const part = /** @type {HTMLElement} */ (node);
    part.hidden = false;
    const isEmpty = part.querySelector("tbody") !== null && part.querySelector("tbody > tr:not([hidden])") === null;
    part.hidden = part.previousElementSibling !== null && (isEmpty || bottomOf(part) > bottom);
  });
};

/** The parts of one slide, in a place of this size. @param {Element} slide @param {number} width
 * @param {number} height @param {Element} foot what stands below */
const fitParts = (slide, width, height, foot) => {
  /** @type {HTMLElement | null} */
  const view = slide.querySelector(".slide-view");
  /** @type {HTMLElement | null} */
  const note = slide.querySelector(".slide-whole > .slide-more");
  if (!view || !note) {
    return;
  }
  const most = enlargement(width, height);
  view.style.setProperty("--zoom", String(most));
  const zoom = widened(view, most);
  note.hidden = false;
  const bottom = foot.getBoundingClientRect().top - note.getBoundingClientRect().height;
  view.style.setProperty("--zoom", String(zoom));
  view.style.setProperty("--room", String((bottom - view.getBoundingClientRect().top) / zoom));
  const count = Array.from(view.querySelectorAll("table")).reduce((total, table) => total + cut(table, bottom), 0);
  drop(view, bottom);
  say(note, count);
};

/** The table that a slide has for its picture. @param {Element} slide @param {Element} foot what stands below */
const fitTable = (slide, foot) => {
  const table = slide.querySelector(".slide-table table");
  /** @type {HTMLElement | null} */
  const note = slide.querySelector(".slide-table > .slide-more");
  if (table && note) {
    note.hidden = false;
    say(note, cut(table, foot.getBoundingClientRect().top - note.getBoundingClientRect().height));
  }
};

/** The shown slide's parts. @param {Element | null} panel */
export const fitSlide = (panel) => {
  const slide = panel && panel.querySelector(".slide.on");
  const foot = panel && panel.querySelector(":scope > .slide-foot");
  if (slide && foot) {
    fitTable(slide, foot);
    fitParts(slide, window.innerWidth, window.innerHeight, foot);
  }
};

/** Slides as pictures, each in its box. */
export const fitBoxes = () => {
  document.querySelectorAll("#page-root .slide-box, #first-paint .slide-box").forEach((box) => {
    const slide = box.querySelector(".slide");
    const foot = box.querySelector(".slide-foot");
    if (slide && foot && box.clientWidth) {
      fitTable(slide, foot);
      fitParts(slide, box.clientWidth, box.clientHeight, foot);
    }
  });
};

/** The slide fits again whenever the wall or what is drawn on it changes. @param {() => Element | null} panel */
export const listen = (panel) => {
  const fit = () =>
    window.requestAnimationFrame(() => {
      fitSlide(panel());
      fitBoxes();
    });
  const isSlides = () => panel() || document.querySelector(".slide-box");
  window.addEventListener("resize", fit);
  document.fonts.ready.then(fit);
  new MutationObserver(() => isSlides() && fit()).observe(document.body, { childList: true, subtree: true });
  fit();
};
