/* Cells of a matrix open their proof, rows of the league their unit; arrow keys move, one cell is in the tab order. */

import { keyOf } from "./keys.js";
import { navigate } from "./navigation.js";

const CELL = "table[data-grid] td[data-why]";
/** @type {Record<string, [number, number]>} rows down, columns to the right */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** What stands a step from a place; nothing at the edge. @template T @param {T[][]} rows @param {T} cell
 * @param {[number, number]} step @returns {T | undefined} */
export const neighbour = (rows, cell, [down, right]) => {
  const y = rows.findIndex((row) => row.includes(cell));
  return y < 0 ? undefined : (rows[y + down] || [])[rows[y].indexOf(cell) + right];
};

/** @param {Element} table @returns {HTMLElement[][]} */
const cellsOf = (table) =>
  Array.from(table.querySelectorAll("tbody tr"), (row) => Array.from(row.querySelectorAll("td[data-why]")));

/** @param {HTMLElement} cell */
const reach = (cell) => {
  cell.tabIndex = -1;
  cell.focus();
};

/** @param {HTMLElement} cell */
const openCell = (cell) => {
  const address = new URL(window.location.href);
  address.searchParams.set("why", cell.dataset.why || "");
  navigate(address.href);
};

/** A league row opens by click or Enter, as its name does. @param {Element | null} row */
const openRow = (row) => {
  /** @type {HTMLElement | null} */
  const link = row && row.closest("#league-grid") && row.querySelector("a[href]");
  if (link) {
    link.click();
  }
};

/** @param {Event} event */
const onClick = (event) => {
  const target = /** @type {Element} */ (event.target);
  /** @type {HTMLElement | null} */
  const cell = target.closest(CELL);
  if (cell && !target.closest("a")) {
    reach(cell);
    openCell(cell);
  }
  if (!target.closest("a,button")) {
    openRow(target.closest(".ag-row"));
  }
};

/** The scrolled frame of a matrix leads into its first cell. @param {KeyboardEvent} event @param {string} key
 * @param {Element} frame */
const enter = (event, key, frame) => {
  /** @type {HTMLElement | null} */
  const first =
    /^(Arrow|Enter)/.test(key) && frame.matches(".matrix-scroll, .heat-scroll")
      ? frame.querySelector("td[data-why]")
      : null;
  if (first) {
    event.preventDefault();
    reach(first);
  }
};

/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const key = keyOf(event);
  if (!key || !(event.target instanceof Element)) {
    return;
  }
  if (key === "Enter" && event.target.classList.contains("ag-cell")) {
    openRow(event.target.closest(".ag-row"));
  }
  /** @type {HTMLElement | null} */
  const cell = event.target.closest(CELL);
  if (!cell) {
    enter(event, key, event.target);
    return;
  }
  if (key === "Enter") {
    event.preventDefault();
    openCell(cell);
    return;
  }
  const step = STEPS[key];
  if (step) {
    event.preventDefault();
    const next = neighbour(cellsOf(/** @type {Element} */ (cell.closest("table"))), cell, step);
    if (next) {
      reach(next);
    }
  }
};

export const listen = () => {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
};
