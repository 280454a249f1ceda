/* Draws a tree of [tag, attributes, children] sent by the server as React elements.
   Text is always text; only listed tags are drawn; links and selects go through navigate(). */
(function () {
  "use strict";
  const TAGS = new Set(("a b br button caption circle clippath clipPath code col colgroup dd defs details div dl dt em "
    + "figcaption figure footer form g h1 h2 h3 header hr i img input kbd label legend li line main nav ol "
    + "optgroup option p path pattern polygon polyline rect section select small span strong sub summary sup svg "
    + "table tbody td text textarea tfoot th thead title tr tspan ul use").split(" "));
  const navigate = (href) => {
    const target = new URL(href, window.location.href);
    if (!window.oversightReady) {
      window.location.assign(href);
      return;
    }
    const turned = target.pathname !== window.location.pathname;
    if (!turned && target.search === window.location.search) { return; }
    const go = () => {
      if (turned) { window.scrollTo(0, 0); }
      window.dash_clientside.set_props("url", turned
        ? {pathname: target.pathname, search: target.search} : {search: target.search});
    };
    window.oversightScripts(target.pathname).then(go, () => window.location.assign(href));
  };
  const onLink = (event) => {
    if (event.defaultPrevented || event.button || event.currentTarget.target || event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    navigate(event.currentTarget.getAttribute("href"));
  };
  const onSelect = (event) => navigate(event.currentTarget.value);
  const draw = (node, index) => {
    if (node === null || typeof node !== "object") {
      return node;
    }
    const [tag, attributes, children] = node;
    if (!TAGS.has(tag)) {
      throw new Error("tag not allowed: " + tag);
    }
    const props = Object.assign({key: attributes.key || index}, attributes);
    if ("data-nav" in attributes) {
      props[tag === "select" ? "onChange" : "onClick"] = tag === "select" ? onSelect : onLink;
    }
    return window.React.createElement(tag, props, ...children.map(draw));
  };
  const Markup = window.React.memo((props) => window.React.createElement(
    "div", {id: props.id, className: props.className}, ...JSON.parse(props.tree || "[]").map(draw)),
    (before, after) => before.tree === after.tree);
  window.oversight_markup = {Markup: Markup, draw: draw, navigate: navigate};
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  cells.MarkupCell = (params) => draw(params.data.cells[params.colDef.field] || ["span", {}, []], 0);
  cells.MarkupRow = (params) => draw(params.data.heading, 0);
  cells.UnitHeader = (params) => window.React.createElement("span", {className: "unit-header ag-header-cell-text"},
    params.displayName, window.React.createElement("small", {}, params.unit || ""));
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  /* Keeps heading rows above their own rows, whichever way a column is sorted. */
  functions.withinGroup = (a, b, nodeA, nodeB, isDescending) => {
    const sign = isDescending ? -1 : 1;
    const group = nodeA.data.group_order - nodeB.data.group_order;
    if (group) { return sign * group; }
    const heading = Boolean(nodeB.data.heading) - Boolean(nodeA.data.heading);
    if (heading) { return sign * heading; }
    if (a === null || a === undefined) { return b === null || b === undefined ? 0 : sign; }
    if (b === null || b === undefined) { return -sign; }
    return typeof a === "string" ? a.localeCompare(b, "zh-CN") : a - b;
  };
})();
