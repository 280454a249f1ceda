"""材料清单 in Word: what those who take part in a meeting get: its order, its papers, and of when the figures are."""

from data.store.agenda import READERS
from data.text import text
from layouts import formatting
from layouts.documents.brief import heading_words, paper_tables
from layouts.documents.minutes import Minutes
from layouts.documents.word import DENSE_PT, add_heading, add_table, add_text, new_document, to_bytes
from layouts.meeting.slide import Slide

ORDER_CM, PAPERS_CM = (1.2, 9.1, 2.6, 1.8), (1.2, 5.3, 2.4, 5.8)
PAPERS = ("docx", "pdf", "pptx")


def word_materials(meeting: Minutes) -> bytes:
    """The list; items for those who prepare the meeting alone are not in it."""
    mark = text("document.demo") if meeting.is_demonstration else text("materials.header")
    title = text("materials.title", name=meeting.meeting.title)
    document = new_document(title, mark, meeting.version, body_pt=DENSE_PT)
    add_text(document, text("minutes.day", day=formatting.day(meeting.meeting.held_on)), indent=False)
    add_text(document, text("minutes.place"), indent=False)
    slides = [s for s in meeting.slides if s.entry is None or s.entry.audience == READERS]
    add_heading(document, text("materials.order"))
    add_table(
        document, _heads("number", "item", "speaker", "minutes"), [_item(s, n) for n, s in _numbered(slides)], ORDER_CM
    )
    add_heading(document, text("materials.papers"))
    rows = [*_files(meeting, slides), *_tables(slides)]
    numbered = [[str(number), *row] for number, row in enumerate(rows, start=1)]
    add_table(document, _heads("number", "paper", "form", "content"), numbered, PAPERS_CM)
    add_heading(document, text("materials.figures"))
    add_text(document, text("meetings.sub"))
    for number, slide in _numbered(slides):
        add_text(document, text("brief.item", number=number, words=slide.footer))
    return to_bytes(document)


def _numbered(slides: list[Slide]) -> list[tuple[int, Slide]]:
    return list(enumerate(slides, start=1))


def _heads(*names: str) -> list[str]:
    return [text(f"materials.column_{name}") for name in names]


def _item(slide: Slide, number: int) -> list[str]:
    speaker = slide.entry.speaker if slide.entry else ""
    minutes = text("meetings.minutes", count=slide.minutes) if slide.minutes else formatting.NONE
    return [str(number), slide.own_title or slide.title_words, speaker or formatting.NONE, minutes]


def _files(meeting: Minutes, slides: list[Slide]) -> list[list[str]]:
    """The papers of the meeting as files."""
    said = text("materials.all_items", count=len(slides))
    files = [[text(f"materials.{kind}"), kind.upper(), said] for kind in PAPERS]
    if not meeting.followed:
        return files
    outcome = text("materials.followed", count=len(meeting.followed))
    return [*files, [text("minutes.followed"), text("materials.in_material"), outcome]]


def _tables(slides: list[Slide]) -> list[list[str]]:
    """The tables that lie behind the items, each with how many rows it has."""
    return [
        [
            table.title,
            text("materials.in_material"),
            table.note or text("materials.rows", title=heading_words(slide, number), count=len(table.rows)),
        ]
        for number, slide in _numbered(slides)
        for table in paper_tables(slide)
    ]
