/* A link is asked for when it is pressed, before it is let go: what Dash asks next is then under way. */

import { identityOf, questionAbout } from "./dash-adapter.js";

/** @typedef {import("./dash-adapter.js").Question} Question */
/** @typedef {import("./dash-adapter.js").Body} Body */
/** @typedef {import("./dash-adapter.js").Address} Address */

export const KEPT_MS = 3000;

/** Answers that were asked for ahead: one at a time, handed over once, forgotten when they fail or grow old. */
export class Prefetch {
  /** @param {(question: Question) => Promise<Response>} send @param {() => number} clock milliseconds */
  constructor(send, clock) {
    this.send = send;
    this.clock = clock;
    /** @type {(Question & {body: Body}) | null} */
    this.last = null;
    /** @type {{identity: string, at: number, answer: Promise<Response>} | null} */
    this.ahead = null;
  }

  /** Notes how Dash asks for a page. @param {Question & {body: Body}} question */
  remember(question) {
    this.last = question;
  }

  /** The answer about an address, asked for now or under way; null before Dash asked for any page.
   * @param {Address} target @param {unknown} shown @returns {Promise<Response> | null} */
  ask(target, shown) {
    if (!this.last) {
      return null;
    }
    const question = questionAbout(this.last, target, shown);
    const identity = identityOf(question.body);
    const kept = this.keptFor(identity);
    if (kept) {
      return kept.answer;
    }
    const entry = { identity, at: this.clock(), answer: this.send(question) };
    this.ahead = entry;
    const forget = () => {
      if (this.ahead === entry) {
        this.ahead = null;
      }
    };
    entry.answer.then((response) => {
      entry.at = this.clock();
      if (!response.ok) {
        forget();
      }
    }, forget); /* whoever takes it over sees the failure */
    return entry.answer;
  }

  /** The answer to what Dash asks now, if it was asked for ahead. @param {Body} body
   * @returns {Promise<Response> | null} */
  take(body) {
    const kept = this.keptFor(identityOf(body));
    this.ahead = null;
    return kept ? kept.answer : null;
  }

  /** @param {string} identity */
  keptFor(identity) {
    const { ahead } = this;
    return ahead && ahead.identity === identity && this.clock() - ahead.at < KEPT_MS ? ahead : null;
  }
}
