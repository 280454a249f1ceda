"""What a submission holds: its tables by kind, and what each changes of what is in force."""

from collections.abc import Callable, Sequence

from data.rows.examination import ChangeRecord, Examination, TableRecord
from data.text import text
from layouts import formatting
from layouts.markup import Node, h

MOST_LINES = 300
Table = Callable[[Sequence[str], Sequence[Node]], Node]


def tables_handed_in(result: Examination, table: Table) -> Node:
    """Every table with its kind and rows, then its changes from → to; `table` draws heads and rows.

    What is not listed is counted.
    """
    kinds, lines = result.get("kinds", []), result.get("changes", [])
    if not kinds and not lines:
        return None
    counts = {n: formatting.count(sum(k.get(n, 0) for k in kinds)) for n in ("added", "changed", "removed")}
    listed = lines[:MOST_LINES]
    left_out = result.get("change_count", len(lines)) - len(listed)
    return h(
        "section",
        {},
        h("h2", {}, text("returns.tables")),
        table(("kind", "sheet", "rows", "added", "changed", "removed"), [_kind(k) for k in kinds]),
        h("h2", {}, text("returns.changes", **counts)),
        table(("kind", "key", "column", "before", "after"), [_line(n, line) for n, line in enumerate(listed)])
        if listed
        else h("p", {}, text("returns.no_changes")),
        h("p", {"className": "src"}, text("returns.not_listed", count=formatting.count(left_out)))
        if left_out > 0
        else None,
    )


def _kind(kind: TableRecord) -> Node:
    numbers = {
        "rows": kind.get("rows", 0),
        "added": kind.get("added", 0),
        "changed": kind.get("changed", 0),
        "removed": kind.get("removed", 0),
    }
    counts = [h("td", {"className": "num", "key": name}, formatting.count(number)) for name, number in numbers.items()]
    return h(
        "tr",
        {"key": f"{kind['input_kind']}{kind['sheet']}"},
        h("td", {}, text(f"demonstration.{kind['input_kind']}")),
        h("td", {}, kind["sheet"]),
        *counts,
    )


def _line(number: int, line: ChangeRecord) -> Node:
    what = line["column"] or text(f"returns.{line['what']}")
    return h(
        "tr",
        {"key": str(number)},
        h("td", {}, text(f"demonstration.{line['input_kind']}")),
        h("td", {}, line["key"]),
        h("td", {}, what),
        h("td", {"className": "wrap"}, line["before"]),
        h("td", {"className": "wrap"}, line["after"]),
    )
