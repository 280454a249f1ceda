"""The look of official papers in Word: A4, 仿宋 body, 黑体 heads, version on every page."""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Row as Row  # pyright: ignore[reportPrivateUsage]  it has no other name
from docx.text.font import Font
from docx.text.paragraph import Paragraph

from data.spreadsheets import printable
from layouts.documents.elements import add_element

BODY, HEAD = "FangSong", "SimHei"  # 仿宋 and 黑体 under the names that files carry
MARGIN_CM = (3.7, 2.6, 3.5, 2.8)  # top, right, bottom, left: GB/T 9704-2012
BODY_PT, DENSE_PT, TITLE_PT, TABLE_PT, FOOT_PT = 16, 10.5, 22, 10.5, 9

GAP_PT = 2


def new_document(title: str, header: str, footer: str, *, body_pt: float = BODY_PT) -> WordDocument:
    """An empty A4 paper with its title; header and footer stand on every page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    for side, size in zip(sides, MARGIN_CM, strict=True):
        setattr(section, side, Cm(size))
    _font(_normal(document).font, BODY, body_pt)
    for place, line in ((section.header, header), (section.footer, footer)):
        paragraph = place.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, line, BODY, FOOT_PT)
    document.core_properties.title = title
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(heading, title, HEAD, TITLE_PT)
    return document


def add_sheets(document: WordDocument, *, is_lying: bool) -> None:
    """What follows stands on new sheets, upright or lying."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if is_lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(29.7 if is_lying else 21), Cm(21 if is_lying else 29.7)


def add_text(document: WordDocument, paragraph_text: str, *, indent: bool = True, with_next: bool = False) -> None:
    """A paragraph of the body, its first line indented by two characters."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = with_next
    if indent:
        size = _normal(document).font.size
        paragraph.paragraph_format.first_line_indent = None if size is None else Length(2 * size)
    paragraph.paragraph_format.space_after = Pt(GAP_PT)
    _run(paragraph, paragraph_text, BODY)


def add_heading(document: WordDocument, title: str) -> None:
    """A head within the paper."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(2 * GAP_PT)
    paragraph.paragraph_format.space_after = Pt(GAP_PT)
    _run(paragraph, title, HEAD)


def add_right(document: WordDocument, line: str) -> None:
    """A line at the right, for signature and date; the lines stay together."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, line, BODY)


def add_table(
    document: WordDocument, heads: Sequence[str], rows: Sequence[Sequence[str]], widths_cm: Sequence[float]
) -> None:
    """A ruled table whose head, if it has one, is repeated on every page; no row is torn between two."""
    has_head = any(heads)
    table = document.add_table(rows=1 if has_head else 0, cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    if has_head:
        _fill(table.rows[0], heads, HEAD, widths_cm)
        _mark(table.rows[0], "w:tblHeader")
    for row in rows:
        added = table.add_row()
        _fill(added, row, BODY, widths_cm)
        _mark(added, "w:cantSplit")


def _normal(document: WordDocument) -> ParagraphStyle:
    normal = document.styles["Normal"]
    if not isinstance(normal, ParagraphStyle):
        raise TypeError("Normal is a style of paragraphs")
    return normal


def _mark(row: Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()  # pyright: ignore[reportPrivateUsage]  no other door
    add_element(properties, qn(name), {qn("w:val"): "true"})


def _fill(row: Row, cell_texts: Sequence[str], font: str, widths_cm: Sequence[float]) -> None:
    for cell, cell_text, width in zip(row.cells, cell_texts, widths_cm, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, cell_text, font, TABLE_PT)


def to_bytes(document: WordDocument) -> bytes:
    """The file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _run(paragraph: Paragraph, run_text: str, font: str, size: float | None = None) -> None:
    _font(paragraph.add_run(printable(run_text)).font, font, size)


def _font(font: Font, name: str, size: float | None) -> None:
    """Without a size the run takes the paper's."""
    font.name, font.size = name, None if size is None else Pt(size)
    for fonts in font.element.xpath("w:rPr/w:rFonts"):
        fonts.set(qn("w:eastAsia"), name)
