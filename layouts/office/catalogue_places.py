"""Each unit as a dot between the line as it is and as it would be: who turns, and who does not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.text import text
from layouts import formatting
from layouts.charts.scales import nice_step, round_ends, steps
from layouts.charts.specification import Between, Chart, Dot, Scale, Size, Upright, Watermark
from layouts.charts.svg import svg
from layouts.components.data_table import Column, Kind, column
from layouts.components.elements import disclosure, paragraph
from layouts.components.sections import heading
from layouts.markup import Node
from layouts.office.table import office_table

WIDTH, MARGINS = 496, {"left": 12, "right": 12, "top": 26, "bottom": 40}
DOT, LOWEST, TALLEST = 12, 120, 340
"""Pixels that a dot takes, and least and most of the picture's height."""
MOST_TICKS, MOST_NAMED = 9, 8
BESIDE = {"class_size_primary": 0.5, "class_size_junior": 0.5}
"""Of whole numbers the line stands past the last that is allowed, so that no dot lies on it."""
Place = Mapping[str, Any]
Places = Mapping[str, Any]


def places_part(places: Places) -> list[Node]:
    """What the dots say, the dots, and the same as a table; nothing where the row moves no line."""
    if not places:
        return []
    chart = places_chart(places)
    return [heading(chart.title, level=3), paragraph(_aside(places), look="d"), svg(chart), _table(places)]


def places_chart(places: Places) -> Chart:
    """The units along their values, one above the other where they are alike."""
    scale = _scale(places)
    heights = _stacked([scale.share(p["value"]) * (WIDTH - 2 * MARGINS["left"]) for p in places["units"]])
    most = 1 + max(heights, default=0)
    height = min(TALLEST, max(LOWEST, most * DOT)) + MARGINS["top"] + MARGINS["bottom"]
    dots = [
        Dot(p["value"], level + 0.5, _level(p), text("catalogue.places.point", unit=p["unit"], value=_said(places, p)))
        for p, level in zip(places["units"], heights, strict=True)
    ]
    now, then = places["line_before"], places["line_after"]
    place_now, place_then = (line + BESIDE.get(places["kind"], 0) for line in (now, then))
    sides = ("start", "end") if now > then else ("end", "start")
    return Chart(
        _title(places),
        scale,
        Scale(0, max(most, LOWEST / DOT)),
        dots,
        Size(WIDTH, height, "scaled", **MARGINS),
        [
            Watermark(text("catalogue.places.mark")),
            Between(min(place_now, place_then), max(place_now, place_then)),
            Upright(place_now, text("catalogue.places.now", line=formatting.plain(now)), anchor=sides[0]),
            Upright(place_then, text("catalogue.places.then", line=formatting.plain(then)), "proposed-line", sides[1]),
        ],
        look="line-chart places-chart",
    )


def _scale(places: Places) -> Scale:
    """From below the least to above the greatest value and line, with round ticks."""
    values = [*(p["value"] for p in places["units"]), places["line_before"], places["line_after"]]
    step = nice_step(max(values) - min(values), MOST_TICKS)
    low, high = round_ends(values, step)
    ticks = [(tick, formatting.plain(tick)) for tick in steps(low, high, step)]
    return Scale(low, high, ticks, text(f"catalogue.places.{places['kind']}"))


def _stacked(across: Sequence[float]) -> list[int]:
    """How high each dot stands: as low as it does not cover one that stands there."""
    standing: list[list[float]] = []
    heights = [0] * len(across)
    for place in sorted(range(len(across)), key=across.__getitem__):
        free = (n for n, row in enumerate(standing) if across[place] - row[-1] >= DOT)
        heights[place] = level = next(free, len(standing))
        if level == len(standing):
            standing.append([])
        standing[level].append(across[place])
    return heights


def _turned(places: Places) -> list[Place]:
    return [p for p in places["units"] if p["before"] != p["after"]]


def _level(place: Place) -> str:
    return "turned" if place["before"] != place["after"] else str(place["after"])


def _title(places: Places) -> str:
    low, high = (formatting.plain(line) for line in sorted((places["line_before"], places["line_after"])))
    turned = _turned(places)
    if not turned:
        return text("catalogue.places.none_turned", low=low, high=high)
    units = "、".join(str(p["unit"]) for p in turned[:MOST_NAMED])
    if len(turned) > MOST_NAMED:
        units = text("catalogue.effect.and_more", units=units, count=formatting.count(len(turned) - MOST_NAMED))
    return text("catalogue.places.turned", count=formatting.count(len(turned)), low=low, high=high, units=units)


def _aside(places: Places) -> str:
    unmet = sum(1 for p in places["units"] if p["before"] == p["after"] == "unmet")
    if not unmet:
        return text("catalogue.places.each")
    return text("catalogue.places.unmet_before", count=formatting.count(unmet))


def _said(places: Places, place: Place) -> str:
    """A value that stands in words on the side of each line on which it lies."""
    if places["kind"] != "cv":
        return formatting.plain(place["value"])
    return formatting.beside(place["value"], 3, places["line_before"], places["line_after"])


def _table(places: Places) -> Node:
    columns: list[Column[Place]] = [
        column("catalogue.places.column.", "unit", lambda p: str(p["unit"])),
        column("catalogue.places.column.", "value", lambda p: _said(places, p), Kind.COUNT),
        column("catalogue.places.column.", "before", lambda p: text(f"level.{p['before']}")),
        column("catalogue.places.column.", "after", lambda p: text(f"level.{p['after']}")),
    ]
    rows: Iterable[Place] = sorted(places["units"], key=lambda p: -p["value"])
    name = text("catalogue.places.table")
    return disclosure(name, office_table(columns, list(rows), name=name, key=lambda p: str(p["unit"])))
