"""A meeting's papers follow its running order, with notes and decisions; a page's paper is that view, its table whole."""

import io
import math
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.shapes.autoshape import Shape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as PptxSlide
from pptx.util import Pt

from callbacks.dependencies import Dependencies
from callbacks.files.documents import material_file
from callbacks.rendering.dispatch import page_of
from data.access import LOCAL_VIEWER
from data.settings import Settings
from data.store import agenda, meetings
from data.store.engine import open_store
from layouts.documents.presentation_tables import MOST_TABLE_SLIDES
from layouts.export.tables import heading_of, tables_of
from layouts.theme import color
from queries.common_dimensions import periods
from queries.overview import gaps, unit_status
from tests.one_fact.surfaces import content_of, docx_words, pdf_words, pptx_words

VIEWS = (
    ("/funds", "经费去向"),
    ("/ledger?district=500242&only=overdue", "酉阳逾期"),
    ("/trend?stage=junior&indicator=L5", "场馆趋势"),
    ("/plan?group=northeast", "渝东北规划"),
)
UNIT = "500242"
FIRST_DAY = date(1899, 12, 30)
"""The day 0 of a workbook."""


@pytest.fixture(scope="module")
def own(deps: Dependencies, tmp_path_factory: pytest.TempPathFactory) -> Dependencies:
    """The publication with a store of its own, so that no other test sees the meeting."""
    return replace(deps, store=open_store(Settings(var_folder=tmp_path_factory.mktemp("own"))))


@pytest.fixture(scope="module")
def meeting(own: Dependencies) -> str:
    """A meeting of four views, one with a note, and one decision."""
    now, viewer = own.now(), LOCAL_VIEWER
    snapshot = own.warehouse.current().info.snapshot_id
    code = meetings.create_meeting(own.store, viewer, "材料会", date(2026, 12, 24), snapshot, now)
    for address, title in VIEWS:
        agenda.add_slide(own.store, viewer, code, address, title, now)
    first = agenda.agenda(own.store, code)[0]
    item = replace(first.item, note="先说总量够", minutes=4)
    agenda.change_slide(own.store, viewer, first.slide_id, item, now)
    wanted = meetings.Resolution("/funds", "经费绩效", "年底前报绩效", "酉阳教委", date(2026, 12, 31))
    meetings.add_decision(own.store, viewer, code, now, wanted)
    return code


def sentences(deps: Dependencies, code: str) -> list[str]:
    """What the pages of the views say on the meeting's day."""
    fixed = f"snapshot={deps.warehouse.current().info.snapshot_id}&meeting={code}"
    views = (view.partition("?") for view, _ in VIEWS)
    whole = replace(deps, keeps_pages=False)
    return [heading_of(page_of(whole, path, f"?{search}&{fixed}")[2]) for path, _, search in views]


def test_the_papers_of_a_meeting_follow_its_running_order(own: Dependencies, meeting: str) -> None:
    for kind, read in {"docx": docx_words, "pptx": pptx_words, "pdf": pdf_words}.items():
        words = "".join(read(content_of(material_file(own, kind, "/meeting", f"?meeting={meeting}"))).split())
        places = [words.index(f"{title}") for _, title in VIEWS]
        assert places == sorted(places), kind
        assert "年底前报绩效（酉阳教委，2026年12月31日）" in words, kind
        for sentence in ("".join(s.split()) for s in sentences(own, meeting)[:3]):
            assert sentence in words, (kind, sentence)


def test_what_is_to_be_said_stands_in_the_notes_and_in_the_paper_alone(own: Dependencies, meeting: str) -> None:
    book = Presentation(io.BytesIO(content_of(material_file(own, "pptx", "/meeting", f"?meeting={meeting}"))))
    frames = [s.notes_slide.notes_text_frame for s in book.slides if s.has_notes_slide]
    notes = [frame.text for frame in frames if frame is not None]
    assert any("先说总量够" in words for words in notes)
    assert "先说总量够" not in pptx_words(content_of(material_file(own, "pptx", "/meeting", f"?meeting={meeting}")))
    panels = page_of(own, "/meeting", f"?meeting={meeting}&mode=meeting")[2]
    assert "先说总量够" not in str([p.update_value() for p in panels])


@pytest.mark.parametrize("view", ["/funds", "/rounds?round=3", "/warn?only=target_missed"])
def test_the_paper_of_a_view_has_its_table_whole(deps: Dependencies, view: str) -> None:
    path, _, search = view.partition("?")
    _, _, panels = page_of(replace(deps, keeps_pages=False), path, search)
    page_table = tables_of(panels, "")[0]
    paper = Document(io.BytesIO(content_of(material_file(deps, "docx", path, search))))
    assert len(paper.tables[0].rows) == len(page_table.rows) - page_table.head_rows + 1
    pptx = content_of(material_file(deps, "pptx", path, search))
    book = Presentation(io.BytesIO(pptx))
    frames = [s.table for slide in book.slides for s in slide.shapes if isinstance(s, GraphicFrame) and s.has_table]
    heads = frames[0].cell(0, 0).text_frame.text
    of_table = [frame for frame in frames if frame.cell(0, 0).text_frame.text == heads]
    rows = sum(len(frame.rows) - 1 for frame in of_table[1:] or of_table)
    said = re.search(rf"《附表　{re.escape(page_table.title)}》另有(\d+)条", pptx_words(pptx))
    assert rows + int(said[1] if said else 0) >= len(page_table.rows) - page_table.head_rows
    assert len(book.slides) <= 1 + MOST_TABLE_SLIDES


