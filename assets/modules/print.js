/* On paper every sheet says of what it is, and the grid is a table: made before the browser prints, whoever asked it to. */

import { standIn } from "./grid-table.js";

const LONGEST = 60; /* signs of the sentence at the head of a sheet */
const MARGIN_PX = 12;
/** @type {CSSStyleSheet | undefined} */
let sheet;
let takeAway = () => {};

/** Words as CSS writes them. @param {string} words */
export const quoted = (words) => `"${words.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"`;

/** What stands around every sheet. @param {{head: string, mark: string, foot: string}} said */
export const margins = ({ head, mark, foot }) => `@page {
  font-size: ${MARGIN_PX}px;
  @top-left { content: ${quoted(head)}; }
  @top-right { content: ${quoted(mark)}; }
  @bottom-left { content: ${quoted(foot)}; }
  @bottom-right { content: counter(page) " / " counter(pages); }
}`;

/** @param {string} selector */
const words = (selector) =>
  (document.querySelector(`#page-root ${selector}, #first-paint ${selector}`) || { textContent: "" }).textContent || "";

const version = () => {
  /** @type {HTMLElement | null} */
  const source = document.querySelector("#page-root .page-source");
  return (source && source.dataset.version) || "";
};

const chosen = () =>
  Array.from(document.querySelectorAll("#page-root .filters select"), (list) => {
    const option = /** @type {HTMLSelectElement} */ (list).selectedOptions[0];
    return option ? option.textContent : "";
  });

const before = () => {
  sheet = new CSSStyleSheet();
  sheet.replaceSync(
    margins({
      head: words("h1").slice(0, LONGEST),
      mark: words(".filter-bar .demo"),
      foot: [...chosen(), version()].filter(Boolean).join(" · "),
    }),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  takeAway = standIn(document);
};

const after = () => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  takeAway();
};

export const listen = () => {
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
};
