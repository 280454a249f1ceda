"""The geographic map: shapes from one static file, an inset of the central city, labels, tips.

Each unit is a link. Shapes come by `<use href="/assets/geo/…#code">`, so geometry is sent once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.markup import Node, h
from layouts.parts.glyph import DARK_LEVELS, glyph_at, missing_patterns

WIDTH, HEIGHT = 836, 384
SCALE = 0.418
LEFT, TOP = 412.0, -2.0
INSET = (0.0, 8.0, 330.0, 258.0)  # x, y, width, height on the picture
CROP = (186.0, 545.0, 344.0, 668.5)  # west, north, east, south in map units
FONT = 12.0


@dataclass(frozen=True)
class MapUnit:
    """One unit on the map; label place in map units, nudge in pixels of the picture."""

    district_code: str
    geometry_code: str
    short_name: str
    level: str
    href: str
    tip: str
    label: str
    x: float
    y: float
    nudge: tuple[float, float]
    is_in_inset: bool
    inset_nudge: tuple[float, float]
    is_faded: bool
    is_selected: bool


def district_map(units: Sequence[MapUnit], vintage: str, inset_label: str) -> Node:
    """The whole picture; order: shapes, selected outline, labels, inset with its labels.

    There is no inset where no unit lies in it, as for an account of a county.
    """
    source = f"/assets/geo/map_{vintage}.svg"
    selected = [u for u in units if u.is_selected]
    has_inset = any(u.is_in_inset for u in units)
    main = h(
        "g",
        {"transform": f"translate({LEFT} {TOP}) scale({SCALE})"},
        *[_shape(u, source, "u") for u in units],
        *[_outline(u, source, "u") for u in selected],
    )
    labels = [
        _label(u, LEFT + u.x * SCALE + u.nudge[0], TOP + u.y * SCALE + 4 + u.nudge[1])
        for u in units
        if not u.is_in_inset
    ]
    return h(
        "svg",
        {
            "className": "map",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "role": "group",
            "preserveAspectRatio": "xMinYMin meet",
            "aria-label": inset_label,
        },
        h("defs", {}, *missing_patterns(), h("clipPath", {"id": "inset-clip"}, h("rect", _box()))),
        *(_leaders() if has_inset else ()),
        main,
        h("g", {"className": "labels"}, *labels),
        *(_inset(units, source, inset_label) if has_inset else ()),
    )


def _inset(units: Sequence[MapUnit], source: str, label: str) -> list[Node]:
    """The central city, enlarged, with its frame and labels."""
    zoom = min(INSET[2] / (CROP[2] - CROP[0]), INSET[3] / (CROP[3] - CROP[1]))
    shift_x = INSET[0] + INSET[2] / 2 - (CROP[0] + CROP[2]) / 2 * zoom
    shift_y = INSET[1] + INSET[3] / 2 - (CROP[1] + CROP[3]) / 2 * zoom
    selected = [u for u in units if u.is_selected]
    detail = h(
        "g",
        {"clipPath": "url(#inset-clip)"},
        h("rect", _box("inset-water")),
        h(
            "g",
            {"transform": f"translate({shift_x:.2f} {shift_y:.2f}) scale({zoom:.4f})"},
            *[_shape(u, source, "c" if u.is_in_inset else "u", is_inset=True) for u in units],
            *[_outline(u, source, "c" if u.is_in_inset else "u") for u in selected],
        ),
    )
    labels = [
        _label(u, shift_x + u.x * zoom + u.inset_nudge[0], shift_y + u.y * zoom + 4 + u.inset_nudge[1])
        for u in units
        if u.is_in_inset
    ]
    return [
        detail,
        h("g", {"className": "labels"}, *labels),
        h("rect", _box("inset-frame")),
        h(
            "rect",
            {"x": INSET[2] - 122, "y": INSET[1] + INSET[3] - 22, "width": 122, "height": 22, "className": "inset-tag"},
        ),
        h("text", {"x": INSET[2] - 112, "y": INSET[1] + INSET[3] - 6.5, "className": "inset-word"}, label),
    ]


def _box(name: str | None = None) -> dict[str, object]:
    return {"x": INSET[0], "y": INSET[1], "width": INSET[2], "height": INSET[3], "className": name}


def _leaders() -> list[Node]:
    left, right = LEFT + CROP[0] * SCALE, LEFT + CROP[2] * SCALE
    top, bottom = TOP + CROP[1] * SCALE, TOP + CROP[3] * SCALE
    edge, head = INSET[0] + INSET[2], INSET[1]
    return [
        h(
            "path",
            {
                "d": f"M{edge} {head}L{left:.1f} {top:.1f}M{edge} {head + INSET[3]}L{left:.1f} {bottom:.1f}",
                "className": "leader",
            },
        ),
        h(
            "rect",
            {
                "x": round(left, 1),
                "y": round(top, 1),
                "width": round(right - left, 1),
                "height": round(bottom - top, 1),
                "className": "inset-place",
            },
        ),
    ]


def _shape(unit: MapUnit, source: str, prefix: str, *, is_inset: bool = False) -> Node:
    """The inset repeats units that the main picture already offers to the keyboard."""
    keyboard = unit.is_in_inset == is_inset
    return h(
        "a",
        {
            "key": prefix + unit.district_code,
            "href": unit.href,
            "data-nav": "1",
            "className": f"unit f-{unit.level}" + (" faded" if unit.is_faded else ""),
            "aria-label": unit.label,
            "data-tip": unit.tip,
            "data-district": unit.district_code,
            "tabIndex": None if keyboard else -1,
        },
        h("use", {"href": f"{source}#{prefix}{unit.geometry_code}"}),
    )


def _outline(unit: MapUnit, source: str, prefix: str) -> Node:
    return h("use", {"href": f"{source}#{prefix}{unit.geometry_code}", "className": "selected", "key": "selected"})


def _label(unit: MapUnit, x: float, y: float) -> Node:
    """Glyph and name; bold white with a halo on dark fills, ink on light ones."""
    is_dark = unit.level in DARK_LEVELS
    size = FONT * 0.88
    has_glyph = not unit.level.startswith("cv")
    width = len(unit.short_name) * FONT + (size + 3 if has_glyph else 0)
    left = x - width / 2
    nodes: list[Node] = []
    if has_glyph:
        nodes.append(glyph_at(unit.level, left, y - size * 0.92, size))
    nodes.append(
        h(
            "text",
            {
                "x": round(left + (size + 3 if has_glyph else 0), 1),
                "y": round(y, 1),
                "className": f"on-{'dark' if is_dark else 'light'} h-{unit.level}",
            },
            unit.short_name,
        )
    )
    return h("g", {"key": unit.district_code, "className": ("faded" if unit.is_faded else None)}, *nodes)
