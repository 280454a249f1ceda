"""The search box and its results, chosen by keys alone."""

from collections.abc import Sequence

from data.rows.search import EntryRow
from data.text import text
from data.view_state import ViewState
from layouts.components.combobox import answer, answer_list, search_field
from layouts.components.elements import paragraph, run, small, strong
from layouts.markup import Node
from layouts.routes import (
    COMPLAINTS,
    DISTRICT,
    MATRIX,
    OPINIONS,
    ROUTES,
    SCHOOL,
    SURVEYS,
    TASK_BOOKS,
    TREND,
    VISITS,
    link,
)

SEARCH_LABEL = "search-label"
MATTERS = {
    "visit": VISITS,
    "opinion": OPINIONS,
    "complaint": COMPLAINTS,
    "survey": SURVEYS,
    "rehearsal": SURVEYS,
    "task_book": TASK_BOOKS,
}


def pages() -> list[tuple[str, str]]:
    """Path and name of every page that needs nothing chosen."""
    return [(r.path, text(f"navigation.{r.page}")) for r in ROUTES if not r.keys]


def search_box() -> list[Node]:
    """The input; its results are another panel below it."""
    return search_field(
        identity="search-input",
        label_identity=SEARCH_LABEL,
        answers="search-results",
        label=text("search.label"),
        placeholder=text("search.placeholder"),
    )


def search_results(entries: Sequence[EntryRow], query: str) -> list[Node]:
    """Links in the order of the matches; the first is chosen by Enter."""
    if not query.strip():
        return [paragraph(text("search.hint"), look="d")]
    if not entries:
        return search_said(text("search.none", words=query))
    return [answer_list(map(_answer, entries), label=text("search.label"), query=query)]


def search_said(sentence: str) -> list[Node]:
    """A sentence in the place of results."""
    return [paragraph(sentence, look="d", role="status")]


def _answer(entry: EntryRow) -> Node:
    until = text("search.until", day=entry.until) if entry.until else ""
    note = run("，".join(part for part in (entry.place, until) if part), look="mut")
    kind = small(text(f"search.kind_{entry.kind}"), look="mut")
    return answer(
        strong(entry.name), note, kind, href=_href(entry), key=entry.kind + entry.code, stays=entry.kind not in MATTERS
    )


def _href(entry: EntryRow) -> str:
    state = ViewState()
    if entry.kind == "page":
        return entry.code
    if entry.kind in MATTERS:
        return f"{MATTERS[entry.kind].path}/{entry.code}"
    if entry.kind == "district":
        return link(DISTRICT, state, district=entry.code)
    if entry.kind == "school":
        return link(SCHOOL, state, school=entry.code)
    if entry.kind == "indicator":
        return link(TREND, state, indicator=entry.code)
    return link(MATRIX, state, sort=f"item.{entry.code}")
