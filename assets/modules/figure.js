/* A chart is its SVG until a reader wants to look closer: then Plotly draws it above, with the places and words of
   the SVG, from what `data-figure` says beyond them (layouts/charts/figure.py). */

import { loadFigures } from "./libraries.js";
import { pointsOf, valuesIn } from "./svg-points.js";

/** @typedef {{curveNumber: number, pointNumber: number}} Spot */
/** @typedef {{layer: any, spots: Map<Element, Spot>}} Drawn */

const OPTIONS = { displayModeBar: false, responsive: true, doubleClick: "reset" };
/** @type {WeakMap<Element, Drawn>} */
const alive = new WeakMap();

/** @param {string} name @returns {string} */
const token = (name) => window.getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const theme = () => {
  const family = window.getComputedStyle(document.body).fontFamily;
  return {
    font: { family, size: 12, color: token("--ink-2") },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    dragmode: window.matchMedia("(pointer: coarse)").matches ? false : "zoom",
    hoverlabel: { bgcolor: token("--page"), bordercolor: token("--line"), font: { family, color: token("--ink") } },
  };
};

/** Give a trace the places and words of its mark.
 * @param {any} trace @param {number} curveNumber @param {Element} mark
 * @param {ReturnType<typeof valuesIn>} valuesAt @param {Map<Element, Spot>} spots */
const fill = (trace, curveNumber, mark, valuesAt, spots) => {
  const points = pointsOf(mark);
  const values = points.map(({ place }) => valuesAt(place));
  points.forEach(({ node }, pointNumber) => {
    if (node) {
      spots.set(node, { curveNumber, pointNumber });
    }
  });
  const words = points.map(({ node }) => (node && node.getAttribute("data-tip")) || "");
  return Object.assign(trace, {
    x: values.map(([x]) => x),
    y: values.map(([, y], n) => (points[n].node ? y : null)),
    customdata: words,
    hoverinfo: "none",
    hovertemplate: words.map((said) => (said ? trace.hovertemplate : "")),
  });
};

/** @param {HTMLElement} frame */
const drop = (frame) => {
  const drawn = alive.get(frame);
  if (drawn) {
    alive.delete(frame);
    window.Plotly.purge(drawn.layer);
    drawn.layer.remove();
    frame.classList.remove("alive");
  }
};

/** @param {Drawn} drawn @param {Spot} at */
const follow = ({ spots }, at) => {
  spots.forEach((spot, node) => {
    if (node.matches("a") && spot.curveNumber === at.curveNumber && spot.pointNumber === at.pointNumber) {
      node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
  });
};

/** @param {HTMLElement} frame @param {MutationObserver} changed */
const wake = async (frame, changed) => {
  const figure = frame.dataset.figure;
  if (!figure || frame.dataset.waking === figure) {
    return;
  }
  frame.dataset.waking = figure;
  await loadFigures();
  drop(frame);
  const svg = frame.querySelector("svg");
  if (!svg || !frame.isConnected || frame.dataset.figure !== figure) {
    return;
  }
  const { data, layout } = JSON.parse(figure);
  const marks = Array.from(svg.children).filter((node) => node.tagName === "g" && !node.matches(".axis"));
  const layer = document.createElement("div");
  layer.className = "live-figure";
  frame.appendChild(layer);
  /** @type {Drawn} */
  const drawn = { layer, spots: new Map() };
  alive.set(frame, drawn);
  const valuesAt = valuesIn(svg, layout);
  const traces = data.map((/** @type {any} */ trace, /** @type {number} */ n) =>
    fill(trace, n, marks[n], valuesAt, drawn.spots),
  );
  await window.Plotly.newPlot(layer, traces, Object.assign(layout, theme()), OPTIONS);
  drawn.layer.on("plotly_click", (/** @type {{points: Spot[]}} */ { points }) => follow(drawn, points[0]));
  frame.classList.add("alive");
  changed.observe(frame, { attributes: true, attributeFilter: ["data-figure"] });
};

/** Have Plotly say the words of a node of the SVG; whether it does. @param {Element} frame @param {Element} node */
export const showSpot = (frame, node) => {
  const drawn = alive.get(frame);
  const spot = drawn && drawn.spots.get(node);
  if (!drawn || !spot) {
    return false;
  }
  window.Plotly.Fx.hover(drawn.layer, [spot]);
  return true;
};

export const listen = () => {
  const changed = new MutationObserver((records) => {
    records.forEach(({ target }) => {
      const frame = /** @type {HTMLElement} */ (target);
      delete frame.dataset.waking;
      drop(frame);
    });
  });
  const wish = (/** @type {Event} */ event) => {
    const frame = event.target instanceof Element && event.target.closest("#page-root [data-figure]");
    if (frame instanceof HTMLElement && (event.type === "pointermove" || frame.matches(":focus-visible"))) {
      wake(frame, changed);
    }
  };
  document.addEventListener("pointermove", wish);
  document.addEventListener("focusin", wish);
};
