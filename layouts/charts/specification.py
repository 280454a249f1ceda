"""What a chart says: scales, marks whose points carry their words, annotations.

It knows no pixels of a mark and no colour: `svg.py` draws it for the first paint, paper and projector, `plotly.py` for
who looks closer. A look is a key of `looks.py` or a class of `assets/`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Dots = Literal["", "full", "open"]
Fit = Literal["fixed", "shrinking", "scaled", "stretched", "fluid"]
Anchor = Literal["start", "end"]
LabelPlace = Literal["near", "top left", "middle left", "middle right", "bottom left", "bottom right"]


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high` with its ticks; days are years with a fraction (`scales.year_of`)."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]] = ()
    title: str = ""

    def share(self, value: float) -> float:
        """Where a value stands: 0 at the low end, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Point:
    """A place, or a gap where `y` is missing; `words` are what pointing and the keyboard say, none at a mere corner."""

    x: float
    y: float | None
    words: str = ""


@dataclass(frozen=True)
class Line:
    """A line with a label at its last point, not drawn across `breaks`.

    `words` are those of the line as a whole, where its points have none; `name` says what it counts,
    where a chart has lines of several kinds.
    """

    points: Sequence[Point]
    look: str
    label: str = ""
    label_place: LabelPlace = "near"
    dots: Dots = ""
    breaks: Sequence[float] = ()
    words: str = ""
    name: str = ""


@dataclass(frozen=True)
class Bundle:
    """Many lines that look alike, each with words of its own, as the ground for one that matters."""

    look: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Bubble:
    """A circle whose area is its share of a whole; with `href` it is a link."""

    point: Point
    share: float
    label: str = ""
    href: str = ""
    key: str = ""


@dataclass(frozen=True)
class Cloud:
    """Bubbles that look alike."""

    look: str
    bubbles: Sequence[Bubble]


@dataclass(frozen=True)
class Bar:
    """From `start` to `end` along the horizontal axis; `label` stands inside."""

    start: float
    end: float
    look: str
    label: str = ""
    label_look: str = ""


@dataclass(frozen=True)
class Bullet:
    """A value as a bar on a track, its limit as a tick; what lies beyond the limit has the look of failure."""

    value: float | None
    limit: float
    is_within: bool


@dataclass(frozen=True)
class Strip:
    """Many values as thin lines, some of them nearer, a limit as a tick, one value as a glyph of its level."""

    others: Sequence[float]
    peers: Sequence[float]
    limit: float
    value: float | None
    level: str


@dataclass(frozen=True)
class Band:
    """An interval along the horizontal axis as a thick line, with a dot at its middle if that is known."""

    low: float
    high: float
    level: str
    middle: float | None = None


@dataclass(frozen=True)
class Glyph:
    """The glyph of a level at a place of the horizontal axis."""

    x: float
    level: str


@dataclass(frozen=True)
class Label:
    """Words beside a place of the horizontal axis, `shift` pixels away, on a ground of their own."""

    x: float
    words: str
    level: str
    shift: float
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Dot:
    """The glyph of a level at a place of both axes; `words` are what pointing at it says."""

    x: float
    y: float
    level: str
    words: str


Mark = Line | Bundle | Cloud | Bar | Bullet | Strip | Band | Glyph | Label | Dot


@dataclass(frozen=True)
class Level:
    """A horizontal line with words: a limit, or a mean."""

    value: float
    words: str = ""
    look: str = "limit-line"
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Phase:
    """A phase of the plan on the time axis; without words where it is over or too narrow."""

    start: float
    end: float
    words: str = ""


@dataclass(frozen=True)
class PlanBands:
    """The phases of the plan as bands behind the marks, a rule of their colour on top."""

    phases: Sequence[Phase]
    has_rule: bool = True


@dataclass(frozen=True)
class Break:
    """A day across which values cannot be compared."""

    x: float
    words: str = ""


@dataclass(frozen=True)
class Today:
    """The day that the figures are of."""

    x: float


@dataclass(frozen=True)
class Target:
    """The end of the year in which a unit is to comply."""

    x: float


@dataclass(frozen=True)
class Upright:
    """A line of the horizontal axis with words on top, before or behind it."""

    x: float
    words: str
    look: str = "limit-line"
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Between:
    """What lies between two values of the horizontal axis."""

    start: float
    end: float


@dataclass(frozen=True)
class Watermark:
    """A word across the whole picture, so that a part that is cut out still says it."""

    words: str


Annotation = Level | PlanBands | Break | Today | Target | Upright | Between | Watermark


@dataclass(frozen=True)
class Size:
    """Room of a chart in pixels, with its margins, and how it fits its place.

    `fixed` keeps its pixels, `shrinking` gives way to a narrow place, `scaled` takes the width of its place as a whole,
    `stretched` fills it in both directions; `fluid` fills its place and keeps pixels of letters and lines, a height
    of 0 being that of the place.
    """

    width: float
    height: float
    fit: Fit = "fixed"
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0


@dataclass(frozen=True)
class Chart:
    """A chart; without a title it is hidden from readers, as what stands beside it says the same."""

    title: str
    x: Scale
    y: Scale
    marks: Sequence[Mark]
    size: Size
    annotations: Sequence[Annotation] = ()
    look: str = ""
    tip: str = ""
