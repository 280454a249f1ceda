import assert from "node:assert/strict";
import test from "node:test";

import { NOTHING, redraw } from "../../assets/modules/markup.js";

const hands = {
  createElement: (tag, props, ...children) => ({ tag, props, children }),
  follow: () => "follow",
  choose: () => "choose",
  remembered: (name) => (name === "actor" ? "张三" : ""),
  parts: { menu: "Menu" },
};
const draw = (node, before = NOTHING) => redraw(node, 0, before, hands);
const copy = (node) => JSON.parse(JSON.stringify(node));

test("a text stays a text, whatever it says", () => {
  const { element } = draw(["p", {}, ["<b>5</b>", 7]]);
  assert.deepEqual(element.children, ["<b>5</b>", 7]);
});

test("a tag that is not listed is refused, wherever it stands", () => {
  for (const tag of ["script", "iframe", "style", "object"]) {
    assert.throws(() => draw(["p", {}, [[tag, {}, []]]]), /tag not allowed/);
  }
});

test("attributes are React's; the key is the node's own or its place", () => {
  const { element } = draw([
    "ul",
    {},
    [
      ["li", { key: "a", className: "on" }, []],
      ["li", {}, []],
    ],
  ]);
  assert.deepEqual(element.children[0].props, { key: "a", className: "on" });
  assert.deepEqual(element.children[1].props, { key: 1 });
});

test("links are followed and lists are chosen from; nothing else is listened to", () => {
  const link = draw(["a", { href: "/", "data-nav": "1" }, []]).element;
  assert.equal(link.props.onClick, hands.follow);
  const list = draw(["select", { "data-nav": "1" }, []]).element;
  assert.equal(list.props.onChange, hands.choose);
  assert.equal("onClick" in list.props, false);
  assert.equal("onClick" in draw(["a", { href: "/" }, []]).element.props, false);
});

test("a field that is remembered begins with what was typed before", () => {
  const { element } = draw(["input", { name: "actor", "data-remembered": "1" }, []]);
  assert.equal(element.props.defaultValue, "张三");
});

test("what is equal keeps its element; only the way to a change is drawn anew", () => {
  const tree = [
    "div",
    {},
    [
      ["p", { style: { color: "red" } }, ["a"]],
      ["p", {}, ["b"]],
    ],
  ];
  const before = draw(tree);
  assert.equal(draw(copy(tree), before), before);
  const changed = copy(tree);
  changed[2][1][2] = ["c"];
  const after = draw(changed, before);
  assert.notEqual(after.element, before.element);
  assert.equal(after.children[0].element, before.children[0].element);
  assert.notEqual(after.children[1].element, before.children[1].element);
});

test("another attribute, tag, style or number of children is a change", () => {
  const before = draw(["p", { className: "a", style: { color: "red" } }, ["x"]]);
  for (const node of [
    ["p", { className: "b", style: { color: "red" } }, ["x"]],
    ["p", { className: "a", style: { color: "blue" } }, ["x"]],
    ["p", { className: "a" }, ["x"]],
    ["p", { className: "a", style: { color: "red" } }, ["x", "y"]],
    ["b", { className: "a", style: { color: "red" } }, ["x"]],
  ]) {
    assert.notEqual(draw(node, before).element, before.element, JSON.stringify(node));
  }
});

test("a node that names a part is drawn by that component, with its attributes and children; no other is", () => {
  const menu = draw(["details", { "data-part": "menu", className: "menu" }, [["summary", {}, ["导出"]]]]).element;
  assert.equal(menu.tag, "Menu");
  assert.equal(menu.props.className, "menu");
  assert.equal(menu.children[0].tag, "summary");
  assert.equal(draw(["details", { "data-part": "unknown" }, []]).element.tag, "details");
  assert.throws(() => draw(["script", { "data-part": "menu" }, []]), /tag not allowed/);
});
