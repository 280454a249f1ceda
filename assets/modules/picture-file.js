/* Saves one panel of the page as SVG or PNG: what is drawn, with title, filters and source inside.
   Loaded when first asked for. */

import { standIn } from "./grid-table.js";
import { svgNode, write } from "./picture-drawing.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;
const LINE = 22;
const SCALE = 2;
const NARROWEST = 480;
const LONGEST_NAME = 90;
const KEPT_MS = 10000;

/** @param {string} selector */
const textOf = (selector) => {
  const element = document.querySelector(selector);
  return ((element && element.textContent) || "").trim();
};

/** A sentence in lines that fit; a letter of Latin script takes about half the room of a Chinese one.
 * @param {string} sentence @param {number} width @param {number} size @returns {string[]} */
export const wrapped = (sentence, width, size) => {
  const lines = [""];
  let used = 0;
  for (const letter of sentence) {
    const wide = letter.charCodeAt(0) < 256 ? size * 0.56 : size;
    if (used + wide > width) {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += letter;
    used += wide;
  }
  return lines;
};

/** A name that every file system takes. @param {string[]} parts */
export const fileName = (parts) =>
  parts
    .filter(Boolean)
    .join("_")
    .replace(/[\\/:*?"<>|]/g, " ")
    .slice(0, LONGEST_NAME);

const filters = () =>
  Array.from(document.querySelectorAll("#page-root .slot"), (slot) => {
    const select = slot.querySelector("select");
    const label = slot.firstElementChild ? slot.firstElementChild.textContent : "";
    return select ? `${label} ${select.selectedOptions[0] ? select.selectedOptions[0].textContent : ""}` : "";
  })
    .filter(Boolean)
    .join(" · ");

/** The source without its links, which lead nowhere in a picture. */
const sourceWords = () => {
  const source = document.querySelector("#page-root .page-source");
  const nodes = Array.from((source && source.childNodes) || []);
  return nodes.map((node) => (node instanceof HTMLAnchorElement ? "" : node.textContent)).join("");
};

/** @param {HTMLElement} panel @returns {Promise<SVGElement>} */
const draw = async (panel) => {
  const origin = panel.getBoundingClientRect();
  const width = Math.ceil(Math.max(origin.width, panel.scrollWidth, NARROWEST));
  const height = Math.max(origin.height, panel.scrollHeight);
  const body = svgNode("g", {});
  await write(panel, origin, body, new Map());
  const style = window.getComputedStyle(document.body);
  const page = svgNode("svg", { xmlns: SVG, "font-family": style.fontFamily });
  page.appendChild(svgNode("rect", { width: "100%", height: "100%", fill: style.backgroundColor }));
  let y = MARGIN;
  const line = (/** @type {string} */ sentence, /** @type {number} */ size, /** @type {number} */ weight) =>
    wrapped(sentence, width, size).forEach((part) => {
      const place = { x: MARGIN, y: y + size, "font-size": size, "font-weight": weight, fill: "currentColor" };
      page.appendChild(svgNode("text", place, part));
      y += Math.max(LINE, size * 1.4);
    });
  page.setAttribute("color", style.color);
  line(textOf("#page-root h1"), 18, 700);
  const label = (panel.querySelector(".figure") || panel).getAttribute("aria-label");
  if (!panel.querySelector("h2,h3") && label) {
    line(label, 15, 700);
  }
  line([textOf("#page-root .demo"), filters()].filter(Boolean).join(" · "), 13, 400);
  body.setAttribute("transform", `translate(${MARGIN} ${y + 8})`);
  page.appendChild(body);
  y += height + 20;
  line(sourceWords(), 12, 400);
  const whole = { width: width + 2 * MARGIN, height: Math.ceil(y + MARGIN) };
  page.setAttribute("width", String(whole.width));
  page.setAttribute("height", String(whole.height));
  page.setAttribute("viewBox", `0 0 ${whole.width} ${whole.height}`);
  return page;
};

/** @param {Blob} blob @param {string} name */
const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
};

/** @param {SVGElement} picture @param {string} text @returns {Promise<Blob>} */
const toPng = (picture, text) =>
  new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = SCALE * Number(picture.getAttribute("width"));
      canvas.height = SCALE * Number(picture.getAttribute("height"));
      const context = canvas.getContext("2d");
      if (!context) {
        reject(new Error("no canvas"));
        return;
      }
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
    };
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });

/** @param {HTMLElement} panel @param {string} kind */
export const savePicture = async (panel, kind) => {
  const takeAway = standIn(panel);
  document.body.classList.add("drawing"); /* what scrolls is drawn whole */
  const picture = await draw(panel).finally(() => {
    document.body.classList.remove("drawing");
    takeAway();
  });
  const text = new XMLSerializer().serializeToString(picture);
  const heading = panel.querySelector("h2,h3");
  const title = document.title.replace(/ · /g, "_");
  const name = fileName([title, ((heading && heading.textContent) || "").trim(), textOf("#page-root .demo")]);
  const blob = kind === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await toPng(picture, text);
  save(blob, `${name}.${kind}`);
};
