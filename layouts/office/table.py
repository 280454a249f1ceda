"""The tables of the office pages."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from layouts.components.data_table import Cell, Column, TableLook, cell, data_table
from layouts.components.elements import scroll_region
from layouts.markup import Node

Row = TypeVar("Row")
COLUMN = "returns.column."
"""Where the words of the heads stand."""


def office_table(
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    name: str,
    key: Callable[[Row], str] | None = None,
    row_look: Callable[[Row], str] = lambda _: "",
) -> Node:
    """A table that scrolls by itself where the window is narrow, also by keyboard."""
    look = TableLook[Row](table="plain-table", row=row_look)
    table = data_table(columns, rows, name=name, key=key, look=look)
    return scroll_region(table, label=name, look="scroll-x")


def long_words(cell_text: str) -> Cell:
    """Words that may be broken anywhere."""
    return cell(cell_text, look="wrap")
