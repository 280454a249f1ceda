"""What a slide is made of; drawn for the projector and written as native charts alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data.store.agenda import AgendaSlide
from data.text import text
from layouts import formatting
from layouts.charts.line_values import LineValues
from layouts.components.cells import file_column, picture_column
from layouts.components.data_table import Column, Kind, TableLook, data_table
from layouts.components.elements import block, emphasis, list_item, numbered_list, paragraph, run, small, strong
from layouts.components.sections import heading, region
from layouts.export.tables import ExportTable
from layouts.markup import Node
from layouts.parts.glyph import MISSING_LEVELS
from layouts.parts.unit_views import UnitMark
from layouts.routes import ROUTES

MOST_BARS = 10
NAMES = 6
BAR_ROOM = 100.0
BAR_TOKENS = {
    "": "ink-3",
    "met": "ok",
    "on_plan": "on",
    "uncertain": "on-line",
    "late": "near",
    "near": "near",
    "overdue": "fail",
    "unmet": "fail",
    "veto": "veto",
    **dict.fromkeys(MISSING_LEVELS, "na-line"),
}
"""The colour of a bar by its tone, in files as on the screen."""
MOST_OF_A_FIGURE = 6
"""Signs of a key number that is a figure; what is longer is said in words."""


@dataclass(frozen=True)
class Number:
    """A key number: value with unit, what it counts, and who or what is meant."""

    value: str
    unit: str
    label: str
    words: str = ""
    tone: str = ""


def counted(count: int, unit: str, label: str, detail: str = "", tone: str = "") -> Number:
    """A key number that counts; it has its tone where there is anything to count."""
    return Number(formatting.count(count), unit, label, detail, tone if count else "")


@dataclass(frozen=True)
class Bar:
    """A named quantity, or one that has no length (None); `words` are printed at its end, `tone` is a level or empty.

    `in_full` is what a table prints, where that is more than has room in a picture.
    """

    name: str
    value: float | None
    words: str
    tone: str = ""
    in_full: str = ""


@dataclass(frozen=True)
class Slide:
    """One statement: title as toned pieces, a sentence, bars or a drawn picture, numbers."""

    page: str
    title: Sequence[tuple[str, str]]
    sentence: str
    chart_title: str = ""
    bars_show: str = ""
    """What the length of a bar stands for, where it is not what is written beside it."""
    bars: Sequence[Bar] = ()
    picture: Node = None
    tiles: Sequence[UnitMark] = ()
    """The units of a picture that is their tile map."""
    numbers: Sequence[Number] = ()
    decide: Sequence[str] = field(default=())
    note: str = ""
    minutes: int = 0
    names_rest: bool = False
    """Whether what has no room in the picture is named below it."""
    parts: Sequence[Node] = ()
    """What a page's view shows below its sentence, as the page draws it; instead of bars and numbers."""
    tables: Sequence[ExportTable] = ()
    """The tables of such a view, whole, for papers."""
    lines: LineValues | None = None
    """The numbers of its chart, for papers with charts of their own."""
    own_title: str = ""
    """What the secretary calls it."""
    speaking_note: str = ""
    """What whoever speaks should say; never on the wall."""
    in_full: str = ""
    """The sentence as papers print it, where a slide has not room for all of it."""
    footer: str = ""
    """The filters and the publication of its figures."""
    entry: AgendaSlide | None = None
    """The item of the running order that it shows; None where it stands in a default order."""

    @property
    def picture_title(self) -> str:
        """The title of the bars where they are drawn; a table has none."""
        return (
            text("meeting.chart_note", title=self.chart_title, note=self.bars_show)
            if self.bars_show
            else self.chart_title
        )

    @property
    def title_words(self) -> str:
        """The title as plain text."""
        return "".join(part for _, part in self.title)


def kinds_of(slides: Iterable[Slide]) -> list[str]:
    """The kinds of input that slides draw, each of them a page's."""
    pages = {slide.page for slide in slides}
    return list(dict.fromkeys(k for r in ROUTES if r.page in pages for k in r.draws))


def rest_words(slide: Slide) -> str:
    """How many bars have no room in a picture, and which; a table has them all."""
    rest = slide.bars[MOST_BARS:]
    if not rest:
        return ""
    if slide.names_rest:
        return text("meeting.rest", count=len(rest), names="、".join(b.name for b in rest))
    return text("meeting.more", count=len(rest))


