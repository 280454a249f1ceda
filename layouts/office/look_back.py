"""The report of the look-backs of a period: figures, units, and the list that both count."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.rows.look_back_report import Figures, Report, ReportLine
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell, day_cell, linked
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, link_to, paragraph
from layouts.components.forms import choice_field, date_field, query_form, submit_button
from layouts.components.rest import no_rows, rest_note
from layouts.components.sections import heading, region
from layouts.document import DAYS, document
from layouts.export.template import Value
from layouts.markup import Node
from layouts.office.supervision_ways import supervision_ways
from layouts.office.table import long_words, office_table
from layouts.parts.demonstration import invented_line
from layouts.routes import LEDGER, LOOK_BACKS

HEADS = ("code", "unit", "school", "problem", "closed", "day", "reason", "standing", "person", "looked", "finding")
MOST_LINES = 300
"""Of the list on the page, the earliest; the sheet has all."""


@dataclass(frozen=True)
class ReportView:
    """A report, of which place, and the filter that it was asked with."""

    report: Report
    place: str
    district_code: str
    units: Sequence[tuple[str, str]]
    query: str
    is_demonstration: bool = False


def look_back_page(view: ReportView, account_bar: Node) -> str:
    """The sentence, the filter, the units, the list."""
    report = view.report
    return document(
        text("look_back_report.title"),
        [
            supervision_ways(LOOK_BACKS.path),
            heading(report_sentence(report, view.place), level=1),
            invented_line(is_demonstration=view.is_demonstration),
            *[paragraph(line, look="src") for line in report_notes(report)],
            _filter(view),
            _files(view),
            region(heading(text("look_back_report.units")), _units(report)),
            region(heading(text("look_back_report.list", count=len(report.lines))), *_list(report)),
        ],
        "office look-backs",
        account_bar=account_bar,
        scripts=[DAYS],
    )


def report_sentence(report: Report, place: str) -> str:
    """What the period came to."""
    figures = report.figures
    return text(
        "look_back_report.sentence",
        place=place,
        since=formatting.day(report.since),
        until=formatting.day(report.until),
        closed=figures.closed,
        due=figures.due,
        looked=figures.looked,
        stable=figures.stable,
        rebounded=figures.rebounded,
        left=figures.left,
    )


def report_notes(report: Report) -> list[str]:
    """What is late, how it is counted, and where nobody knows which schools are weak."""
    notes = [text("look_back_report.counts")]
    if report.late_count:
        notes.insert(0, text("look_back_report.late", count=report.late_count))
    if report.unjudged:
        names = "、".join(report.unit_names.get(row.district_code, row.district_code) for row in report.unjudged)
        count = sum(row.issue_count for row in report.unjudged)
        notes.append(text("look_back.unjudged", names=names, count=count))
    return notes


def _filter(view: ReportView) -> Node:
    report = view.report
    units = [("", text("look_back_report.all_units")), *view.units] if len(view.units) > 1 else view.units
    return query_form(
        LOOK_BACKS.path,
        date_field("since", text("look_back_report.since"), value=report.since.isoformat()),
        date_field("until", text("look_back_report.until"), value=report.until.isoformat()),
        choice_field("district", text("filter.district"), units, chosen=view.district_code),
        submit_button(text("look_back_report.show"), look="button"),
        look="in-row",
    )


def _files(view: ReportView) -> Node:
    word, sheet = (f"{LOOK_BACKS.path}/{name}?{view.query}" for name in ("report.docx", "list.xlsx"))
    return block(
        link_to(text("look_back_report.word"), href=word, stays=False, look="button"),
        link_to(text("look_back_report.sheet"), href=sheet, stays=False, look="button"),
        look="notice-actions",
    )


def _units(report: Report) -> Node:
    if not report.by_unit:
        return no_rows(text("look_back_report.none"))
    columns: list[Column[tuple[str, Figures]]] = [
        column("look_back_report.column_", "unit", lambda pair: pair[0], Kind.NAME),
        column("look_back_report.column_", "closed_count", lambda pair: count_cell(pair[1].closed), Kind.COUNT),
        column("look_back_report.column_", "due", lambda pair: count_cell(pair[1].due), Kind.COUNT),
        column("look_back_report.column_", "looked_count", lambda pair: count_cell(pair[1].looked), Kind.COUNT),
        column("look_back_report.column_", "stable", lambda pair: count_cell(pair[1].stable), Kind.COUNT),
        column("look_back_report.column_", "rebounded", lambda pair: count_cell(pair[1].rebounded), Kind.COUNT),
        column("look_back_report.column_", "left", lambda pair: count_cell(pair[1].left), Kind.COUNT),
    ]
    return office_table(columns, report.by_unit, name=text("look_back_report.units"), key=lambda pair: pair[0])


def _list(report: Report) -> list[Node]:
    """The first look-backs, and how many the sheet has besides."""
    if not report.lines:
        return [no_rows(text("look_back_report.none"))]

    def standing(line: ReportLine) -> Cell:
        return cell(standing_words(line), look="c-fail b" if line.is_late(report.today) else "")

    def code(line: ReportLine) -> Cell:
        return linked(line.row.issue.issue_code, f"{LEDGER.path}?only=all&issue={line.row.issue.issue_code}")

    columns: list[Column[ReportLine]] = [
        column("look_back_report.column_", "code", code, Kind.NAME),
        column("look_back_report.column_", "unit", lambda line: _unit(report, line)),
        column("look_back_report.column_", "problem", lambda line: long_words(line.row.issue.problem)),
        column("look_back_report.column_", "day", lambda line: day_cell(line.day), Kind.DATE),
        column("look_back_report.column_", "reason", lambda line: reason_words(line)),
        column("look_back_report.column_", "standing", standing),
        column("look_back_report.column_", "person", lambda line: line.person or formatting.NONE),
        column("look_back_report.column_", "looked", lambda line: day_cell(line.looked_on), Kind.DATE),
        column("look_back_report.column_", "finding", lambda line: long_words(line.finding or formatting.NONE)),
    ]
    table = office_table(
        columns,
        report.lines[:MOST_LINES],
        name=text("look_back_report.title"),
        key=lambda line: f"{line.row.issue.issue_code}{line.day}{line.standing}",
    )
    return [table, rest_note("look_back_report.more", len(report.lines) - MOST_LINES)]


def _unit(report: Report, line: ReportLine) -> str:
    name = report.unit_names.get(line.row.district_code, line.row.district_code)
    return f"{name} {line.row.school_name}".strip()


def standing_words(line: ReportLine) -> str:
    """How far a look-back is."""
    return text(f"look_back_report.standing_{line.standing}")


def reason_words(line: ReportLine) -> str:
    """Why it is looked at again; "—" where that was not kept."""
    return text(f"look_back.reason_{line.reason}") if line.reason else formatting.NONE


def sheet_heads() -> list[str]:
    """The heads of the list as a file."""
    return [text(f"look_back_report.column_{name}") for name in HEADS]


def sheet_rows(report: Report) -> list[list[Value]]:
    """The list as a file: a row for each that the figures count."""
    return [
        [
            line.row.issue.issue_code,
            report.unit_names.get(line.row.district_code, line.row.district_code),
            line.row.school_name,
            line.row.issue.problem,
            line.closed_on,
            line.day,
            reason_words(line),
            standing_words(line),
            line.person,
            line.looked_on,
            line.finding,
        ]
        for line in report.lines
    ]
