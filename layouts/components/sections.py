"""Parts of a page under a heading, other than the usual `parts.frame.section`."""

from collections.abc import Sequence

from layouts.components.elements import disclosure, paragraph, scroll_region
from layouts.markup import Node, h
from layouts.parts.frame import section


def region(*children: Node, look: str = "", label: str = "") -> Node:
    """A part of the page with its own heading among the children, or a name for readers."""
    return h("section", {"className": look or None, "aria-label": label or None}, *children)


def heading(*words: Node, level: int = 2, look: str = "", takes_focus: bool = False) -> Node:
    """A title of this level; it `takes_focus` where it appears after a click."""
    return h(f"h{level}", {"className": look or None, "tabIndex": -1 if takes_focus else None}, *words)


def empty_state(title: str, words: str) -> Node:
    """A section that says why there is nothing, and what to do."""
    return section(title, paragraph(words, look="d"))


def details_table(summary: str, table: Node, *, label: str) -> Node:
    """A table that opens at its summary, for who reads rather than looks."""
    return disclosure(summary, scroll_region(table, label=label, look="scroll-table"), look="why-not")


def fact_list(facts: Sequence[tuple[str, list[Node]]]) -> Node:
    """Names of facts and what is known of each, one below the other."""
    return h(
        "dl", {"className": "facts"}, *[n for name, value in facts for n in (h("dt", {}, name), h("dd", {}, *value))]
    )
