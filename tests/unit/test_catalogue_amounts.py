"""What a cell of the catalogue may hold: nothing that a page or a rule cannot work with, whatever the table."""

from dataclasses import fields

import pytest

from data.catalogue.all_tables import TABLES
from data.catalogue.desk import DESK_TABLES, cells_of_row
from data.catalogue.loader import FOLDER, CatalogueError, load_catalogue, read_catalogue
from data.catalogue.overlay import OverlayRow
from data.catalogue.tables import Parameter
from data.text import all_texts, text

CATALOGUE = load_catalogue(FOLDER)
NUMBERS = ("-1", "1e400", "NaN", "99999999999999999999999", "1_000", " 5", "１２", "0x10")
DAYS = ("20260101", "0001-01-01", "9999-12-31", "2026-W01-1", "2026-02-30")


def changed(table: str, column: str, value: str) -> OverlayRow:
    cells = cells_of_row(CATALOGUE.rows(TABLES[table][0])[-1]) | {column: value}
    return OverlayRow(1, table, tuple(sorted(cells.items())))


def columns_of(*kinds: str) -> list[tuple[str, str]]:
    """Every column of these types on the pages of the desk that has a row."""
    of_desk = {d.table: d.row_type for d in DESK_TABLES if CATALOGUE.rows(d.row_type)}
    return [(t, f.name) for t, row_type in of_desk.items() for f in fields(row_type) if str(f.type) in kinds]


NUMBER_TYPES = ("<class 'decimal.Decimal'>", "<class 'int'>", "int | None", "decimal.Decimal | None")
DAY_TYPES = ("<class 'datetime.date'>", "datetime.date | None")


@pytest.mark.parametrize(("table", "column"), columns_of(*NUMBER_TYPES))
def test_no_number_of_the_desk_is_one_that_nothing_can_work_with(table: str, column: str) -> None:
    for value in NUMBERS:
        with pytest.raises(CatalogueError) as refused:
            read_catalogue(FOLDER, (changed(table, column, value),))
        assert (refused.value.kind, refused.value.column, refused.value.value) == ("value", column, value)


@pytest.mark.parametrize(("table", "column"), columns_of(*DAY_TYPES))
def test_no_day_of_the_desk_is_one_from_which_nobody_counts(table: str, column: str) -> None:
    for value in DAYS:
        with pytest.raises(CatalogueError) as refused:
            read_catalogue(FOLDER, (changed(table, column, value),))
        assert (refused.value.kind, refused.value.column) == ("value", column)


def test_numbers_and_days_were_tried() -> None:
    assert len(columns_of(*NUMBER_TYPES)) > 15
    assert len(columns_of(*DAY_TYPES)) > 15


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("return_due_days", "0"),
        ("return_due_days", "45.5"),
        ("return_due_days", "99999999"),
        ("disk_growth_days", "0"),
        ("near_margin", "1.2"),
        ("plan_board_first_year", "0"),
        ("pace_window", "0"),
        ("uploads_account", "2.5"),
        ("backup_hours", "0"),
    ],
)
def test_a_parameter_is_of_its_unit(code: str, value: str) -> None:
    row = next(r for r in CATALOGUE.rows(Parameter) if r.parameter_code == code)
    cells = cells_of_row(row) | {"value": value}
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(FOLDER, (OverlayRow(1, "parameters", tuple(sorted(cells.items()))),))
    assert refused.value.kind == "row"


def test_every_parameter_stands_on_one_page_of_the_desk_with_the_word_of_its_unit() -> None:
    for row in CATALOGUE.rows(Parameter):
        pages = [d.code for d in DESK_TABLES if d.table == "parameters" and row.unit in d.units]
        assert len(pages) == 1, row.parameter_code
        assert f"catalogue.value.{row.unit}" in all_texts(), row.unit
    assert text("catalogue.value.clock_hours") != text("catalogue.value.hours"), "hours of a course are others"
