"""What a slide is made of; drawn for the projector and written as native charts alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data.text import text
from layouts.markup import Node, h
from layouts.parts.glyph import MISSING_LEVELS
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


@dataclass(frozen=True)
class Bar:
    """A named quantity; `words` are printed at its end, `tone` is a level or empty.

    `in_full` is what a table prints, where that is more than has room in a picture.
    """

    name: str
    value: float
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
    bars: Sequence[Bar] = ()
    picture: Node = None
    numbers: Sequence[Number] = ()
    decide: Sequence[str] = field(default=())
    note: str = ""
    minutes: int = 0
    names_rest: bool = False
    """Whether what has no room in the picture is named below it."""

    @property
    def title_words(self) -> str:
        """The title as plain text."""
        return "".join(words for _, words in self.title)


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
    words = "、".join(different[:most])
    return words + text("warn.and_more") if len(different) > most else words


def slide_node(slide: Slide, number: int, *, is_shown: bool) -> Node:
    """The slide as it is projected."""
    title = [
        h("span", {"className": f"c-{tone}", "key": str(n)}, words) if tone else words
        for n, (tone, words) in enumerate(slide.title)
    ]
    picture = slide.picture if slide.picture is not None else _bars(slide)
    return h(
        "section",
        {
            "className": "slide on" if is_shown else "slide",
            "data-slide": str(number),
            "data-page": slide.page,
            "data-minutes": str(slide.minutes),
            "key": str(number),
            "aria-label": slide.title_words,
        },
        h("h1", {"id": "content" if is_shown else None, "tabIndex": -1}, *title),
        h("p", {"className": "slide-sentence"}, slide.sentence),
        h(
            "div",
            {"className": "slide-body"},
            h("div", {"className": "slide-picture"}, picture),
            h(
                "div",
                {"className": "slide-side"},
                *[_number(n) for n in slide.numbers],
                _decide(slide),
                h("p", {"className": "slide-more"}, slide.note) if slide.note else None,
            ),
        ),
    )


def _number(number: Number) -> Node:
    return h(
        "div",
        {"className": "slide-number", "key": number.label},
        h("b", {"className": _look(number)}, number.value, h("small", {}, number.unit)),
        h("div", {}, h("strong", {}, number.label), h("span", {}, number.words)),
    )


def _look(number: Number) -> str | None:
    """The tone of a key number; one said in words is set smaller than figures."""
    looks = [f"c-{number.tone}"] * bool(number.tone)
    looks += ["in-words"] * (len(number.value) > MOST_OF_A_FIGURE)
    return " ".join(looks) or None


def _decide(slide: Slide) -> Node:
    if not slide.decide:
        return None
    return h(
        "div",
        {"className": "slide-decide"},
        h("h2", {}, text("meeting.decide")),
        h("ol", {}, *[h("li", {"key": d}, d) for d in slide.decide]),
    )


def _bars(slide: Slide) -> Node:
    shown = slide.bars[:MOST_BARS]
    if not shown:
        return h("p", {"className": "slide-none"}, text("meeting.nothing"))
    largest = max(b.value for b in shown) or 1.0
    more = rest_words(slide)
    return h(
        "div",
        {"className": "slide-bars"},
        h("h2", {}, slide.chart_title),
        h(
            "table",
            {},
            h(
                "tbody",
                {},
                *[
                    h(
                        "tr",
                        {"key": f"{n}{b.name}"},
                        h("th", {"scope": "row"}, b.name),
                        h(
                            "td",
                            {"className": "slide-track"},
                            h(
                                "span",
                                {
                                    "className": f"slide-bar s-{b.tone or 'plain'}",
                                    "style": {"width": f"{max(0.6, BAR_ROOM * b.value / largest):.1f}%"},
                                },
                            ),
                        ),
                        h("td", {}, b.words),
                    )
                    for n, b in enumerate(shown)
                ],
            ),
        ),
        h("p", {"className": "slide-more"}, more) if more else None,
    )
