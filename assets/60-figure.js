/* A figure is a still until a reader points at it; then Plotly draws the same figure above it. */
(function () {
  "use strict";
  const OPTIONS = {displayModeBar: false, responsive: true};
  const alive = new WeakMap(); /* frame → {layer, figure} */
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
    const layer = document.createElement("div");
    layer.className = "live-figure";
    frame.appendChild(layer);
    const {data, layout} = JSON.parse(figure);
    alive.set(frame, {layer, figure});
    await window.Plotly.newPlot(layer, data, layout, OPTIONS);
    frame.classList.add("alive");
    changed.observe(frame, {attributes: true, attributeFilter: ["data-figure"]});
  };
  const changed = new MutationObserver((records) => records.forEach(({target}) => {
    delete target.dataset.waking;
    drop(target);
  }));
  document.addEventListener("pointermove", (event) => {
    const frame = event.target.closest && event.target.closest("#page-root [data-figure]");
    if (frame) { wake(frame); }
  });
}());
