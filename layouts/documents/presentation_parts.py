"""Boxes and words on a slide of PowerPoint."""

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as Page
from pptx.text.text import TextFrame
from pptx.text.text import _Paragraph as Paragraph  # pyright: ignore[reportPrivateUsage]  it has no other name
from pptx.util import Inches, Pt

from layouts.documents.elements import Element, add_element
from layouts.theme import color

FONT = "Microsoft YaHei"


def add_box(drawn: Page, left: float, top: float, width: float, height: float) -> TextFrame:
    """A box of text; places and sizes in inches."""
    box = drawn.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.word_wrap = True
    return box.text_frame


def add_run(paragraph: Paragraph, run_text: str, size: float, tone: str, *, is_bold: bool = False) -> None:
    """Words of one look; `size` in points, `tone` a colour token."""
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold, run.font.name = run_text, Pt(size), is_bold, FONT
    run.font.color.rgb = token_color(tone)
    properties = run._r.get_or_add_rPr()  # pyright: ignore[reportPrivateUsage]  no other door
    add_element(properties, qn("a:ea"), {"typeface": FONT})


def set_height(paragraph: Paragraph, size: float) -> None:
    """An empty line as high as words of this size in points would be; else it is higher than they are."""
    element: Element = paragraph._p  # pyright: ignore[reportPrivateUsage]  no other door
    add_element(element, qn("a:endParaRPr"), {"sz": f"{size * 100:.0f}"})


def token_color(name: str) -> RGBColor:
    """The colour of a token of `assets/tokens.json`."""
    return as_rgb(color(name))


def as_rgb(written: str) -> RGBColor:
    """The colour that is written `#1A2B3C`."""
    return RGBColor(*bytes.fromhex(written.lstrip("#")))


def chart_frame(shape: object) -> GraphicFrame:
    """What `add_chart` returns, though its annotation says that it is the chart."""
    if not isinstance(shape, GraphicFrame):
        raise TypeError("a chart stands in a frame")
    return shape
