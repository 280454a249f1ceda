/* What the wall tells its presenter, and does at the presenter's word. */

import { chooseTheme } from "./projector.js";
import { elsewhere, panel, place, returnToOrder, toggleBlank, turn, TURNED } from "./slides.js";
import { hear, PRESENTER, tell, WALL } from "./wall-link.js";

const BEAT_MS = 2000;

const report = () => {
  if (panel()) {
    tell({ of: WALL, does: "at", slide: place() + 1, words: elsewhere() });
  }
};

/** Words that are read out to the hall, until they are taken away. @param {string} words */
const read = (words) => {
  const part = document.getElementById("slide-read");
  const line = part && part.querySelector("p");
  if (part && line) {
    line.textContent = words;
    part.hidden = !words;
  }
};

export const listen = () => {
  document.addEventListener(TURNED, report);
  window.setInterval(report, BEAT_MS);
  hear(PRESENTER, ({ does, slide = 0, words = "" }) => {
    if (!panel()) {
      return;
    }
    if (does === "turn" && elsewhere()) {
      returnToOrder(slide);
    } else if (does === "turn") {
      turn(slide - 1);
    } else if (does === "blank") {
      toggleBlank();
    } else if (does === "light") {
      chooseTheme();
    } else if (does === "read") {
      read(words);
    }
    report();
  });
};
