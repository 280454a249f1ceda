"""Parts of a page under a heading, other than the usual `parts.frame.section`."""

from collections.abc import Mapping, Sequence

from layouts.components.elements import disclosure, paragraph, scroll_region
from layouts.markup import Node, h
from layouts.parts.frame import section


def region(*children: Node, look: str = "", label: str = "", key: str = "", **attributes: object) -> Node:
    """A part of the page with its own heading among the children, or a name for readers."""
    named = {"className": look or None, "aria-label": label or None, "key": key or None}
    return h("section", {**named, **_react(attributes)}, *children)


def heading(
    *content: Node, level: int = 2, look: str = "", key: str = "", takes_focus: bool = False, identity: str = ""
) -> Node:
    """A title of this level; it `takes_focus` where it appears after a click."""
    named = {"className": look or None, "key": key or None, "id": identity or None}
    return h(f"h{level}", {**named, "tabIndex": -1 if takes_focus else None}, *content)


def empty_state(title: str, reason: str) -> Node:
    """A section that says why there is nothing, and what to do."""
    return section(title, paragraph(reason, look="d"))


def details_table(summary: str, table: Node, *, label: str) -> Node:
    """A table that opens at its summary, for who reads rather than looks."""
    return disclosure(summary, scroll_region(table, label=label, look="scroll-table"), look="why-not")


def fact_list(facts: Sequence[tuple[str, list[Node]]]) -> Node:
    """Names of facts and what is known of each, one below the other."""
    return h(
        "dl", {"className": "facts"}, *[n for name, value in facts for n in (h("dt", {}, name), h("dd", {}, *value))]
    )


def _react(attributes: Mapping[str, object]) -> dict[str, object]:
    return {name.replace("_", "-"): value for name, value in attributes.items()}
