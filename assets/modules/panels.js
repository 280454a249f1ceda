/* The two components that Dash knows of ours: a panel draws the tree that came last, with the page, by Dash, or with
   the updates of a page that is on screen. */

import { NOTHING, redraw } from "./markup.js";

/** @typedef {import("./markup.js").Hands} Hands */
/** @typedef {import("./types").TreeNode} TreeNode */

/** @type {Map<string, (tree: string) => void>} */
const panels = new Map();

/** Gives panels their trees, all in one go. @param {Record<string, string>} trees by the panel's identity */
export const hand = (trees) =>
  Object.entries(trees).forEach(([identity, tree]) => {
    const update = panels.get(identity);
    if (update) {
      update(tree);
    }
  });

/** @param {Hands} hands */
export const makePanel = (hands) =>
  function Markup(/** @type {{id: string, tree: string, className: string}} */ props) {
    const { createElement, useLayoutEffect, useMemo, useRef, useState } = window.React;
    const [shown, show] = useState({ given: props.tree, tree: props.tree });
    if (shown.given !== props.tree) {
      show({ given: props.tree, tree: props.tree });
    }
    useLayoutEffect(() => {
      const update = (/** @type {string} */ tree) =>
        show((/** @type {typeof shown} */ now) => (now.tree === tree ? now : { given: now.given, tree }));
      panels.set(props.id, update);
      return () => {
        if (panels.get(props.id) === update) {
          panels.delete(props.id);
        }
      };
    }, [props.id]);
    const last = useRef([]);
    const drawn = useMemo(() => {
      /** @type {TreeNode[]} */
      const tree = JSON.parse(shown.tree || "[]");
      last.current = tree.map((node, n) => redraw(node, n, last.current[n] || NOTHING, hands));
      return last.current.map((/** @type {{element: unknown}} */ child) => child.element);
    }, [shown.tree]);
    return createElement("div", { id: props.id, className: props.className }, ...drawn);
  };

/** New trees of a page that is on screen. @param {{trees?: Record<string, string>}} props */
export const Updates = (props) => {
  window.React.useLayoutEffect(() => {
    hand(props.trees || {});
  }, [props.trees]);
  return null;
};
