"""The footnote that all sections of a page share."""

from typing import Any

from data.text import text
from layouts import formatting
from layouts.markup import Node, h


def source_line(rows: Any, *more: str) -> Node:
    """演示数据, period, basis, rules, snapshot; then what the page itself must say."""
    parts = [text("source.demo")] if rows.snapshot.has_demonstration else []
    parts.append(
        text(
            "source.line",
            period=formatting.month(rows.period.snapshot_date),
            basis=text(f"basis.{rows.state.basis}"),
            note=rows.map_note,
            snapshot=rows.snapshot.snapshot_id,
            rules=rows.snapshot.rules_version,
        )
    )
    pin = h("a", {"href": rows.state.search_with({"snapshot": rows.snapshot.snapshot_id}),
                  "data-nav": "1", "className": "plain-link"}, text("meeting.pin"))  # fmt: skip
    return h("p", {"className": "src page-source"}, *parts, *more, " ", pin)
