/* A chart is one stop of the keyboard: arrow keys walk its points and say their words, Escape leaves.
   A tip says what its point says now, also while the data changes. */
(function () {
  "use strict";
  const MOVES = {ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity};
  const WIDE = 120; /* pixels from the left of a row to its tip */
  const voice = document.createElement("p");
  voice.className = "chart-voice";
  voice.setAttribute("role", "status");
  document.body.appendChild(voice);
  let [reached, owner] = [null, null]; /* the point, and what the tip belongs to */
  const tip = () => document.getElementById("tip");
  const leave = () => {
    if (reached) { reached.removeAttribute("data-reached"); }
    reached = null;
    voice.textContent = "";
    if (tip()) { tip().hidden = true; }
  };
  const follow = (point) => point.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  const reach = (chart, point) => {
    leave();
    reached = point;
    point.setAttribute("data-reached", "");
    point.scrollIntoView({block: "nearest", inline: "nearest"});
    voice.textContent = (point.matches("td") ? point.parentElement.firstElementChild.textContent + " " : "") + point.dataset.tip;
    if (window.oversightSpot && window.oversightSpot(chart, point)) { return; }
    const {left, right, top, bottom} = point.getBoundingClientRect();
    const clientX = point.matches("td") ? Math.min(right, left + WIDE) : right;
    point.dispatchEvent(new PointerEvent("pointermove", {bubbles: true, clientX, clientY: (top + bottom) / 2}));
  };
  /* Marks in the order they are drawn; the points of each from left to right. */
  const marksOf = (chart) => {
    const marks = new Map();
    chart.querySelectorAll("[data-tip]").forEach((point) => {
      const mark = point.parentElement.closest("g,svg,table");
      marks.set(mark, (marks.get(mark) || []).concat({point, left: point.getBoundingClientRect().left}));
    });
    return Array.from(marks.values(), (points) => points.sort((one, other) => one.left - other.left));
  };
  const isBy = (point) => ({point: each}) => each === point;
  const next = (chart, key) => {
    const marks = marksOf(chart);
    const at = marks.findIndex((points) => points.some(isBy(reached)));
    if (at < 0) { return marks.slice().reverse().find((points) => points.length > 1) || marks[marks.length - 1]; }
    const place = marks[at].findIndex(isBy(reached));
    if (marks.length > 1 && /Up|Down/.test(key)) {
      const other = marks[(at + MOVES[key] + marks.length) % marks.length];
      const far = ({left}) => Math.abs(left - marks[at][place].left);
      return [other.reduce((best, each) => (far(each) < far(best) ? each : best))];
    }
    return [marks[at][Math.max(0, Math.min(marks[at].length - 1, place + MOVES[key]))]];
  };
  document.addEventListener("keydown", (event) => {
    const chart = event.target.closest && event.target.closest("#page-root [data-chart]");
    if (!chart || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape" && reached) {
      event.stopPropagation();
      leave();
      document.activeElement.blur();
    }
    if (event.key === "Enter" && reached && event.target === chart) { follow(reached); }
    if (!(event.key in MOVES)) { return; }
    event.preventDefault();
    (next(chart, event.key) || []).slice(0, 1).forEach(({point}) => reach(chart, point));
  }, true);
  document.addEventListener("focusout", (event) => {
    const chart = event.target.closest && event.target.closest("[data-chart]");
    if (chart && !chart.contains(event.relatedTarget)) { leave(); }
  });
  ["pointermove", "focusin"].forEach((kind) => document.addEventListener(kind, (event) => {
    owner = event.target.closest && event.target.closest("[data-tip]");
  }));
  new MutationObserver(() => {
    if (!owner || !tip() || tip().hidden) { return; }
    const words = owner.isConnected && owner.dataset.tip;
    if (!words) { tip().hidden = true; } else if (tip().textContent !== words) { tip().textContent = words; }
  }).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-tip"]});
}());
