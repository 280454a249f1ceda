/* What was saved or refused, said for a while in a Toast; plainly where the library could not be had. */

import { parts } from "./chrome.js";
import { setProps } from "./dash-adapter.js";

const SHOWN_MS = 8000;

/** As a component of Dash. @param {string} words @param {boolean} isSaved */
export const toastOf = (words, isSaved) => {
  const looks = { className: isSaved ? "said" : "said said-fail", key: String(Date.now()) };
  return parts()
    ? { namespace: "dash_bootstrap_components", type: "Toast", props: { ...looks, header: words, duration: SHOWN_MS } }
    : { namespace: "dash_html_components", type: "P", props: { ...looks, children: words, role: "alert" } };
};

/** @param {string} words */
export const sayRefused = (words) => setProps("said", { children: toastOf(words, false) });
