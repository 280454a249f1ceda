"""Forms that write: named fields, the person who acts, one button; a script sends them."""

from collections.abc import Mapping, Sequence

from data.text import text
from layouts.markup import Node, h


def send_form(kind: str, label: str, hidden: Mapping[str, object], fields: Sequence[Node], *, asks_actor: bool) -> Node:
    """A form sent as `kind` with its hidden values and fields; the button says what it does.

    `asks_actor` where nobody is signed in: then a name is asked for, which the browser remembers.
    """
    actor = _actor_field() if asks_actor else None
    return h(
        "form",
        {"className": "send", "data-send": kind, "key": label},
        *[
            h("input", {"type": "hidden", "name": name, "value": str(value), "key": name})
            for name, value in hidden.items()
        ],
        *fields,
        actor,
        h("button", {"className": "button", "type": "submit"}, label),
    )


def _actor_field() -> Node:
    return h(
        "label",
        {"key": "actor"},
        h("span", {}, text("form.actor")),
        h("input", {"name": "actor", "type": "text", "required": True, "maxLength": 40, "data-remembered": "1"}),
    )


def text_field(name: str, label: str, *, value: str = "", required: bool = True) -> Node:
    """One line of text."""
    return h(
        "label",
        {"key": name},
        h("span", {}, label),
        h(
            "input",
            {
                "name": name,
                "type": "text",
                "required": required or None,
                "defaultValue": value or None,
                "maxLength": 200,
            },
        ),
    )


def long_field(name: str, label: str, *, value: str = "", required: bool = True) -> Node:
    """Several lines of text."""
    return h(
        "label",
        {"key": name},
        h("span", {}, label),
        h(
            "textarea",
            {"name": name, "rows": 2, "required": required or None, "defaultValue": value or None, "maxLength": 500},
        ),
    )


def date_field(name: str, label: str, *, value: str = "", required: bool = True) -> Node:
    """A day."""
    return h(
        "label",
        {"key": name},
        h("span", {}, label),
        h("input", {"name": name, "type": "date", "required": required or None, "defaultValue": value or None}),
    )


def number_field(name: str, label: str, *, value: int, least: int, most: int) -> Node:
    """A whole number."""
    return h(
        "label",
        {"key": name},
        h("span", {}, label),
        h(
            "input",
            {"name": name, "type": "number", "required": True, "min": least, "max": most, "defaultValue": str(value)},
        ),
    )


def file_field(name: str, label: str) -> Node:
    """One file."""
    return h("label", {"key": name}, h("span", {}, label), h("input", {"name": name, "type": "file", "required": True}))


def history_list(entries: Sequence[tuple[str, str]]) -> Node:
    """What was done: time and person, then words."""
    return h(
        "ol",
        {"className": "log"},
        *[
            h("li", {"key": str(n)}, h("span", {"className": "d"}, when), " ", words)
            for n, (when, words) in enumerate(entries)
        ],
    )
