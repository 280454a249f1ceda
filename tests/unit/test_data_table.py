"""One table says how its cells stand on screen and in files."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from layouts.components.data_table import Cell, Column, Kind, RowGroup, TableLook, cell, data_table
from layouts.export.files import Caption, to_csv, to_xlsx
from layouts.export.tables import ExportTable, tables_of
from layouts.markup import Node, h, to_html, to_json
from layouts.page import Panel

ROWS = [
    ("渝中", (5, 7), 0.4996, Decimal("0.857142"), Decimal(1234567), date(2026, 9, 1)),
    ("万州", None, None, None, None, None),
]
Row = tuple[str, tuple[int, int] | None, float | None, Decimal | None, Decimal | None, date | None]


def parts(row: Row) -> Cell | str:
    return "—" if row[1] is None else cell("5/7", value=row[1], look="b")


COLUMNS: list[Column[Row]] = [
    Column(name="unit", head="区县", kind=Kind.NAME, cell=lambda r: r[0]),
    Column(name="items", head="达标", kind=Kind.PARTS, cell=parts),
    Column(name="cv", head="差异系数", kind=Kind.CV, cell=lambda r: cell("0.4996", value=r[2]) if r[2] else "—"),
    Column(name="share", head="占比", kind=Kind.SHARE, cell=lambda r: cell("85.7%", value=r[3]) if r[3] else "—"),
    Column(
        name="gap",
        head="",
        file_head="还差",
        kind=Kind.AMOUNT,
        cell=lambda r: cell("123.5万元", value=r[4], unit="元") if r[4] else "—",
    ),
    Column(name="day", head="日期", kind=Kind.DATE, cell=lambda r: cell("2026年9月1日", value=r[5]) if r[5] else "—"),
]
CAPTION = Caption("两区", [], [])


def table() -> Node:
    look: TableLook[Row] = TableLook(table="mini units", row=lambda r: "on" if r[0] == "渝中" else "")
    return data_table(COLUMNS, ROWS, name="区县", key=lambda r: r[0], look=look)


def tables() -> list[ExportTable]:
    panel = Panel("a", "", [h("section", {}, h("h2", {}, "两个区县的达标情况和差距"), table())])
    return tables_of([panel], "页")


def test_a_row_has_its_head_its_alignment_and_its_look() -> None:
    html = to_html([table()])
    assert '<th scope="col" class="num">达标</th>' in html
    assert '<tr class="on"><th scope="row">渝中</th><td class="num b">5/7</td>' in html
    assert '<td class="num">—</td>' in html


def test_what_only_files_need_is_not_sent() -> None:
    assert not re.search("1234567|2026-09-01|data-", to_html([table()]) + to_json([table()]))


def test_the_screen_reads_as_before() -> None:
    assert tables()[0].rows[1] == ["渝中", "5/7", "0.4996", "85.7%", "123.5万元", "2026年9月1日"]


def test_a_workbook_holds_values_formatted_as_printed() -> None:
    book = load_workbook(io.BytesIO(to_xlsx(CAPTION, tables())))
    assert book.sheetnames == ["1 区县"]
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    head, first, second = list(sheet.iter_rows(min_row=3))
    assert [c.value for c in head] == ["区县", "达标", "达标（总数）", "差异系数", "占比", "还差", "日期"]
    assert [c.value for c in first][:6] == ["渝中", 5, 7, 0.4996, 0.857142, 1234567]
    assert first[6].value == datetime(2026, 9, 1)  # noqa: DTZ001
    assert [c.number_format for c in first[1:]] == ["#,##0", "#,##0", "#,##0.0000", "0.0%", '#,##0"元"', "yyyy-mm-dd"]
    assert [c.value for c in second] == ["万州", "—", None, "—", "—", "—", "—"]


def test_csv_holds_the_value_and_what_is_printed() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(CAPTION, tables()).decode("utf-8-sig"))))
    assert rows[3] == [
        "区县",
        "达标",
        "达标（总数）",
        "差异系数",
        "占比",
        "占比（显示）",
        "还差",
        "还差（显示）",
        "日期",
        "日期（显示）",
    ]
    assert rows[4] == [
        "渝中",
        "5",
        "7",
        "0.4996",
        "0.857142",
        "85.7%",
        "1234567",
        "123.5万元",
        "2026-09-01",
        "2026年9月1日",
    ]


def test_groups_have_a_title_over_their_rows() -> None:
    html = to_html(
        [data_table(COLUMNS, [], name="区县", key=lambda r: r[0], groups=[RowGroup(title="主城", rows=ROWS)])]
    )
    assert '<tr><th scope="rowgroup" colspan="6">主城</th></tr>' in html
