"""The board of returns: who has handed in what, and the way to hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.importing.ownership import WHOLE_CITY
from data.store.submissions import Submission
from data.text import text
from layouts import formatting
from layouts.document import DRAFTS, document, hidden
from layouts.markup import Node, h

SCRIPTS = ("/assets/boot/returns.js", DRAFTS)
NUMBERS = {
    "schools",
    "last_schools",
    "share",
    "errors",
    "queries",
    "at",
    "cv",
    "limit",
    "row",
    "rows",
    "added",
    "changed",
    "removed",
}


@dataclass(frozen=True)
class Completeness:
    """What a unit has returned for the period: schools now and last time, the last submission."""

    district_code: str
    name: str
    returned_schools: int | None
    last_schools: int | None
    submission: Submission | None


@dataclass(frozen=True)
class Board:
    """All that the page of returns shows."""

    periods: Sequence[str]
    period: str
    due_on: date
    is_overdue: bool
    units: Sequence[Completeness]
    submissions: Sequence[Submission]
    names: dict[str, str]
    may_submit: bool
    may_submit_for_city: bool
    may_approve: bool
    waits_for_publication: bool
    has_demonstration: bool


def board_page(board: Board, token: str, strip: Node, said: str, publications: Sequence[Node] = ()) -> str:
    """Deadline and completeness, the form to hand in, and what was handed in."""
    complete = sum(1 for u in board.units if u.returned_schools is not None)
    return document(
        text("returns.title"),
        [
            h("h1", {}, text("returns.lead", period=board.period, done=str(complete), total=str(len(board.units)))),
            h(
                "p",
                {"className": "told told-fail" if board.is_overdue else "src"},
                text("returns.overdue", day=formatting.day(board.due_on))
                if board.is_overdue
                else text("returns.due", day=formatting.day(board.due_on)),
            ),
            h("p", {}, h("span", {"className": "demo"}, text("app.demo"))) if board.has_demonstration else None,
            h("p", {"className": "told", "role": "status"}, said) if said else None,
            _upload(board, token) if board.may_submit else None,
            *publications,
            h("h2", {}, text("returns.board")),
            _completeness(board),
            h("h2", {}, text("returns.list")),
            _submissions(board),
        ],
        "office",
        strip=strip,
        scripts=SCRIPTS,
    )


def _upload(board: Board, token: str) -> Node:
    periods = [h("option", {"value": p, "selected": p == board.period or None, "key": p}, p) for p in board.periods]
    units = [h("option", {"value": u.district_code, "key": u.district_code}, u.name) for u in board.units]
    if board.may_submit_for_city:
        units.append(h("option", {"value": WHOLE_CITY, "key": WHOLE_CITY}, board.names[WHOLE_CITY]))
    return h(
        "form",
        {
            "method": "post",
            "action": "/data/upload",
            "encType": "multipart/form-data",
            "className": "office-form upload",
            "data-upload": "1",
        },
        hidden("csrf_token", token),
        h("label", {}, h("span", {}, text("returns.period")), h("select", {"name": "period"}, *periods)),
        h("label", {}, h("span", {}, text("returns.unit")), h("select", {"name": "district_code"}, *units)),
        h(
            "label",
            {"className": "drop"},
            h("span", {}, text("returns.file")),
            h("input", {"name": "file", "type": "file", "required": True, "accept": ".xlsx,.csv"}),
        ),
        h(
            "div",
            {},
            h("button", {"className": "button filled", "type": "submit"}, text("returns.upload")),
            h(
                "a",
                {
                    "className": "button",
                    "data-template": "1",
                    "href": f"/data/template?period={board.period}"
                    f"&district_code={board.units[0].district_code if board.units else ''}",
                },
                text("returns.template"),
            ),
        ),
        h("progress", {"max": "100", "value": "0", "hidden": True, "aria-label": text("returns.progress")}),
        h(
            "p",
            {
                "className": "src",
                "data-words-sending": text("returns.sending", percent="{percent}"),
                "data-words-checking": text("returns.checking"),
                "data-words-failed": text("returns.upload_failed"),
            },
            text("returns.upload_hint"),
        ),
    )


def _completeness(board: Board) -> Node:
    rows: list[Node] = []
    for u in board.units:
        has_both = u.returned_schools is not None and u.last_schools
        share = formatting.share((u.returned_schools or 0) / (u.last_schools or 1)) if has_both else formatting.NONE
        state = "complete" if u.returned_schools is not None else u.submission.status if u.submission else "nothing"
        rows.append(
            h(
                "tr",
                {"key": u.district_code},
                h("td", {}, u.name),
                h("td", {"className": f"state-{state}"}, text(f"returns.state.{state}")),
                h("td", {"className": "num"}, _count(u.returned_schools)),
                h("td", {"className": "num"}, _count(u.last_schools)),
                h("td", {"className": "num"}, share),
            )
        )
    return board_table(("unit", "state", "schools", "last_schools", "share"), rows)


def _submissions(board: Board) -> Node:
    if not board.submissions:
        return h("p", {}, text("returns.none_yet"))
    rows = [
        h(
            "tr",
            {"key": str(s.submission_id)},
            h("td", {}, h("a", {"href": f"/data/{s.submission_id}"}, s.file_name)),
            h("td", {}, board.names.get(s.district_code, s.district_code)),
            h("td", {}, s.period),
            h("td", {}, text(f"returns.state.{s.status}")),
            h("td", {"className": "num"}, str(count_of(s, "error"))),
            h("td", {"className": "num"}, str(count_of(s, "query"))),
            h("td", {}, s.submitted_by),
            h("td", {}, s.moved_by),
            h("td", {"className": "num"}, formatting.moment(s.updated_at)),
        )
        for s in board.submissions
    ]
    return board_table(("file", "unit", "period", "state", "errors", "queries", "by", "moved_by", "at"), rows)


def board_table(heads: Sequence[str], rows: Sequence[Node]) -> Node:
    """A table of the office pages under the words of `returns.column`."""
    cells = [
        h(
            "th",
            {"scope": "col", "key": name, "className": "num" if name in NUMBERS else None},
            text(f"returns.column.{name}"),
        )
        for name in heads
    ]
    return h(
        "div",
        {"className": "scroll-x"},
        h("table", {"className": "plain-table"}, h("thead", {}, h("tr", {}, *cells)), h("tbody", {}, *rows)),
    )


def _count(number: int | None) -> str:
    return formatting.NONE if number is None else str(number)


def count_of(one: Submission, severity: str) -> int:
    """How many findings of a severity a submission has."""
    return sum(1 for f in one.result["findings"] if f["severity"] == severity)
