/* The drawer beside a page: an Offcanvas once the library is here. What it shows, and that it is open, is the address's.
   It begins where the head ends, however many strips and bars the head has. */

import { fetchChrome, useParts } from "./chrome.js";

/** Whose keyboard leads out of the drawer is led back; a pointer may use the page beside it. */
let isByKeyboard = false;
/** @type {Set<() => void>} */
const drawers = new Set();

/** The page beside a drawer still scrolls, and a dialog above it has the keys and the focus.
 * @type {{modals: unknown[], add: (modal: unknown) => number, remove: (modal: unknown) => void,
 *   isTopModal: (modal: unknown) => boolean}} */
const manager = {
  modals: [],
  add: (modal) => manager.modals.push(modal) - 1,
  remove: (modal) => {
    manager.modals = manager.modals.filter((other) => other !== modal);
  },
  isTopModal: (modal) => manager.modals[manager.modals.length - 1] === modal && !document.querySelector(".modal"),
};

/** @param {() => void} tell */
const subscribe = (tell) => {
  drawers.add(tell);
  return () => drawers.delete(tell);
};

/** @param {Record<string, any>} props those of the box */
export const Drawer = ({ children, ...attributes }) => {
  const inner = [children].flat();
  const { createElement, useEffect, useState, useSyncExternalStore } = window.React;
  const library = useParts();
  const enforceFocus = useSyncExternalStore(subscribe, () => isByKeyboard);
  const [container, setContainer] = useState(null);
  useEffect(() => {
    fetchChrome().catch(() => {}); /* what is drawn plainly has its own way out */
  }, []);
  if (!library) {
    return createElement("div", attributes, ...inner);
  }
  const leave = () => {
    const way = container.querySelector("[data-close]");
    if (way) {
      way.click();
    }
  };
  const looks = { className: attributes.className, "aria-label": attributes["aria-label"], placement: "end" };
  const works = { is_open: true, backdrop: false, close_button: false, enforceFocus, container, manager };
  return createElement(
    "div",
    { ref: setContainer },
    container && createElement(library.Offcanvas, { ...looks, ...works, setProps: leave }, ...inner),
  );
};

const place = () => {
  const head = document.querySelector("#page-root .head, #first-paint .head");
  const bottom = head ? Math.max(0, Math.round(head.getBoundingClientRect().bottom)) : 0;
  document.documentElement.style.setProperty("--head-bottom", bottom + "px");
};

export const listen = () => {
  let frame = 0;
  const soon = () => {
    window.cancelAnimationFrame(frame);
    frame = window.requestAnimationFrame(place);
  };
  const sizes = new ResizeObserver(soon);
  /** @type {Element | null} */
  let watched = null;
  const watch = () => {
    const head = document.querySelector("#page-root .head");
    if (head !== watched) {
      sizes.disconnect();
      watched = head;
      if (head) {
        sizes.observe(head);
      }
    }
    soon();
  };
  document.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  document.addEventListener("oversight-shown", watch);
  document.addEventListener("oversight-update", watch);
  watch();
  const note = (/** @type {Event} */ event) => {
    isByKeyboard = event.type === "keydown";
    drawers.forEach((tell) => tell());
  };
  ["keydown", "pointerdown"].forEach((kind) => document.addEventListener(kind, note, true));
};
