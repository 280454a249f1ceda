"""会议材料 in Word: one page of statements and numbers, then a table for every statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.document import Document as WordDocument

from data.rows.context import UnitContext
from data.text import text
from layouts import formatting
from layouts.documents.word import DENSE_PT, add_heading, add_sheets, add_table, add_text, new_document, to_bytes
from layouts.export.tables import ExportTable
from layouts.meeting.slide import Slide

COLUMNS_CM, LYING_CM = (5.5, 9.2), 24.3
MOST_UPRIGHT, MOST_COLUMNS, MOST_WEIGHT = 6, 16, 24
"""Columns that an upright sheet and one that lies have room for, and signs beyond which a column grows no wider."""

LAST_NARROW, NARROW = 0x2E7F, 0.56
"""The last of the letters that are narrower than a sign, and how wide they are."""


@dataclass(frozen=True)
class PaperTable:
    """A table of a paper: title, heads and rows as printed, or the note that stands in its place."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether its sheet must lie."""
        return len(self.heads) > MOST_UPRIGHT

    @property
    def has_head(self) -> bool:
        """Whether its columns have names."""
        return any(self.heads)


def brief_title(rows: UnitContext) -> str:
    """渝中区义务教育优质均衡情况."""
    return text("brief.title", name=rows.covered_name or text("brief.city"))


def version_words(rows: UnitContext) -> str:
    """Filters and version, as they stand on every page."""
    return text(
        "brief.version",
        name=rows.covered_name or text("brief.city"),
        month=formatting.month(rows.period.snapshot_date),
        stage=text(f"stage.{rows.state.stage}"),
        basis=text(f"basis.{rows.state.basis}"),
        snapshot=rows.snapshot.snapshot_id,
        rules=rows.snapshot.rules_version,
    )


def number_words(slide: Slide) -> str:
    """到期未达标3个（渝中、北碚、荣昌）；…."""
    parts: list[str] = []
    for number in slide.numbers:
        part = f"{number.label}{number.value}{number.unit}"
        parts.append(part + (text("brief.bracket", words=number.words) if number.words else ""))
    return text("brief.semicolon").join(parts) + text("brief.stop") if parts else ""


@dataclass(frozen=True)
class Material:
    """What a paper is made of: its title, the slides in their order, what was decided, and of which publication."""

    title: str
    slides: Sequence[Slide]
    version: str
    is_demonstration: bool
    decisions: Sequence[tuple[str, str, str, str]] = ()
    """Matter, resolution, who, until when."""

    @property
    def mark(self) -> str:
        """What stands above every page: that figures are invented, or what the paper is."""
        return text("document.demo") if self.is_demonstration else text("brief.header")

    @property
    def decide(self) -> list[str]:
        """What the meeting is asked, numbered through."""
        asked = (decision for slide in self.slides for decision in slide.decide)
        return [text("brief.item", number=number, words=decision) for number, decision in enumerate(asked, start=1)]


def slide_words(slide: Slide) -> str:
    """The statement of a slide as papers print it."""
    return (slide.in_full or slide.sentence) + slide.note + number_words(slide) + slide.speaking_note


def heading_words(slide: Slide, number: int) -> str:
    """3．经费之后的变化：奖励100万元; the secretary's own title stands before the sentence."""
    title = (
        text("brief.own_title", own=slide.own_title, title=slide.title_words) if slide.own_title else slide.title_words
    )
    return text("brief.heading", number=number, title=title)


def paper_tables(slide: Slide) -> list[PaperTable]:
    """The tables of a slide, whole: its bars, or those of the view; one too wide for a sheet says where it is."""
    if slide.bars:
        heads = (text("brief.name"), text("brief.value"))
        rows = [(bar.name, bar.in_full or bar.words) for bar in slide.bars]
        return [PaperTable(text("brief.table", title=slide.chart_title), heads, rows)]
    return [_paper_table(table) for table in slide.tables if len(table.rows) > table.head_rows]


def _paper_table(table: ExportTable) -> PaperTable:
    """Without the columns that only draw; a row that is one title over the whole width keeps its words."""
    width = max(len(row) for row in table.rows)
    rows = [[*row, *[""] * (width - len(row))] for row in table.rows]
    said = [place for place in range(width) if any(row[place] for row in rows[table.head_rows :])]
    title = text("brief.table", title=table.title)
    if len(said) > MOST_COLUMNS:
        return PaperTable(title, (), (), text("brief.too_wide", columns=width, rows=len(rows) - table.head_rows))
    kept = [[row[place] for place in said] for row in rows]
    heads = kept[table.head_rows - 1] if table.head_rows else [""] * len(said)
    return PaperTable(title, heads, kept[table.head_rows :])


def word_brief(material: Material) -> bytes:
    """The paper, in the order of the slides."""
    document = new_document(material.title, material.mark, material.version, body_pt=DENSE_PT)
    for number, slide in enumerate(material.slides, start=1):
        add_heading(document, heading_words(slide, number))
        add_text(document, slide_words(slide))
        if has_own_filters(material):
            add_text(document, slide.footer)
    for title, lines in ((text("meeting.decide"), material.decide), (text("brief.decided"), decision_lines(material))):
        if lines:
            add_heading(document, title)
            for line in lines:
                add_text(document, line)
    tables = [table for slide in material.slides for table in paper_tables(slide)]
    for is_wide, of_one_kind in groupby(tables, key=lambda table: table.is_wide):
        add_sheets(document, is_lying=is_wide)
        for table in of_one_kind:
            _add_paper_table(document, table)
    return to_bytes(document)


def _add_paper_table(document: WordDocument, table: PaperTable) -> None:
    add_heading(document, table.title)
    if table.note:
        add_text(document, table.note)
    else:
        add_table(document, table.heads, table.rows, widths_cm(table))


def has_own_filters(material: Material) -> bool:
    """Whether the slides are of different filters, so that each must say its own."""
    return len({slide.footer for slide in material.slides}) > 1


def decision_lines(material: Material) -> list[str]:
    """1．酉阳骨干教师：年底前调配到位（酉阳教委，2026年12月31日）."""
    return [
        text(
            "brief.item",
            number=number,
            words=text("brief.decision", subject=subject, resolution=resolution)
            + (text("brief.bracket", words="，".join(w for w in (who, until) if w)) if who or until else ""),
        )
        for number, (subject, resolution, who, until) in enumerate(material.decisions, start=1)
    ]


def widths_cm(table: PaperTable) -> Sequence[float]:
    """Widths of columns by their longest words, together the width of the text on a sheet that stands or lies.

    A head may take two lines.
    """
    if len(table.heads) == len(COLUMNS_CM):
        return COLUMNS_CM
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.heads)
    longest = [
        min(MOST_WEIGHT, max(signs_of(head) / 2, *map(signs_of, column), 1) + 2)
        for head, column in zip(table.heads, columns, strict=True)
    ]
    room = LYING_CM if table.is_wide else sum(COLUMNS_CM)
    return [room * length / sum(longest) for length in longest]


def signs_of(cell_text: str) -> float:
    """How wide a text is, in signs; a letter is half as wide as a sign."""
    return sum(1.0 if ord(sign) > LAST_NARROW else NARROW for sign in cell_text)
