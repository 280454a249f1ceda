/* What of the chrome is dash-bootstrap-components: fetched once a reader moves, never before the first paint.
   What stands in a tree is drawn plainly until then. */

import { loadChrome } from "./libraries.js";

/** @typedef {Record<string, any>} Parts React components by their name in the library */

const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin"];
const NEAR = "[data-part='menu'], [data-chrome]";
const AFTER_MS = 1000;
const LATEST_MS = 2000;

/** @type {Set<() => void>} */
const waiting = new Set();
/** @type {() => void} */
let noteDrawn;
const drawn = new Promise((/** @type {(value?: any) => void} */ resolve) => {
  noteDrawn = resolve;
});

/** The library's components; none before it is here. @returns {Parts | undefined} */
export const parts = () => window.dash_bootstrap_components;

/** Fetches the library, and waits until Dash has drawn what needs it. @returns {Promise<void>} */
export const fetchChrome = async () => {
  if (!parts()) {
    await loadChrome();
    waiting.forEach((tell) => tell());
  }
  await drawn;
};

/** @param {() => void} tell */
const subscribe = (tell) => {
  waiting.add(tell);
  return () => waiting.delete(tell);
};

/** For a React component that is drawn anew when the library has come. @returns {Parts | undefined} */
export const useParts = () => window.React.useSyncExternalStore(subscribe, parts);

/** Tells Dash when the library is here, and draws what Dash then hands over.
 * @param {{children?: unknown, setProps: (props: object) => void}} props */
export const OnDemand = ({ children, setProps }) => {
  const { useEffect } = window.React;
  const library = useParts();
  useEffect(() => {
    if (library) {
      setProps({ is_here: true });
    }
  }, [library]);
  useEffect(() => {
    if (children) {
      noteDrawn();
    }
  }, [children]);
  return children || null;
};

/** Who points at a part or comes to it by keyboard is about to use it. A failure is said when it is used.
 * @param {Event} event */
const approach = (event) => {
  if (!parts() && event.target instanceof Element && event.target.closest(NEAR)) {
    fetchChrome().catch(() => {});
  }
};

export const listen = () => {
  const options = { passive: true };
  const idle = window.requestIdleCallback || window.setTimeout;
  const fetchIdly = () => idle(() => fetchChrome().catch(() => {}), /** @type {any} */ ({ timeout: LATEST_MS }));
  let timer = 0;
  /* What is pressed is answered first, and what is pressed right after it. */
  const wait = () => {
    window.clearTimeout(timer);
    if (!parts()) {
      timer = window.setTimeout(fetchIdly, AFTER_MS);
    }
  };
  SIGNS.forEach((sign) => document.addEventListener(sign, wait, options));
  document.addEventListener("pointerover", approach, options);
  document.addEventListener("focusin", approach);
};
