/* Sends the forms: fields go to the server as one request; a file goes by its own upload.
   What was refused, or did not arrive, is said in words. */

import { send, setProps } from "./dash-adapter.js";
import { failureOf } from "./failure.js";
import { sentence } from "./words.js";

const STORED = "oversight-";

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

/** @param {string} words */
const say = (words) => {
  const attributes = { className: "said said-fail", role: "status", key: String(Date.now()) };
  setProps("said", { tree: JSON.stringify([["p", attributes, [words]]]) });
};

/** The token of the session, from its cookie. @param {string} cookies */
export const tokenIn = (cookies) => (cookies.match(/(?:^|; )_csrf_token=([^;]*)/) || ["", ""])[1];

/** @param {HTMLFormElement} form */
const upload = async (form) => {
  /** @type {HTMLButtonElement | null} */
  const button = form.querySelector("button[type=submit]");
  const setBusy = (/** @type {boolean} */ isBusy) => {
    if (button) {
      button.disabled = isBusy;
    }
  };
  setBusy(true);
  const headers = { "X-Oversight": "1", "X-CSRFToken": tokenIn(document.cookie), Accept: "application/json" };
  try {
    const response = await send("/evidence", { method: "POST", body: new FormData(form), headers });
    if (!response.ok) {
      say((await failureOf(response)).words);
      return;
    }
    const fields = Object.fromEntries(new FormData(form));
    ask({ ...fields, kind: "uploaded", what: (await response.json()).saved, file: "" });
    form.reset();
  } catch {
    say(sentence("offline"));
  } finally {
    setBusy(false);
  }
};

/** @param {Event} event */
const onSubmit = (event) => {
  /** @type {HTMLFormElement | null} */
  const form = event.target instanceof Element ? event.target.closest("form[data-send]") : null;
  if (!form) {
    return;
  }
  event.preventDefault();
  remember(form);
  if (form.dataset.send === "evidence") {
    upload(form);
    return;
  }
  ask({ ...Object.fromEntries(new FormData(form)), kind: form.dataset.send });
};

export const listen = () => {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("oversight-update", (event) => {
    const { failed, wrote, words } = /** @type {CustomEvent} */ (event).detail;
    if (failed && wrote) {
      say(sentence("refused", { reason: words }));
    }
  });
};
