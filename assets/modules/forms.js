/* Sends the forms: fields go to the server as one request; a file goes by its own upload.
   What was refused, or did not arrive, is said in words. */

import { setProps } from "./dash-adapter.js";
import { change, forgetAll, settle, stateOf } from "./drafts.js";
import { failureOf, showFailure } from "./failure.js";
import { sayRefused } from "./toast.js";
import { sentence } from "./words.js";

const STORED = "oversight-";
const SIGN_OUT = "/logout";

/** What somebody typed into a field of this name before; nothing where the browser keeps nothing.
 * @param {string} name */
export const remembered = (name) => {
  try {
    return window.localStorage.getItem(STORED + name) || "";
  } catch {
    return "";
  }
};

/** The name stands in every form from now on, here and in pages to come. @param {HTMLFormElement} form */
const remember = (form) => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = form.querySelectorAll("input[data-remembered]");
  fields.forEach((field) => {
    /** @type {NodeListOf<HTMLInputElement>} */
    const others = document.querySelectorAll(`input[data-remembered][name="${field.name}"]`);
    others.forEach((other) => {
      other.defaultValue = field.value;
      if (!other.value) {
        other.value = field.value;
      }
    });
    try {
      window.localStorage.setItem(STORED + field.name, field.value);
    } catch {
      return;
    }
  });
};

/** @param {Record<string, unknown>} request */
const ask = (request) => setProps("store-request", { data: { ...request, at: Date.now() } });

/** A request without a form; who acts is who was named before. @param {string} kind
 * @param {Record<string, string>} fields */
export const sendRequest = (kind, fields) => ask({ ...fields, kind, form: kind, actor: remembered("actor") });

/** The token of the session, from its cookie. @param {string} cookies */
export const tokenIn = (cookies) => (cookies.match(/(?:^|; )_csrf_token=([^;]*)/) || ["", ""])[1];

/** @param {string} name @param {string} words */
const refuse = (name, words) => {
  settle({ form: name, is_saved: false, words });
  sayRefused(words);
};

/** A file on its way; how far it is stands in its form. @param {HTMLFormElement} form @param {string} name
 * @returns {Promise<Response>} */
const sendFile = (form, name) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/evidence");
    Object.entries({ "X-Oversight": "1", "X-CSRFToken": tokenIn(document.cookie), Accept: "application/json" }).forEach(
      ([header, value]) => request.setRequestHeader(header, value),
    );
    request.upload.onprogress = ({ loaded, total }) => change(name, { percent: Math.round((100 * loaded) / total) });
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = reject;
    request.send(new FormData(form));
  });

/** @param {HTMLFormElement} form @param {string} name */
const upload = async (form, name) => {
  try {
    const response = await sendFile(form, name);
    if (!response.ok) {
      const failure = await failureOf(response);
      refuse(name, failure.words);
      if (failure.link) {
        showFailure(failure, window.location);
      }
      return;
    }
    const fields = Object.fromEntries(new FormData(form));
    ask({ ...fields, kind: "uploaded", form: name, what: (await response.json()).saved, file: "" });
    form.reset();
  } catch {
    refuse(name, sentence("offline"));
  }
};

/** The form that is being sent; a second press sends nothing. */
let sent = "";

/** @param {Event} event */
const onSubmit = (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.getAttribute("action") === SIGN_OUT) {
    forgetAll();
  }
  const { send: kind, name = "" } = form.dataset;
  if (!kind) {
    return;
  }
  event.preventDefault();
  if (stateOf(name).isSent) {
    return;
  }
  remember(form);
  sent = name;
  change(name, { isSent: true, refusal: "", percent: 0 });
  if (kind === "evidence") {
    upload(form, name);
    return;
  }
  ask({ ...Object.fromEntries(new FormData(form)), kind, form: name });
};

export const listen = () => {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("oversight-update", (event) => {
    const { failed, wrote, words } = /** @type {CustomEvent} */ (event).detail;
    if (failed && wrote) {
      refuse(sent, sentence("refused", { reason: words }));
    }
  });
};
