/* What the page asks of the server. An update that fails leaves the old picture and its address and says why; one that
   takes long greys it. */

import {
  addressOf,
  changesOf,
  isForPage,
  isSameAddress,
  isWrite,
  listenToCallbacks,
  nothingChanged,
  readableTwice,
  sendQuestion,
  setProps,
} from "./dash-adapter.js";
import { failureOf, offline, saidBefore, saidFailure, showFailure } from "./failure.js";
import { Prefetch } from "./prefetch.js";
import { shown } from "./shown.js";

/** @typedef {import("./dash-adapter.js").Address} Address */
/** @typedef {import("./dash-adapter.js").Changes} Changes */
/** @typedef {import("./dash-adapter.js").Question} Question */
/** @typedef {import("./types").Failure} Failure */

const SLOW_MS = 300;
const prefetch = new Prefetch(sendQuestion, Date.now);
/** @type {Address | null} */
let drawnAddress = null;
/** @type {Address | null} */
let failedAddress = null;
/** @type {Address | null} */
let pushedAddress = null;
/** @type {Address | null} */
let returning = null;

/** What was asked for last and did not come. @returns {Address | null} */
export const lastFailed = () => failedAddress;

/** @param {Failure | null} failure @param {Failure | null} before @param {Address} asked @param {boolean} wrote */
const finish = (failure, before, asked, wrote) => {
  document.body.classList.remove("slow");
  if (failure || saidFailure() === before) {
    showFailure(failure, asked);
  }
  const detail = { failed: Boolean(failure), words: failure ? failure.words : "", wrote };
  document.dispatchEvent(new CustomEvent("oversight-update", { detail }));
};

const always = () => true;

/** The answer; while it is long in coming the page is greyed, and a failure is said, as long as it is waited for.
 * @param {Promise<Response>} answer @param {Address} asked @param {boolean} [wrote] @param {() => boolean} [isAwaited]
 * @returns {Promise<Response>} */
const watched = (answer, asked, wrote = false, isAwaited = always) => {
  const before = saidBefore(answer);
  const slow = window.setTimeout(() => isAwaited() && document.body.classList.add("slow"), SLOW_MS);
  const end = (/** @type {Failure | null} */ failure) => {
    window.clearTimeout(slow);
    if (isAwaited()) {
      finish(failure, before, asked, wrote);
    }
  };
  return answer.then(
    async (response) => {
      end(response.ok ? null : await failureOf(response));
      return readableTwice(response);
    },
    (problem) => {
      end(offline());
      throw problem;
    },
  );
};

/** Begins to ask for an address, if it is not asked for already. @param {Address} target */
export const askAhead = (target) => prefetch.ask(target, shown());

/** The answer about an address of ours, said when it fails; null where Dash has asked for nothing yet. What is asked
 * for is drawn before it becomes the address. @param {Address} target @param {() => boolean} [isAwaited]
 * @returns {Promise<Response> | null} */
export const answerAbout = (target, isAwaited = always) => {
  const answer = askAhead(target);
  if (!answer) {
    return null;
  }
  const said = watched(answer, target, false, isAwaited);
  const note = (/** @type {Address | null} */ failed) => {
    failedAddress = isAwaited() ? failed : failedAddress;
  };
  said.then(
    (response) => note(response.ok ? null : target),
    () => note(target),
  );
  return said;
};

/** What is on screen is what this address shows, though the server was not there to say so. @param {Address} target */
export const keepAddress = ({ pathname, search }) => {
  const address = { pathname, search };
  drawnAddress = address;
  returning = address;
  failedAddress = null;
  showFailure(null, address);
  setProps("url", { search });
};

/** What an answer changes of the page on screen. @param {Response} response @returns {Promise<Changes>} */
export const changesIn = async (response) => changesOf(await response.clone().json());

/** Notes an address that becomes the page's before its answer has come. @param {Address} address */
export const notePushed = ({ pathname, search }) => {
  pushedAddress = { pathname, search };
};

/** What stands in the address although it did not come gives way to the address of what is on screen: the entry that
 * we made is left by going back, another one by a new entry. @param {Address} failed */
const returnFrom = (failed) => {
  const address = drawnAddress;
  if (!address || !isSameAddress(failed, window.location) || isSameAddress(address, failed)) {
    return;
  }
  returning = address;
  if (pushedAddress && isSameAddress(pushedAddress, failed)) {
    window.history.back();
  } else {
    setProps("url", { pathname: address.pathname, search: address.search });
  }
};

/** @param {Question} question @returns {Promise<Response>} */
const answerDash = (question) => {
  if (!isForPage(question)) {
    return watched(sendQuestion(question), window.location, isWrite(question));
  }
  const target = addressOf(question.body);
  const isReturn = returning && isSameAddress(target, returning);
  returning = null;
  if (isReturn) {
    return Promise.resolve(nothingChanged());
  }
  prefetch.remember(question);
  const answer = watched(prefetch.take(question.body) || sendQuestion(question), target);
  const fail = () => {
    failedAddress = target;
    window.setTimeout(() => returnFrom(target)); /* when Dash has done with the failure */
  };
  answer.then((response) => {
    if (!response.ok) {
      fail();
      return;
    }
    drawnAddress = target;
    pushedAddress = null;
    failedAddress = null;
  }, fail);
  return answer;
};

export const listen = () => listenToCallbacks(answerDash);
