"""The look of official papers in Word: A4, 仿宋 body, 黑体 heads, version on every page."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

BODY, HEAD = "FangSong", "SimHei"  # 仿宋 and 黑体 under the names that files carry
MARGIN_CM = (3.7, 2.6, 3.5, 2.8)  # top, right, bottom, left: GB/T 9704-2012
BODY_PT, TITLE_PT, TABLE_PT, FOOT_PT = 16, 22, 10.5, 9


def new_document(title: str, header: str, footer: str) -> WordDocument:
    """An empty A4 paper with its title; header and footer stand on every page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    for side, size in zip(sides, MARGIN_CM, strict=True):
        setattr(section, side, Cm(size))
    _font(document.styles["Normal"], BODY, BODY_PT)
    for place, words in ((section.header, header), (section.footer, footer)):
        paragraph = place.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, words, BODY, FOOT_PT)
    document.core_properties.title = title
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(heading, title, HEAD, TITLE_PT)
    return document


def add_text(document: WordDocument, words: str, *, indent: bool = True) -> None:
    """A paragraph of the body, its first line indented by two characters."""
    paragraph = document.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_PT)
    paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, words, BODY, BODY_PT)


def add_heading(document: WordDocument, words: str) -> None:
    """A head within the paper."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, words, HEAD, BODY_PT)


def add_right(document: WordDocument, words: str) -> None:
    """A line at the right, for signature and date."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, words, BODY, BODY_PT)


def add_table(document: WordDocument, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A ruled table whose head is repeated on every page."""
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        _run(cell.paragraphs[0], words, HEAD, TABLE_PT)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], words, BODY, TABLE_PT)


def to_bytes(document: WordDocument) -> bytes:
    """The file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _run(paragraph: Any, words: str, font: str, size: float) -> None:
    _font(paragraph.add_run(words), font, size)


def _font(target: Any, name: str, size: float) -> None:
    target.font.name, target.font.size = name, Pt(size)
    target.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
