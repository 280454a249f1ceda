/* Search: typed words go to the server, arrow keys choose, Enter opens. */

import { setProps } from "./dash-adapter.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { isChord, isTyping, keyOf } from "./keys.js";

const DIALOG = "search";
const LONGEST = 40;
let isOpening = false;
let typedAhead = "";
/** Enter was pressed before the answers to what is typed were here: their first is followed when they are. */
let isEntered = false;

/** What of the typed words is looked for. @param {string} words */
const lookedFor = (words) => Array.from(words).slice(0, LONGEST).join("");

/** @param {string} words */
const ask = (words) => {
  isEntered = false;
  setProps("search-text", { data: lookedFor(words) });
};

export const openSearch = async () => {
  isOpening = true;
  typedAhead = "";
  isEntered = false;
  try {
    await openDialog(DIALOG, () => setProps("search-results", { tree: "[]" }));
  } finally {
    isOpening = false;
  }
};

/** What is typed while the dialog opens is meant for it. @param {KeyboardEvent} event */
const typeAhead = (event) => {
  const isMeant = event.key.length === 1 || event.key === "Enter";
  if (isOpening && isMeant && !isChord(event) && !isTyping(event.target)) {
    event.preventDefault();
    event.stopPropagation();
    isEntered = event.key === "Enter";
    typedAhead += isEntered ? "" : event.key;
  }
};

/** @returns {HTMLElement[]} */
const results = () => Array.from(document.querySelectorAll("#search-results .found a"));

/** Whether the answers are those to what stands in the field. @param {string} words */
const isAnswered = (words) => {
  const list = document.querySelector("#search-results .found");
  return Boolean(list && list.getAttribute("data-words") === lookedFor(words));
};

const isMarked = (/** @type {HTMLElement} */ item) => item.classList.contains("active");

/** Follows the answer that is marked, or the first. @param {string} words */
const enter = (words) => {
  isEntered = !isAnswered(words);
  if (!isEntered) {
    const items = results();
    (items.find(isMarked) || items[0]).click();
  }
};

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
  const at = items.findIndex(isMarked);
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    mark(event.target, Math.max(0, Math.min(items.length - 1, at + (key === "ArrowDown" ? 1 : -1))));
  }
  if (key === "Enter") {
    enter(event.target.value);
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
    const wasEntered = isEntered;
    ask(box.current.value);
    isEntered = wasEntered;
    const answered = () => isEntered && enter(box.current.value);
    const observer = new MutationObserver(answered);
    observer.observe(/** @type {Node} */ (document.getElementById("search-results")), {
      childList: true,
      subtree: true,
      attributes: true,
    });
    return () => observer.disconnect();
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
