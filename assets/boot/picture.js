/* Saves one panel of the page as SVG or PNG: what is drawn, with title, filters and source inside.
   Loaded when first asked for. Text stays text, shapes stay shapes; nothing is fetched but the map. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const STYLED = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "text-anchor",
    "dominant-baseline", "paint-order", "vector-effect", "clip-path", "visibility", "display"];
  const MARGIN = 24;
  const LINE = 22;
  const SCALE = 2;
  const node = (name, attributes, words) => {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (words !== undefined) { made.textContent = words; }
    return made;
  };
  const isShown = (style) => style.display !== "none" && style.visibility !== "hidden" && style.opacity !== "0";
  const isPainted = (color) => color && color !== "transparent" && !/, 0\)$/.test(color);

  const inline = (from, to) => {
    const style = window.getComputedStyle(from);
    to.setAttribute("style", STYLED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    to.removeAttribute("class");
    Array.from(from.children).forEach((child, index) => inline(child, to.children[index]));
  };
  /* A shape used from another file is copied in, because the picture stands alone. */
  const embed = async (picture, files) => {
    for (const use of Array.from(picture.querySelectorAll("use"))) {
      const [address, name] = (use.getAttribute("href") || use.getAttribute("xlink:href") || "").split("#");
      if (!address) { continue; }
      if (!files.has(address)) {
        const answer = await window.fetch(address);
        files.set(address, new DOMParser().parseFromString(await answer.text(), "image/svg+xml"));
      }
      const shape = files.get(address).getElementById(name);
      if (shape) {
        const group = node("g", {style: use.getAttribute("style") || ""});
        const copy = document.importNode(shape, true);
        copy.removeAttribute("id");
        group.appendChild(copy);
        use.replaceWith(group);
      }
    }
  };
  const writeText = (text, style, origin, into) => {
    const size = parseFloat(style.fontSize);
    const range = document.createRange();
    let line = "";
    let box = null;
    const flush = () => {
      if (line.trim() && box) {
        into.appendChild(node("text", {
          x: box.left - origin.left, y: (box.top + box.bottom) / 2 - origin.top + size * 0.36, fill: style.color,
          "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight,
          "xml:space": "preserve",
        }, line));
      }
      line = "";
      box = null;
    };
    for (let index = 0; index < text.data.length; index += 1) {
      range.setStart(text, index);
      range.setEnd(text, index + 1);
      const rect = range.getClientRects()[0];
      if (!rect || !rect.width) { continue; }
      if (box && Math.abs(rect.top - box.top) > 2) { flush(); }
      if (!box) { box = rect; }
      line += text.data[index];
    }
    flush();
  };
  const writeBox = (style, rect, origin, into) => {
    const x = rect.left - origin.left;
    const y = rect.top - origin.top;
    if (isPainted(style.backgroundColor)) {
      into.appendChild(node("rect", {x, y, width: rect.width, height: rect.height, rx: parseFloat(style.borderTopLeftRadius) || 0, fill: style.backgroundColor}));
    }
    [["Top", x, y, x + rect.width, y], ["Bottom", x, y + rect.height, x + rect.width, y + rect.height],
      ["Left", x, y, x, y + rect.height], ["Right", x + rect.width, y, x + rect.width, y + rect.height]].forEach(([side, x1, y1, x2, y2]) => {
      const width = parseFloat(style[`border${side}Width`]);
      if (width && style[`border${side}Style`] !== "none" && isPainted(style[`border${side}Color`])) {
        into.appendChild(node("line", {x1, y1, x2, y2, stroke: style[`border${side}Color`], "stroke-width": width}));
      }
    });
  };
  const write = async (element, origin, into, files) => {
    const style = window.getComputedStyle(element);
    if (!isShown(style)) { return; }
    const rect = element.getBoundingClientRect();
    if (element instanceof SVGSVGElement) {
      const copy = element.cloneNode(true);
      inline(element, copy);
      await embed(copy, files);
      Object.entries({x: rect.left - origin.left, y: rect.top - origin.top, width: rect.width, height: rect.height})
        .forEach(([key, value]) => copy.setAttribute(key, value));
      into.appendChild(copy);
      return;
    }
    if (element.tagName === "SELECT" || element.tagName === "BUTTON" || element.tagName === "INPUT") { return; }
    writeBox(style, rect, origin, into);
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) { writeText(child, style, origin, into); }
      if (child.nodeType === Node.ELEMENT_NODE) { await write(child, origin, into, files); }
    }
  };
  const words = (selector) => {
    const found = document.querySelector(selector);
    return found ? found.textContent.trim() : "";
  };
  const wrapped = (sentence, width, size) => {
    const lines = [""];
    let used = 0;
    for (const letter of sentence) {
      const wide = letter.charCodeAt(0) < 256 ? size * 0.56 : size;
      if (used + wide > width) { lines.push(""); used = 0; }
      lines[lines.length - 1] += letter;
      used += wide;
    }
    return lines;
  };
  const filters = () => Array.from(document.querySelectorAll("#page-root .slot")).map((slot) => {
    const select = slot.querySelector("select");
    const label = slot.firstElementChild ? slot.firstElementChild.textContent : "";
    return select ? `${label} ${select.selectedOptions[0] ? select.selectedOptions[0].textContent : ""}` : "";
  }).filter(Boolean).join(" · ");

  const draw = async (panel) => {
    const origin = panel.getBoundingClientRect();
    const width = Math.ceil(Math.max(origin.width, panel.scrollWidth, 480));
    const height = Math.max(origin.height, panel.scrollHeight);
    const body = node("g", {});
    await write(panel, origin, body, new Map());
    const page = node("svg", {xmlns: SVG, "font-family": window.getComputedStyle(document.body).fontFamily});
    page.appendChild(node("rect", {width: "100%", height: "100%", fill: window.getComputedStyle(document.body).backgroundColor}));
    let y = MARGIN;
    const line = (sentence, size, weight) => wrapped(sentence, width, size).forEach((part) => {
      page.appendChild(node("text", {x: MARGIN, y: y + size, "font-size": size, "font-weight": weight, fill: "currentColor"}, part));
      y += Math.max(LINE, size * 1.4);
    });
    page.setAttribute("color", window.getComputedStyle(document.body).color);
    line(words("#page-root h1"), 18, 700);
    if (!panel.querySelector("h2,h3") && panel.getAttribute("aria-label")) { line(panel.getAttribute("aria-label"), 15, 700); }
    line([words("#page-root .demo"), filters()].filter(Boolean).join(" · "), 13, 400);
    body.setAttribute("transform", `translate(${MARGIN} ${y + 8})`);
    page.appendChild(body);
    y += height + 20;
    line(words("#page-root .page-source"), 12, 400);
    page.setAttribute("width", width + 2 * MARGIN);
    page.setAttribute("height", Math.ceil(y + MARGIN));
    page.setAttribute("viewBox", `0 0 ${width + 2 * MARGIN} ${Math.ceil(y + MARGIN)}`);
    return page;
  };
  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const toPng = (picture, text) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = SCALE * Number(picture.getAttribute("width"));
      canvas.height = SCALE * Number(picture.getAttribute("height"));
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(resolve, "image/png");
    };
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
  window.oversightPicture = async (panel, kind) => {
    document.body.classList.add("drawing"); /* what scrolls is drawn whole */
    const picture = await draw(panel).finally(() => document.body.classList.remove("drawing"));
    const text = new XMLSerializer().serializeToString(picture);
    const heading = panel.querySelector("h2,h3");
    const mark = words("#page-root .demo");
    const name = [document.title.replace(/ · /g, "_"), heading ? heading.textContent.trim() : "", mark].filter(Boolean).join("_").replace(/[\\/:*?"<>|]/g, " ").slice(0, 90);
    const blob = kind === "svg" ? new Blob([text], {type: "image/svg+xml"}) : await toPng(picture, text);
    save(blob, `${name}.${kind}`);
  };
}());
