"""A line chart over the years as SVG: phase bands, limit line, breaks, labels at line ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.rows.shell import PhaseRow
from layouts import formatting
from layouts.markup import Node, h

LEFT, RIGHT, TOP, BOTTOM = 36, 12, 22, 20
BAND_WORD = 70  # narrower bands carry no words
DAYS = 365.25


@dataclass(frozen=True)
class Series:
    """A line: day and value of each point (None = a gap), its look, the words at its end.

    `breaks` are days across which it is not drawn.
    """

    key: str
    points: Sequence[tuple[date, float | None]]
    tone: str
    label: str = ""
    is_context: bool = False
    breaks: Sequence[date] = ()


@dataclass(frozen=True)
class Scale:
    """Size in pixels, years and values that the axes span."""

    width: int
    height: int
    first_year: int
    last_year: int
    low: float
    high: float

    def x(self, day: date) -> float:
        """Horizontal place of a day."""
        years = day.year + (day.timetuple().tm_yday - 1) / DAYS - self.first_year
        span = self.last_year + 1 - self.first_year
        return round(LEFT + years / span * (self.width - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        """Vertical place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.height - BOTTOM - share * (self.height - TOP - BOTTOM), 1)


def span(values: Sequence[float | None], *, lines: Sequence[float], step: float) -> tuple[float, float]:
    """Round ends of an axis that shows every value and every line."""
    known = [v for v in (*values, *lines) if v is not None]
    low, high = min(known), max(known)
    margin = max((high - low) * 0.08, step / 4)
    return (int((low - margin) / step)) * step if low > margin else 0.0, (int((high + margin) / step) + 1) * step


def line_chart(
    series: Sequence[Series],
    scale: Scale,
    *,
    limits: Sequence[tuple[float, str]],
    phases: Sequence[PhaseRow] = (),
    breaks: Sequence[tuple[date, str]] = (),
    label: str,
    step: float,
) -> Node:
    """The chart; `limits` are value and words, `breaks` days and words of dotted verticals."""
    return h(
        "svg",
        {"className": "line-chart", "viewBox": f"0 0 {scale.width} {scale.height}", "role": "img", "aria-label": label},
        *_bands(scale, phases),
        *_grid(scale, step),
        *_years(scale),
        *[node for value, words in limits for node in _limit(scale, value, words)],
        *[node for day, words in breaks for node in _break(scale, day, words)],
        *[node for one in series for node in _line(scale, one)],
    )


def _bands(scale: Scale, phases: Sequence[PhaseRow]) -> list[Node]:
    nodes: list[Node] = []
    start = date(scale.first_year, 1, 1)
    for number, phase in enumerate(phases, start=1):
        end = date(min(phase.target_year, scale.last_year), 12, 31)
        if end <= start:
            continue
        x, width = scale.x(start), round(scale.x(end) - scale.x(start), 1)
        nodes += [
            h(
                "rect",
                {
                    "x": x,
                    "y": TOP - 16,
                    "width": width,
                    "height": scale.height - BOTTOM - 6,
                    "className": f"band-{number}",
                },
            ),
            h("rect", {"x": x, "y": TOP - 18, "width": max(0, width - 2), "height": 3, "className": f"phase-{number}"}),
            h("text", {"x": x + 4, "y": TOP - 3, "className": "axis"}, phase.band_label) if width > BAND_WORD else None,
        ]
        start = date(end.year + 1, 1, 1)
    return [node for node in nodes if node is not None]


def _grid(scale: Scale, step: float) -> list[Node]:
    nodes: list[Node] = []
    count = round((scale.high - scale.low) / step)
    every = max(1, -(-count // 5))
    for number in range(0, count + 1, every):
        value = scale.low + number * step
        y = scale.y(value)
        nodes += [
            h("path", {"d": f"M{LEFT} {y}H{scale.width - RIGHT}", "className": "grid-line"}),
            h(
                "text",
                {"x": LEFT - 5, "y": y + 4, "textAnchor": "end", "className": "axis"},
                formatting.rounded(value, 2 if step < 1 else 0),
            ),
        ]
    return nodes


def _years(scale: Scale) -> list[Node]:
    every = 2 if (scale.width / (scale.last_year - scale.first_year + 1)) < 40 else 1  # noqa: PLR2004
    return [
        h(
            "text",
            {"x": scale.x(date(year, 7, 1)), "y": scale.height - 5, "textAnchor": "middle", "className": "axis"},
            str(year),
        )
        for year in range(scale.first_year, scale.last_year + 1, every)
    ]


def _limit(scale: Scale, value: float, words: str) -> list[Node]:
    y = scale.y(value)
    return [
        h("path", {"d": f"M{LEFT} {y}H{scale.width - RIGHT}", "className": "limit-line"}),
        h("text", {"x": LEFT + 4, "y": y - 4, "className": "axis b limit-word"}, words),
    ]


def _break(scale: Scale, day: date, words: str) -> list[Node]:
    x = scale.x(day)
    return [
        h("path", {"d": f"M{x} {TOP}V{scale.height - BOTTOM}", "className": "break-line"}),
        h("text", {"x": x - 4, "y": scale.height - BOTTOM - 5, "textAnchor": "end", "className": "axis"}, words)
        if words
        else None,
    ]


def _line(scale: Scale, series: Series) -> list[Node]:
    nodes: list[Node] = []
    for run in _runs(series.points, series.breaks):
        places = [(scale.x(day), scale.y(value)) for day, value in run]
        if len(places) > 1:
            nodes.append(
                h("polyline", {"points": " ".join(f"{x},{y}" for x, y in places), "className": f"line {series.tone}"})
            )
        if not series.is_context:
            nodes += [h("circle", {"cx": x, "cy": y, "r": 2.6, "className": f"dot-{series.tone}"}) for x, y in places]
    last = next(((d, v) for d, v in reversed(series.points) if v is not None), None)
    if series.label and last is not None:
        x, y = scale.x(last[0]), scale.y(last[1])
        near_end = x > scale.width * 0.8
        nodes.append(
            h(
                "text",
                {
                    "x": x - 4 if near_end else x + 6,
                    "y": y - 7,
                    "textAnchor": "end" if near_end else None,
                    "className": f"line-label text-{series.tone}",
                },
                series.label,
            )
        )
    return nodes


def _runs(points: Sequence[tuple[date, float | None]], breaks: Sequence[date]) -> list[list[tuple[date, float]]]:
    """Stretches without a missing value and without a break between two points."""
    runs: list[list[tuple[date, float]]] = [[]]
    previous: date | None = None
    for day, value in points:
        crossed = previous is not None and any(previous < b <= day for b in breaks)
        if value is None or crossed:
            runs.append([])
        if value is not None:
            runs[-1].append((day, value))
        previous = day
    return [run for run in runs if run]
