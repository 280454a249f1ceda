/* What a panel looks like, as SVG: text stays text, shapes stay shapes; nothing is fetched but the map. */

const SVG = "http://www.w3.org/2000/svg";
const STYLED = (
  "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin opacity font-family " +
  "font-size font-weight text-anchor dominant-baseline paint-order vector-effect clip-path visibility display"
).split(" ");
const BASELINE = 0.36;
const SAME_LINE_PX = 2;

/** @typedef {{left: number, top: number}} Origin */

/** @param {string} name @param {Record<string, unknown>} attributes @param {string} [text] @returns {SVGElement} */
export const svgNode = (name, attributes, text) => {
  const node = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  if (text !== undefined) {
    node.textContent = text;
  }
  return /** @type {SVGElement} */ (node);
};

/** @param {CSSStyleDeclaration} style */
const isShown = (style) => style.display !== "none" && style.visibility !== "hidden" && style.opacity !== "0";

/** @param {string} color */
export const isPainted = (color) => Boolean(color) && color !== "transparent" && !/, 0\)$/.test(color);

/** @param {Element} from @param {Element} to */
const inline = (from, to) => {
  const style = window.getComputedStyle(from);
  to.setAttribute("style", STYLED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  to.removeAttribute("class");
  Array.from(from.children).forEach((child, index) => inline(child, to.children[index]));
};

/** A shape used from another file is copied in, because the picture stands alone. @param {Element} picture
 * @param {Map<string, Document>} files */
const embed = async (picture, files) => {
  for (const use of Array.from(picture.querySelectorAll("use"))) {
    const [address, name] = (use.getAttribute("href") || use.getAttribute("xlink:href") || "").split("#");
    if (!address) {
      continue;
    }
    let file = files.get(address);
    if (!file) {
      const answer = await window.fetch(address);
      file = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
      files.set(address, file);
    }
    const shape = file.getElementById(name);
    if (shape) {
      const group = svgNode("g", { style: use.getAttribute("style") || "" });
      const copy = document.importNode(shape, true);
      copy.removeAttribute("id");
      group.appendChild(copy);
      use.replaceWith(group);
    }
  }
};

/** @param {Text} text @param {CSSStyleDeclaration} style @param {Origin} origin @param {Element} into */
const writeText = (text, style, origin, into) => {
  const size = parseFloat(style.fontSize);
  const range = document.createRange();
  let line = "";
  /** @type {DOMRect | null} */
  let box = null;
  const flush = () => {
    if (line.trim() && box) {
      const attributes = {
        x: box.left - origin.left,
        y: (box.top + box.bottom) / 2 - origin.top + size * BASELINE,
        fill: style.color,
        "font-family": style.fontFamily,
        "font-size": style.fontSize,
        "font-weight": style.fontWeight,
        "xml:space": "preserve",
      };
      into.appendChild(svgNode("text", attributes, line));
    }
    line = "";
    box = null;
  };
  for (let index = 0; index < text.data.length; index += 1) {
    range.setStart(text, index);
    range.setEnd(text, index + 1);
    const rect = range.getClientRects()[0];
    if (!rect || !rect.width) {
      continue;
    }
    if (box && Math.abs(rect.top - /** @type {DOMRect} */ (box).top) > SAME_LINE_PX) {
      flush();
    }
    box = box || rect;
    line += text.data[index];
  }
  flush();
};

/** @param {CSSStyleDeclaration} style @param {DOMRect} rect @param {Origin} origin @param {Element} into */
const writeBox = (style, rect, origin, into) => {
  const x = rect.left - origin.left;
  const y = rect.top - origin.top;
  const [right, bottom] = [x + rect.width, y + rect.height];
  const { width, height } = rect;
  if (isPainted(style.backgroundColor)) {
    const rx = parseFloat(style.borderTopLeftRadius) || 0;
    into.appendChild(svgNode("rect", { x, y, width, height, rx, fill: style.backgroundColor }));
  }
  const sides = {
    top: { x1: x, y1: y, x2: right, y2: y },
    bottom: { x1: x, y1: bottom, x2: right, y2: bottom },
    left: { x1: x, y1: y, x2: x, y2: bottom },
    right: { x1: right, y1: y, x2: right, y2: bottom },
  };
  Object.entries(sides).forEach(([side, ends]) => {
    const of = (/** @type {string} */ part) => style.getPropertyValue(`border-${side}-${part}`);
    const thickness = parseFloat(of("width"));
    if (thickness && of("style") !== "none" && isPainted(of("color"))) {
      into.appendChild(svgNode("line", { ...ends, stroke: of("color"), "stroke-width": thickness }));
    }
  });
};

/** Writes an element and what is in it. @param {Element} element @param {Origin} origin @param {Element} into
 * @param {Map<string, Document>} files */
export const write = async (element, origin, into, files) => {
  const style = window.getComputedStyle(element);
  if (!isShown(style)) {
    return;
  }
  const rect = element.getBoundingClientRect();
  if (element instanceof SVGSVGElement) {
    const copy = /** @type {SVGSVGElement} */ (element.cloneNode(true));
    inline(element, copy);
    await embed(copy, files);
    const place = { x: rect.left - origin.left, y: rect.top - origin.top, width: rect.width, height: rect.height };
    Object.entries(place).forEach(([key, value]) => copy.setAttribute(key, String(value)));
    into.appendChild(copy);
    return;
  }
  if (/^(SELECT|BUTTON|INPUT)$/.test(element.tagName)) {
    return;
  }
  writeBox(style, rect, origin, into);
  for (const child of Array.from(element.childNodes)) {
    if (child instanceof Text) {
      writeText(child, style, origin, into);
    }
    if (child instanceof Element) {
      await write(child, origin, into, files);
    }
  }
};
