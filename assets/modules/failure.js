/* What a reader is told when something that was asked for did not come, in the server's words or our own. */

import { sentence } from "./words.js";

/** @typedef {import("./types").Failure} Failure */
/** @typedef {import("./dash-adapter.js").Address} Address */

const SIGN_IN = "/login";

/** What an answer that is none says. @param {Response} response @returns {Promise<Failure>} */
export const failureOf = async (response) => {
  const said = await response
    .clone()
    .json()
    .catch(() => ({}));
  return { words: said.error || sentence("failed"), link: said.link || null };
};

/** @returns {Failure} */
export const offline = () => ({ words: sentence("offline"), link: null });

/** Where a link of a failure leads: who signs in comes to what was asked for. @param {string} href
 * @param {Address} asked */
export const wayTo = (href, asked) =>
  href + (href === SIGN_IN ? "?" + new URLSearchParams({ next: asked.pathname + asked.search }) : "");

/** Says a failure above the page, or takes it back. @param {Failure | null} failure @param {Address} asked */
export const showFailure = (failure, asked) => {
  /** @type {HTMLElement | null} */
  const bar = document.querySelector("#page-root #update-error, #first-paint #update-error");
  if (!bar) {
    return;
  }
  bar.hidden = !failure;
  const text = bar.querySelector("span");
  /** @type {HTMLAnchorElement | null} */
  const way = bar.querySelector("a[href^='/login'], a[href^='/password']");
  if (!failure || !text || !way) {
    return;
  }
  text.textContent = failure.words;
  way.hidden = !failure.link;
  if (failure.link) {
    way.textContent = failure.link.label;
    way.href = wayTo(failure.link.href, asked);
  }
};
