"""A form that a script keeps on the device: answers with the thumb, photographs, words."""

from collections.abc import Sequence

from layouts.components.forms import LONGEST_TEXT
from layouts.markup import Node, h


def device_form(identity: str, *children: Node, look: str, **attributes: object) -> Node:
    """A form that is not posted: a script keeps it on the device and sends it when it can."""
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return h("form", {"id": identity, "className": look, "hidden": True, **named}, *children)


def bare_words(name: str, label: str) -> Node:
    """A few lines of text, whose label only readers are told."""
    return h("textarea", {"name": name, "rows": 2, "maxLength": LONGEST_TEXT, "aria-label": label})


def answer_choice(name: str, label: str, choices: Sequence[tuple[str, str]]) -> Node:
    """One of a few answers (value, label) side by side; `label` is told to readers alone."""
    return h(
        "div",
        {"className": "visit-choices", "role": "radiogroup", "aria-label": label},
        *[
            h(
                "label",
                {"key": value, "className": f"visit-choice is-{value}"},
                h("input", {"type": "radio", "name": name, "value": value}),
                h("span", {}, told),
            )
            for value, told in choices
        ],
    )


def photo_field(name: str, label: str) -> Node:
    """Takes a photograph with the device, or chooses one; a script keeps what was taken."""
    return h(
        "label",
        {"className": "photo-field"},
        h("span", {}, label),
        h("input", {"type": "file", "name": name, "accept": "image/*", "capture": "environment", "multiple": True}),
    )


def photograph(address: str, label: str) -> Node:
    """A small photograph that leads to itself."""
    picture = h("img", {"src": address, "alt": label, "title": label, "loading": "lazy", "className": "photograph"})
    return h("a", {"href": address, "key": address}, picture)


def tick_row(name: str, value: str, label: str, *, is_set: bool) -> Node:
    """A tick before a row, whose label only readers are told."""
    box = {"type": "checkbox", "name": name, "value": value, "aria-label": label, "defaultChecked": is_set or None}
    return h("input", box)
