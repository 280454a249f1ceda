"""What a cell prints, and what its file holds."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from layouts.components.cells import amount_cell, cv_cell, file_column, picture_column, share_cell
from layouts.components.data_table import Column, Kind, TableLook, cell, data_table, raw_words
from layouts.export.files import Caption, to_csv
from layouts.export.grid import grid_of
from layouts.export.tables import ExportTable, tables_of
from layouts.markup import Node, to_html
from layouts.page import Panel
from tests.one_fact.surfaces import shown


def table(columns: Sequence[Column[float]], rows: Sequence[float], look: TableLook[float] | None = None) -> Node:
    return data_table(columns, rows, name="表", look=look)


def exported(node: Node) -> ExportTable:
    return tables_of([Panel("a", "", [node])], "页")[0]


def lines(node: Node) -> list[list[str]]:
    content = to_csv(Caption("页", [], []), [exported(node)]).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))[3:]


def test_an_amount_of_money_is_printed_in_wan_and_kept_in_yuan() -> None:
    money = amount_cell(1234567.0, "元")
    assert (money.shown, money.value, money.unit) == (("123.5万元",), 1234567.0, "元")


def test_a_sum_has_no_noise_of_its_additions() -> None:
    assert raw_words(0.1 + 0.2) == "0.3"
    assert raw_words(12.0) == "12"
    assert raw_words(1e15) == "1000000000000000"


def test_a_cv_just_over_its_limit_is_printed_over_it() -> None:
    over = cv_cell(0.50004, 0.5)
    assert (over.shown, over.value) == (("0.50004",), 0.50004)
    assert cv_cell(None, 0.5).shown == ("—",)


def test_a_share_is_a_percentage_and_missing_is_no_zero() -> None:
    assert (share_cell(0.857142).shown, share_cell(0.857142).value) == (("85.7%",), 0.857142)
    assert (share_cell(None).shown, share_cell(None).value) == (("—",), None)


def test_a_table_without_heads_has_them_in_files_and_leaves_pictures_out() -> None:
    columns: list[Column[float]] = [
        picture_column("bullet", lambda _: "图"),
        file_column("league.worst", lambda cv: cv_cell(cv, 0.5), Kind.CV),
    ]
    node = table(columns, [0.4], TableLook(has_head=False))
    assert "<thead>" not in to_html([node])
    assert lines(node) == [["最大差异系数", "最大差异系数（显示）"], ["0.4", "0.400"]]


def test_a_line_keeps_its_sign_in_a_workbook() -> None:
    columns: list[Column[float]] = [
        Column(name="line", head="标准", kind=Kind.NUMBER, cell=lambda line: cell(f"≥ {line}", value=line))
    ]
    (_, (line,)) = grid_of(exported(table(columns, [4.2])), has_printed=False).rows
    assert (line.value, line.number_format) == (Decimal("4.2"), '"≥ "#,##0.0')


def test_a_value_printed_as_a_word_stands_with_all_its_digits() -> None:
    columns: list[Column[float]] = [
        Column(name="change", head="较上年", kind=Kind.NUMBER, cell=lambda change: cell("→ 持平", value=change))
    ]
    heads, (change, printed) = grid_of(exported(table(columns, [-0.00004])), has_printed=False).rows
    assert (change.value, change.number_format) == (Decimal("-0.00004"), "#,##0.00000")
    assert (heads[1].value, printed.value) == ("较上年（显示）", "→ 持平")


def test_a_row_may_be_a_heading_over_all_columns() -> None:
    columns: list[Column[float]] = [
        Column(name="a", head="甲", kind=Kind.COUNT, cell=str),
        Column(name="b", head="乙", cell=str),
    ]
    look: TableLook[float] = TableLook(heading=lambda row: "主城" if row < 0 else None, is_aligned=False)
    html = to_html([table(columns, [-1, 3], look)])
    assert '<tr><td colspan="2">主城</td></tr><tr><td>3</td><td>3</td></tr>' in html


def test_the_reader_of_workbooks_shows_what_a_person_sees() -> None:
    assert shown(0.857142, "0.0%") == "85.7%"
    assert shown(1234567, '#,##0"元"') == "1,234,567元"
    assert shown(4.2, '"≥ "#,##0.0') == "≥ 4.2"
    assert shown(0.5004, "0.000") == "0.500"
    assert shown(datetime(2026, 9, 1), "yyyy-mm-dd") == "2026-09-01"  # noqa: DTZ001
    assert [shown(v, "General") for v in (None, 7, "—")] == ["", "7", "—"]
