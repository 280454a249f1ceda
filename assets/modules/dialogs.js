/* Dialogs are components of Dash that open above the page; what keeps one from opening is said. */

import { fetchChrome } from "./chrome.js";
import { setProps } from "./dash-adapter.js";
import { offline, showFailure } from "./failure.js";

/** @param {string} identity @returns {Promise<void>} */
export const openDialog = async (identity) => {
  try {
    await fetchChrome();
  } catch {
    showFailure(offline(), window.location);
    return;
  }
  setProps(identity, { is_open: true });
};

/** @param {string} identity */
export const closeDialog = (identity) => setProps(identity, { is_open: false });
