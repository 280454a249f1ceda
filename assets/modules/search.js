/* Search: typed words go to the server, arrow keys choose, Enter opens. */

import { setProps } from "./dash-adapter.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { isChord, isTyping, keyOf } from "./keys.js";

const DIALOG = "search";
let isOpening = false;
let typedAhead = "";

/** @param {string} words */
const ask = (words) => setProps("search-text", { data: words });

export const openSearch = async () => {
  isOpening = true;
  typedAhead = "";
  await openDialog(DIALOG);
  isOpening = false;
};

/** What is typed while the dialog opens is meant for it. @param {KeyboardEvent} event */
const typeAhead = (event) => {
  if (isOpening && event.key.length === 1 && !isChord(event) && !isTyping(event.target)) {
    event.preventDefault();
    event.stopPropagation();
    typedAhead += event.key;
  }
};

/** @returns {HTMLElement[]} */
const results = () => Array.from(document.querySelectorAll("#search-results .found a"));

/** @param {HTMLElement} box @param {number} at */
const mark = (box, at) =>
  results().forEach((item, n) => {
    item.classList.toggle("active", n === at);
    item.setAttribute("aria-selected", String(n === at));
    if (n === at) {
      item.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", item.id);
    }
  });

/** @param {any} event a key in the field */
const onKey = (event) => {
  const key = keyOf(event.nativeEvent);
  const items = results();
  const at = items.findIndex((item) => item.classList.contains("active"));
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    mark(event.target, Math.max(0, Math.min(items.length - 1, at + (key === "ArrowDown" ? 1 : -1))));
  }
  if (key === "Enter" && items.length) {
    items[Math.max(0, at)].click();
  }
};

/** The field, with the focus and with what was typed before it was there. @param {Record<string, any>} attributes */
export const SearchField = (attributes) => {
  const { createElement, useEffect, useRef } = window.React;
  const box = useRef(null);
  useEffect(() => {
    setProps("search-results", { tree: "[]" }); /* not what was found before */
    box.current.value = typedAhead;
    typedAhead = "";
    box.current.focus();
    ask(box.current.value);
  }, []);
  const onInput = () => ask(box.current.value);
  return createElement("input", { ...attributes, ref: box, onInput, onKeyDown: onKey });
};

/** @param {Event} event */
const onClick = (event) => {
  if (event.target instanceof Element && event.target.closest("#search-results a")) {
    closeDialog(DIALOG);
  }
};

export const listen = () => {
  document.addEventListener("keydown", typeAhead, true);
  document.addEventListener("click", onClick);
};
