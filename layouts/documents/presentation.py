"""会议材料 in PowerPoint: the slides in their order, bars as native charts that can be edited."""

import io
from collections.abc import Sequence
from typing import Protocol

from pptx import Presentation
from pptx.chart.data import ChartData
from pptx.chart.datalabel import DataLabel
from pptx.dml.chtfmt import ChartFormat
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation as Book
from pptx.slide import Slide as Page
from pptx.table import _Cell as NativeCell  # pyright: ignore[reportPrivateUsage]  it has no other name
from pptx.util import Inches, Pt

from data.text import text
from layouts.documents.brief import Material, PaperTable, decision_lines, slide_words
from layouts.documents.presentation_lines import add_lines
from layouts.documents.presentation_map import add_tiles
from layouts.documents.presentation_parts import add_box, add_run, chart_frame, set_height, token_color
from layouts.documents.presentation_tables import (
    CELL_PT,
    HEIGHT,
    MOST_TABLE_SLIDES,
    SIDE_MARGIN,
    WIDTH,
    column_widths,
    height_of,
    left_words,
    rest_of_tables,
    shown_page,
    table_pages,
    width_on,
)
from layouts.meeting.slide import BAR_TOKENS, MOST_BARS, Bar, Slide, rest_words

TITLE_PT, LONG_TITLE_PT, HEAD_PT, BODY_PT, FOOT_PT, BLANK = 32, 24, 24, 18, 11, 6
MOST_OF_A_TITLE = 26
"""Signs beyond which a title is set smaller, so that it stays in its line."""
CHART_HEIGHT, LOW_CHART_HEIGHT, FEW_BARS = 4.8, 2.4, 3  # inches; one bar does not fill the slide
ROOM_FOR_WORDS = 1.4
TONES = {"ok": "ok-text", "fail": "fail-text", "near": "near-text"}


class Point(Protocol):
    """A bar of a chart; python-pptx makes the parts of charts in a way that no checker follows."""

    @property
    def format(self) -> ChartFormat:
        """Its fill."""
        ...

    @property
    def data_label(self) -> DataLabel:
        """Its words."""
        ...


class Series(Protocol):
    """The bars of a chart."""

    @property
    def points(self) -> Sequence[Point]:
        """Each of them."""
        ...


class Plot(Protocol):
    """The plot of a chart; a gap is a percentage of a bar's width."""

    gap_width: int

    @property
    def series(self) -> Sequence[Series]:
        """What is drawn in it."""
        ...


def presentation(material: Material) -> bytes:
    """The file: one slide per statement, its filters at its foot, with the tables it has; then what was decided."""
    book = Presentation()
    book.slide_width, book.slide_height = Inches(WIDTH), Inches(HEIGHT)
    book.core_properties.title = material.title
    for number, slide in enumerate(material.slides, start=1):
        _slide(book, material, slide, f"{number}/{len(material.slides)}")
        if slide.tiles:
            _chart_slide(book, material, slide)
        _table_slides(book, material, slide)
    if material.decisions:
        _decided(book, material)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _slide(book: Book, material: Material, slide: Slide, page: str) -> None:
    drawn = book.slides.add_slide(book.slide_layouts[BLANK])
    title = add_box(drawn, 0.5, 0.35, WIDTH - 1, 0.8)
    if slide.own_title:
        add_run(title.paragraphs[0], slide.own_title, BODY_PT, "ink-2")
        title.add_paragraph()
    size = TITLE_PT if len(slide.title_words) <= MOST_OF_A_TITLE else LONG_TITLE_PT
    for tone, part in slide.title:
        add_run(title.paragraphs[-1], part, size, TONES.get(tone, "ink"), is_bold=True)
    add_run(add_box(drawn, 0.5, 1.15, WIDTH - 1, 0.5).paragraphs[0], slide.sentence, BODY_PT, "ink-2")
    if slide.tiles:
        add_tiles(drawn, slide.tiles)
    elif slide.bars:
        _chart(drawn, slide)
    elif slide.lines:
        add_lines(drawn, slide.lines)
    else:
        _first_table(drawn, slide)
    side = add_box(drawn, 8.3, 1.9, WIDTH - 8.8, 4.8)
    for number in slide.numbers:
        line = side.add_paragraph()
        add_run(line, f"{number.value}{number.unit}", TITLE_PT, TONES.get(number.tone, "ink"), is_bold=True)
        add_run(
            side.add_paragraph(),
            number.label + text("ledger.colon") * bool(number.words) + number.words,
            BODY_PT,
            "ink-2",
        )
    if slide.note:
        add_run(side.add_paragraph(), slide.note, BODY_PT, "ink-2")
    if slide.decide:
        add_run(side.add_paragraph(), text("meeting.decide"), BODY_PT, "ink", is_bold=True)
    for number, decision in enumerate(slide.decide, start=1):
        add_run(side.add_paragraph(), text("brief.item", number=number, words=decision), BODY_PT, "ink")
    _remark(drawn, left_words(slide))
    _foot(drawn, material, slide, page)
    notes = drawn.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = slide_words(slide)


def _foot(drawn: Page, material: Material, slide: Slide | None, page: str) -> None:
    """The mark of invented figures, the filters and the publication, the page."""
    mark = text("app.demo") if material.is_demonstration else ""
    remarks = [mark, slide.footer if slide is not None else "", material.version, page]
    foot = add_box(drawn, 0.5, HEIGHT - 0.5, WIDTH - 1, 0.35)
    add_run(foot.paragraphs[0], " · ".join(w for w in remarks if w), FOOT_PT, "ink-3")


