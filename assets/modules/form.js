/* A form of a page: plain until the library is here, then Form, Input, Textarea and FormFeedback with what was typed. */

import { keepChosen } from "./chosen-files.js";
import { fetchChrome, useParts } from "./chrome.js";
import { nameOf, note, stateOf, subscribe } from "./drafts.js";
import { remembered } from "./forms.js";

const NOT_TYPED = new Set(["hidden", "file", "submit"]);

/** The elements below, each as `draw` draws it. @param {any} node @param {(node: any) => any} draw @returns {any} */
const redrawn = (node, draw) => {
  const { Children, cloneElement, isValidElement } = window.React;
  if (!isValidElement(node)) {
    return node;
  }
  const other = draw(node);
  if (other !== node || !node.props.children) {
    return other;
  }
  return cloneElement(
    node,
    {},
    ...Children.toArray(node.props.children).map((/** @type {any} */ child) => redrawn(child, draw)),
  );
};

/** @param {any[]} children */
const hiddenIn = (children) =>
  children
    .filter((child) => child && child.type === "input" && child.props.type === "hidden")
    .map((child) => /** @type {[string, string]} */ ([child.props.name, child.props.value]));

/** The names of the fields below. @param {any[]} nodes @returns {string[]} */
const fieldsIn = (nodes) =>
  nodes
    .filter((node) => node && node.props)
    .flatMap(({ props }) => (props.name ? [props.name] : fieldsIn([props.children || []].flat())));

/** @param {Record<string, any>} props those of the form */
export const SendForm = ({ children, ...attributes }) => {
  const { createElement, Fragment, useEffect, useReducer, useRef, useSyncExternalStore } = window.React;
  const library = useParts();
  const plain = useRef(null);
  const [, drawAgain] = useReducer((/** @type {number} */ turns) => turns + 1, 0);
  const onBlur = () => window.setTimeout(drawAgain); /* when it is known where the focus goes */
  const fields = [children].flat();
  const name = nameOf(attributes["data-send"], hiddenIn(fields));
  const { typed, isSent, refusal, wrong, percent } = useSyncExternalStore(subscribe, () => stateOf(name));
  useEffect(() => {
    fetchChrome().catch(() => {}); /* a plain form is sent too */
  }, []);
  useEffect(() => keepChosen(name));
  if (!library || (plain.current && plain.current.contains(document.activeElement))) {
    const onInput = (/** @type {any} */ { target }) =>
      NOT_TYPED.has(target.type) || note(name, target.name, target.value);
    return createElement("form", { ...attributes, "data-name": name, ref: plain, onInput, onBlur }, ...fields);
  }
  const feedback = { id: "refusal", key: "refusal", type: "invalid" };
  const said = refusal && createElement(library.FormFeedback, feedback, refusal);
  const names = fieldsIn(fields);
  const place = wrong.find((/** @type {string} */ field) => names.includes(field));
  const draw = (/** @type {any} */ node) => {
    const { type, props, key } = node;
    if (type === "button") {
      return createElement("button", { ...props, key, disabled: isSent });
    }
    if (type === "select") {
      const value = typed[props.name] ?? props.value ?? "";
      const onChange = (/** @type {any} */ { target }) => note(name, props.name, target.value);
      return createElement("select", { ...props, key, value, onChange });
    }
    if ((type !== "input" && type !== "textarea") || NOT_TYPED.has(props.type)) {
      return node;
    }
    const { defaultValue, ...rest } = props;
    const first = "data-remembered" in props ? remembered(props.name) : defaultValue;
    const value = String(typed[props.name] ?? first ?? "");
    const setProps = (/** @type {{value?: unknown}} */ change) =>
      change.value === undefined || note(name, props.name, String(change.value));
    const control = type === "input" ? library.Input : library.Textarea;
    const works = type === "input" ? {} : { submit_on_enter: false };
    const looks = wrong.includes(props.name) && {
      invalid: true,
      "aria-invalid": true,
      "aria-describedby": feedback.id,
    };
    const field = createElement(control, { ...rest, ...works, ...looks, key, value, setProps });
    return props.name === place ? createElement(Fragment, { key }, field, said) : field;
  };
  return createElement(
    library.Form,
    { ...attributes, "data-name": name },
    ...fields.map((field) => redrawn(field, draw)),
    isSent && percent > 0 && createElement(library.Progress, { key: "percent", value: percent, label: `${percent}%` }),
    !place && said,
  );
};
