/* A chart is one stop of the keyboard: arrow keys walk its points and say their words, Escape leaves.
   A tip says what its point says now, also while the data changes. */

import { showSpot } from "./figure.js";

/** @typedef {{point: HTMLElement | SVGElement, left: number}} Placed */

/** @type {Record<string, number>} */
const MOVES = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const WIDE = 120; /* pixels from the left of a row to its tip */

/** The points to go to with a key: from mark to mark up and down, along a mark otherwise.
 * @param {Placed[][]} marks @param {Element | null} reached @param {string} key @returns {Placed | undefined} */
export const next = (marks, reached, key) => {
  const isReached = (/** @type {Placed} */ each) => each.point === reached;
  const at = marks.findIndex((points) => points.some(isReached));
  if (at < 0) {
    const first = marks.slice().reverse();
    return (first.find((points) => points.length > 1) || first[0] || [])[0];
  }
  const place = marks[at].findIndex(isReached);
  if (marks.length > 1 && /Up|Down/.test(key)) {
    const other = marks[(at + MOVES[key] + marks.length) % marks.length];
    const far = (/** @type {Placed} */ { left }) => Math.abs(left - marks[at][place].left);
    return other.reduce((best, each) => (far(each) < far(best) ? each : best));
  }
  return marks[at][Math.max(0, Math.min(marks[at].length - 1, place + MOVES[key]))];
};

/** Marks in the order they are drawn; the points of each from left to right.
 * @param {Element} chart @returns {Placed[][]} */
const marksOf = (chart) => {
  /** @type {Map<Element | null, Placed[]>} */
  const marks = new Map();
  chart.querySelectorAll("[data-tip]").forEach((node) => {
    const point = /** @type {HTMLElement | SVGElement} */ (node);
    const mark = point.parentElement && point.parentElement.closest("g,svg,table");
    marks.set(mark, (marks.get(mark) || []).concat({ point, left: point.getBoundingClientRect().left }));
  });
  return Array.from(marks.values(), (points) => points.sort((one, other) => one.left - other.left));
};

/** What is said of a point; a cell has its row's name before. @param {HTMLElement | SVGElement} point */
const wordsOf = (point) => {
  const row = point.matches("td") && point.parentElement && point.parentElement.firstElementChild;
  return (row ? row.textContent + " " : "") + (point.dataset.tip || "");
};

/** @param {HTMLElement | SVGElement} point */
const pointAt = (point) => {
  const { left, right, top, bottom } = point.getBoundingClientRect();
  const clientX = point.matches("td") ? Math.min(right, left + WIDE) : right;
  point.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX, clientY: (top + bottom) / 2 }));
};

export const listen = () => {
  const voice = document.createElement("p");
  voice.className = "chart-voice";
  voice.setAttribute("role", "status");
  document.body.appendChild(voice);
  /** @type {HTMLElement | SVGElement | null} */
  let reached = null;
  /** @type {Element | null} what the tip belongs to */
  let owner = null;
  const tip = () => document.getElementById("tip");
  const hideTip = () => {
    const shown = tip();
    if (shown) {
      shown.hidden = true;
    }
  };
  const leave = () => {
    if (reached) {
      reached.removeAttribute("data-reached");
    }
    reached = null;
    voice.textContent = "";
    hideTip();
  };
  const reach = (/** @type {Element} */ chart, /** @type {HTMLElement | SVGElement} */ point) => {
    leave();
    reached = point;
    point.setAttribute("data-reached", "");
    point.scrollIntoView({ block: "nearest", inline: "nearest" });
    voice.textContent = wordsOf(point);
    if (!showSpot(chart, point)) {
      pointAt(point);
    }
  };
  const chartOf = (/** @type {Event} */ event) =>
    event.target instanceof Element ? event.target.closest("#page-root [data-chart]") : null;
  const press = (/** @type {KeyboardEvent} */ event) => {
    const chart = chartOf(event);
    if (!chart || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Escape" && reached) {
      event.stopPropagation();
      leave();
      /** @type {HTMLElement} */ (document.activeElement).blur();
    }
    if (event.key === "Enter" && reached && event.target === chart) {
      reached.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
    if (event.key in MOVES) {
      event.preventDefault();
      const to = next(marksOf(chart), reached, event.key);
      if (to) {
        reach(chart, to.point);
      }
    }
  };
  document.addEventListener("keydown", press, true);
  document.addEventListener("focusout", (event) => {
    const chart = chartOf(event);
    if (chart && !chart.contains(/** @type {Node | null} */ (event.relatedTarget))) {
      leave();
    }
  });
  ["pointermove", "focusin"].forEach((kind) =>
    document.addEventListener(kind, (event) => {
      owner = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
    }),
  );
  new MutationObserver(() => {
    const shown = tip();
    if (!owner || !shown || shown.hidden) {
      return;
    }
    const words = owner.isConnected && owner.getAttribute("data-tip");
    if (!words) {
      shown.hidden = true;
    } else if (shown.textContent !== words) {
      shown.textContent = words;
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-tip"] });
};
