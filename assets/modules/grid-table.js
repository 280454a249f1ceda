/* The grid of the league as a table, for paper, pictures and the clipboard. */

/** Copies of what stands in an element. @param {Element} from */
const contents = (from) => Array.from(from.childNodes, (node) => node.cloneNode(true));

/** A row of the grid as a row of a table. @param {Element} row @param {string[]} columns */
const tableRow = (row, columns) => {
  const line = document.createElement("tr");
  const whole = row.querySelector(".ag-full-width-row, .ag-cell") ? null : row;
  (whole ? [""] : columns).forEach((column) => {
    const cell = document.createElement("td");
    cell.dataset.column = column;
    cell.append(...contents(whole || row.querySelector(`[col-id="${column}"]`) || cell));
    cell.colSpan = whole ? columns.length : 1;
    line.append(cell);
  });
  return line;
};

/** The grid in the order that is on screen, with the rows that are wanted.
 * @param {Element} grid @param {(row: Element) => boolean} isWanted */
export const gridTable = (grid, isWanted = () => true) => {
  const heads = Array.from(grid.querySelectorAll(".ag-header-cell[col-id]"));
  const left = (/** @type {Element} */ head) => head.getBoundingClientRect().left;
  heads.sort((a, b) => left(a) - left(b));
  const columns = heads.map((head) => head.getAttribute("col-id") || "");
  const rows = Array.from(grid.querySelectorAll(".ag-row")).filter(isWanted);
  rows.sort((a, b) => Number(a.getAttribute("row-index")) - Number(b.getAttribute("row-index")));
  const table = document.createElement("table");
  table.className = "mini grid-table";
  const head = table.createTHead().insertRow();
  heads.forEach((from) => {
    const cell = document.createElement("th");
    cell.append(...contents(from.querySelector(".ag-header-cell-text") || from));
    head.append(cell);
  });
  table.createTBody().append(...rows.map((row) => tableRow(row, columns)));
  return table;
};

/** Puts a table in the place of the grid within an element, and gives what takes it away.
 * @param {Element | Document} within */
export const standIn = (within) => {
  const grid = within.querySelector(".ag-root");
  const frame = grid && grid.closest(".ag-theme-oversight");
  if (!grid || !frame) {
    return () => {};
  }
  const table = gridTable(grid);
  frame.after(table);
  return () => table.remove();
};