def first_names(names: Iterable[str], most: int = NAMES) -> str:
    """The first few different names, and whether there are more."""
    different = list(dict.fromkeys(names))
    listing = "、".join(different[:most])
    return listing + text("warn.and_more") if len(different) > most else listing


def slide_node(slide: Slide, number: int, *, is_shown: bool, is_demonstration: bool) -> Node:
    """The slide as it is projected."""
    title = [run(part, look=f"c-{tone}", key=str(n)) if tone else part for n, (tone, part) in enumerate(slide.title)]
    return region(
        paragraph(slide.own_title, look="slide-own") if slide.own_title else None,
        heading(*title, level=1, takes_focus=True, identity="content" if is_shown else ""),
        paragraph(slide.sentence, look="slide-sentence") if slide.sentence else None,
        _view(slide) if slide.parts else _picture_and_side(slide),
        look="slide on" if is_shown else "slide",
        label=slide.title_words,
        key=str(number),
        data_slide=str(number),
        data_page=slide.page,
        data_minutes=str(slide.minutes),
        data_footer=slide.footer,
        data_demo=text("app.demo") if is_demonstration else None,
    )


def slide_picture(slide: Slide, number: int, *, is_demonstration: bool, look: str = "") -> Node:
    """The slide as large as its place, to be looked at: nothing of it is read out or reached by a key."""
    mark = run(text("app.demo"), look="demo") if is_demonstration else None
    return block(
        slide_node(slide, number, is_shown=False, is_demonstration=is_demonstration),
        block(mark, run(slide.footer, look="slide-filters"), look="slide-foot"),
        look=f"slide-box {look}".strip(),
        key=f"slide {number}",
        data_minutes=str(slide.minutes),
        aria_hidden="true",
        inert="",
    )


def _picture_and_side(slide: Slide) -> Node:
    picture = slide.picture if slide.picture is not None else _bars(slide)
    note = paragraph(slide.note, look="slide-more") if slide.note else None
    side = block(*[_number(n) for n in slide.numbers], _decide(slide), note, look="slide-side")
    return block(block(picture, look="slide-picture"), side, look="slide-body")


def _view(slide: Slide) -> Node:
    """The parts of a page side by side, enlarged (`assets/modules/slide-fit.js`)."""
    parts = [block(part, look="slide-part", key=str(n)) for n, part in enumerate(slide.parts)]
    look = "slide-view two" if len(parts) > 1 else "slide-view"
    more = paragraph(look="slide-more", hidden=True, data_words=text("meeting.rows_more"))
    return block(block(*parts, look=look), more, look="slide-whole")


def _number(number: Number) -> Node:
    value = strong(number.value, small(number.unit), look=_look(number))
    return block(value, block(emphasis(number.label), run(number.words)), look="slide-number", key=number.label)


def _look(number: Number) -> str:
    """The tone of a key number; one said in words is set smaller than figures."""
    looks = [f"c-{number.tone}"] * bool(number.tone)
    looks += ["in-words"] * (len(number.value) > MOST_OF_A_FIGURE)
    return " ".join(looks)


def _decide(slide: Slide) -> Node:
    if not slide.decide:
        return None
    steps = numbered_list([list_item(decision, key=decision) for decision in slide.decide])
    return block(heading(text("meeting.decide")), steps, look="slide-decide")


def _bars(slide: Slide) -> Node:
    """The first bars with their words, and how many have no room."""
    bars = slide.bars[:MOST_BARS]
    if not bars:
        return paragraph(text("meeting.nothing"), look="slide-none")
    largest = max(b.value or 0.0 for b in bars) or 1.0
    more = rest_words(slide)

    def track(bar: Bar) -> Node:
        if bar.value is None:
            return None
        width = max(0.6, BAR_ROOM * bar.value / largest)
        return run(look=f"slide-bar s-{bar.tone or 'plain'}", style={"width": f"{width:.1f}%"})

    columns: list[Column[Bar]] = [
        file_column("file_head.title", lambda b: b.name, Kind.NAME),
        picture_column("track", track, look="slide-track"),
        file_column("file_head.outcome", lambda b: b.words),
    ]
    return block(
        heading(slide.picture_title),
        data_table(columns, bars, name=slide.chart_title, look=TableLook(table="", has_head=False)),
        paragraph(more, look="slide-more") if more else None,
        look="slide-bars",
    )
