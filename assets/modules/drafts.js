/* What is typed into a form until the server has taken it. It is a store of Dash's that lives as long as the tab: an
   ended session, a refusal or a lost connection costs nobody their words. Nothing of another person is shown. */

import { setProps } from "./dash-adapter.js";

/** @typedef {Record<string, string>} Typed by the name of the field */
/** @typedef {{who: string, forms: Record<string, Typed>}} Drafts */
/** @typedef {{typed: Typed, isSent: boolean, refusal: string, wrong: string[], percent: number}} FormState
 *   `wrong` are the fields that a refusal is about, `percent` how much of a file is on its way */
/** @typedef {{form: string, is_saved: boolean, words: string, fields?: string[], opens?: string}} Answer what the
 *   server said of a form, and the address that it leads to */

const STORE = "form-drafts";
const OF_THE_PAGE = new Set(["version", "shown_state"]);
/** @type {FormState} */
const NOTHING = Object.freeze({ typed: {}, isSent: false, refusal: "", wrong: [], percent: 0 });

/** @type {Map<string, FormState>} */
const forms = new Map();
/** @type {Set<() => void>} */
const drawn = new Set();

/** @param {() => void} tell */
export const subscribe = (tell) => {
  drawn.add(tell);
  return () => drawn.delete(tell);
};

/** @param {string} name @returns {FormState} */
export const stateOf = (name) => forms.get(name) || NOTHING;

/** The name of a form: what it is about, whatever it says. @param {string} kind
 * @param {[string, string][]} hidden its unseen values */
export const nameOf = (kind, hidden) =>
  [kind, ...hidden.filter(([name]) => !OF_THE_PAGE.has(name)).map((pair) => pair.join("="))].join(" ");

/** Who is signed in, in the page's words. */
const who = () => (document.querySelector(".account-strip .who") || { textContent: "" }).textContent || "";

/** @param {string} name @param {Partial<FormState>} news */
export const change = (name, news) => {
  forms.set(name, { ...stateOf(name), ...news });
  drawn.forEach((tell) => tell());
};

const keep = () => {
  const kept = Array.from(forms).filter(([, { typed }]) => Object.keys(typed).length);
  const data = { who: who(), forms: Object.fromEntries(kept.map(([name, { typed }]) => [name, typed])) };
  setProps(STORE, { data });
};

/** Notes what is typed. @param {string} name @param {string} field @param {string} value */
export const note = (name, field, value) => {
  change(name, { typed: { ...stateOf(name).typed, [field]: value }, refusal: "", wrong: [] });
  keep();
};

let isRecalled = false;

/** What the tab kept, once, as Dash has it when the page begins. @param {Drafts | null} drafts */
export const recall = (drafts) => {
  if (!drafts || isRecalled) {
    return;
  }
  isRecalled = true;
  const kept = drafts.who === who() ? drafts.forms : {};
  Object.entries(kept).forEach(([name, typed]) => change(name, { typed: { ...typed, ...stateOf(name).typed } }));
};

/** After an answer: what was taken is forgotten, what was refused stays and says why. @param {Answer} answer */
export const settle = ({ form, is_saved, words, fields = [] }) => {
  change(form, is_saved ? NOTHING : { isSent: false, refusal: words, wrong: fields });
  if (is_saved) {
    keep();
  }
};

/** Nothing stays of who leaves. */
export const forgetAll = () => {
  forms.clear();
  keep();
};
