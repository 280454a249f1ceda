/* All that the page's scripts know of Dash's inside: the bodies it posts, the answers it takes, the names it looks
   for on `window`. Read from the release named here; tests/contract/test_dash_contracts.py says so when another one is
   installed. */

export const DASH_VERSION = "4.4.1";
const ENDPOINT = "_dash-update-component";
const PAGE_OUTPUT = "..page-root.children.";
const WRITE_OUTPUT = "..said-answer.data.";
const NOTHING_CHANGED = 204;

/** @typedef {{id: string, property: string, value?: any}} Dependency */
/** @typedef {{output: string, inputs: Dependency[], state: Dependency[], changedPropIds: string[]}} Body */
/** @typedef {{address: RequestInfo | URL, options?: RequestInit, body: Body | null}} Question */
/** @typedef {{trees: Record<string, string> | null, props: [string, any][], shown: any, isOtherPage: boolean}} Changes */
/** @typedef {{pathname: string, search: string}} Address */

/** What the browser itself offers, before callbacks are listened to. */
export const send = window.fetch.bind(window);

/** @param {RequestInfo | URL} address @param {RequestInit} [options] @returns {Question | null} */
const questionOf = (address, options) => {
  if (!String(address instanceof Request ? address.url : address).includes(ENDPOINT)) {
    return null;
  }
  const text = options && options.body;
  return { address, options, body: typeof text === "string" ? JSON.parse(text) : null };
};

/** Every callback that Dash asks for goes through `answer`; anything else goes its way.
 * @param {(question: Question) => Promise<Response>} answer */
export const listenToCallbacks = (answer) => {
  window.fetch = (address, options) => {
    const question = questionOf(address, options);
    return question ? answer(question) : send(address, options);
  };
};

/** @param {Question} question @returns {Promise<Response>} */
export const sendQuestion = (question) => send(question.address, question.options);

/** @param {Question} question @returns {question is Question & {body: Body}} */
export const isForPage = (question) => Boolean(question.body && question.body.output.startsWith(PAGE_OUTPUT));

/** @param {Question} question @returns {boolean} */
export const isWrite = (question) => Boolean(question.body && question.body.output.startsWith(WRITE_OUTPUT));

/** The address that a question for a page is about. @param {Body} body @returns {Address} */
export const addressOf = (body) => ({ pathname: body.inputs[0].value, search: body.inputs[1].value });

/** @param {Address} one @param {Address} other */
export const isSameAddress = (one, other) => one.pathname === other.pathname && one.search === other.search;

/** The same question about another address. @param {Question & {body: Body}} question @param {Address} target
 * @param {any} shown @returns {Question & {body: Body}} */
export const questionAbout = (question, target, shown) => {
  const [path, search, ...inputs] = question.body.inputs;
  const [page, ...state] = question.body.state;
  const body = {
    ...question.body,
    inputs: [{ ...path, value: target.pathname }, { ...search, value: target.search }, ...inputs],
    state: [{ ...page, value: shown }, ...state],
    changedPropIds: ["url.search"],
  };
  return { address: question.address, options: { ...question.options, body: JSON.stringify(body) }, body };
};

/** Two questions with one identity have one answer. @param {Body} body @returns {string} */
export const identityOf = (body) =>
  JSON.stringify([body.inputs.map((input) => input.value), body.state.map((state) => state.value)]);

/** What an answer about a page changes. @param {any} answer @returns {Changes} */
export const changesOf = (answer) => {
  const props = Object.entries(answer.sideUpdate || {});
  const isTrees = props.length === 1 && Boolean(props[0][1].trees);
  const response = answer.response || {};
  return {
    trees: isTrees ? props[0][1].trees : null,
    props,
    shown: response["shown-page"],
    isOtherPage: "page-root" in response,
  };
};

/** Dash reads the text of a refusal twice. @param {Response} response @returns {Response} */
export const readableTwice = (response) => {
  response.text = () => Response.prototype.text.call(response.clone());
  return response;
};

/** The answer after which Dash changes nothing. @returns {Response} */
export const nothingChanged = () => new Response(null, { status: NOTHING_CHANGED });

/** @param {string} identity @param {Record<string, unknown>} props */
export const setProps = (identity, props) => window.dash_clientside.set_props(identity, props);

/** Gives Dash the components that it looks for by their namespace. @param {Record<string, unknown>} components */
export const registerComponents = (components) => {
  window.oversight_markup = components;
};

/** Gives Dash the functions that callbacks name. @param {Record<string, (...values: any[]) => unknown>} functions */
export const registerFunctions = (functions) => {
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.oversight = functions;
};

/** What a function returns that changes nothing. @returns {unknown} */
export const noUpdate = () => window.dash_clientside.no_update;

/** Draws the live page. */
export const startRenderer = () => {
  window.renderer = new window.DashRenderer();
};
