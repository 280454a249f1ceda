/* Dialogs are components of Dash that open above the page; what keeps one from opening is said. */

import { fetchChrome } from "./chrome.js";
import { setProps } from "./dash-adapter.js";
import { offline, showFailure } from "./failure.js";

/** @type {Set<string>} */
const opened = new Set();

/** @param {string} identity @param {() => void} [prepare] what is done once the dialog can be had
 * @returns {Promise<void>} */
export const openDialog = async (identity, prepare = () => {}) => {
  try {
    await fetchChrome();
  } catch {
    showFailure(offline(), window.location);
    return;
  }
  prepare();
  opened.add(identity);
  setProps(identity, { is_open: true });
};

/** @param {string} identity */
export const closeDialog = (identity) => setProps(identity, { is_open: false });

/** Whose browser goes back leaves the dialog above the page too. */
export const listen = () => window.addEventListener("popstate", () => opened.forEach(closeDialog));
