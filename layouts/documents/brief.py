"""会议材料 in Word: one page of statements and numbers, then a table for every statement."""

from collections.abc import Sequence

from data.rows.context import UnitContext
from data.text import text
from layouts import formatting
from layouts.documents.word import DENSE_PT, add_heading, add_table, add_text, new_document, to_bytes
from layouts.meeting.slide import Slide, kinds_of
from layouts.parts.demonstration import is_invented

COLUMNS_CM = (5.5, 9.2)


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


def head_mark(rows: UnitContext, slides: Sequence[Slide]) -> str:
    """What stands above every page: that the figures are invented, or what the paper is."""
    if is_invented(rows.snapshot, kinds_of(slides)):
        return text("document.demo")
    return text("brief.header")


def word_brief(rows: UnitContext, slides: Sequence[Slide]) -> bytes:
    """The paper, in the order of the slides."""
    document = new_document(brief_title(rows), head_mark(rows, slides), version_words(rows), body_pt=DENSE_PT)
    for number, slide in enumerate(slides, start=1):
        add_heading(document, text("brief.heading", number=number, title=slide.title_words))
        add_text(document, slide.sentence + slide.note + number_words(slide))
    decide = [d for slide in slides for d in slide.decide]
    if decide:
        add_heading(document, text("meeting.decide"))
        for number, decision in enumerate(decide, start=1):
            add_text(document, text("brief.item", number=number, words=decision))
    document.add_page_break()
    for slide in slides:
        if slide.bars:
            add_heading(document, text("brief.table", title=slide.chart_title))
            add_table(
                document,
                [text("brief.name"), text("brief.value")],
                [(bar.name, bar.in_full or bar.words) for bar in slide.bars],
                COLUMNS_CM,
            )
    return to_bytes(document)
