/* What a projected meeting shows of itself: its light, the time that is left, and of when its picture is. */

import { fill } from "./words.js";

const STORED = "oversight-theme";
const IDLE_MS = 3000;
const SECOND_MS = 1000;

/** Minutes and seconds that are left of a slide; below zero once they are over.
 * @param {number} seconds */
export const timeLeft = (seconds) => {
  const rest = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
};

/** Lit room or dim room, while slides are on. */
export const drawTheme = () => {
  const isMeeting = new URL(window.location.href).searchParams.get("mode") === "meeting";
  if (isMeeting) {
    document.documentElement.dataset.theme = window.sessionStorage.getItem(STORED) || "projector";
  } else {
    delete document.documentElement.dataset.theme;
  }
};

export const chooseTheme = () => {
  const next = document.documentElement.dataset.theme === "wall" ? "projector" : "wall";
  window.sessionStorage.setItem(STORED, next);
  drawTheme();
};

/** Filters and mark of a slide. @param {HTMLElement} slide */
export const drawFoot = (slide) => {
  const words = document.getElementById("slide-filters");
  const mark = document.getElementById("slide-demo");
  if (words && mark) {
    words.textContent = slide.dataset.footer || "";
    mark.textContent = slide.dataset.demo || "";
    mark.hidden = !slide.dataset.demo;
  }
};

/** Minutes of the running order: what is left for the slide, red when it is over. @param {number} since */
const drawTimer = (since) => {
  const timer = document.getElementById("slide-timer");
  /** @type {HTMLElement | null} */
  const slide = document.querySelector("#page-root .slide.on");
  if (!timer || !slide || slide.dataset.minutes === "0") {
    return;
  }
  const left = Number(slide.dataset.minutes) * 60 - Math.round((Date.now() - since) / SECOND_MS);
  timer.textContent = timeLeft(left);
  timer.classList.toggle("c-fail", left < 0);
};

/** The pointer hides while nobody moves it. @param {() => boolean} isProjected */
const hidePointer = (isProjected) => {
  let idle = 0;
  document.addEventListener("pointermove", () => {
    document.body.classList.remove("idle");
    window.clearTimeout(idle);
    idle = window.setTimeout(() => document.body.classList.toggle("idle", isProjected()), IDLE_MS);
  });
};

/** A failed update leaves the last picture and says of when it is. */
const tellAge = () => {
  let drawn = new Date();
  document.addEventListener("oversight-update", (event) => {
    const { failed, words } = /** @type {CustomEvent} */ (event).detail;
    const note = document.getElementById("slide-stale");
    if (!failed) {
      drawn = new Date();
    }
    if (note) {
      note.hidden = !failed;
      const time = drawn.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
      note.textContent = fill(note.dataset.words || "", { time }) + words;
    }
  });
};

/** @param {() => boolean} isProjected @param {() => number} since when the slide was turned to */
export const listen = (isProjected, since) => {
  window.setInterval(() => drawTimer(since()), SECOND_MS);
  hidePointer(isProjected);
  tellAge();
  document.addEventListener("oversight-update", drawTheme);
  window.addEventListener("popstate", drawTheme);
};
