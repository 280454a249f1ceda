/* The page of records: its words, its forms, and what every part of it needs to keep and to send. */

import { drawDrafts, drawLine, drawQueue, say } from "./visit-queue.js";

const page = /** @type {HTMLElement} */ (document.querySelector("[data-visits]"));
export const words = page.dataset;
export const account = words.visits || "";
/** @type {HTMLFormElement[]} */
export const forms = Array.from(document.querySelectorAll("form[data-visit]"));

export const redraw = () => {
  Promise.all([drawLine(account), drawQueue(account, page, forms), drawDrafts(account)]).catch(() => {});
};

export const onFull = () => say(words.wordsFull || "", {}, true);

export const keeping = { account, label: words.wordsRemove || "", onFull, onKept: redraw };

export const sending = {
  account,
  address: words.send || "",
  token: words.token || "",
  refused: words.wordsRefused || "",
  onChange: redraw,
  onSent: (/** @type {any} */ { record, issues }) =>
    say(
      (issues.length ? words.wordsSentIssues : words.wordsSent) || "",
      { name: record.name, count: issues.length, codes: issues.join(words.wordsJoint) },
      false,
    ),
  onSignedOut: () => say(words.wordsSignedOut || "", {}, true),
};
