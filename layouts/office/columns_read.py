"""What every column was read as, and for those that nobody knows a choice by hand."""

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.rows.examination import ColumnRecord
from data.store.submission import Submission
from data.text import text
from layouts.components.data_table import Cell, Column, cell, column
from layouts.components.elements import disclosure
from layouts.components.forms import bare_choice, hidden_field, post_form, submit_button
from layouts.components.sections import heading, region
from layouts.markup import Node
from layouts.office.table import COLUMN, long_words, office_table
from layouts.office.upload_form import progress_line

FORM = "map-columns"
FORGET, NOTHING = "?", ""
"""Choices: what was said is forgotten; their header means none of ours."""
BY_ITSELF = ("same", "alias")
MOST_PLACES = 8


def columns_read(submission: Submission, token: str, *, may_map: bool) -> Node:
    """Columns that need a person first, then the others behind a summary."""
    columns = distinct(submission.result.get("columns", []))
    if not columns:
        return None
    unknown = [c for c in columns if c["how"] == "unknown"]
    asked = list({(c["header"], c["how"]): c for c in reversed(columns) if c["how"] not in BY_ITSELF}.values())[::-1]
    places: dict[str, list[str]] = {}
    for record in submission.result.get("columns", []):
        for name in (record["header"], _own_name(record)):
            places.setdefault(name, []).append(_place(record))
    known = [c for c in columns if c["how"] in BY_ITSELF]
    unused = sum(c["how"] == "unused" for c in asked)
    lead = text(
        f"returns.columns_{'lead' if unknown else 'unused' if unused else 'all'}",
        count=len(columns),
        known=len(columns) - len(unknown) - unused,
        unknown=len(unknown),
        unused=unused,
    )
    taken = {(c["sheet"], c["column"]) for c in submission.result.get("columns", [])}
    table = _table(asked, places, taken, may_map=may_map) if asked else None
    if table is not None and may_map:
        form = post_form(
            f"/data/{submission.submission_id}/map",
            token,
            hidden_field("version", str(submission.version)),
            hidden_field("ticket", ""),
            table,
            submit_button(text("returns.map"), look="button"),
            *progress_line(text("returns.map_hint")),
            id=FORM,
            data_checked="1",
        )
    else:
        form = _empty_form(submission, token) if may_map else table
    rest = disclosure(text("returns.columns_rest", count=len(known)), _table(known, places, taken, may_map=False))
    return region(heading(lead), form, rest if known else None, look="columns-read")


def distinct(columns: list[ColumnRecord]) -> list[ColumnRecord]:
    """The columns, those that several sheets have alike once."""
    first = {(c["input_kind"], c["header"], c["how"], c["column"], c["unit"]): c for c in reversed(columns)}
    return list(first.values())[::-1]


def _empty_form(submission: Submission, token: str) -> Node:
    """What the button of a finding sends, where there is no column to choose."""
    fields = hidden_field("version", str(submission.version)), hidden_field("ticket", "")
    address = f"/data/{submission.submission_id}/map"
    return post_form(address, token, *fields, *progress_line(""), id=FORM, data_checked="1")


def _table(
    columns: list[ColumnRecord], places: dict[str, list[str]], taken: set[tuple[str, str]], *, may_map: bool
) -> Node:
    def meaning(record: ColumnRecord) -> Cell | str:
        read = record["column"] + (f"（{record['unit']}）" if record["unit"] and record["column"] else "")
        if not may_map:
            return long_words(read or text(f"returns.how.{record['how']}"))
        return cell(
            bare_choice(f"column.{record['header']}", record["header"], _choices(record, taken), chosen=_chosen(record))
        )

    def header(record: ColumnRecord) -> Cell:
        there = places[record["header"] if record["how"] not in BY_ITSELF else _own_name(record)]
        more = text("reception.and_more") if len(there) > MOST_PLACES else ""
        return long_words(f"{record['header']}（{'、'.join(there[:MOST_PLACES])}{more}）")

    shown: list[Column[ColumnRecord]] = [
        column(COLUMN, "their_header", header),
        column(COLUMN, "first_values", lambda c: long_words("、".join(c["values"]))),
        column(COLUMN, "meaning", meaning),
        column(COLUMN, "how", lambda c: cell(text(f"returns.how.{c['how']}"), look=f"how-{c['how']}")),
    ]
    return office_table(
        shown,
        columns,
        name=text("returns.column.meaning"),
        key=lambda c: f"{c['file_name']} {c['sheet']} {c['letter']}",
    )


def _own_name(record: ColumnRecord) -> str:
    """The header with the kind of its table, where the same name stands in tables of several kinds."""
    return f"{record['input_kind']} {record['header']}"


def _place(record: ColumnRecord) -> str:
    return f"{record['sheet']} {record['letter']}"


def _chosen(record: ColumnRecord) -> str:
    if record["how"] == "by_hand":
        return record["column"] + (f"（{record['unit']}）" if record["unit"] else "")
    return NOTHING if record["how"] == "unused" else FORGET


def _choices(record: ColumnRecord, taken: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Nothing said yet, the nearest names, all others of the kind that no column of the sheet has, and none.

    What bears a name of ours cannot mean nothing.
    """
    headers = [c.header for c in load_catalogue().rows(InputColumn) if c.input_kind == record["input_kind"]]
    free = [h for h in headers if (record["sheet"], h) not in taken or h == record["column"]]
    near = [h for h in record["nearest"] if h in free]
    rest = [h for h in free if h not in near]
    likely = text("returns.choose_like", header=near[0]) if near else text("returns.choose")
    chosen = _chosen(record)
    chosen_option = [(chosen, chosen)] if chosen not in (FORGET, NOTHING, *free) else []
    unused = [] if record["header"] == record["column"] else [(NOTHING, text("returns.how.unused"))]
    return [(FORGET, likely), *chosen_option, *[(h, h) for h in (*near, *rest)], *unused]
