/* What the grid of the league asks for by name: cells drawn as trees, heads with units, an order within groups. */

import { NOTHING, redraw } from "./markup.js";

/** @typedef {import("./markup.js").Hands} Hands */
/** @typedef {{data: {group_order: number, heading?: unknown}}} Row */

/** Keeps heading rows above their own rows, whichever way a column is sorted.
 * @param {any} a @param {any} b @param {Row} rowA @param {Row} rowB @param {boolean} isDescending */
export const withinGroup = (a, b, rowA, rowB, isDescending) => {
  const sign = isDescending ? -1 : 1;
  const group = rowA.data.group_order - rowB.data.group_order;
  if (group) {
    return sign * group;
  }
  const heading = Number(Boolean(rowB.data.heading)) - Number(Boolean(rowA.data.heading));
  if (heading) {
    return sign * heading;
  }
  if (a === null || a === undefined) {
    return b === null || b === undefined ? 0 : sign;
  }
  if (b === null || b === undefined) {
    return -sign;
  }
  return typeof a === "string" ? a.localeCompare(b, "zh-CN") : a - b;
};

/** @param {Hands} hands */
export const registerGrid = (hands) => {
  const draw = (/** @type {import("./types").TreeNode} */ node) => redraw(node, 0, NOTHING, hands).element;
  window.dashAgGridComponentFunctions = Object.assign(window.dashAgGridComponentFunctions || {}, {
    MarkupCell: (/** @type {any} */ params) => draw(params.data.cells[params.colDef.field] || ["span", {}, []]),
    MarkupRow: (/** @type {any} */ params) => draw(params.data.heading),
    UnitHeader: (/** @type {any} */ params) =>
      window.React.createElement(
        "span",
        { className: "unit-header ag-header-cell-text" },
        params.displayName,
        window.React.createElement("small", {}, params.unit || ""),
      ),
  });
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, { withinGroup });
};
