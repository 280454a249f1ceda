/* PNG and SVG: the reader is asked for a panel, points at it (or walks to it with Tab), and it is saved.
   A press elsewhere ends the question and does what it always does. */

import { keyOf } from "./keys.js";
import { sentence } from "./words.js";

const PANELS = ".page-content>div:not(.head):not(.answer):not(.source-panel):not(.drawer)";
const LOWEST_PX = 40;
let kind = "";

/** @returns {HTMLElement[]} */
const panels = () =>
  Array.from(/** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(PANELS))).filter(
    (panel) => panel.offsetHeight > LOWEST_PX,
  );

/** @param {HTMLElement} bar */
const end = (bar) => {
  if (!kind) {
    return;
  }
  kind = "";
  bar.textContent = "";
  document.body.classList.remove("choosing");
  panels().forEach((panel) => panel.removeAttribute("tabindex"));
};

/** @param {HTMLElement} bar @param {HTMLElement} panel */
const take = async (bar, panel) => {
  const chosen = kind;
  end(bar);
  const { savePicture } = await import("./picture-file.js");
  await savePicture(panel, chosen);
};

/** @param {HTMLElement} bar @param {HTMLElement} button */
const begin = (bar, button) => {
  const choices = panels();
  if (!choices.length) {
    return;
  }
  kind = button.dataset.kind || "";
  if (choices.length === 1) {
    take(bar, choices[0]);
    return;
  }
  bar.textContent = sentence("choose_panel");
  document.body.classList.add("choosing");
  choices.forEach((panel) => {
    panel.tabIndex = 0;
  });
  choices[0].focus({ preventScroll: true });
};

/** @param {HTMLElement} bar @param {MouseEvent} event */
const onClick = (bar, event) => {
  const target = /** @type {Element} */ (event.target);
  /** @type {HTMLElement | null} */
  const panel = kind ? target.closest(PANELS) : null;
  if (panel) {
    event.preventDefault();
    event.stopPropagation();
    take(bar, panel);
    return;
  }
  end(bar);
  /** @type {HTMLElement | null} */
  const button = target.closest("button[data-action='picture']");
  if (button) {
    begin(bar, button);
  }
};

/** @param {HTMLElement} bar @param {KeyboardEvent} event */
const onKey = (bar, event) => {
  const key = kind ? keyOf(event) : "";
  if (key === "Escape") {
    event.stopPropagation();
    end(bar);
  }
  const target = /** @type {HTMLElement} */ (event.target);
  if (key === "Enter" && target.matches(PANELS)) {
    event.preventDefault();
    event.stopPropagation();
    take(bar, target);
  }
};

export const listen = () => {
  const bar = document.createElement("p");
  bar.className = "choose-panel";
  bar.setAttribute("role", "status");
  document.body.appendChild(bar);
  document.addEventListener("click", (event) => onClick(bar, event), true);
  document.addEventListener("keydown", (event) => onKey(bar, event), true);
  document.addEventListener("oversight-shown", () => end(bar));
};
