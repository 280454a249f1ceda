/* The filters of a phone: folded below a button, unfolded by a Collapse, or at once before the library is here. */

import { useParts } from "./chrome.js";

/** @param {Record<string, any>} props those of the box; the button comes first among the children */
export const Filters = ({ children, ...attributes }) => {
  const { cloneElement, createElement, useState } = window.React;
  const library = useParts();
  const [isOpen, open] = useState(false);
  const [button, ...slots] = children;
  const toggle = cloneElement(button, { "aria-expanded": isOpen, onClick: () => open(!isOpen) });
  const look = "slots";
  const box = library
    ? createElement(library.Collapse, { key: look, class_name: look, is_open: isOpen }, ...slots)
    : createElement("div", { key: look, className: isOpen ? `${look} show` : look }, ...slots);
  return createElement("div", attributes, toggle, box);
};
