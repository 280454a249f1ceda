"""A table of units by items: its heads sort, its cells can be asked why, its file has full heads and values."""

import io

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from layouts.components.cross_table import CrossCell, CrossColumn, CrossLook, HeadGroup, cross_table
from layouts.components.data_table import Kind, cell
from layouts.export.files import Caption, to_xlsx
from layouts.export.tables import tables_of
from layouts.markup import Node, to_html
from layouts.page import Panel

UNITS = ["渝中", "万州"]


def name(unit: str) -> CrossCell:
    return CrossCell(shown=[unit])


def verdict(unit: str) -> CrossCell:
    if unit == "渝中":
        return CrossCell(shown=["✓"], look="m-met", why="item.a.L1")
    words = "万州 L1 教师学历 未达标，未达标又变差"
    return CrossCell(shown=["◆12"], look="m-unmet", why="item.b.L1", is_marked=True, label=words, tip=words)


def amount(unit: str) -> CrossCell:
    return CrossCell(shown=["12.4"], value=123456, unit="元", look="num total")


COLUMNS: list[CrossColumn[str]] = [
    CrossColumn(
        name="unit", head=["区县"], file_head="区县", cell=name, kind=Kind.NAME, width="unit", foot=cell("合计")
    ),
    CrossColumn(
        name="L1",
        head=["L", "1"],
        file_head="L1 教师学历",
        cell=verdict,
        kind=Kind.VERDICT,
        head_look="narrow",
        sort_href="?sort=item.L1",
        is_sorted=True,
        tip="L1 教师学历",
        width="item",
    ),
    CrossColumn(
        name="gap",
        head=["万元"],
        file_head="缺口 元",
        cell=amount,
        kind=Kind.AMOUNT,
        width="total",
        foot=cell("24.7", value=246912, unit="元", look="num"),
    ),
]


def table() -> Node:
    return cross_table(
        COLUMNS,
        UNITS,
        name="矩阵",
        key=str,
        look=CrossLook(table="matrix", foot_span=2),
        groups=[HeadGroup(title="", width=2, names_columns=False), HeadGroup(title="缺口", width=1)],
    )


def test_a_head_sorts_and_says_by_what_the_rows_are_ordered() -> None:
    html = to_html([table()])
    assert (
        '<th scope="col" class="narrow" aria-sort="descending">'
        '<a href="?sort=item.L1" data-nav="1" data-tip="L1 教师学历">L1</a></th>'
    ) in html
    assert '<tr class="dims"><th colspan="2"></th><th colspan="1" scope="colgroup">缺口</th></tr>' in html


def test_a_cell_can_be_asked_why_and_says_in_words_what_its_sign_means() -> None:
    html = to_html([table()])
    assert '<td class="m-met" data-why="item.a.L1">✓</td>' in html
    assert 'aria-label="万州 L1 教师学历 未达标，未达标又变差"' in html
    assert 'data-twice="1">◆12</td>' in html
    assert html.count("data-twice") == 1


def test_each_row_has_a_head_and_the_foot_stands_under_the_first_columns() -> None:
    html = to_html([table()])
    assert html.count('<th scope="row">') == 2
    assert '<tfoot><tr><th scope="row" colspan="2">合计</th><td class="num"' in html


def test_a_file_has_heads_in_full_words_for_signs_and_amounts_in_their_unit() -> None:
    tables = tables_of([Panel("a", "", [table()])], "页")
    sheet = load_workbook(io.BytesIO(to_xlsx(Caption("两区", [], []), tables))).active
    assert isinstance(sheet, Worksheet)
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=3)]
    assert rows == [
        ["区县", "L1 教师学历", "缺口 元"],
        ["渝中", "✓", 123456],
        ["万州", "万州 L1 教师学历 未达标，未达标又变差", 123456],
        ["合计", None, 246912],
    ]
    assert sheet["C4"].number_format == '#,##0"元"'
