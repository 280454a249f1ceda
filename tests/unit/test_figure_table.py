"""A drawn table: pictures with their numbers, groups under titles, an axis below; files hold the numbers."""

from layouts.components.data_table import Cell, Kind, cell
from layouts.components.figure_table import FigureColumn, FigureGroup, FigureLook, figure_table
from layouts.export.files import Caption, to_csv
from layouts.export.grid import grid_of
from layouts.export.tables import ExportTable, tables_of
from layouts.markup import Node, to_html
from layouts.page import Panel

Row = tuple[str, float | None]
ROWS: list[Row] = [("生均图书", 0.512), ("生均体育", None)]


def strip(row: Row) -> list[Cell]:
    if row[1] is None:
        return [cell("没有这个学段", look="mut")]
    return [cell("▁▃▇"), cell("0.51", value=row[1], look="num b")]


COLUMNS = [
    FigureColumn[Row](name="name", head=[], cells=lambda r: [cell(r[0])], kinds=[Kind.NAME], file_head="指标"),
    FigureColumn[Row](name="cv", head=["小学"], cells=strip, kinds=[Kind.PICTURE, Kind.CV], file_head="小学差异系数"),
]
GROUPS = [
    FigureGroup[Row](key="a", rows=ROWS[:1], title=["第一组"], look="phase"),
    FigureGroup[Row](key="b", rows=ROWS[1:]),
]


def table() -> Node:
    look = FigureLook[Row](table="strips", row=lambda r: "strong" if r[1] else "", axis="2026")
    return figure_table(COLUMNS, GROUPS, name="各段", label="全部指标", key=lambda r: r[0], look=look)


def exported() -> ExportTable:
    (made,) = tables_of([Panel("a", "", [table()])], "页")
    return made


def test_a_head_stands_over_the_picture_and_its_number() -> None:
    html = to_html([table()])
    assert '<th scope="col"></th><th scope="col" colspan="2">小学</th>' in html
    assert '<tr class="strong"><th scope="row">生均图书</th><td>▁▃▇</td>' in html
    assert '<td class="num b">0.51</td>' in html


def test_a_row_without_a_picture_says_why_over_the_width_of_both() -> None:
    assert '<tr><th scope="row">生均体育</th><td class="mut" colspan="2">没有这个学段</td></tr>' in to_html([table()])


def test_a_group_has_its_title_over_all_columns_or_none() -> None:
    html = to_html([table()])
    assert '<tbody><tr class="phase"><th colspan="3" scope="rowgroup">第一组</th></tr>' in html
    assert html.count('scope="rowgroup"') == 1


def test_the_axis_stands_below_the_last_column_and_is_read_to_nobody() -> None:
    assert '<tfoot><tr aria-hidden="true"><td colspan="2"></td><td>2026</td></tr></tfoot>' in to_html([table()])


def test_the_keyboard_walks_it_as_one_chart() -> None:
    assert '<table class="strips" tabindex="0" data-chart="1" aria-label="全部指标"' in to_html([table()])


def test_a_file_has_the_numbers_without_the_pictures_and_why_there_is_none() -> None:
    rows = [[str(c.value) for c in row] for row in grid_of(exported(), has_printed=False).rows]
    assert rows[0] == ["指标", "小学差异系数"]
    assert ["生均图书", "0.512"] in rows
    assert ["生均体育", "没有这个学段"] in rows
    assert exported().sheet == "各段"


def test_what_is_printed_stands_beside_a_value_that_says_more() -> None:
    lines = to_csv(Caption("", [], []), [exported()]).decode("utf-8-sig").splitlines()
    assert "生均图书,0.512,0.51" in lines
