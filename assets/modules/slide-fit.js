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

/** The shown slide's parts. @param {Element | null} panel */
export const fitSlide = (panel) => {
  /** @type {HTMLElement | null} */
  const view = panel && panel.querySelector(".slide.on .slide-view");
  /** @type {HTMLElement | null} */
  const note = panel && panel.querySelector(".slide.on .slide-whole > .slide-more");
  const foot = panel && panel.querySelector(".slide-foot");
  if (!view || !note || !foot) {
    return;
  }
  const most = enlargement(window.innerWidth, window.innerHeight);
  view.style.setProperty("--zoom", String(most));
  const zoom = widened(view, most);
  note.hidden = false;
  const bottom = foot.getBoundingClientRect().top - note.getBoundingClientRect().height;
  view.style.setProperty("--zoom", String(zoom));
  view.style.setProperty("--room", String((bottom - view.getBoundingClientRect().top) / zoom));
  const count = Array.from(view.querySelectorAll("table")).reduce((total, table) => total + cut(table, bottom), 0);
  drop(view, bottom);
  const words = fill(note.dataset.words || "", { count: String(count) });
  if (note.textContent !== words) {
    note.textContent = words;
  }
  note.hidden = count === 0;
};

/** The slide fits again whenever the wall or what is drawn on it changes. @param {() => Element | null} panel */
export const listen = (panel) => {
  const fit = () => window.requestAnimationFrame(() => fitSlide(panel()));
  window.addEventListener("resize", fit);
  document.fonts.ready.then(fit);
  new MutationObserver(() => panel() && fit()).observe(document.body, { childList: true, subtree: true });
  fit();
};
