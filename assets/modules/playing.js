/* 播放: one period after the other, until the last or a failure. */

import { navigate } from "./navigation.js";

const STEP_MS = 800;
let playing = 0;

/** @returns {Element[]} */
const dots = () => Array.from(document.querySelectorAll("#page-root [data-period-dot]"));

/** @param {Element} dot */
const isCurrent = (dot) => dot.getAttribute("aria-current") === "true";

const stop = () => {
  window.clearInterval(playing);
  playing = 0;
};

const step = () => {
  const periods = dots();
  const at = periods.findIndex(isCurrent);
  const next = periods[at + 1];
  if (!next) {
    stop();
    return;
  }
  navigate(next.getAttribute("href") || "");
  if (at + 2 >= periods.length) {
    stop();
  }
};

/** Plays, or stops what plays. */
export const play = () => {
  if (playing) {
    stop();
    return;
  }
  const periods = dots();
  if (periods.length && isCurrent(periods[periods.length - 1])) {
    navigate(periods[0].getAttribute("href") || "");
  }
  playing = window.setInterval(step, STEP_MS);
};

export const listen = () => {
  document.addEventListener("oversight-update", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.failed) {
      stop();
    }
  });
  window.addEventListener("popstate", stop); /* who goes back looks at what was shown */
};
