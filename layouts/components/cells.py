"""Cells of a table whose file holds more than what is printed."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, data_table
from layouts.components.elements import link_to
from layouts.markup import Node, h
from layouts.parts.glyph import glyph

Row = TypeVar("Row")


def cv_cell(
    cv: float | None, limit: float | Decimal | None, *, href: str = "", look: str = "", label: str = ""
) -> Cell:
    """A CV with as many digits as its limit asks for, as a link where it leads somewhere."""
    printed = formatting.cv(cv, limit)
    shown = link_to(printed, href=href, aria_label=label or None) if href else printed
    return cell(shown, value=cv, look=look)


def amount_cell(amount: float, unit: str, *, printed: str = "", look: str = "") -> Cell:
    """What must be supplied; the file holds it in its own unit, 元 where 万元 are printed."""
    return cell(printed or formatting.gap(amount, unit), value=amount, unit=unit, look=look)


def share_cell(share: float | None, *, look: str = "") -> Cell:
    """A share of one as a percentage."""
    return cell(formatting.NONE if share is None else formatting.share(share), value=share, look=look)


def number_cell(number: float | Decimal | None, *, look: str = "") -> Cell:
    """A school's or district's value; the file holds all its digits."""
    return cell(formatting.value(number), value=number, look=look)


def linked(label: str, href: str, *, look: str = "") -> Cell:
    """A cell that is one link."""
    return cell(link_to(label, href=href), look=look)


def file_column(key: str, show: Callable[[Row], Cell | str], kind: Kind = Kind.TEXT) -> Column[Row]:
    """A column of a table that shows no heads; in files its head is the text `key`."""
    return Column(name=key.rpartition(".")[2], head="", file_head=text(key), cell=show, kind=kind)


def headless_table(
    columns: Sequence[Column[Row]], rows: Sequence[Row], *, name: str, key: Callable[[Row], str]
) -> Node:
    """A small table whose columns explain themselves on screen; files have their heads."""
    look: TableLook[Row] = TableLook(has_head=False)
    return data_table(columns, rows, name=name, key=key, look=look)


def picture_column(name: str, draw: Callable[[Row], Node], *, head: str = "", look: str = "") -> Column[Row]:
    """Drawings of what the next column says; files leave it out."""
    return Column(name=name, head=head, kind=Kind.PICTURE, look=look, cell=lambda row: cell(draw(row)))


def sign(mark: str, *, look: str = "", is_decoration: bool = False) -> Node:
    """An arrow or a shape in a cell; a decoration is hidden from readers."""
    return h("i", {"className": look or None, "aria-hidden": "true" if is_decoration else None}, mark)


def day_cell(day: date | None, *, look: str = "") -> Cell:
    """A day, or that there is none."""
    return cell(formatting.NONE if day is None else formatting.day(day), value=day, look=look)


def month_cell(day: date) -> Cell:
    """The month of a day; the file holds the day."""
    return cell(formatting.month(day), value=day)


def count_cell(count: float | Decimal | None, *, look: str = "") -> Cell:
    """A whole number, or that it is not known."""
    return cell(formatting.NONE if count is None else formatting.count(count), value=count, look=look)


def verdict_cell(level: str, word: str = "") -> Cell:
    """Glyph and word of a level, the whole cell in its colour."""
    return cell(glyph(level), word or text(f"level.{level}"), look=f"t-{level}")


def moment_words(at: datetime | None) -> str:
    """An instant to the minute, or that there is none."""
    return formatting.NONE if at is None else formatting.moment(at)
