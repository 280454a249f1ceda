"""Which sheets were read and how many schools each holds; which schools are gone, and why."""

from collections.abc import Mapping, Sequence

from data.catalogue.input_tables import SchoolDeparture
from data.rows.examination import GoneRecord, SheetRecord
from data.store.submission import Submission
from data.text import text
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, paragraph, run
from layouts.components.forms import bare_choice, bare_field
from layouts.components.sections import heading, region
from layouts.markup import Node
from layouts.office.table import COLUMN, long_words, office_table

LEFT_OUT = "rows_left_out"


def sheets_read(submission: Submission) -> Node:
    """A line for each sheet: rows in the file, records, what was left out."""
    sheets = submission.result.get("sheets", [])
    if not sheets:
        return None
    left_out = {
        (f["file_name"], f["sheet"]): f["message"]
        for f in submission.result["findings"]
        if f["finding_code"] == LEFT_OUT
    }
    columns: list[Column[SheetRecord]] = [
        column(COLUMN, "sheet", lambda s: long_words(f"{s['file_name']} · {s['sheet']}")),
        column(COLUMN, "kind", lambda s: text(f"demonstration.{s['input_kind']}")),
        column(COLUMN, "rows", lambda s: count_cell(s["rows"]), Kind.COUNT),
        column(COLUMN, "records", lambda s: count_cell(s["records"]), Kind.COUNT),
        column(COLUMN, "words", lambda s: long_words(left_out.get((s["file_name"], s["sheet"]), ""))),
    ]
    records = sum(s["records"] for s in sheets)
    title = text("returns.sheets", count=len(sheets), records=records)
    table = office_table(columns, sheets, name=text("returns.column.sheet"), key=lambda s: s["file_name"] + s["sheet"])
    return region(heading(title), table, look="sheets-read")


def schools_gone(
    submission: Submission, departures: Sequence[SchoolDeparture], form: str, typed: Mapping[str, str]
) -> Node:
    """The schools of the time before that the return does not hold, each with where it went."""
    gone = submission.result.get("gone", [])
    if not gone or submission.is_blocked:
        return None
    choices = [("", text("returns.choose")), *[(d.departure_code, d.name) for d in departures]]

    def reason(school: GoneRecord) -> Cell:
        code, label = school["school_code"], text("returns.departed", name=school["school_name"])
        chosen, more = typed.get(f"gone.{code}", ""), typed.get(f"gone_words.{code}", "")
        return cell(
            block(
                bare_choice(f"gone.{code}", label, choices, chosen=chosen, form=form, required=True),
                bare_field(
                    f"gone_words.{code}", text("returns.departed_words"), form=form, maxLength=100, defaultValue=more
                ),
                look="in-row",
            )
        )

    columns: list[Column[GoneRecord]] = [
        column(COLUMN, "school", lambda s: long_words(f"{s['school_name']} {s['school_code']}")),
        column(COLUMN, "pupils_then", lambda s: count_cell(s["pupils"]), Kind.COUNT),
    ]
    if form:
        columns.append(column(COLUMN, "departure", reason))
    title = text("returns.gone" if form else "returns.gone_told", count=len(gone))
    return region(
        heading(run(title, look="warn-words" if form else "")),
        paragraph(text("returns.gone_hint"), look="src"),
        office_table(columns, gone, name=text("returns.column.school"), key=lambda s: s["school_code"]),
        look="schools-gone",
    )
