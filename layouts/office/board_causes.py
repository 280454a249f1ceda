"""What files of the period are sent back or questioned for most often."""

from collections.abc import Sequence

from data.rows.return_board import Cause, Causes
from data.text import text
from layouts import formatting
from layouts.components.bars import BarPart, row_bar
from layouts.components.cells import count_cell, picture_column, share_cell
from layouts.components.data_table import Column, Kind, TableLook, column, data_table
from layouts.components.elements import paragraph
from layouts.markup import Node
from layouts.parts.frame import section

WIDTH = 140
"""Pixels of the longest bar."""


def causes_list(causes: Causes) -> Node:
    """The most frequent causes as bars with their shares, the others as one."""
    rest = Cause(text("board.causes.rest", count=causes.rest_kinds), causes.rest_count)
    rows: Sequence[Cause] = [*causes.most, *([rest] if causes.rest_kinds else [])]
    longest = max(cause.count for cause in rows)

    def bar(cause: Cause) -> Node:
        look = "cause-rest" if cause is rest else "cause"
        return row_bar([BarPart(WIDTH * cause.count / longest, look)], width=WIDTH, height=16)

    columns: list[Column[Cause]] = [
        column("board_column.", "cause", lambda c: c.name, Kind.NAME),
        picture_column("bar", bar),
        column("board_column.", "count", lambda c: count_cell(c.count), Kind.COUNT),
        column("board_column.", "share", lambda c: share_cell(c.count / causes.total), Kind.SHARE),
    ]
    share = formatting.share(causes.share_of_most)
    key = "title" if causes.rest_kinds else "all"
    title = text(f"board.causes.{key}", count=len(causes.most), share=share)
    look: TableLook[Cause] = TableLook(table="plain-table causes")
    table = data_table(columns, rows, name=text("board_column.cause"), key=lambda c: c.name, look=look)
    foot = text("board.causes.foot", files=causes.files, total=formatting.count(causes.total))
    return section(title, table, paragraph(foot, look="src"))
