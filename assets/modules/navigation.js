/* Links and lists lead to addresses: what an address shows is asked for and drawn, then the address changes. */

import { isSameAddress, setProps } from "./dash-adapter.js";
import { loadForPath } from "./libraries.js";
import { hand } from "./panels.js";
import { isLive } from "./shown.js";
import { answerAbout, askAhead, changesIn, keepAddress, lastFailed, notePushed } from "./updates.js";

const EMPTY_TREE = "[]";

let turns = 0;
let isPending = false;

/** @param {() => void} then */
const afterPaint = (then) => (document.hidden ? then() : window.requestAnimationFrame(() => window.setTimeout(then)));

/** New trees of the page on screen, drawn before Dash and the address follow. @param {Response} response
 * @param {() => void} follow @param {() => boolean} isLast */
const drawTrees = async (response, follow, isLast) => {
  const changes = await changesIn(response);
  if (!isLast()) {
    return;
  }
  const { trees } = changes;
  if (!trees) {
    follow();
    return;
  }
  window.ReactDOM.flushSync(() => hand(trees));
  afterPaint(follow);
};

/** Another page: Dash begins while the answer is under way, and what fails is taken back. @param {URL} target
 * @param {() => void} follow */
const turnTo = async (target, follow) => {
  askAhead(target);
  try {
    await loadForPath(target.pathname);
  } catch {
    const response = await answerAbout(target);
    if (response && response.ok) {
      window.location.assign(target); /* the server has other files by now */
    }
    return;
  }
  window.scrollTo(0, 0);
  notePushed(target);
  follow();
};

/** Goes to an address; where it cannot be had, everything stays as it is and the reader is told.
 * @param {string} href @param {() => void} [doWithout] what is done where it cannot be had @returns {Promise<void>} */
export const navigate = async (href, doWithout = () => {}) => {
  const target = new URL(href, window.location.href);
  if (!isLive()) {
    window.location.assign(href);
    return;
  }
  const isTurn = target.pathname !== window.location.pathname;
  if (!isTurn && target.search === window.location.search) {
    turns += 1; /* what was drawn already does not become the address */
    return;
  }
  const mine = ++turns;
  const isLast = () => mine === turns;
  const follow = () => {
    if (!isLast()) {
      return;
    }
    const { pathname, search } = target;
    setProps("url", isTurn ? { pathname, search } : { search });
  };
  const decline = () => {
    if (isLast()) {
      doWithout();
    }
  };
  if (isTurn) {
    await turnTo(target, follow).catch(() => {}); /* said already */
    return;
  }
  isPending = true;
  try {
    const response = await answerAbout(target, isLast);
    if (!response) {
      follow();
    } else if (response.ok) {
      await drawTrees(response, follow, isLast);
    } else {
      decline();
    }
  } catch {
    decline(); /* said already */
  } finally {
    isPending = isPending && !isLast();
  }
};

/** What is asked for of the page on screen is wanted no longer. @returns {boolean} whether anything was */
export const abandon = () => {
  const wasPending = isPending;
  if (wasPending) {
    turns += 1;
    isPending = false;
    document.body.classList.remove("slow");
  }
  return wasPending;
};

/** Leaves a drawer by its own link: it is closed at once, and stays closed where the server cannot be asked.
 * @param {Element} link */
export const leave = (link) => {
  const href = link.getAttribute("href") || "";
  const panel = link.closest("#page-root .drawer");
  if (!panel || !isLive()) {
    navigate(href);
    return;
  }
  hand({ [panel.id]: EMPTY_TREE });
  navigate(href, () => keepAddress(new URL(href, window.location.href)));
};

/** What did not come is asked for again. */
export const retry = () => {
  const address = lastFailed();
  if (!address || isSameAddress(address, window.location)) {
    window.location.reload();
    return;
  }
  navigate(address.pathname + address.search);
};

/** @param {Event} event */
const press = (event) => {
  const pointer = /** @type {PointerEvent} */ (event);
  const element = /** @type {Element} */ (event.target);
  const link = element.closest && element.closest("#page-root a[data-nav]");
  if (!link || pointer.button || pointer.ctrlKey || pointer.metaKey || pointer.shiftKey) {
    return;
  }
  const target = new URL(link.getAttribute("href") || "", window.location.href);
  if (!isSameAddress(target, window.location)) {
    askAhead(target);
  }
};

export const listen = () => document.addEventListener("pointerdown", press);
