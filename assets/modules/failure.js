/* What a reader is told when something that was asked for did not come, in the server's words or our own. */

import { useParts } from "./chrome.js";
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

/** @type {{failure: Failure | null, asked: Address | null}} */
let said = { failure: null, asked: null };
/** @type {Set<() => void>} */
const bars = new Set();

/** @param {() => void} tell */
const subscribe = (tell) => {
  bars.add(tell);
  return () => bars.delete(tell);
};

/** Says a failure above the page, or takes it back. @param {Failure | null} failure @param {Address} asked */
export const showFailure = (failure, asked) => {
  said = { failure, asked };
  bars.forEach((tell) => tell());
};

/** What is said at present. @returns {Failure | null} */
export const saidFailure = () => said.failure;

/** @type {WeakMap<Promise<Response>, Failure | null>} */
const wordsBefore = new WeakMap();

/** What was said when an answer was first asked for: its success takes back nothing that was said since.
 * @param {Promise<Response>} answer @returns {Failure | null} */
export const saidBefore = (answer) => {
  if (!wordsBefore.has(answer)) {
    wordsBefore.set(answer, said.failure);
  }
  return wordsBefore.get(answer) || null;
};

/** The bar: an Alert, and plain where the library could not be had, since that is when it has most to say.
 * @param {Record<string, any>} props those of the bar, with title, words, way and other ways among the children */
export const FailureBar = ({ children, ...attributes }) => {
  const { cloneElement, createElement, useSyncExternalStore } = window.React;
  const library = useParts();
  const { failure, asked } = useSyncExternalStore(subscribe, () => said);
  const [title, words, way, ...others] = children;
  const link = failure && failure.link;
  const inner = [
    title,
    failure ? cloneElement(words, {}, failure.words) : words,
    link ? cloneElement(way, { hidden: false, href: wayTo(link.href, asked || window.location) }, link.label) : way,
    ...others,
  ];
  if (!library) {
    return createElement("div", { ...attributes, hidden: !failure }, ...inner);
  }
  const { id, className } = attributes;
  return createElement(
    library.Alert,
    { id, className, color: "light", fade: false, is_open: Boolean(failure) },
    ...inner,
  );
};
