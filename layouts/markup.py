"""One description of what is drawn: a tree that the server writes as HTML and the browser as React.

A node is `[tag, attributes, children]`; attributes carry React's names (`className`).
The first paint and the live page come from the same trees, so they cannot differ.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from dash.development.base_component import Component

Node = Any  # a text, or the list [tag, {attribute: value}, [children]], which no type can say
TEXTS = (str, int, float)
VOID_TAGS = {"br", "hr", "img", "input", "col"}
HTML_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "defaultValue": "value",
    "defaultChecked": "checked",
    "maxLength": "maxlength",
    "encType": "enctype",
    "autoComplete": "autocomplete",
    "spellCheck": "spellcheck",
}
LIVE_ONLY = {"key", "data-figure"}
"""What the first paint leaves out: nothing that is seen, heard or followed."""
CASED_SVG = {"viewBox", "patternUnits", "patternTransform", "preserveAspectRatio"}


def h(tag: str, attributes: Mapping[str, object] | None = None, *children: Node) -> Node:
    """Make a node; attributes and children that are None are dropped."""
    if attributes and None in attributes.values():
        attributes = {k: v for k, v in attributes.items() if v is not None}
    return [tag, attributes or {}, [child for child in children if child is not None]]


class FileNode(list[Node]):
    """A node with what only files need of it, such as the value behind a cell: it is not sent to the browser."""

    def __init__(self, node: Node, **file: Node) -> None:
        super().__init__(node)
        self.file = file


class Markup(Component):
    """Dash component that draws nodes, written by `to_json` (see assets/modules/panels.js)."""

    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _namespace = "oversight_markup"
    _type = "Markup"
    _prop_names = ["id", "tree", "className"]
    _valid_wildcard_attributes: list[str] = []
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []

    def __init__(self, tree: str, id: str, className: str = "") -> None:  # noqa: A002, N803
        super().__init__(tree=tree, id=id, className=className)  # pyright: ignore[reportUnknownMemberType]  dash has no types


class Updates(Component):
    """Hands new trees to the panels of the page that is on screen: {identity: tree as text}."""

    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _namespace = "oversight_markup"
    _type = "Updates"
    _prop_names = ["id", "trees"]
    _valid_wildcard_attributes: list[str] = []
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []

    def __init__(self, id: str, trees: dict[str, str] | None = None) -> None:  # noqa: A002
        super().__init__(id=id, trees=trees)  # pyright: ignore[reportUnknownMemberType]  dash has no types


class OnDemand(Component):
    """Components whose library the browser fetches late: `content` becomes the children when it `is_here`.

    Dash looks a component up as soon as it stands in its layout, drawn or not (`assets/modules/chrome.js`).
    """

    _children_props: list[str] = []
    _base_nodes: list[str] = ["children"]
    _namespace = "oversight_markup"
    _type = "OnDemand"
    _prop_names = ["children", "content", "id", "is_here"]
    _valid_wildcard_attributes: list[str] = []
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []

    def __init__(self, id: str, content: list[Component]) -> None:  # noqa: A002
        super().__init__(id=id, content=content)  # pyright: ignore[reportUnknownMemberType]  dash has no types


def to_json(tree: list[Node]) -> str:
    """The tree as text: Dash passes it on untouched, and an equal text is not drawn again."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def to_html(nodes: Iterable[Node]) -> str:
    """The nodes as HTML text, escaped."""
    return "".join(_html(node) for node in nodes)


def _html(node: Node) -> str:
    if isinstance(node, TEXTS):
        return escape(str(node), quote=False)
    tag, attributes, children = node
    chosen = attributes.get("value") if tag == "select" else None
    if chosen is not None:
        children = [_mark_selected(child, chosen) for child in children]
    if tag == "textarea":
        typed = attributes.get("defaultValue", "")
        attributes = {name: value for name, value in attributes.items() if name != "defaultValue"}
        children = [f"\n{typed}"] if typed else []  # HTML leaves out the first line break
    names = "".join(
        _attribute(name, value)
        for name, value in attributes.items()
        if name not in LIVE_ONLY and not (tag == "select" and name == "value")
    )
    if tag in VOID_TAGS:
        return f"<{tag}{names}>"
    return f"<{tag}{names}>{to_html(children)}</{tag}>"


def _mark_selected(option: Node, chosen: str) -> Node:
    tag, attributes, children = option
    if tag == "optgroup":
        return [tag, attributes, [_mark_selected(child, chosen) for child in children]]
    if attributes.get("value") == chosen:
        return [tag, {**attributes, "selected": True}, children]
    return option


def _attribute(name: str, value: Any) -> str:  # noqa: ANN401  a text, a number, a style
    if value is False:
        return ""
    if name == "style":
        value = ";".join(f"{k}:{v}" for k, v in value.items())
    name = _html_name(name)
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


@lru_cache(maxsize=256)
def _html_name(name: str) -> str:
    if name in HTML_NAMES:
        return HTML_NAMES[name]
    return name if name in CASED_SVG else re.sub(r"[A-Z]", lambda m: "-" + m[0].lower(), name)
