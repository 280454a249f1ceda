/* What is selected over several cells is copied as rows of a table under their heads, with plain numbers. */

import { gridTable } from "./grid-table.js";

const NUMBER = /^[-−–]?\d{1,3}(,\d{3})*(\.\d+)?$/;
const SO_MANY_OF = /^\d+\/\d+$/; /* which a spreadsheet takes for a day */
const TEXT_CELLS = '<style>.text{mso-number-format:"\\@"}</style>';

/** The words of a cell, those of each part apart. @param {Element} cell */
const wordsOf = (cell) => {
  const parts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const words = [];
  while (parts.nextNode()) {
    words.push((parts.currentNode.textContent || "").trim());
  }
  return words.filter(Boolean).join(" ").replace(/\s+/g, " ");
};

/** What a cell says: its words, or those of its picture; a head that draws says its name. @param {Element} cell */
export const plainWords = (cell) => {
  const name = cell.tagName === "TH" && cell.closest("thead") ? cell.getAttribute("aria-label") : null;
  const words = name || wordsOf(cell);
  if (NUMBER.test(words)) {
    return words.replace(/,/g, "").replace(/^[−–]/, "-");
  }
  const picture = words ? null : cell.querySelector("[aria-label]");
  return picture ? picture.getAttribute("aria-label") || "" : words;
};

/** The rows as HTML and as text between tabs. @param {HTMLTableRowElement[]} rows */
export const asTable = (rows) => {
  const table = document.createElement("table");
  const lines = rows.map((row) => {
    const line = table.insertRow();
    return Array.from(row.cells, (from) => {
      const cell = line.appendChild(document.createElement(from.tagName));
      cell.textContent = plainWords(from);
      if (SO_MANY_OF.test(cell.textContent)) {
        cell.className = "text";
      }
      /** @type {HTMLTableCellElement} */ (cell).colSpan = from.colSpan;
      return cell.textContent + "\t".repeat(from.colSpan - 1);
    }).join("\t");
  });
  return { html: TEXT_CELLS + table.outerHTML, text: lines.join("\r\n") };
};

/** @param {Node | null} node */
const elementOf = (node) => /** @type {Element | null} */ (node instanceof Text ? node.parentNode : node);

/** The table that holds the selection, where it reaches over more than one cell. @param {Selection} selection */
const selectedTable = (selection) => {
  const range = selection.getRangeAt(0);
  const ancestor = elementOf(range.commonAncestorContainer);
  const owner = ancestor && ancestor.closest("#page-root :is(table, .ag-root)");
  return owner && !ancestor.closest("td, th, .ag-cell") ? owner : null;
};

/** @param {ClipboardEvent} event */
const onCopy = (event) => {
  const selection = window.getSelection();
  const owner = selection && selection.rangeCount && !selection.isCollapsed ? selectedTable(selection) : null;
  if (!selection || !owner || !event.clipboardData) {
    return;
  }
  const isSelected = (/** @type {Element} */ row) => selection.containsNode(row, true);
  const rows =
    owner instanceof HTMLTableElement
      ? Array.from(owner.rows).filter((row) => row.closest("thead") || isSelected(row))
      : Array.from(gridTable(owner, isSelected).rows);
  const { html, text } = asTable(rows);
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
};

export const listen = () => document.addEventListener("copy", onCopy);
