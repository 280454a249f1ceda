"""Files say what they hold, and no cell is taken for a formula."""

import csv
import io

from openpyxl import load_workbook

from data.text import text
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, data_table
from layouts.components.elements import disclosure
from layouts.components.rest import rest_note
from layouts.export.files import Caption, safe, to_csv, to_xlsx
from layouts.export.tables import ExportTable, chosen_filters, heading_of, tables_of, texts_of
from layouts.markup import h
from layouts.page import Panel

PANELS = [
    Panel(
        "a",
        "",
        [
            h("h1", {}, "两区", h("b", {}, "未达标")),
            h(
                "label",
                {"className": "slot"},
                h("span", {}, "数据期"),
                h(
                    "select",
                    {"value": "/?period=2025"},
                    h("option", {"value": "/"}, "2026年9月"),
                    h("option", {"value": "/?period=2025"}, "2025年9月"),
                ),
            ),
            h(
                "section",
                {},
                h("h2", {}, "缺口"),
                h(
                    "table",
                    {},
                    h("thead", {}, h("tr", {}, h("th", {"colSpan": 2}, "区县"), h("th", {}, "人"))),
                    h("tbody", {}, h("tr", {}, h("td", {}, "渝中"), h("td", {}, "=1+1"), h("td", {}, "1,386.5"))),
                ),
            ),
            h("p", {"className": "src page-source"}, "演示数据，数据版本1"),
        ],
    )
]
CAPTION = Caption(heading_of(PANELS), chosen_filters(PANELS), texts_of(PANELS, "page-source"))


def test_tables_are_read_from_the_tree() -> None:
    assert CAPTION.heading == "两区未达标"
    assert CAPTION.filters == [("数据期", "2025年9月")]
    [table] = tables_of(PANELS, "区县对比")
    assert table == ExportTable("缺口", [["区县", "", "人"], ["渝中", "=1+1", "1,386.5"]], 1)


def test_workbook_holds_caption_and_numbers_and_no_formula() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(CAPTION, tables_of(PANELS, "区县对比")))).active
    assert sheet is not None
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0][0] == "两区未达标"
    assert ["数据期", "2025年9月", None] in values
    assert any("演示数据" in str(row[0]) for row in values)
    assert ["渝中", "'=1+1", 1386.5] in values
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_table_with_a_caption_is_called_by_it() -> None:
    """Where the issues come from left in a sheet called 销号进度：23.1%已销号."""
    named = data_table(
        [Column(name="a", head="来源", cell=str)], ["监测"], name="来源", look=TableLook(caption="问题来源（在办）")
    )
    panel = Panel("x", "", [h("section", {}, h("h2", {}, "销号进度"), named, h("table", {}))])
    assert [t.title for t in tables_of([panel], "台账")] == ["问题来源（在办）", "销号进度"]


def test_a_table_that_opens_is_called_by_what_opens_it_where_that_says_what_it_is() -> None:
    """How leads are tested left in a sheet called 各种检验离报警线还有多远."""
    methods = disclosure("检验方法和报警线", h("table", {}))
    values = disclosure(text("state.see_table"), h("table", {}))
    panel = Panel("x", "", [h("section", {}, h("h2", {}, "各种检验离报警线还有多远"), methods, values)])
    assert [t.title for t in tables_of([panel], "核查")] == ["检验方法和报警线", "各种检验离报警线还有多远"]


def test_a_sheet_outside_every_section_is_called_as_the_page() -> None:
    bare = [Panel("panel", "", [h("table", {}, h("tbody", {}, h("tr", {}, h("td", {}, "1"))))])]
    book = load_workbook(io.BytesIO(to_xlsx(CAPTION, tables_of(bare, "指标矩阵"))))
    assert book.sheetnames == ["1 指标矩阵"]
    assert [t.title for t in tables_of(PANELS, "指标矩阵")] == ["缺口"]


def test_csv_opens_in_excel_and_neutralises_formulas() -> None:
    content = to_csv(CAPTION, tables_of(PANELS, "区县对比"))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert ["渝中", "'=1+1", "1,386.5"] in rows


CHANGES = {"渝中": (-0.0127, "↓0.013 变好", "运动场馆"), "酉阳": (-0.0011, "→ 持平", "骨干教师")}


def changes() -> list[ExportTable]:
    def change(name: str) -> Cell:
        value, words, note = CHANGES[name]
        return cell(words, value=value, note=note)

    columns = [
        Column[str](name="unit", head="区县", cell=cell, kind=Kind.NAME),
        Column[str](name="change", head="较上年", cell=change, kind=Kind.NUMBER),
    ]
    return tables_of([Panel("a", "", [data_table(columns, list(CHANGES), name="变化")])], "变化")


def test_a_negative_number_is_a_number_in_csv() -> None:
    """It stood as `'-0.0127`, which a spreadsheet reads as a text."""
    rows = list(csv.reader(io.StringIO(to_csv(CAPTION, changes()).decode("utf-8-sig"))))
    assert ["渝中", "-0.0127", "↓0.013 变好", "运动场馆"] in rows


def test_what_a_number_does_not_say_stands_beside_it_in_a_workbook() -> None:
    """A change of -0.0011 stood where the page says 持平."""
    sheet = load_workbook(io.BytesIO(to_xlsx(CAPTION, changes()))).active
    assert sheet is not None
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["区县", "较上年", "较上年（显示）", "较上年（说明）"] in values
    assert ["酉阳", -0.0011, "→ 持平", "骨干教师"] in values


def test_every_dangerous_start_is_neutralised() -> None:
    assert [safe(s + "x")[0] for s in "=+-@\t\r"] == ["'"] * 6
    assert safe("−3") == "−3"


def test_a_file_says_what_its_list_leaves_out() -> None:
    """`71个责任单位各有多少问题` stood above 40 rows of a workbook, and nothing below them."""
    shown = data_table([Column(name="a", head="单位", cell=str)], ["甲"], name="单位")
    panel = Panel("x", "", [h("section", {}, h("h2", {}, "71个责任单位"), shown, rest_note("ledger.owners_more", 70))])
    cut, whole = tables_of([panel], "台账"), tables_of(PANELS, "区县对比")
    assert [t.rest for t in (*cut, *whole)] == ["另有70个责任单位没有列出。", ""]
    sheet = load_workbook(io.BytesIO(to_xlsx(CAPTION, cut))).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()][-3:] == ["单位", "甲", "另有70个责任单位没有列出。"]
    rows = list(csv.reader(io.StringIO(to_csv(CAPTION, cut).decode("utf-8-sig"))))
    assert rows[-2:] == [["甲"], ["另有70个责任单位没有列出。"]]
