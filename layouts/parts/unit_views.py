"""The other views of the same units: tile grid, list, and the strip of vertical names."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.text import text
from layouts.markup import Node, h
from layouts.parts.glyph import glyph, glyph_at, missing_patterns

TILE, STEP_X = 70, 72
STEP_Y, TALL_STEP_Y = 47, 66  # on a screen; on a projector, where names are larger
GAP = 2
LONG_NAME = 3  # characters; a longer name is set smaller in the strip


@dataclass(frozen=True)
class UnitMark:
    """A unit and how it stands, ready to draw."""

    district_code: str
    name: str
    short_name: str
    group_code: str
    level: str
    word: str
    href: str
    tip: str
    is_faded: bool
    is_selected: bool
    tile: tuple[float, float, float, float] | None
    items: str
    worst: str


def tile_grid(units: Sequence[UnitMark], label: str, step_y: int = STEP_Y) -> Node:
    """Equal tiles at agreed places; functional areas are half tiles on their host."""
    placed_units = [u for u in units if u.tile is not None]
    return h(
        "svg",
        {"className": "tiles", "viewBox": f"0 0 {STEP_X * 10} {step_y * 8}", "role": "group", "aria-label": label},
        h("defs", {}, *missing_patterns("tile-")),
        *[_tile(u, step_y) for u in sorted(placed_units, key=_is_half)],
    )


def _is_half(unit: UnitMark) -> bool:
    """Half tiles are drawn last, on top of their host."""
    return unit.tile is not None and unit.tile[2] < 1


def _tile(unit: UnitMark, step_y: int) -> Node:
    column, row, wide, high = unit.tile or (0, 0, 1, 1)
    x, y = column * STEP_X, row * step_y
    width, height = TILE * wide, step_y * high - GAP
    middle, size = y + height / 2, 12 * step_y / STEP_Y
    name = unit.short_name if wide >= 1 else unit.short_name[:2]
    return h(
        "a",
        {
            "key": unit.district_code,
            "href": unit.href,
            "data-nav": "1",
            "data-tip": unit.tip,
            "className": f"unit tile f-{unit.level}"
            + (" faded" if unit.is_faded else "")
            + (" chosen" if unit.is_selected else ""),
            "aria-label": text("map.select_district", name=unit.name, word=unit.word),
            "data-district": unit.district_code,
        },
        h("rect", {"x": x, "y": y, "width": width, "height": height}),
        glyph_at(unit.level, x + width / 2 - size / 2, middle - size * 4 / 3, size)
        if not unit.level.startswith("cv")
        else None,
        h(
            "text",
            {
                "x": x + width / 2,
                "y": middle + size * 13 / 12,
                "textAnchor": "middle",
                "className": f"h-{unit.level} tile-name",
            },
            name,
        ),
    )


def unit_list(units: Sequence[UnitMark]) -> Node:
    """The same units as a real table."""
    head = [text(f"map.table_{c}") for c in ("district", "state", "value", "cv")]
    return h(
        "div",
        {"className": "unit-list", "tabIndex": 0, "role": "region", "aria-label": text("map.list")},
        h(
            "table",
            {"className": "mini"},
            h("thead", {}, h("tr", {}, *[h("th", {"scope": "col"}, c) for c in head])),
            h("tbody", {}, *[_row(u) for u in units]),
        ),
    )


def _row(unit: UnitMark) -> Node:
    return h(
        "tr",
        {
            "key": unit.district_code,
            "className": ("faded " if unit.is_faded else "") + ("chosen" if unit.is_selected else ""),
        },
        h(
            "td",
            {},
            h(
                "a",
                {"href": unit.href, "data-nav": "1", "className": "b", "data-district": unit.district_code},
                unit.name,
            ),
        ),
        h("td", {}, h("span", {"className": f"status t-{unit.level}"}, glyph(unit.level), unit.word)),
        h("td", {"className": "num"}, unit.items),
        h("td", {"className": "num"}, unit.worst),
    )


def unit_strip(units: Sequence[UnitMark], levels: Sequence[str], notes: dict[str, str]) -> Node:
    """Narrow tiles with vertical names, grouped by level; the keyboard's list of units."""
    groups: list[Node] = []
    for level in levels:
        members = [u for u in units if u.level == level]
        if not members:
            continue
        note = notes.get(level, "")
        groups.append(
            h(
                "div",
                {"className": "strip-group", "key": level},
                h(
                    "div",
                    {"className": f"strip-head t-{level}"},
                    glyph(level),
                    members[0].word,
                    h("b", {}, f" {len(members)}"),
                    h("small", {}, note) if note else None,
                ),
                h("div", {"className": "strip-tiles"}, *[_strip_tile(u) for u in members]),
            )
        )
    return h("div", {"className": "strip", "role": "group", "aria-label": text("strip.label")}, *groups)


def _strip_tile(unit: UnitMark) -> Node:
    return h(
        "a",
        {
            "key": unit.district_code,
            "href": unit.href,
            "data-nav": "1",
            "data-tile": "1",
            "className": f"strip-tile s-{unit.level}"
            + (" faded" if unit.is_faded else "")
            + (" chosen" if unit.is_selected else ""),
            "aria-label": text("map.select_district", name=unit.name, word=unit.word),
            "aria-current": "true" if unit.is_selected else None,
            "data-tip": unit.tip,
            "data-district": unit.district_code,
        },
        h("span", {"data-long": "1" if len(unit.short_name) > LONG_NAME else None}, unit.short_name),
    )


def legend(counts: Sequence[tuple[str, str, int]], chosen: str, hrefs: dict[str, str], label: str) -> Node:
    """Level, word and count; each entry filters, the chosen one takes the filter off."""
    return h(
        "ul",
        {"className": "legend", "aria-label": label},
        *[
            h(
                "li",
                {"key": level},
                h(
                    "a",
                    {"href": hrefs[level], "data-nav": "1", "aria-current": "true" if chosen == level else None},
                    h("span", {"className": f"swatch sw-{level}"}),
                    glyph(level),
                    word,
                    h("b", {}, f" {count}"),
                ),
            )
            for level, word, count in counts
        ],
    )


def timeline(periods: Sequence[tuple[str, str, str]], chosen: str, *, play_label: str, label: str) -> Node:
    """Dots for the periods (code, label, href), with a play button."""
    dots = [
        h(
            "a",
            {
                "key": code,
                "href": href,
                "data-nav": "1",
                "data-period-dot": "1",
                "aria-current": "true" if code == chosen else None,
                "aria-label": period_label,
                "data-tip": period_label,
                "className": "dot" + ("" if "-" in code else " annual"),
            },
            h("span", {}, code if "-" not in code else ""),
        )
        for code, period_label, href in periods
    ]
    return h(
        "div",
        {"className": "timeline", "role": "group", "aria-label": label},
        h(
            "button",
            {"className": "play", "data-action": "play", "type": "button", "aria-label": play_label},
            h(
                "svg",
                {"width": 22, "height": 22, "viewBox": "0 0 22 22", "aria-hidden": "true"},
                h("circle", {"cx": 11, "cy": 11, "r": 10.4, "fill": "none", "stroke": "currentColor"}),
                h("path", {"d": "M8 6l8 5-8 5z", "fill": "currentColor"}),
            ),
        ),
        h("div", {"className": "dots"}, *dots),
    )
