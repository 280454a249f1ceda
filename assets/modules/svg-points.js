/* The points of a chart as its SVG holds them: where each stands, and the node that says its words. */

/** A place as the SVG writes it: percent of the plot, or pixels of its box. @typedef {(string | number)[]} Place */
/** @typedef {{place: Place, node: Element}} Spot */
/** @typedef {{range: number[]}} Axis */
/** @typedef {{margin: {l: number, r: number, t: number, b: number}, xaxis: Axis, yaxis: Axis}} Plane */

/** @param {Element} node @param {string[]} names @returns {Place} */
const placeOf = (node, names) => names.map((name) => node.getAttribute(name) || "0");

/** Places as values of both axes. @param {SVGSVGElement} svg @param {Plane} plane @returns {(place: Place) => number[]} */
export const valuesIn = (svg, { margin, xaxis, yaxis }) => {
  const box = svg.viewBox.baseVal || { width: 0, height: 0 };
  const share = (/** @type {string | number} */ place, /** @type {number} */ from, /** @type {number} */ room) =>
    String(place).endsWith("%") ? parseFloat(String(place)) / 100 : (Number(place) - from) / room;
  const along = (/** @type {Axis} */ axis, /** @type {number} */ part) =>
    axis.range[0] + part * (axis.range[1] - axis.range[0]);
  return ([x, y]) => [
    along(xaxis, share(x, margin.l, box.width - margin.l - margin.r)),
    along(yaxis, 1 - share(y, margin.t, box.height - margin.t - margin.b)),
  ];
};

/** @param {Place} place @returns {string} */
const keyOf = ([x, y]) => `${parseFloat(String(x)).toFixed(2)} ${parseFloat(String(y)).toFixed(2)}`;

/** The places of a path of steps, as `path_of` of the server writes it. @param {string} steps @returns {Place[]} */
export const placesOfPath = (steps) => {
  const numbers = (steps.match(/-?[\d.]+/g) || []).map(Number);
  let [x, y] = [0, 0];
  return numbers
    .filter((_, n) => n % 2)
    .map((down, n) => {
      x += numbers[2 * n];
      y += down;
      return [x, y];
    });
};

/** @param {Element} piece @returns {Place[]} */
const stretchOf = (piece) => {
  if (piece.tagName !== "g") {
    return placesOfPath(piece.getAttribute("d") || "");
  }
  return Array.from(piece.children, (part, n) => {
    const end = placeOf(part, ["x2", "y2"]);
    return n ? [end] : [placeOf(part, ["x1", "y1"]), end];
  }).flat();
};

/** The stretches of a line in the order of time. @param {Element} mark @returns {Spot[][]} */
const stretchesOf = (mark) => {
  /** @type {Map<string, Element>} */
  const dots = new Map();
  mark.querySelectorAll("circle").forEach((dot) => dots.set(keyOf(placeOf(dot, ["cx", "cy"])), dot));
  const stretches = Array.from(mark.querySelectorAll("path,g"), (piece) =>
    stretchOf(piece).map((place) => {
      const dot = dots.get(keyOf(place));
      dots.delete(keyOf(place));
      return { place, node: dot || piece };
    }),
  );
  const lone = Array.from(dots.values(), (dot) => [{ place: placeOf(dot, ["cx", "cy"]), node: dot }]);
  const left = (/** @type {Spot[]} */ stretch) => parseFloat(String(stretch[0].place[0]));
  return lone.length ? stretches.concat(lone).sort((one, other) => left(one) - left(other)) : stretches;
};

/** The circles of a cloud, each inside its link. @param {Element} mark @returns {Spot[]} */
const circlesOf = (mark) =>
  Array.from(mark.querySelectorAll("a"), (node) => ({
    place: placeOf(node.querySelector("circle") || node, ["cx", "cy"]),
    node,
  }));

/** The points of a mark; a point without a node is a gap between two stretches.
 * @param {Element} mark @returns {{place: Place, node?: Element}[]} */
export const pointsOf = (mark) => {
  if (mark.querySelector("a")) {
    return circlesOf(mark);
  }
  return stretchesOf(mark).flatMap((stretch, n) => (n ? [{ place: stretch[0].place }, ...stretch] : stretch));
};
