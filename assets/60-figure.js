/* A chart is its SVG until a reader wants to look closer: then Plotly draws it above, with the places and words of
   the SVG, from what `data-figure` says beyond them (layouts/charts/figure.py). */
(function () {
  "use strict";
  const OPTIONS = {displayModeBar: false, responsive: true, doubleClick: "reset"};
  const alive = new WeakMap(); /* frame → {layer, spots}, spots: node of the SVG → its point in the figure */
  const token = (name) => window.getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const theme = () => {
    const family = window.getComputedStyle(document.body).fontFamily;
    return {
      font: {family, size: 12, color: token("--ink-2")},
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      dragmode: window.matchMedia("(pointer: coarse)").matches ? false : "zoom",
      hoverlabel: {bgcolor: token("--page"), bordercolor: token("--line"), font: {family, color: token("--ink")}},
    };
  };
  /* A place of the SVG, in percent of the plot or in pixels of its box, as values of both axes. */
  const measure = (svg, {margin, xaxis, yaxis}) => {
    const box = svg.viewBox.baseVal || {width: 0, height: 0};
    const share = (place, from, room) => (String(place).endsWith("%") ? parseFloat(place) / 100 : (place - from) / room);
    const along = (axis, part) => axis.range[0] + part * (axis.range[1] - axis.range[0]);
    return ([x, y]) => [
      along(xaxis, share(x, margin.l, box.width - margin.l - margin.r)),
      along(yaxis, 1 - share(y, margin.t, box.height - margin.t - margin.b)),
    ];
  };
  const keyOf = ([x, y]) => `${parseFloat(x).toFixed(2)} ${parseFloat(y).toFixed(2)}`;
  const stretchOf = (piece) => {
    if (piece.tagName === "g") {
      return Array.from(piece.children, (part, n) => (n ? [] : [["x1", "y1"]]).concat([["x2", "y2"]])
        .map((names) => names.map((name) => part.getAttribute(name)))).flat();
    }
    const steps = piece.getAttribute("d").match(/-?[\d.]+/g).map(Number);
    let [x, y] = [0, 0];
    return steps.filter((_, n) => n % 2).map((down, n) => [x += steps[2 * n], y += down]);
  };
  /* The stretches of one mark in the order of time, each a list of {place, node}. */
  const stretchesOf = (mark) => {
    const dots = new Map(Array.from(mark.querySelectorAll("circle"),
      (dot) => [keyOf([dot.getAttribute("cx"), dot.getAttribute("cy")]), dot]));
    const stretches = Array.from(mark.querySelectorAll("path,g"), (piece) => stretchOf(piece).map((place) => {
      const dot = dots.get(keyOf(place));
      dots.delete(keyOf(place));
      return {place, node: dot || piece};
    }));
    const lone = Array.from(dots.values(), (dot) => [{place: [dot.getAttribute("cx"), dot.getAttribute("cy")], node: dot}]);
    const left = (stretch) => parseFloat(stretch[0].place[0]);
    return lone.length ? stretches.concat(lone).sort((one, other) => left(one) - left(other)) : stretches;
  };
  /* The circles of a cloud, each inside its link. */
  const circlesOf = (mark) => Array.from(mark.querySelectorAll("a"), (node) => {
    const circle = node.querySelector("circle");
    return [{place: [circle.getAttribute("cx"), circle.getAttribute("cy")], node}];
  });
  const fill = (trace, curveNumber, mark, valuesAt, spots) => {
    const isCloud = Boolean(mark.querySelector("a"));
    const points = isCloud ? circlesOf(mark).flat() : stretchesOf(mark).flatMap((stretch, n) => (n ? [{gap: stretch[0].place}] : []).concat(stretch));
    const values = points.map(({place, gap}) => valuesAt(place || gap));
    points.forEach(({node}, pointNumber) => { if (node) { spots.set(node, {curveNumber, pointNumber}); } });
    const words = points.map(({node}) => (node && node.dataset.tip) || "");
    return Object.assign(trace, {
      x: values.map(([x]) => x),
      y: values.map(([, y], n) => (points[n].gap ? null : y)),
      customdata: words,
      hoverinfo: "none",
      hovertemplate: words.map((said) => (said ? trace.hovertemplate : "")),
    });
  };

  const follow = (link) => link.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  const drop = (frame) => {
    const drawn = alive.get(frame);
    if (!drawn) { return; }
    alive.delete(frame);
    window.Plotly.purge(drawn.layer);
    drawn.layer.remove();
    frame.classList.remove("alive");
  };
  const wake = async (frame) => {
    const figure = frame.dataset.figure;
    if (frame.dataset.waking === figure) { return; }
    frame.dataset.waking = figure;
    await window.oversightFigures();
    drop(frame);
    if (!frame.isConnected || frame.dataset.figure !== figure) { return; }
    const {data, layout} = JSON.parse(figure);
    const svg = frame.querySelector("svg");
    const marks = Array.from(svg.children).filter((node) => node.tagName === "g" && !node.matches(".axis"));
    const spots = new Map();
    const traces = data.map((trace, n) => fill(trace, n, marks[n], measure(svg, layout), spots));
    const layer = document.createElement("div");
    layer.className = "live-figure";
    frame.appendChild(layer);
    alive.set(frame, {layer, spots});
    await window.Plotly.newPlot(layer, traces, Object.assign(layout, theme()), OPTIONS);
    layer.on("plotly_click", ({points: [{curveNumber, pointNumber}]}) => spots.forEach((spot, node) => {
      if (node.matches("a") && spot.curveNumber === curveNumber && spot.pointNumber === pointNumber) { follow(node); }
    }));
    frame.classList.add("alive");
    changed.observe(frame, {attributes: true, attributeFilter: ["data-figure"]});
  };
  const changed = new MutationObserver((records) => records.forEach(({target}) => {
    delete target.dataset.waking;
    drop(target);
  }));
  /* Whether Plotly says the words of a node of the SVG. */
  window.oversightSpot = (frame, node) => {
    const drawn = alive.get(frame);
    const spot = drawn && drawn.spots.get(node);
    if (spot) { window.Plotly.Fx.hover(drawn.layer, [spot]); }
    return Boolean(spot);
  };
  const wish = (event) => {
    const frame = event.target.closest && event.target.closest("#page-root [data-figure]");
    if (frame && (event.type === "pointermove" || frame.matches(":focus-visible"))) { wake(frame); }
  };
  document.addEventListener("pointermove", wish);
  document.addEventListener("focusin", wish);
}());
