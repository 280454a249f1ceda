"""The footnote that all sections of a page share."""

from collections.abc import Sequence
from typing import Any

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.parts.demonstration import demonstration_words


def source_line(rows: Any, kinds: Sequence[str], *more: str) -> Node:
    """What of the `kinds` drawn is 演示, period, basis, rules, snapshot; the page's own words."""
    if not rows.snapshot.snapshot_id:
        return h("p", {"className": "src page-source"}, text("source.unpublished"), *more)
    demo = demonstration_words(rows.snapshot, kinds)
    parts = [demo] if demo else []
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
