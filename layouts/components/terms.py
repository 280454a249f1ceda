"""Words with their meanings, each to be led to; and a field that leaves only the rows with a word."""

from collections.abc import Iterable

from layouts.markup import Node, h


def term_list(terms: Iterable[tuple[str, str, str]]) -> Node:
    """Anchor, word and meaning, one pair below the other."""
    return h(
        "dl",
        {"className": "terms"},
        *[
            h("div", {"id": anchor, "key": anchor}, h("dt", {}, word), h("dd", {}, meaning))
            for anchor, word, meaning in terms
        ],
    )


def find_field(label: str, hint: str, none: str) -> Node:
    """A field whose words leave only the rows of the page that hold them (`assets/modules/find.js`)."""
    return h(
        "div",
        {"className": "find", "role": "search"},
        h("label", {}, label, h("input", {"type": "search", "data-find": "1", "placeholder": hint, "maxLength": 60})),
        h("p", {"className": "d", "role": "status", "data-find-none": "1", "hidden": True}, none),
    )
