"""报送: the board of who returned what, and one file with its findings, preview and decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.importing.ownership import WHOLE_CITY
from data.store.submissions import APPROVED, CHECKED, SUBMITTED, Submission, group_of
from data.text import text
from layouts import formatting
from layouts.document import DRAFTS, document, hidden
from layouts.markup import Node, h
from layouts.office.handed_in import tables_handed_in

SCRIPTS = ("/assets/boot/returns.js", DRAFTS)
MOST_SHOWN = 300
NUMBERS = {"schools", "last_schools", "share", "errors", "queries", "at", "cv", "limit", "row",
           "rows", "added", "changed", "removed"}  # fmt: skip


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


def board_page(
    board: Board, token: str, strip: Node, said: str, publications: Sequence[Node] = ()
) -> str:  # fmt: skip
    """Deadline and completeness, the form to hand in, and what was handed in."""
    complete = sum(1 for u in board.units if u.returned_schools is not None)
    return document(text("returns.title"), [
        h("h1", {}, text("returns.lead", period=board.period, done=str(complete),
                         total=str(len(board.units)))),
        h("p", {"className": "told told-fail" if board.is_overdue else "src"},
          text("returns.overdue", day=formatting.day(board.due_on)) if board.is_overdue
          else text("returns.due", day=formatting.day(board.due_on))),
        h("p", {}, h("span", {"className": "demo"}, text("app.demo")))
        if board.has_demonstration else None,
        h("p", {"className": "told", "role": "status"}, said) if said else None,
        _upload(board, token) if board.may_submit else None,
        *publications,
        h("h2", {}, text("returns.board")), _completeness(board),
        h("h2", {}, text("returns.list")), _submissions(board),
    ], "office", strip=strip, scripts=SCRIPTS)  # fmt: skip


def _upload(board: Board, token: str) -> Node:
    periods = [h("option", {"value": p, "selected": p == board.period or None, "key": p}, p)
               for p in board.periods]  # fmt: skip
    units = [h("option", {"value": u.district_code, "key": u.district_code}, u.name)
             for u in board.units]  # fmt: skip
    if board.may_submit_for_city:
        units.append(h("option", {"value": WHOLE_CITY, "key": WHOLE_CITY}, board.names[WHOLE_CITY]))
    return h(
        "form", {"method": "post", "action": "/data/upload", "encType": "multipart/form-data",
                 "className": "office-form upload", "data-upload": "1"},
        hidden("csrf_token", token),
        h("label", {}, h("span", {}, text("returns.period")),
          h("select", {"name": "period"}, *periods)),
        h("label", {}, h("span", {}, text("returns.unit")),
          h("select", {"name": "district_code"}, *units)),
        h("label", {"className": "drop"}, h("span", {}, text("returns.file")),
          h("input", {"name": "file", "type": "file", "required": True, "accept": ".xlsx,.csv"})),
        h("div", {},
          h("button", {"className": "button filled", "type": "submit"}, text("returns.upload")),
          h("a", {"className": "button", "data-template": "1",
                  "href": f"/data/template?period={board.period}"
                          f"&district_code={board.units[0].district_code if board.units else ''}"},
            text("returns.template"))),
        h("progress", {"max": "100", "value": "0", "hidden": True,
                       "aria-label": text("returns.progress")}),
        h("p", {"className": "src", "data-progress-words": "1"}, text("returns.upload_hint")),
    )  # fmt: skip


def _completeness(board: Board) -> Node:
    rows: list[Node] = []
    for u in board.units:
        has_both = u.returned_schools is not None and u.last_schools
        share = (formatting.share((u.returned_schools or 0) / (u.last_schools or 1))
                 if has_both else formatting.NONE)  # fmt: skip
        state = ("complete" if u.returned_schools is not None
                 else u.submission.status if u.submission else "nothing")  # fmt: skip
        rows.append(h(
            "tr", {"key": u.district_code}, h("td", {}, u.name),
            h("td", {"className": f"state-{state}"}, text(f"returns.state.{state}")),
            h("td", {"className": "num"}, _count(u.returned_schools)),
            h("td", {"className": "num"}, _count(u.last_schools)),
            h("td", {"className": "num"}, share),
        ))  # fmt: skip
    return board_table(("unit", "state", "schools", "last_schools", "share"), rows)


def _submissions(board: Board) -> Node:
    if not board.submissions:
        return h("p", {}, text("returns.none_yet"))
    rows = [
        h("tr", {"key": str(s.submission_id)},
          h("td", {}, h("a", {"href": f"/data/{s.submission_id}"}, s.file_name)),
          h("td", {}, board.names.get(s.district_code, s.district_code)), h("td", {}, s.period),
          h("td", {}, text(f"returns.state.{s.status}")),
          h("td", {"className": "num"}, str(_of(s, "error"))),
          h("td", {"className": "num"}, str(_of(s, "query"))),
          h("td", {}, s.submitted_by), h("td", {}, s.moved_by),
          h("td", {"className": "num"}, formatting.moment(s.updated_at)))
        for s in board.submissions
    ]  # fmt: skip
    return board_table(("file", "unit", "period", "state", "errors", "queries", "by",
                        "moved_by", "at"), rows)  # fmt: skip


@dataclass(frozen=True)
class Rights:
    """What the viewer may do with a submission, and what it is.

    `is_correction` where it replaces what is in force; `has_marked_file` where there is a file with
    the findings in it; `is_compared_with_demonstration` where what it replaces is invented.
    """

    may_submit: bool
    may_approve: bool
    is_correction: bool
    has_marked_file: bool
    is_compared_with_demonstration: bool


def submission_page(
    one: Submission, name: str, rights: Rights, token: str, strip: Node, said: str
) -> str:  # fmt: skip
    """Findings with explanations, the preview of the verdicts, what changes, and the next step."""
    errors, queries = _of(one, "error"), _of(one, "query")
    lead = "blocked" if errors else "explain" if queries and one.status == CHECKED else one.status
    return document(text("returns.title"), [
        h("p", {}, h("a", {"href": f"/data?period={one.period}"}, text("returns.back"))),
        h("h1", {}, text(f"returns.lead_of.{lead}", name=name, period=one.period,
                         errors=str(errors), queries=str(queries))),
        h("p", {"className": "src"}, text("returns.file_line", file=one.file_name,
                                          by=one.submitted_by, hash=one.sha256[:12],
                                          last=one.moved_by,
                                          time=formatting.moment(one.updated_at))),
        h("p", {}, h("span", {"className": "demo"}, text("returns.demo_before")))
        if rights.is_compared_with_demonstration else None,
        h("p", {"className": "told", "role": "status"}, said) if said else None,
        h("p", {"className": "told told-fail"}, text("returns.sent_back", note=one.note,
                                                     by=one.decided_by)) if one.note else None,
        h("p", {}, h("a", {"className": "button", "href": f"/data/{one.submission_id}/marked"},
                     text("returns.marked"))) if rights.has_marked_file else None,
        _preview(one), tables_handed_in(one.result, board_table),
        h("h2", {}, text("returns.findings", count=str(one.result.get("finding_count", 0)))),
        _findings(one),
        _submit_form(one, token, is_correction=rights.is_correction)
        if rights.may_submit and one.status == CHECKED and not one.is_blocked else _explained(one),
        _decision_form(one, token) if rights.may_approve and one.status == SUBMITTED else None,
    ], "office", strip=strip, scripts=SCRIPTS)  # fmt: skip


def _preview(one: Submission) -> Node:
    preview = one.result.get("preview")
    if preview is None or "districts" not in preview:
        return h("p", {}, text("returns.no_preview")) if one.is_blocked else None
    rows = [
        h("tr", {"key": f"{d['stage']}{d['indicator']}"},
          h("td", {}, text(f"stage.{d['stage']}")), h("td", {}, d["indicator"]),
          h("td", {"className": "num"}, formatting.cv(d["cv"])),
          h("td", {"className": "num"}, formatting.cv(d["limit"])),
          h("td", {}, text(f"returns.complies.{str(d['complies']).lower()}")))
        for d in preview["districts"]
    ]  # fmt: skip
    failing = len(preview["sections"])
    return h("section", {},
             h("h2", {}, text("returns.preview_taken" if one.status == APPROVED
                              else "returns.preview")),
             h("p", {}, text("returns.preview_sections", failing=str(failing),
                             undecidable=str(preview.get("undecidable_count", 0)),
                             total=str(preview["section_count"]))),
             board_table(("stage", "indicator", "cv", "limit", "verdict"), rows))  # fmt: skip


def _findings(one: Submission) -> Node:
    shown = one.result["findings"][:MOST_SHOWN]
    if not shown:
        return h("p", {}, text("returns.no_findings"))
    rows = [
        h("tr", {"key": str(n), "className": f"level-{f['severity']}"},
          h("td", {}, text(f"returns.level.{f['severity']}")), h("td", {}, f["sheet"]),
          h("td", {"className": "num"}, str(f["row"] or formatting.NONE)),
          h("td", {}, f["column"]), h("td", {"className": "wrap"}, f["value"]),
          h("td", {"className": "wrap"}, f["message"]),
          h("td", {"className": "wrap"}, f["suggested_fix"]))
        for n, f in enumerate(shown)
    ]  # fmt: skip
    return board_table(("level", "sheet", "row", "column", "value", "message", "fix"), rows)


def _submit_form(one: Submission, token: str, *, is_correction: bool) -> Node:
    asked: list[Node] = []
    for group in one.to_explain:
        label = text("returns.explain", **_doubt(one, group))
        asked.append(h("label", {"key": group}, h("span", {}, label),
                       h("textarea", {"name": f"explain.{group}", "rows": "2", "required": True,
                                      "maxLength": 500}, "")))  # fmt: skip
    if is_correction:
        asked.append(h("label", {"key": "reason"}, h("span", {}, text("returns.reason")),
                       h("textarea", {"name": "words", "rows": "2", "required": True,
                                      "maxLength": 500}, "")))  # fmt: skip
    return _form(one, token, "submit", [
        *asked,
        h("button", {"className": "button filled", "type": "submit"}, text("returns.submit")),
    ])  # fmt: skip


def _doubt(one: Submission, group: str) -> dict[str, str]:
    """What is asked about: the column, how many cells, and the words of the first."""
    findings = [f for f in one.result["findings"] if group_of(f) == group]
    return {"column": findings[0]["column"] or formatting.NONE, "count": str(len(findings)),
            "message": findings[0]["message"]}  # fmt: skip


def _explained(one: Submission) -> Node:
    if not one.explanations and not one.reason:
        return None
    rows = [h("tr", {"key": group},
              h("td", {"className": "wrap"}, text("returns.doubt", **_doubt(one, group))),
              h("td", {"className": "wrap"}, words))
            for group, words in one.explanations.items()]  # fmt: skip
    if one.reason:
        rows.append(h("tr", {"key": "reason"}, h("td", {}, text("returns.reason")),
                      h("td", {"className": "wrap"}, one.reason)))  # fmt: skip
    return h("section", {}, h("h2", {}, text("returns.explained")),
             board_table(("doubt", "words"), rows))  # fmt: skip


def _decision_form(one: Submission, token: str) -> Node:
    return _form(one, token, "decide", [
        h("label", {}, h("span", {}, text("returns.note")),
          h("textarea", {"name": "words", "rows": "2", "maxLength": 500}, "")),
        h("div", {},
          h("button", {"className": "button filled", "type": "submit", "name": "status",
                       "value": APPROVED}, text("returns.approve")),
          h("button", {"className": "button", "type": "submit", "name": "status",
                       "value": "returned"}, text("returns.send_back"))),
    ])  # fmt: skip


def _form(one: Submission, token: str, action: str, fields: list[Node]) -> Node:
    return h("form", {"method": "post", "action": f"/data/{one.submission_id}/{action}",
                      "className": "stacked"},
             hidden("csrf_token", token), hidden("version", str(one.version)), *fields)  # fmt: skip


def board_table(heads: Sequence[str], rows: Sequence[Node]) -> Node:
    """A table of the office pages under the words of `returns.column`."""
    cells = [h("th", {"scope": "col", "key": name, "className": "num" if name in NUMBERS else None},
               text(f"returns.column.{name}")) for name in heads]  # fmt: skip
    return h("div", {"className": "scroll-x"},
             h("table", {"className": "plain-table"}, h("thead", {}, h("tr", {}, *cells)),
               h("tbody", {}, *rows)))  # fmt: skip


def _of(one: Submission, severity: str) -> int:
    return sum(1 for f in one.result["findings"] if f["severity"] == severity)


def _count(number: int | None) -> str:
    return formatting.NONE if number is None else str(number)
