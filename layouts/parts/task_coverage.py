"""What of today's bill tasks cover: by indicator for one unit, by unit beside the forecast for several."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from data.rows.overview import UnitStatusRow
from data.rows.task_books import Coverage, UnitCoverage
from data.text import text
from layouts import formatting
from layouts.components.cells import linked
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import disclosure, link_to, paragraph
from layouts.markup import Node
from layouts.parts.forecast import short_words
from layouts.parts.frame import section
from layouts.routes import TASK_BOOKS


def task_books_address(district: str) -> str:
    """The books of a unit; who makes them sees what one would begin with."""
    return f"{TASK_BOOKS.path}?{urlencode({'district': district, 'new': district})}"


def unit_coverage(covered: UnitCoverage, names: Mapping[str, str]) -> Node:
    """A row for each indicator on the bill: owed, supplied in time, too late, by no task."""
    to_books = link_to(
        text("task_coverage.to_books"), href=task_books_address(covered.district_code), look="plain-link", stays=False
    )
    columns: list[Column[Coverage]] = [
        column("task_coverage.", "indicator", lambda c: _indicator(c, names), Kind.NAME),
        column("task_coverage.", "owed", lambda c: formatting.gap(c.owed, c.unit)),
        column("task_coverage.", "in_time", lambda c: _amount(c.in_time, c)),
        column("task_coverage.", "too_late", lambda c: _amount(c.too_late, c)),
        column("task_coverage.", "none", lambda c: _amount(c.uncovered, c, look="c-fail")),
    ]
    name = text("task_coverage.title")
    if not covered.indicators:
        return section(name, paragraph(text("task_coverage.nothing")), lead=to_books)
    table = data_table(columns, covered.indicators, name=name, key=lambda c: c.indicator_code, look=TableLook())
    day = formatting.day(covered.target) if covered.target else text("task_coverage.no_target")
    note = paragraph(text("task_coverage.note", day=day), look="d")
    return section(name, disclosure(promised_words(covered), table, note), lead=to_books)


def promised_words(covered: UnitCoverage) -> str:
    """How many indicators tasks supply in time, too late, or not wholly."""
    if not covered.indicators:
        return text("task_coverage.nothing")
    counts = {"in_time": covered.in_time_count, "late": covered.late_count, "none": covered.open_count}
    return "、".join(text(f"task_coverage.count_{kind}", count=count) for kind, count in counts.items() if count)


def _indicator(covered: Coverage, names: Mapping[str, str]) -> Cell:
    name = names.get(covered.indicator_code, covered.indicator_code)
    return cell(covered.indicator_code, tip=name, label=name)


def _amount(amount: int, covered: Coverage, *, look: str = "") -> Cell:
    return cell(formatting.gap(amount, covered.unit) if amount else formatting.NONE, look=look if amount else "")


def coverage_beside_forecast(covered: Sequence[UnitCoverage], units: Sequence[UnitStatusRow]) -> Node:
    """Two columns with their own words: where the present pace leads, and what tasks promise of today's bill."""
    by_code = {u.district_code: u for u in units}

    columns: list[Column[UnitCoverage]] = [
        column(
            "task_coverage.",
            "unit",
            lambda r: linked(by_code[r.district_code].short_name, task_books_address(r.district_code)),
            Kind.NAME,
        ),
        column("task_coverage.", "forecast", lambda r: short_words(by_code[r.district_code])),
        column("task_coverage.", "promised", promised_words),
    ]
    name = text("task_coverage.city_title")
    owed = [row for row in covered if row.indicators]
    table = data_table(columns, owed, name=name, key=lambda r: r.district_code, look=TableLook())
    nothing = [by_code[row.district_code].short_name for row in covered if not row.indicators]
    others = text("task_coverage.city_nothing", count=len(nothing), names="、".join(nothing)) if nothing else ""
    note = paragraph(others + text("task_coverage.city_note"), look="src")
    return section(name, table if owed else None, note)
