/* On paper every sheet says of what it is, and the grid is a table: made before the browser prints, whoever asked it to. */

const LONGEST = 60; /* signs of the sentence at the head of a sheet */
/** @type {CSSStyleSheet | undefined} */
let sheet;
/** @type {HTMLTableElement | undefined} */
let copy;

/** Words as CSS writes them. @param {string} words */
export const quoted = (words) => `"${words.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"`;

/** What stands around every sheet. @param {{head: string, mark: string, filters: string}} said */
export const margins = ({ head, mark, filters }) => `@page {
  @top-left { content: ${quoted(head)}; }
  @top-right { content: ${quoted(mark)}; }
  @bottom-left { content: ${quoted(filters)}; }
  @bottom-right { content: counter(page) " / " counter(pages); }
}`;

/** @param {string} selector */
const words = (selector) =>
  (document.querySelector(`#page-root ${selector}, #first-paint ${selector}`) || { textContent: "" }).textContent || "";

const chosen = () =>
  Array.from(document.querySelectorAll("#page-root .filters select"), (list) => {
    const option = /** @type {HTMLSelectElement} */ (list).selectedOptions[0];
    return option ? option.textContent : "";
  }).join(" · ");

/** A row of the grid as a row of a table. @param {Element} row @param {string[]} columns */
const tableRow = (row, columns) => {
  const line = document.createElement("tr");
  const whole = row.querySelector(".ag-full-width-row, .ag-cell") ? null : row;
  (whole ? [""] : columns).forEach((column) => {
    const cell = document.createElement("td");
    const from = whole || row.querySelector(`[col-id="${column}"]`);
    cell.append(...Array.from((from || cell).childNodes, (node) => node.cloneNode(true)));
    cell.colSpan = whole ? columns.length : 1;
    line.append(cell);
  });
  return line;
};

/** The grid in the order and with the rows that are on screen, as a table. @param {Element} grid */
export const gridTable = (grid) => {
  const heads = Array.from(grid.querySelectorAll(".ag-header-cell[col-id]"));
  const left = (/** @type {Element} */ head) => head.getBoundingClientRect().left;
  heads.sort((a, b) => left(a) - left(b));
  const columns = heads.map((head) => head.getAttribute("col-id") || "");
  const rows = Array.from(grid.querySelectorAll(".ag-row"));
  rows.sort((a, b) => Number(a.getAttribute("row-index")) - Number(b.getAttribute("row-index")));
  const table = document.createElement("table");
  table.className = "mini print-table";
  const head = table.createTHead().insertRow();
  heads.forEach((from) => {
    const cell = document.createElement("th");
    cell.textContent = (from.querySelector(".ag-header-cell-text") || from).textContent;
    head.append(cell);
  });
  table.createTBody().append(...rows.map((row) => tableRow(row, columns)));
  return table;
};

const before = () => {
  sheet = new CSSStyleSheet();
  sheet.replaceSync(
    margins({ head: words("h1").slice(0, LONGEST), mark: words(".filter-bar .demo"), filters: chosen() }),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const grid = document.querySelector("#page-root .ag-root");
  const panel = grid && grid.closest(".grid-panel");
  if (grid && panel) {
    copy = gridTable(grid);
    panel.after(copy);
  }
};

const after = () => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  if (copy) {
    copy.remove();
  }
};

export const listen = () => {
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
};
