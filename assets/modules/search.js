/* Search: typed words go to the server, arrow keys choose, Enter opens. */

import { setProps } from "./dash-adapter.js";
import { keyOf } from "./keys.js";

/** @type {HTMLElement | null} */
let before = null;

/** @returns {HTMLInputElement | null} */
const box = () => /** @type {HTMLInputElement | null} */ (document.getElementById("search-input"));

const isOpen = () => document.body.classList.contains("searching");

export const openSearch = () => {
  const input = box();
  if (!input) {
    return;
  }
  before = /** @type {HTMLElement | null} */ (document.activeElement);
  document.body.classList.add("searching");
  input.focus();
  input.select();
  setProps("search-text", { data: input.value });
};

const close = () => {
  document.body.classList.remove("searching");
  if (before && before.isConnected) {
    before.focus();
  }
};

/** @returns {HTMLElement[]} */
const results = () => Array.from(document.querySelectorAll("#search-results .found li"));

/** @param {number} at */
const mark = (at) =>
  results().forEach((item, n) => {
    item.classList.toggle("active", n === at);
    item.setAttribute("aria-selected", String(n === at));
    if (n === at) {
      item.scrollIntoView({ block: "nearest" });
    }
  });

/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const key = keyOf(event);
  if (!isOpen() || !key) {
    return;
  }
  if (key === "Escape") {
    close();
    return;
  }
  if (event.target !== box()) {
    return;
  }
  const items = results();
  const at = items.findIndex((item) => item.classList.contains("active"));
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    mark(Math.max(0, Math.min(items.length - 1, at + (key === "ArrowDown" ? 1 : -1))));
  }
  const link = key === "Enter" && items.length ? items[Math.max(0, at)].querySelector("a") : null;
  if (link) {
    link.click();
  }
};

/** @param {Event} event */
const onInput = (event) => {
  const input = box();
  if (input && event.target === input) {
    setProps("search-text", { data: input.value });
  }
};

/** @param {Event} event */
const onClick = (event) => {
  const target = /** @type {Element} */ (event.target);
  const isAside = isOpen() && !target.closest("#search, [data-action=search]");
  if (target.closest("#search .found a") || isAside) {
    close();
  }
};

export const listen = () => {
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
};
