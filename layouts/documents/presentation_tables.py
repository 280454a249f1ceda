"""How the tables of a view are divided among slides, and what is left to papers that can be leafed through."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from data.text import text
from layouts.documents.brief import PaperTable, paper_tables, signs_of, widths_cm
from layouts.meeting.slide import Slide

WIDTH, HEIGHT, CELL_PT = 13.333, 7.5, 12
"""Of a slide in inches, and of the words in a table in points."""
MOST_TABLE_SLIDES = 4
"""Slides of tables behind one view; what has no room on them stands in the Word paper and the workbook."""
MOST_ROWS, ROW_HEIGHT, LINE_HEIGHT, CELL_MARGIN, SIDE_MARGIN = 14, 0.36, 0.2, 0.12, 0.06
"""Rows of a table on one slide; least height of one, of a line in it, and what is left round the words, in inches."""
ROOM_ON_SLIDE, ROOM_ALONE, BESIDE_NUMBERS = 4.5, 5.4, 7.5
"""For head and rows below a sentence, and on a slide of their own, and across beside key numbers, in inches."""
POINTS_IN_AN_INCH = 72


@dataclass(frozen=True)
class TablePage:
    """Rows of a table that stand on a slide of their own; `number` of the `count` slides that the table would take."""

    table: PaperTable
    rows: Sequence[Sequence[str]]
    number: int
    count: int


def width_on(slide: Slide) -> float:
    """How wide a table on the slide itself may be; key numbers stand beside it."""
    return BESIDE_NUMBERS if slide.numbers else WIDTH - 1


def shown_page(slide: Slide) -> TablePage | None:
    """What stands of the first table on the slide of the view itself, unless it has a chart."""
    tables = () if slide.bars or slide.lines else paper_tables(slide)[:1]
    for table in tables:
        parts = pages_of(table, ROOM_ON_SLIDE, width_on(slide))
        return TablePage(table, parts[0], 1, len(parts))
    return None


def table_pages(slide: Slide) -> list[TablePage]:
    """The tables of a view on slides of their own, but for what its chart draws or the slide itself has whole."""
    shown = shown_page(slide)
    tables = [] if slide.bars else paper_tables(slide)
    if shown and shown.count == 1:
        tables = tables[1:]
    charted = text("brief.table", title=slide.lines.title) if slide.lines else ""
    return [
        TablePage(table, rows, number, len(parts))
        for table in tables
        if table.title != charted
        for parts in [pages_of(table, ROOM_ALONE, WIDTH - 1)]
        for number, rows in enumerate(parts, start=1)
    ]


def left_words(slide: Slide) -> str:
    """How many rows of the table on the slide follow, and what no slide has."""
    shown, follow = shown_page(slide), ""
    if shown and shown.count > 1:
        follow = text("brief.rows_follow", count=len(shown.table.rows) - len(shown.rows))
    return follow + rest_of_tables(table_pages(slide))


def rest_of_tables(pages: Sequence[TablePage]) -> str:
    """The rows beyond the last slide of tables by their table; empty where every row has its place."""
    left: dict[str, int] = {}
    for page in pages[MOST_TABLE_SLIDES:]:
        left[page.table.title] = left.get(page.table.title, 0) + len(page.rows)
    if not left:
        return ""
    tables = "、".join(text("brief.table_left", title=title, count=count) for title, count in left.items())
    return text("brief.rows_left", tables=tables)


def pages_of(table: PaperTable, room: float, room_across: float) -> list[Sequence[Sequence[str]]]:
    """The rows of a table by slides: as many on each as `room` inches hold, by the lines that their words take."""
    pages: list[list[Sequence[str]]] = [[]]
    widths = column_widths(table, room_across)
    head = height_of(table.heads, widths) if table.has_head else 0.0
    used = head
    for row in table.rows:
        height = height_of(row, widths)
        if pages[-1] and (used + height > room or len(pages[-1]) == MOST_ROWS):
            pages.append([])
            used = head
        pages[-1].append(row)
        used += height
    return [*pages]


def column_widths(table: PaperTable, room_across: float) -> list[float]:
    """The columns of a table in inches."""
    widths = widths_cm(table)
    return [room_across * width / sum(widths) for width in widths]


def height_of(row: Sequence[str], widths: Sequence[float]) -> float:
    """How high a row is, in inches, in columns so many inches wide."""
    lines = (_lines_of(shown, width) for shown, width in zip(row, widths, strict=True))
    return max(ROW_HEIGHT, CELL_MARGIN + max(lines) * LINE_HEIGHT)


def _lines_of(cell_text: str, width: float) -> int:
    """How many lines words take in a column so many inches wide."""
    return max(1, ceil(signs_of(cell_text) * CELL_PT / POINTS_IN_AN_INCH / (width - 2 * SIDE_MARGIN)))