def _first_table(drawn: Page, slide: Slide) -> None:
    """The first table of a view below its sentence, as far as there is room; more of it follows."""
    shown = shown_page(slide)
    if shown is None:
        return
    width = width_on(slide)
    if shown.table.note:
        add_run(add_box(drawn, 0.5, 2.0, width, 0.6).paragraphs[0], shown.table.note, BODY_PT, "ink-2")
    else:
        _native_table(drawn, shown.table, shown.rows, top=1.95, room=width)


def _remark(drawn: Page, remark: str) -> None:
    """What is not on a slide, above its foot."""
    if remark:
        add_run(add_box(drawn, 0.5, HEIGHT - 1, WIDTH - 1, 0.5).paragraphs[0], remark, CELL_PT, "ink-2")


def _table_slides(book: Book, material: Material, slide: Slide) -> None:
    """The tables behind a view on slides of their own, so many rows on each; what is left out is said on the last."""
    pages = table_pages(slide)
    for number, part in enumerate(pages[:MOST_TABLE_SLIDES], start=1):
        drawn = book.slides.add_slide(book.slide_layouts[BLANK])
        table, page = part.table, f"{part.number}/{part.count}" if part.count > 1 else ""
        title = text("brief.more_rows", title=table.title, page=part.number, pages=part.count) if page else table.title
        add_run(add_box(drawn, 0.5, 0.35, WIDTH - 1, 0.6).paragraphs[0], title, HEAD_PT, "ink", is_bold=True)
        if table.note:
            add_run(add_box(drawn, 0.5, 1.2, WIDTH - 1, 0.6).paragraphs[0], table.note, BODY_PT, "ink-2")
        else:
            _native_table(drawn, table, part.rows, top=1.1, room=WIDTH - 1)
        if number == MOST_TABLE_SLIDES:
            _remark(drawn, rest_of_tables(pages))
        _foot(drawn, material, slide, page)


def _native_table(drawn: Page, paper: PaperTable, rows: Sequence[Sequence[str]], *, top: float, room: float) -> None:
    lines = [paper.heads, *rows] if paper.has_head else rows
    widths = column_widths(paper, room)
    heights = [height_of(row, widths) for row in lines]
    shape = drawn.shapes.add_table(
        len(lines), len(paper.heads), Inches(0.5), Inches(top), Inches(room), Inches(sum(heights))
    )
    table = shape.table
    table.first_row = paper.has_head
    for place, width in enumerate(widths):
        table.columns[place].width = Inches(width)
    for number, (row_texts, height) in enumerate(zip(lines, heights, strict=True)):
        table.rows[number].height = Inches(height)
        is_head = paper.has_head and not number
        for place, cell_text in enumerate(row_texts):
            _fill(table.cell(number, place), cell_text, is_head=is_head)


def _fill(native_cell: NativeCell, cell_text: str, *, is_head: bool) -> None:
    native_cell.margin_left = native_cell.margin_right = Inches(SIDE_MARGIN)
    paragraph = native_cell.text_frame.paragraphs[0]
    if cell_text:
        add_run(paragraph, cell_text, CELL_PT, "ink", is_bold=is_head)
    else:
        set_height(paragraph, CELL_PT)


def _decided(book: Book, material: Material) -> None:
    drawn = book.slides.add_slide(book.slide_layouts[BLANK])
    add_run(
        add_box(drawn, 0.5, 0.35, WIDTH - 1, 0.8).paragraphs[0], text("brief.decided"), TITLE_PT, "ink", is_bold=True
    )
    body = add_box(drawn, 0.5, 1.4, WIDTH - 1, 5)
    for decision in decision_lines(material):
        add_run(body.add_paragraph(), decision, BODY_PT, "ink")
    _foot(drawn, material, None, "")


def _chart_slide(book: Book, material: Material, slide: Slide) -> None:
    """The bars of a slide that draws a map instead."""
    drawn = book.slides.add_slide(book.slide_layouts[BLANK])
    add_run(add_box(drawn, 0.5, 0.35, WIDTH - 1, 0.6).paragraphs[0], slide.chart_title, HEAD_PT, "ink", is_bold=True)
    _chart(drawn, slide)
    _foot(drawn, material, slide, "")


def _chart(drawn: Page, slide: Slide) -> None:
    """A bar chart, first bar on top, each with its words as label."""
    shown = list(reversed(slide.bars[:MOST_BARS]))
    data = ChartData()  # the name of category data that `add_chart` asks for
    data.categories = [bar.name for bar in shown]
    data.add_series(  # pyright: ignore[reportUnknownMemberType]  it has no types
        slide.chart_title, [bar.value or 0.0 for bar in shown]
    )
    height = Inches(CHART_HEIGHT if len(shown) > FEW_BARS else LOW_CHART_HEIGHT)
    frame = chart_frame(
        drawn.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Inches(0.5), Inches(1.8), Inches(7.5), height, data)
    )
    chart = frame.chart
    chart.has_legend, chart.has_title = False, True
    add_run(chart.chart_title.text_frame.paragraphs[0], slide.picture_title, BODY_PT, "ink")
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.maximum_scale = ROOM_FOR_WORDS * (max(bar.value or 0.0 for bar in shown) or 1)
    chart.category_axis.tick_labels.font.size = Pt(14)
    _bars(chart.plots, shown)
    add_run(add_box(drawn, 0.5, 6.6, 7.5, 0.4).paragraphs[0], rest_words(slide), FOOT_PT, "ink-3")


def _bars(plots: Sequence[Plot], shown: Sequence[Bar]) -> None:
    """The colour and the words of every bar."""
    plots[0].gap_width = 40
    for number, bar in enumerate(shown):
        point = plots[0].series[0].points[number]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = token_color(BAR_TOKENS[bar.tone])
        label = point.data_label.text_frame
        label.word_wrap = False
        add_run(label.paragraphs[0], bar.words, 14, "ink-2")