def test_the_matrix_on_its_slide_has_every_unit_that_fails_with_its_gap(deps: Dependencies) -> None:
    """Of 45 columns the slide said that they have no room; the wall shows the 13 that have a failing cell."""
    book = Presentation(io.BytesIO(content_of(material_file(deps, "pptx", "/matrix", ""))))
    tables = [s.table for slide in book.slides for s in slide.shapes if isinstance(s, GraphicFrame) and s.has_table]
    cells = [[[c.text_frame.text for c in row.cells] for row in table.rows] for table in tables]
    snapshot = deps.warehouse.current()
    period = periods(snapshot)[-1].period
    failing = {u.short_name: u for u in unit_status(snapshot, period, "as_was") if u.failed_count}
    rows = [row for table in cells[1:] for row in table[1:]]
    most_first = sorted(failing, key=lambda name: -failing[name].failed_count)
    assert [row[0] for row in rows] == most_first
    for row in rows:
        failed = [words for words in row[2:] if words.startswith(("◆", "系数", "✕"))]
        assert len(failed) == failing[row[0]].failed_count, row
    assert cells[0][1:] == rows[: len(cells[0]) - 1]
    column = next(n for n, head in enumerate(cells[0][0]) if head.startswith("L4"))
    owed = {g.district_code: 0.0 for g in gaps(snapshot, period, "as_was", "both")}
    for gap in gaps(snapshot, period, "as_was", "both"):
        owed[gap.district_code] += gap.gap if gap.indicator_code == "L4" else 0.0
    printed = {row[0]: re.match(r"◆([\d,]+)", row[column]) for row in rows}
    for name, match in printed.items():
        if match is not None:
            assert int(match[1].replace(",", "")) == math.ceil(owed[failing[name].district_code] - 1e-9), name


def chart_on(slide: PptxSlide) -> tuple[Chart, Any]:
    """The one chart of a slide and its plot, whose type no checker knows."""
    (chart,) = [shape.chart for shape in slide.shapes if isinstance(shape, GraphicFrame) and shape.has_chart]
    plots: Any = chart.plots
    return chart, plots[0]


def test_no_line_is_drawn_from_before_to_after_a_change_of_boundaries(deps: Dependencies) -> None:
    """沙坪坝 ends with the last figure before its boundary moved; 巫溪 ends before the period that it did not report."""
    made = content_of(material_file(deps, "pptx", "/trend", "?stage=junior&indicator=L5"))
    book = Presentation(io.BytesIO(made))
    chart, plot = chart_on(book.slides[0])
    values = {series.name: [v is not None for v in series.values] for series in plot.series}
    days = len(values["沙坪坝"])
    assert values["沙坪坝"] == [True] * (days - 2) + [False] * 2
    assert values["沙坪坝（2025年11月边界变更后）"] == [False] * (days - 2) + [True] * 2
    assert values["巫溪"] == [True] * (days - 1) + [False]
    assert all(values["上限0.45"])
    (blank,) = chart._chartSpace.xpath("c:chart/c:dispBlanksAs/@val")  # pyright: ignore[reportPrivateUsage]
    assert blank == "gap"
    assert "边界变更，前后不连线" in pptx_words(made)


@pytest.mark.parametrize(
    "view",
    [
        "/trend?stage=junior&indicator=L5",
        f"/trend?district={UNIT}&stage=junior&indicator=L5",
        f"/trend?district={UNIT}&measure=share",
        "/trend?district=500110&stage=primary&indicator=L2&measure=mean",
    ],
)
def test_a_trend_is_a_chart_of_powerpoint_with_the_numbers_of_the_page(deps: Dependencies, view: str) -> None:
    """It was a table: nobody sees from forty rows of figures that a line fell below its limit."""
    path, _, search = view.partition("?")
    drawn = page_of(replace(deps, keeps_pages=False), path, search)[2]
    table = tables_of(drawn, "")[0]
    book = Presentation(io.BytesIO(content_of(material_file(deps, "pptx", path, search))))
    chart, plot = chart_on(book.slides[0])
    assert chart.font.size == Pt(14)
    days = [FIRST_DAY + timedelta(float(label)) for label in plot.categories]
    assert [f"{day.year}年{day.month}月" for day in days] == table.rows[0][1:]
    by_name = {series.name: list(series.values) for series in plot.series}
    for row, raw in zip(table.rows[1:], table.values[1:], strict=True):
        parts = [values for name, values in by_name.items() if name == row[0] or name.startswith(f"{row[0]}（")]
        together = [next((v for v in day if v is not None), None) for day in zip(*parts, strict=True)]
        printed = [float(cell.words) if cell.words else None for cell in raw[1:]]
        assert together == pytest.approx(printed, abs=1e-11), row[0]


def test_the_map_of_the_city_is_shapes_with_names_and_colours(own: Dependencies) -> None:
    made = material_file(own, "pptx", "/", "")
    assert made is not None
    first = Presentation(io.BytesIO(content_of(made))).slides[0]
    tiles = {s.name: s for s in first.shapes if isinstance(s, Shape) and s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE}
    snapshot = own.warehouse.current()
    units = unit_status(snapshot, periods(snapshot)[-1].period, "as_was")
    assert set(tiles) == {u.name for u in units if u.tile_column is not None}
    drawn = {u.name: str(tiles[u.name].fill.fore_color.rgb) for u in units if u.tile_column is not None}
    assert {drawn[u.name] for u in units if u.progress == "overdue"} == {color("fail").lstrip("#").upper()}
    assert {drawn[u.name] for u in units if u.progress == "met"} == {color("ok").lstrip("#").upper()}
    sizes = [r.font.size for s in tiles.values() for r in s.text_frame.paragraphs[0].runs if len(s.name) > 2]
    assert min(size.pt for size in sizes if size) >= 10
