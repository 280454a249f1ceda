"""Papers made of slides: order, own titles, filters, tables whole, questions and decisions, notes where only speakers look."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.graphfrm import GraphicFrame
from pypdf import PdfReader

from layouts.charts.line_values import LineValues, ValueLine
from layouts.charts.specification import Scale
from layouts.documents.brief import Material, decision_lines, paper_tables, widths_cm, word_brief
from layouts.documents.pdf import pdf_brief
from layouts.documents.presentation import presentation
from layouts.documents.presentation_tables import MOST_ROWS, MOST_TABLE_SLIDES
from layouts.export.tables import ExportTable
from layouts.meeting.slide import Bar, Number, Slide
from tests.present import present

ROWS = [[f"第{n}所", str(n), ""] for n in range(1, MOST_ROWS + 4)]
STANDING = Slide(
    "overview",
    [("", "三个区县："), ("fail", "一个落后")],
    "距目标还有1年。",
    chart_title="各级区县数",
    bars=[Bar("达标", 2, "2个：甲、乙", "met"), Bar("落后", 1, "1个", "late", "1个：丙")],
    numbers=[Number("1", "个", "落后", "丙", "near")],
    decide=["丙的加快措施"],
    footer="截至2026年9月 · 全市3个",
)
VIEW = Slide(
    "funds",
    [("", "奖励100万元")],
    "只说明先后。",
    in_full="只说明先后。不说明因果。",
    tables=[ExportTable("9笔经费", [["学校", "个数", "图"], *ROWS], 1)],
    own_title="经费去向",
    speaking_note="先说总量够。",
    footer="截至2026年9月 · 丙",
)
WIDE = Slide("matrix", [("", "矩阵")], "", tables=[ExportTable("全表", [["列"] * 40, ["格"] * 40], 1)], footer="全市")
MATERIAL = Material(
    "十二月会",
    [STANDING, VIEW, WIDE],
    "十二月会 · 2026年12月24日",
    is_demonstration=True,
    decisions=[("经费绩效", "年底前报", "丙教委", "2026年12月31日"), ("师资", "再议", "", "")],
)


def test_a_table_is_whole_but_for_columns_that_only_draw() -> None:
    (table,) = paper_tables(VIEW)
    assert (table.title, list(table.heads)) == ("附表　9笔经费", ["学校", "个数"])
    assert [list(row) for row in table.rows] == [row[:2] for row in ROWS]
    assert sum(widths_cm(table)) == pytest.approx(14.7)


def test_a_table_too_wide_for_a_sheet_says_where_it_is() -> None:
    (table,) = paper_tables(WIDE)
    assert table.rows == ()
    assert "40列、1行" in table.note
    assert "Excel" in table.note


def test_decisions_say_who_and_until_when_where_it_is_known() -> None:
    assert decision_lines(MATERIAL) == ["1．经费绩效：年底前报（丙教委，2026年12月31日）", "2．师资：再议"]


def test_the_word_paper_follows_the_order_with_each_slide_s_filters() -> None:
    paper = Document(io.BytesIO(word_brief(MATERIAL)))
    lines = [p.text for p in paper.paragraphs]
    assert lines.index("1．三个区县：一个落后") < lines.index("2．经费去向：奖励100万元") < lines.index("3．矩阵")
    assert "只说明先后。不说明因果。先说总量够。" in lines
    assert {"截至2026年9月 · 全市3个", "截至2026年9月 · 丙", "1．丙的加快措施"} <= set(lines)
    assert [len(t.rows) for t in paper.tables] == [3, len(ROWS) + 1]
    assert [c.text for c in paper.tables[0].rows[2].cells] == ["落后", "1个：丙"]
    assert "演示" in paper.sections[0].header.paragraphs[0].text


def tables_in(book: Deck) -> list[list[list[str]]]:
    frames = [s for page in book.slides for s in page.shapes if isinstance(s, GraphicFrame) and s.has_table]
    return [[[cell.text_frame.text for cell in row.cells] for row in frame.table.rows] for frame in frames]


def words_of(book: Deck) -> list[str]:
    return ["".join(s.text_frame.text for s in page.shapes if isinstance(s, Shape)) for page in book.slides]


def test_a_view_without_bars_has_its_first_table_on_its_slide() -> None:
    """Such a slide was empty but for its title, and its table stood on the next."""
    short = replace(VIEW, tables=[ExportTable("9笔经费", [["学校", "个数"], *[row[:2] for row in ROWS[:5]]], 1)])
    book = Presentation(io.BytesIO(presentation(replace(MATERIAL, slides=[short], decisions=[]))))
    assert len(book.slides) == 1
    assert tables_in(book) == [[["学校", "个数"], *[row[:2] for row in ROWS[:5]]]]


def test_a_table_without_heads_begins_with_its_rows() -> None:
    bare = replace(VIEW, tables=[ExportTable("进展", [["甲", "1"], ["乙", "2"]], 0)])
    material = replace(MATERIAL, slides=[bare], decisions=[])
    assert tables_in(Presentation(io.BytesIO(presentation(material)))) == [[["甲", "1"], ["乙", "2"]]]
    (table,) = Document(io.BytesIO(word_brief(material))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["甲", "1"], ["乙", "2"]]


LONG = [[f"第{n}条", *["演示：区县教育行政部门 · 示例责任人"] * 8] for n in range(1, 31)]
LEDGER = replace(VIEW, tables=[ExportTable("30条问题", [["编号", *"甲乙丙丁戊己庚辛"], *LONG], 1)])


def test_a_table_of_many_columns_stands_on_sheets_that_lie() -> None:
    """Eleven columns of an upright sheet were three signs wide."""
    material = replace(MATERIAL, slides=[STANDING, LEDGER])
    sections = Document(io.BytesIO(word_brief(material))).sections
    assert [present(s.page_width) > present(s.page_height) for s in sections] == [False, False, True]
    sheets = PdfReader(io.BytesIO(pdf_brief(material))).pages
    lying = [sheet.mediabox.width > sheet.mediabox.height for sheet in sheets]
    has_rows = ["示例责任人" in "".join(sheet.extract_text().split()) for sheet in sheets]
    assert lying == has_rows
    assert any(lying)


def test_rows_of_long_words_do_not_run_over_the_foot_of_a_slide() -> None:
    """Fourteen rows of three lines each were longer than the slide."""
    book = Presentation(io.BytesIO(presentation(replace(MATERIAL, slides=[LEDGER], decisions=[]))))
    on_slide, *following = tables_in(book)
    assert max(len(table) for table in (on_slide, *following)) < 10


def test_a_long_table_ends_after_a_few_slides_and_says_how_many_rows_are_left_out() -> None:
    """A full ledger made some hundred slides that nobody leafs through; the paper has every row."""
    material = replace(MATERIAL, slides=[LEDGER], decisions=[])
    book = Presentation(io.BytesIO(presentation(material)))
    assert len(book.slides) == 1 + MOST_TABLE_SLIDES
    on_slide, *following = tables_in(book)
    rows = [row for table in following for row in table[1:]]
    assert rows == LONG[: len(rows)]
    assert on_slide[1:] == LONG[: len(on_slide) - 1]
    first, *_, last = words_of(book)
    left = f"《附表　30条问题》另有{len(LONG) - len(rows)}条，全部见Word材料或Excel文件。"
    assert f"其余{len(LONG) - len(on_slide) + 1}条见附表。{left}" in first
    assert left in last
    (table,) = Document(io.BytesIO(word_brief(material))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == LONG


def test_the_presentation_has_true_tables_and_keeps_notes_to_the_notes_pages() -> None:
    book = Presentation(io.BytesIO(presentation(MATERIAL)))
    texts = words_of(book)
    assert [words[:4] for words in texts] == ["三个区县", "经费去向", "附表　9", "附表　9", "矩阵本表", "会议议定"]
    assert "请会议议定" in texts[0]
    assert "先说总量够" not in "".join(texts)
    notes = book.slides[1].notes_slide.notes_text_frame
    assert notes is not None
    assert "先说总量够" in notes.text
    on_slide, *whole = tables_in(book)
    assert on_slide[1:] == [row[:2] for row in ROWS[: len(on_slide) - 1]]
    assert [row for table in whole for row in table[1:]] == [row[:2] for row in ROWS]
    assert f"其余{len(ROWS) - len(on_slide) + 1}条见附表" in texts[1]
    charts = [s for page in book.slides for s in page.shapes if isinstance(s, GraphicFrame) and s.has_chart]
    assert len(charts) == 1, "bars are a native chart"


def test_lines_over_time_are_a_native_chart_and_only_in_the_paper_a_table() -> None:
    days = [date(2024, 9, 30), date(2025, 9, 30), date(2026, 9, 30)]
    lines = [
        ValueLine("丙", [0.52, None, 0.49], "ok", "丙 0.490"),
        ValueLine("上限0.50", [0.5] * 3, "limit", "上限0.50"),
    ]
    scale = Scale(0.4, 0.6, [(0.4, "0.40"), (0.5, "0.50"), (0.6, "0.60")])
    table = ExportTable("丙差异系数", [["类别", "2024年9月"], ["丙", "0.520"]], 1)
    view = replace(VIEW, tables=[table], lines=LineValues(table.title, days, lines, scale, "0.00"))
    material = replace(MATERIAL, slides=[view], decisions=[])
    (slide,) = Presentation(io.BytesIO(presentation(material))).slides
    (chart,) = [s.chart for s in slide.shapes if isinstance(s, GraphicFrame) and s.has_chart]
    plots: Any = chart.plots
    drawn = {series.name: list(series.values) for series in plots[0].series}
    assert drawn == {"丙": [0.52, None, 0.49], "上限0.50": [0.5] * 3}
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (0.4, 0.6)
    sizes = {int(size) for size in chart._chartSpace.xpath("//a:defRPr/@sz | //a:rPr/@sz")}  # pyright: ignore[reportPrivateUsage]
    assert min(sizes) >= 1400
    assert "丙 0.490" in chart._chartSpace.xpath("//c:dLbl//a:t/text()")  # pyright: ignore[reportPrivateUsage]
    (paper_table,) = Document(io.BytesIO(word_brief(material))).tables
    assert paper_table.rows[1].cells[1].text == "0.520"


def test_the_pdf_says_the_same() -> None:
    pages = PdfReader(io.BytesIO(pdf_brief(MATERIAL))).pages
    words = "".join("".join(page.extract_text() for page in pages).split())
    for said in ("2．经费去向：奖励100万元", "会议议定", "年底前报（丙教委，2026年12月31日）", "第17所", "1个：丙"):
        assert said in words
