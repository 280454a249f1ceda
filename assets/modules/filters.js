/* The filters of a phone: folded below a button, unfolded by a Collapse, or at once before the library is here. Who is at
   one of them while it comes stays there: what is drawn otherwise is another box, and would take the focus away. */

import { useParts } from "./chrome.js";

/** @param {Record<string, any>} props those of the box; the button comes first among the children */
export const Filters = ({ children, ...attributes }) => {
  const { cloneElement, createElement, useReducer, useRef, useState } = window.React;
  const library = useParts();
  const [isOpen, open] = useState(false);
  const plain = useRef(null);
  const [, onLeave] = useReducer((/** @type {number} */ turns) => turns + 1, 0);
  const [button, ...slots] = children;
  const toggle = cloneElement(button, { "aria-expanded": isOpen, onClick: () => open(!isOpen) });
  const look = "slots";
  const isUsed = plain.current && plain.current.contains(document.activeElement);
  const onBlur = (/** @type {any} */ event) => {
    if (!plain.current.contains(event.relatedTarget)) {
      onLeave();
    }
  };
  const box =
    library && !isUsed
      ? createElement(library.Collapse, { key: look, class_name: look, is_open: isOpen }, ...slots)
      : createElement("div", { key: look, ref: plain, className: isOpen ? `${look} show` : look, onBlur }, ...slots);
  return createElement("div", attributes, toggle, box);
};
