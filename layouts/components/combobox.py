"""A field with its list of answers, chosen by keys alone."""

from collections.abc import Iterable

from layouts.components.elements import link_to
from layouts.markup import Node, h


def search_field(*, identity: str, label_identity: str, answers: str, label: str, placeholder: str) -> list[Node]:
    """The field; `answers` is the identity of the list below it."""
    field = {
        "id": identity,
        "type": "search",
        "autoComplete": "off",
        "spellCheck": "false",
        "placeholder": placeholder,
        "role": "combobox",
        "aria-expanded": "true",
        "aria-controls": answers,
        "aria-autocomplete": "list",
        "data-part": "search-field",
    }
    named = {"id": label_identity, "className": "search-label", "htmlFor": identity}
    return [h("label", named, label), h("input", field)]


def answer_list(answers: Iterable[Node], *, label: str, query: str) -> Node:
    """The list of `answer`s to what was typed; Enter waits for the answers to what stands in the field."""
    return h("ul", {"className": "found", "role": "listbox", "aria-label": label, "data-words": query}, *answers)


def answer(*content: Node, href: str, key: str, stays: bool = True) -> Node:
    """One answer, a link that Enter follows; it leaves the dashboard where it does not stay."""
    link = link_to(*content, href=href, role="option", id=f"answer-{key}", stays=stays)
    return h("li", {"key": key, "role": "presentation"}, link)
