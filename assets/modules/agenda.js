/* The running order on the desk is put in order by dragging its pictures, or with Alt and the arrows on a title. */

import { sendRequest } from "./forms.js";
import { isTyping } from "./keys.js";

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
const cardOf = (target) => (target instanceof Element ? target.closest("#page-root .card[data-slide-id]") : null);

const PREPARED = "meeting-prepared";

/** Remembers in this tab which meeting is being prepared, so that a view goes to that one. */
export const noteDesk = () => {
  const asked = new URLSearchParams(window.location.search);
  const code = window.location.pathname === "/meeting" && !asked.has("mode") && asked.get("meeting");
  if (code) {
    window.sessionStorage.setItem(PREPARED, code);
  }
};

/** The meeting that was last prepared in this tab; empty before. */
export const prepared = () => window.sessionStorage.getItem(PREPARED) || "";

/** @param {HTMLElement} card */
const positionOf = (card) => Number(card.dataset.position);

/** @param {HTMLElement} card @param {number} position */
const place = (card, position) =>
  sendRequest("meeting", { action: "place", slide_id: card.dataset.slideId || "", position: String(position) });

export const listen = () => {
  /** @type {HTMLElement | null} */
  let dragged = null;
  /** @param {HTMLElement | null} over */
  const mark = (over) =>
    document.querySelectorAll(".card.over, .card").forEach((card) => card.classList.toggle("over", card === over));
  document.addEventListener("dragstart", (event) => {
    dragged = cardOf(event.target);
    if (dragged && event.dataTransfer) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.dataset.slideId || "");
    }
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && cardOf(event.target);
    if (over) {
      event.preventDefault();
      mark(over);
    }
  });
  document.addEventListener("drop", (event) => {
    const over = dragged && cardOf(event.target);
    if (dragged && over && over !== dragged) {
      event.preventDefault();
      place(dragged, positionOf(over));
    }
  });
  document.addEventListener("dragend", () => {
    mark(null);
    dragged = null;
  });
  document.addEventListener("keydown", (event) => {
    const card = cardOf(event.target);
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (card && step && !isTyping(event.target)) {
      event.preventDefault();
      place(card, positionOf(card) + step);
    }
  });
};
