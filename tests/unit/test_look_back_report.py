"""回头看情况报告: a look-back counts once, on its day; the figures are those of the list, on the page and on paper."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from docx import Document

from data.rows.issue_board import ClosingRow, DueLookBackRow, UnitCountRow
from data.rows.ledger import LedgerRow
from data.rows.look_back_report import Report, closings_by_unit, report_lines
from data.store.look_back_record import LookBack
from layouts.documents.look_back import look_back_paper
from layouts.office.look_back import ReportView, look_back_page, sheet_heads, sheet_rows
from tests.stores import an_issue

SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 30)
CLOSED_ON = date(2026, 7, 1)


def row(code: str, unit: str = "500242", **values: object) -> LedgerRow:
    issue = replace(an_issue(code, status="closed", closed_on=CLOSED_ON), district_code=unit, **values)
    return LedgerRow(issue, None, unit, "")


def record(code: str, outcome: str, due_on: date, looked: str, closed_on: date | None = CLOSED_ON) -> LookBack:
    return LookBack(
        1,
        code,
        "drawn",
        closed_on,
        CLOSED_ON,
        due_on,
        outcome,
        "看过",
        "石复核",
        "b" * 32,
        datetime.fromisoformat(looked),
    )


def closings_of(rows: list[LedgerRow]) -> list[ClosingRow]:
    return [ClosingRow(r.issue.issue_code, r.district_code, r.issue.closed_on) for r in rows]


@pytest.fixture
def report() -> Report:
    """Stable, rebounded, looked at early, listed and late, listed for later, not listed; one of another unit."""
    rows = [
        row("STABLE", status="stable"),
        row("BACK", status="rebounded", closed_on=None),
        row("EARLY", status="stable", closed_on=date(2026, 9, 20)),
        row("LATE", status="look_back", look_due_on=date(2026, 10, 1), look_reason="weak", look_assignee="石复核"),
        row("LATER", status="look_back", look_due_on=date(2026, 12, 15), look_reason="weak"),
        row("OLD", status="stable"),
        row("LONG", status="stable"),
        row("DUE", "500103"),
    ]
    records = [
        record("STABLE", "stable", date(2026, 10, 31), "2026-11-05T02:00"),
        record("BACK", "rebounded", date(2026, 10, 31), "2026-10-20T02:00"),
        record("EARLY", "stable", date(2026, 12, 20), "2026-11-20T02:00", date(2026, 9, 20)),
        record("OLD", "stable", date(2026, 5, 1), "2026-10-08T02:00", None),
        record("LONG", "stable", date(2026, 5, 1), "2026-06-08T02:00", None),
        record("GONE", "stable", date(2026, 10, 31), "2026-10-20T02:00"),
    ]
    due = [DueLookBackRow("DUE", 1, "500103", date(2026, 9, 29), "drawn")]
    lines = report_lines(rows, records, due, (SINCE, UNTIL))
    closings = closings_by_unit(closings_of(rows), records, (date(2026, 7, 1), UNTIL))
    names = {"500242": "酉阳", "500103": "渝中"}
    return Report(SINCE, UNTIL, date(2026, 11, 30), lines, closings, names, [UnitCountRow("500242", 1)])


def test_each_counts_once_on_its_day(report: Report) -> None:
    days = {line.row.issue.issue_code: line.day for line in report.lines}
    assert days == {
        "OLD": date(2026, 5, 1),
        "DUE": date(2026, 9, 29),
        "LATE": date(2026, 10, 1),
        "BACK": date(2026, 10, 20),
        "STABLE": date(2026, 10, 31),
        "EARLY": date(2026, 11, 20),
    }, "what was looked at early counts when it was; what falls due later, and what is outside the scope, does not"


def test_the_figures_are_those_of_the_list(report: Report) -> None:
    figures = report.figures
    assert (figures.closed, figures.due, figures.looked, figures.stable, figures.rebounded, figures.left) == (
        8,
        6,
        4,
        3,
        1,
        2,
    )
    assert report.late_count == 2
    assert [(name, f.due, f.left) for name, f in report.by_unit] == [("酉阳", 5, 1), ("渝中", 1, 1)]
    assert sum(f.closed for _, f in report.by_unit) == figures.closed


def test_page_paper_and_sheet_say_the_same(report: Report) -> None:
    words = "到期须看6条，已看4条（稳定3、反弹1），还没看2条"
    view = ReportView(report, "全市", "", [("500103", "渝中"), ("500242", "酉阳")], "since=2026-09-01")
    page = look_back_page(view, None)
    assert words in page
    assert "无法判断薄弱" in page
    assert page.count("/ledger?only=all&amp;issue=") == 6
    paper = Document(BytesIO(look_back_paper(report, "全市", is_demonstration=True)))
    assert words in "\n".join(p.text for p in paper.paragraphs)
    units, lines = paper.tables
    assert [c.text for c in units.rows[1].cells] == ["酉阳", "7", "5", "4", "3", "1", "1"]
    assert len(lines.rows) == len(sheet_rows(report)) + 1 == 7
    assert {len(cells) for cells in sheet_rows(report)} == {len(sheet_heads())}
    place = sheet_heads().index("销号日期")
    (back,) = [cells for cells in sheet_rows(report) if cells[0] == "BACK"]
    assert back[place] == CLOSED_ON, "what a rebound undid is still what was looked at"


def test_a_period_without_any_says_so(report: Report) -> None:
    empty = replace(report, lines=[], closings={}, unjudged=[])
    page = look_back_page(ReportView(empty, "全市", "", [("500242", "酉阳")], ""), None)
    assert "这段时间没有销号，也没有到期须回头看的问题。" in page


def test_what_was_listed_before_days_were_kept_is_in_the_list_and_in_the_count() -> None:
    """The ledger says `已列入1条`, and the report said that nothing is left."""
    listed = row("OLD-LIST", status="look_back", updated_at=datetime.fromisoformat("2026-10-07T16:30"))
    (line,) = report_lines([listed], [], [], (SINCE, UNTIL))
    assert (line.day, line.standing) == (date(2026, 10, 8), "listed"), "the day in Beijing"
    assert report_lines([listed], [], [], (SINCE, date(2026, 10, 7))) == []


def test_a_long_list_shows_the_first_and_says_how_many_the_sheet_has_besides(report: Report) -> None:
    """With 100,000 issues the page was half a megabyte."""
    many = replace(report, lines=[replace(report.lines[0], finding=str(n)) for n in range(302)])
    page = look_back_page(ReportView(many, "全市", "", [("500242", "酉阳")], ""), None)
    assert page.count("/ledger?only=all&amp;issue=") == 300
    assert "另有2次回头看没有列出，导出的表里有。" in page
    assert len(sheet_rows(many)) == 302
    assert "没有列出" not in look_back_page(ReportView(report, "全市", "", [("500242", "酉阳")], ""), None)
