/* Draws a tree of [tag, attributes, children] sent by the server as React elements.
   Text is always text; only listed tags are drawn. */

/** @typedef {import("./types").TreeNode} TreeNode */
/** @typedef {{tag?: string, index?: number, attributes?: Record<string, any>, children: Drawn[], element?: any}} Drawn */
/** @typedef {{createElement: (tag: any, props: any, ...children: any[]) => any, follow: (event: any) => void,
 *   choose: (event: any) => void, remembered: (name: string) => string, parts: Record<string, any>}} Hands
 *   `parts` are components that draw a node in place of its tag, by its `data-part`. */

export const TAGS = new Set(
  (
    "a b br button caption circle clippath clipPath code col colgroup dd defs details div datalist dl dt em " +
    "figcaption figure footer form g h1 h2 h3 header hr i img input kbd label legend li line main nav ol " +
    "optgroup option p path pattern polygon polyline rect section select small span strong sub summary sup svg " +
    "table tbody td text textarea tfoot th thead title tr tspan ul use"
  ).split(" "),
);
/** @type {Drawn} */
export const NOTHING = { children: [] };

/** @param {Record<string, any>} one @param {Record<string, any>} other */
const isSame = (one, other) => {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        one[name] === other[name] || (name === "style" && JSON.stringify(one.style) === JSON.stringify(other.style)),
    )
  );
};

/** @param {string} tag @param {Record<string, any>} attributes @param {number} index @param {Hands} hands */
const propsOf = (tag, attributes, index, hands) => {
  const props = Object.assign({ key: attributes.key || index }, attributes);
  if ("data-remembered" in attributes) {
    props.defaultValue = hands.remembered(attributes.name);
  }
  if ("data-nav" in attributes) {
    Object.assign(props, tag === "select" ? { onChange: hands.choose } : { onClick: hands.follow });
  }
  return props;
};

/** A node as it is drawn. What equals `before` keeps its element, and React skips it.
 * @param {TreeNode} node @param {number} index @param {Drawn} before @param {Hands} hands @returns {Drawn} */
export const redraw = (node, index, before, hands) => {
  if (node === null || typeof node !== "object") {
    return before.element === node ? before : { element: node, children: [] };
  }
  const [tag, attributes, children] = node;
  const drawn = children.map((child, n) => redraw(child, n, before.children[n] || NOTHING, hands));
  if (
    before.tag === tag &&
    before.index === index &&
    drawn.length === before.children.length &&
    drawn.every((child, n) => child === before.children[n]) &&
    isSame(attributes, before.attributes || {})
  ) {
    return before;
  }
  if (!TAGS.has(tag)) {
    throw new Error("tag not allowed: " + tag);
  }
  const props = propsOf(tag, attributes, index, hands);
  const drawer = hands.parts[attributes["data-part"]] || tag;
  const element = hands.createElement(drawer, props, ...drawn.map((child) => child.element));
  return { tag, index, attributes, children: drawn, element };
};
