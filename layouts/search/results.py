"""The search box and its results, chosen by keys alone."""

from collections.abc import Sequence

from data.rows.search import EntryRow
from data.text import text
from data.view_state import ViewState
from layouts.markup import Node, h
from layouts.routes import DISTRICT, MATRIX, ROUTES, SCHOOL, TREND, link


def pages() -> list[tuple[str, str]]:
    """Path and name of every page that needs nothing chosen."""
    return [(r.path, text(f"navigation.{r.page}")) for r in ROUTES if not r.keys]


def search_box() -> list[Node]:
    """The input; its results are another panel below it."""
    return [
        h("label", {"className": "search-label", "htmlFor": "search-input"}, text("search.label")),
        h(
            "input",
            {
                "id": "search-input",
                "type": "search",
                "autoComplete": "off",
                "spellCheck": "false",
                "placeholder": text("search.placeholder"),
                "role": "combobox",
                "aria-expanded": "true",
                "aria-controls": "search-results",
                "aria-autocomplete": "list",
            },
        ),
    ]


def search_results(found: Sequence[EntryRow], words: str) -> list[Node]:
    """Links in the order of the matches; the first is chosen by Enter."""
    if not words.strip():
        return [h("p", {"className": "d"}, text("search.hint"))]
    if not found:
        return search_said(text("search.none", words=words))
    return [
        h(
            "ul",
            {"className": "found", "role": "listbox", "aria-label": text("search.label")},
            *[_one(entry) for entry in found],
        )
    ]


def search_said(words: str) -> list[Node]:
    """A sentence in the place of results."""
    return [h("p", {"className": "d", "role": "status"}, words)]


def _one(entry: EntryRow) -> Node:
    note = entry.place
    if entry.until:
        note = "，".join(w for w in (note, text("search.until", day=entry.until)) if w)
    return h(
        "li",
        {"key": entry.kind + entry.code, "role": "option"},
        h(
            "a",
            {"href": _href(entry), "data-nav": "1"},
            h("b", {}, entry.name),
            h("span", {"className": "mut"}, note),
            h("small", {"className": "mut"}, text(f"search.kind_{entry.kind}")),
        ),
    )


def _href(entry: EntryRow) -> str:
    state = ViewState()
    if entry.kind == "page":
        return entry.code
    if entry.kind == "district":
        return link(DISTRICT, state, district=entry.code)
    if entry.kind == "school":
        return link(SCHOOL, state, school=entry.code)
    if entry.kind == "indicator":
        return link(TREND, state, indicator=entry.code)
    return link(MATRIX, state, sort=f"item.{entry.code}")
