"""What a submission holds: its tables by kind, and what each changes of what is in force."""

from data.rows.examination import ChangeRecord, Examination, TableRecord
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Column, Kind, column
from layouts.components.elements import paragraph
from layouts.components.rest import rest_note
from layouts.components.sections import heading, region
from layouts.markup import Node
from layouts.office.table import COLUMN, long_words, office_table

MOST_LINES = 300
COUNTS = ("added", "changed", "removed")


def tables_handed_in(result: Examination) -> Node:
    """Every table with its kind and rows, then its changes from → to; what is not listed is counted."""
    kinds, changes = result.get("kinds", []), result.get("changes", [])
    if not kinds and not changes:
        return None
    counts = {name: formatting.count(sum(k.get(name, 0) for k in kinds)) for name in COUNTS}
    left_out = result.get("change_count", len(changes)) - len(changes[:MOST_LINES])
    return region(
        heading(text("returns.tables")),
        _kinds(kinds),
        heading(text("returns.changes", **counts)),
        _changes(changes[:MOST_LINES]) if changes else paragraph(text("returns.no_changes")),
        rest_note("returns.not_listed", left_out),
    )


def _kinds(kinds: list[TableRecord]) -> Node:
    columns: list[Column[TableRecord]] = [
        column(COLUMN, "kind", lambda k: text(f"demonstration.{k['input_kind']}")),
        column(COLUMN, "sheet", lambda k: k["sheet"]),
        column(COLUMN, "rows", lambda k: count_cell(k.get("rows", 0)), Kind.COUNT),
        column(COLUMN, "added", lambda k: count_cell(k.get("added", 0)), Kind.COUNT),
        column(COLUMN, "changed", lambda k: count_cell(k.get("changed", 0)), Kind.COUNT),
        column(COLUMN, "removed", lambda k: count_cell(k.get("removed", 0)), Kind.COUNT),
    ]
    return office_table(columns, kinds, name=text("returns.tables"), key=lambda k: f"{k['input_kind']}{k['sheet']}")


def _changes(changes: list[ChangeRecord]) -> Node:
    columns: list[Column[ChangeRecord]] = [
        column(COLUMN, "kind", lambda c: text(f"demonstration.{c['input_kind']}")),
        column(COLUMN, "key", lambda c: c["key"]),
        column(COLUMN, "column", lambda c: c["column"] or text(f"returns.{c['what']}")),
        column(COLUMN, "before", lambda c: long_words(c["before"])),
        column(COLUMN, "after", lambda c: long_words(c["after"])),
    ]
    return office_table(columns, changes, name=text("sheet.changes"))
