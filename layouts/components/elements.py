"""Words, links and boxes: the smallest parts, typed and by keyword."""

from collections.abc import Iterable, Mapping

from layouts.markup import Node, h


def block(*children: Node, look: str = "", key: str = "", **attributes: object) -> Node:
    """A box; `attributes` are React's names, with `_` for `-`."""
    return h("div", _attributes(look, key, attributes), *children)


def paragraph(*content: Node, look: str = "", key: str = "", **attributes: object) -> Node:
    """A paragraph; `look` is a class of `assets/`, such as `sub`, `d` (aside) or `src` (footnote)."""
    return h("p", _attributes(look, key, attributes), *content)


def run(*content: Node, look: str = "", key: str = "", **attributes: object) -> Node:
    """Words in a line that look different."""
    return h("span", _attributes(look, key, attributes), *content)


def strong(*content: Node, look: str = "", key: str = "", **attributes: object) -> Node:
    """Words that carry the sentence."""
    return h("b", _attributes(look, key, attributes), *content)


def emphasis(*content: Node) -> Node:
    """A name above the words about it."""
    return h("strong", {}, *content)


def small(*content: Node, look: str = "", key: str = "", **attributes: object) -> Node:
    """Words beside those that matter."""
    return h("small", _attributes(look, key, attributes), *content)


def link_to(*label: Node, href: str, look: str = "", key: str = "", stays: bool = True, **attributes: object) -> Node:
    """A link; where it `stays`, the page is redrawn in place."""
    place: dict[str, object] = {"href": href, "data-nav": "1"} if stays else {"href": href}
    return h("a", place | _attributes(look, key, attributes), *label)


def action_button(*label: Node, action: str = "", look: str = "button", key: str = "", **attributes: object) -> Node:
    """A button whose `action` a script carries out (`assets/`)."""
    does = {"data-action": action} if action else {}
    return h("button", {"type": "button", **does, **_attributes(look, key, attributes)}, *label)


def bullet_list(items: Iterable[Node], *, look: str = "") -> Node:
    """A list without order of `list_item`s."""
    return h("ul", _attributes(look, "", {}), *items)


def numbered_list(items: Iterable[Node], *, look: str = "") -> Node:
    """A list in order of `list_item`s."""
    return h("ol", _attributes(look, "", {}), *items)


def list_item(*children: Node, look: str = "", key: str = "", **attributes: object) -> Node:
    """An item of a list."""
    return h("li", _attributes(look, key, attributes), *children)


def pairs(rows: Iterable[tuple[Node, Node]], *, look: str = "") -> Node:
    """Name and value, one pair below the other."""
    return h(
        "dl",
        _attributes(look, "", {}),
        *[h("div", {"key": str(n)}, h("dt", {}, name), h("dd", {}, value)) for n, (name, value) in enumerate(rows)],
    )


def disclosure(summary: Node, *children: Node, look: str = "", is_open: bool = False) -> Node:
    """Something that opens at its summary."""
    return h("details", {**_attributes(look, "", {}), "open": is_open or None}, h("summary", {}, summary), *children)


def scroll_region(*children: Node, label: str, look: str) -> Node:
    """A region that scrolls by itself, also by keyboard."""
    return block(*children, look=look, tabIndex=0, role="region", aria_label=label)


def _attributes(look: str, key: str, more: Mapping[str, object]) -> dict[str, object]:
    attributes: dict[str, object] = {}
    if look:
        attributes["className"] = look
    if key:
        attributes["key"] = key
    for name, value in more.items():
        if value is not None:
            attributes[name.replace("_", "-")] = value
    return attributes
