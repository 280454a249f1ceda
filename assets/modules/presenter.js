/* What only the presenter sees: the slide on the wall, the next one, notes, times, and what is decided. */

import { isChord, isTyping, keyOf } from "./keys.js";
import { timeLeft } from "./projector.js";
import { slideAfter, STEPS } from "./slides.js";
import { hear, PRESENTER, tell, WALL } from "./wall-link.js";
import { fill } from "./words.js";

const SECOND_MS = 1000;
const SILENCE_MS = 5000;
const MINUTE_S = 60;
let since = Date.now();
let heard = 0;
let hasBegun = false;

/** @returns {HTMLElement | null} */
const panel = () => document.querySelector("#page-root .presenter-panel");
/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => Array.from((panel() || document).querySelectorAll(selector));
const place = () => all(".slide-box").findIndex((box) => box.classList.contains("now"));

/** @param {string} name @param {string} words */
const write = (name, words) =>
  all(`[data-shows=${name}]`).forEach((node) => {
    if (node.textContent !== words) {
      node.textContent = words;
    }
  });

/** Minutes that the order takes from a slide on. @param {number} at @returns {number} */
const minutesFrom = (at) =>
  all(".slide-box")
    .slice(at)
    .reduce((sum, box) => sum + Number(box.dataset.minutes || 0), 0);

/** Shows which slide is on the wall, and what belongs to it. @param {number} to counted from 0 */
const show = (to) => {
  const boxes = all(".slide-box");
  if (!boxes[to] || to === place()) {
    return;
  }
  since = Date.now();
  boxes.forEach((box, at) => {
    box.classList.toggle("now", at === to);
    box.classList.toggle("next", at === to + 1);
  });
  all("[data-of-slide]").forEach((part) => (part.hidden = Number(part.dataset.ofSlide) !== to + 1));
  all("[data-go]").forEach((row) => {
    const at = Number(row.dataset.go) - 1;
    row.classList.toggle("past", at < to);
    row.setAttribute("aria-current", String(at === to));
    if (at === to) {
      row.scrollIntoView({ block: "nearest" });
    }
  });
  write("number", String(to + 1));
  window.dispatchEvent(new Event("resize")); /* the pictures are fitted anew */
};

/** @param {number} to */
const turn = (to) => {
  show(to);
  tell({ of: PRESENTER, does: "turn", slide: to + 1 });
};

/** @param {string} does @param {string} [words] */
const order = (does, words) => tell({ of: PRESENTER, does, words });

/** What was typed as a decision about the shown slide. */
const typedDecision = () =>
  all("[data-of-slide]")
    .filter((part) => !part.hidden)
    .map((part) => part.querySelector("textarea[name=resolution]"))
    .map((field) => (field instanceof HTMLTextAreaElement ? field.value : ""))
    .join("");

const tick = () => {
  if (!panel()) {
    return;
  }
  const spent = Math.round((Date.now() - since) / SECOND_MS);
  const left = minutesFrom(place()) - Math.floor(spent / MINUTE_S);
  const clock = { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" };
  write("clock", new Date().toLocaleTimeString("zh-CN", /** @type {Intl.DateTimeFormatOptions} */ (clock)));
  write("spent", timeLeft(spent));
  all("[data-shows=left]").forEach(
    (node) => (node.textContent = fill(node.dataset.words || "", { count: String(left) })),
  );
  all("[data-apart]").forEach((note) => (note.hidden = Date.now() - heard < SILENCE_MS));
};

/** @type {Record<string, () => void>} */
const DOES = {
  blank: () => order("blank"),
  light: () => order("light"),
  read: () => order("read", typedDecision()),
  unread: () => order("read", ""),
};
/** @type {Record<string, string>} */
const KEYS = { b: "blank", ".": "blank", l: "light" };

/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const key = keyOf(event);
  const target = /** @type {Element} */ (event.target);
  const isPressed = /^(BUTTON|A|SUMMARY)$/.test(target.tagName) && key === " ";
  if (!panel() || !key || isChord(event) || isTyping(target) || isPressed) {
    return;
  }
  if (key in STEPS || /^([1-9]|Home|End)$/.test(key)) {
    event.preventDefault();
    turn(slideAfter(key, place(), all(".slide-box").length));
  } else if (KEYS[key]) {
    DOES[KEYS[key]]();
  }
};

export const listen = () => {
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("click", ({ target }) => {
    const element = target instanceof Element && panel() ? target : null;
    /** @type {HTMLElement | null} */
    const row = element && element.closest("[data-go]");
    /** @type {HTMLElement | null} */
    const button = element && element.closest("[data-presenter-does]");
    if (row) {
      turn(Number(row.dataset.go) - 1);
    }
    if (button) {
      DOES[button.dataset.presenterDoes || ""]();
    }
  });
  hear(WALL, ({ slide = 0, words = "" }) => {
    heard = Date.now();
    all("[data-elsewhere]").forEach((note) => {
      note.hidden = !words;
      note.textContent = fill(note.dataset.elsewhere || "", { title: words });
    });
    if (panel() && !words && (!hasBegun || slide - 1 !== place())) {
      hasBegun = true;
      show(slide - 1);
    }
  });
  window.setInterval(tick, SECOND_MS);
};
