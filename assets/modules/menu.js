/* A menu of the page's head: a list that opens at its summary, and a DropdownMenu once the library is here. */

import { useParts } from "./chrome.js";

/** One that is pressed or open stays as it is until it is closed; the focus stays at the menu.
 * @param {Record<string, any>} props those of the list */
export const Menu = ({ children, ...attributes }) => {
  const { Children, createElement, useId, useLayoutEffect, useReducer, useRef } = window.React;
  const library = useParts();
  const list = useRef(null);
  const isPressed = useRef(false);
  const id = useId();
  const [, onToggle] = useReducer((/** @type {number} */ turns) => turns + 1, 0);
  const hadFocus = list.current && list.current.contains(document.activeElement);
  useLayoutEffect(() => {
    const menu = hadFocus && !list.current && document.getElementById(id);
    if (menu) {
      menu.querySelector(".dropdown-toggle").focus();
    }
  });
  if (!library || isPressed.current || (list.current && list.current.open)) {
    const onPointerDown = () => {
      isPressed.current = true;
    };
    const onPointerLeave = () => {
      isPressed.current = false;
      onToggle();
    };
    const onClick = (/** @type {any} */ event) => {
      isPressed.current = false; // the list opens after this event, and is drawn anew by its own
      if (event.target.closest("button")) {
        list.current.open = false;
      }
    };
    const does = { onToggle, onClick, onPointerDown, onPointerLeave };
    return createElement("details", { ...attributes, ...does, ref: list }, ...children);
  }
  const [summary, items] = children;
  return createElement(
    library.DropdownMenu,
    { id, className: attributes.className, label: summary.props.children, color: "link", align_end: true },
    Children.map(items.props.children, (/** @type {any} */ item) =>
      createElement(library.DropdownMenuItem, item.props),
    ),
  );
};
