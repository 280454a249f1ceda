/* Draws a tree of [tag, attributes, children] sent by the server as React elements.
   Text is always text; only listed tags are drawn; links and selects go through navigate(). */
(function () {
  "use strict";
  const TAGS = new Set(("a b br button caption circle clippath clipPath code col colgroup dd defs details div dl dt em "
    + "figcaption figure footer form g h1 h2 h3 header hr i img input kbd label legend li line main nav ol "
    + "optgroup option p path pattern polygon polyline rect section select small span strong sub summary sup svg "
    + "table tbody td text textarea tfoot th thead title tr tspan ul use").split(" "));
  let turns = 0;
  /* On the same page new trees are drawn as they come; Dash, and with it the address, follows after the paint. */
  const navigate = (href) => {
    const target = new URL(href, window.location.href);
    if (!window.oversightReady) {
      window.location.assign(href);
      return;
    }
    const turned = target.pathname !== window.location.pathname;
    if (!turned && target.search === window.location.search) { return; }
    const mine = ++turns;
    const go = () => {
      if (mine !== turns) { return; }
      if (turned) { window.scrollTo(0, 0); }
      window.dash_clientside.set_props("url", turned
        ? {pathname: target.pathname, search: target.search} : {search: target.search});
    };
    if (turned) {
      window.oversightScripts(target.pathname).then(go, () => window.location.assign(href));
      return;
    }
    window.oversightTrees(target).then((trees) => {
      if (mine !== turns) { return; }
      window.ReactDOM.flushSync(() => hand(trees));
      afterPaint(go);
    }, go);
  };
  /* The page on screen, asked for anew: what has changed is drawn in its place. */
  const renew = async () => {
    const sent = await window.oversightUpdates(new URL(window.location.href));
    if (!sent.response) { return; } /* refused, which is said already */
    if (sent.response["page-root"]) { throw new Error("another page"); }
    Object.entries(sent.sideUpdate || {}).forEach(([id, props]) => window.dash_clientside.set_props(id, props));
    window.dash_clientside.set_props("shown-page", sent.response["shown-page"]);
  };
  const hand = (trees) => Object.entries(trees).forEach(([id, tree]) => { if (panels.has(id)) { panels.get(id)(tree); } });
  const afterPaint = (then) => (document.hidden ? then() : window.requestAnimationFrame(() => window.setTimeout(then)));
  const onLink = (event) => {
    if (event.defaultPrevented || event.button || event.currentTarget.target || event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    navigate(event.currentTarget.getAttribute("href"));
  };
  const onSelect = (event) => navigate(event.currentTarget.value);
  const isSame = (one, other) => {
    const names = Object.keys(one);
    return names.length === Object.keys(other).length
      && names.every((name) => one[name] === other[name] || (name === "style" && JSON.stringify(one.style) === JSON.stringify(other.style)));
  };
  const NOTHING = {children: []};
  /* What somebody typed into a field of this name before; nothing where the browser keeps nothing. */
  const remembered = (name) => {
    try { return window.localStorage.getItem("oversight-" + name) || ""; } catch { return ""; }
  };
  /* A node as {tag, attributes, children, element}. What equals `before` keeps its element, and React skips it. */
  const redraw = (node, index, before) => {
    if (node === null || typeof node !== "object") {
      return before.element === node ? before : {element: node, children: []};
    }
    const [tag, attributes, children] = node;
    const drawn = children.map((child, n) => redraw(child, n, before.children[n] || NOTHING));
    if (before.tag === tag && before.index === index && drawn.length === before.children.length
      && drawn.every((child, n) => child === before.children[n]) && isSame(attributes, before.attributes)) {
      return before;
    }
    if (!TAGS.has(tag)) {
      throw new Error("tag not allowed: " + tag);
    }
    const props = Object.assign({key: attributes.key || index}, attributes);
    if ("data-remembered" in attributes) { props.defaultValue = remembered(attributes.name); }
    if ("data-nav" in attributes) {
      props[tag === "select" ? "onChange" : "onClick"] = tag === "select" ? onSelect : onLink;
    }
    const element = window.React.createElement(tag, props, ...drawn.map((child) => child.element));
    return {tag, index, attributes, children: drawn, element};
  };
  const draw = (node, index) => redraw(node, index, NOTHING).element;
  /* A panel draws the tree that came last: with the page, by Dash, or with the updates of a page. */
  const panels = new Map();
  const Markup = (props) => {
    const [shown, show] = window.React.useState({given: props.tree, tree: props.tree});
    if (shown.given !== props.tree) { show({given: props.tree, tree: props.tree}); }
    window.React.useLayoutEffect(() => {
      const update = (tree) => show((now) => (now.tree === tree ? now : {given: now.given, tree}));
      panels.set(props.id, update);
      return () => { if (panels.get(props.id) === update) { panels.delete(props.id); } };
    }, [props.id]);
    const last = window.React.useRef([]);
    const drawn = window.React.useMemo(() => {
      last.current = JSON.parse(shown.tree || "[]").map((node, n) => redraw(node, n, last.current[n] || NOTHING));
      return last.current.map((child) => child.element);
    }, [shown.tree]);
    return window.React.createElement("div", {id: props.id, className: props.className}, ...drawn);
  };
  /* New trees of a page that is on screen, all drawn in one go. */
  const Updates = (props) => {
    window.React.useLayoutEffect(() => {
      hand(props.trees || {});
    }, [props.trees]);
    return null;
  };
  window.oversight_markup = {Markup, Updates, draw, navigate, renew};
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
