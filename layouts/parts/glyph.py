"""The status glyphs: colour and shape on a 12 × 12 box, and the level words."""

import math
from collections.abc import Mapping

from data.text import text
from layouts.formatting import ARITHMETIC_NOISE
from layouts.markup import Node, h

MISSING_LEVELS = ("undecidable", "unprojected", "unplanned", "not_reported")
"""No judgement, each for its own reason and with its own look: never a place among failures."""
PROGRESS_LEVELS = ("met", "on_plan", "uncertain", "late", "overdue", "veto", *MISSING_LEVELS)
VERDICT_LEVELS = ("met", "near", "unmet", "veto", "undecidable", "not_reported")
STAGE_LEVELS = ("met", "unmet", "undecidable", "not_reported")
CV_LEVELS = ("cv1", "cv2", "cv3", "cv4", "cv5", "undecidable", "not_reported")
ALL_LEVELS = tuple(dict.fromkeys(PROGRESS_LEVELS + VERDICT_LEVELS + CV_LEVELS))
DARK_LEVELS = {"met", "overdue", "unmet", "veto", "cv5"}
CV_BINS = {True: (("cv1", 0.6), ("cv2", 0.8), ("cv3", math.inf)), False: (("cv4", 1.2), ("cv5", math.inf))}
"""Shades up to these shares of the limit; on which side of it a CV lies is published."""


def cv_level(ratio: float | None, *, is_within: bool | None) -> str:
    """The shade of a CV by its share of the limit."""
    if ratio is None or is_within is None:
        return "undecidable"
    return next(level for level, most in CV_BINS[is_within] if ratio <= most + ARITHMETIC_NOISE)


def glyph_shape(level: str, *, is_on_fill: bool = False) -> list[Node]:
    """SVG nodes of a glyph at the origin, 12 units wide; outlined where it lies on its own fill."""
    outline = "var(--page)"
    if level == "met":
        return [
            h("circle", {"cx": 6, "cy": 6, "r": 6, "className": "g-met", "stroke": outline if is_on_fill else None}),
            h("path", {"d": "M3 6.2l2.1 2.1L9 4.2", "fill": "none", "stroke": outline, "strokeWidth": 1.7}),
        ]
    if level in ("on_plan", "turned"):
        return [h("circle", {"cx": 6, "cy": 6, "r": 5, "className": f"g-{level}"})]
    if level == "uncertain":
        return [
            h("circle", {"cx": 6, "cy": 6, "r": 5, "className": "g-on_plan"}),
            h("path", {"d": "M6 1a5 5 0 0 1 0 10z", "className": "g-uncertain"}),
        ]
    if level in ("late", "near"):
        return [h("path", {"d": "M6 .6L12 11.4H0z", "className": "g-near"})]
    if level in ("overdue", "unmet"):
        return [
            h(
                "path",
                {"d": "M6 -.4L12.4 6 6 12.4 -.4 6z", "className": "g-unmet", "stroke": outline if is_on_fill else None},
            )
        ]
    if level == "veto":
        return [
            h("path", {"d": "M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5z", "className": "g-veto"}),
            h("path", {"d": "M3.6 3.6l4.8 4.8M8.4 3.6L3.6 8.4", "stroke": outline, "strokeWidth": 1.6, "fill": "none"}),
        ]
    if level.startswith("cv"):
        return [h("rect", {"x": 0, "y": 0, "width": 12, "height": 12, "className": f"f-{level}"})]
    return _missing(level)


def _missing(level: str) -> list[Node]:
    """A hatched square, an empty one, a dash without a place in the plan, a dotted ring without a projection."""
    if level == "unprojected":
        return [h("circle", {"cx": 6, "cy": 6, "r": 5, "className": "g-na g-dotted"})]
    square = h(
        "rect",
        {
            "x": 0.7,
            "y": 0.7,
            "width": 10.6,
            "height": 10.6,
            "className": "g-na g-dotted" if level == "not_reported" else "g-na",
        },
    )
    inside = {"undecidable": "M1 7L7 1M1 11L11 1M5 11l6-6", "unplanned": "M3 6h6"}.get(level)
    return [square, h("path", {"d": inside, "className": "g-na-hatch"})] if inside else [square]


def missing_patterns(prefix: str = "") -> list[Node]:
    """The fills of an area without a judgement, for the `defs` of a picture: hatched, and dotted."""
    lines = {"width": 5, "height": 5, "patternUnits": "userSpaceOnUse"}
    page = h("rect", {"width": 5, "height": 5, "className": "hatch-page"})
    return [
        h(
            "pattern",
            {"id": f"{prefix}hatch", **lines, "patternTransform": "rotate(45)"},
            page,
            h("rect", {"width": 1.6, "height": 5, "className": "hatch-line"}),
        ),
        h(
            "pattern",
            {"id": f"{prefix}dots", **lines},
            page,
            h("circle", {"cx": 2.5, "cy": 2.5, "r": 0.9, "className": "hatch-line"}),
        ),
    ]


def glyph(level: str, size: int = 12) -> Node:
    """A glyph beside text; the word next to it names it, so it is hidden from readers."""
    return h(
        "svg",
        {"className": "glyph", "width": size, "height": size, "viewBox": "-.5 -.5 13 13", "aria-hidden": "true"},
        *glyph_shape(level),
    )


def glyph_at(level: str, x: float, y: float, size: float) -> Node:
    """A glyph inside a larger picture, its top left corner at x, y."""
    return h(
        "g", {"transform": f"translate({x:.1f} {y:.1f}) scale({size / 12:.3f})"}, *glyph_shape(level, is_on_fill=True)
    )


def stacked_bar(counts: Mapping[str, int]) -> Node:
    """A bar divided by level; the words beside it say the numbers, so it is hidden from readers."""
    total = max(1, sum(counts.values()))
    parts = [
        h("span", {"className": f"s-{level}", "style": {"width": f"{100 * n / total:.2f}%"}, "key": level})
        for level, n in counts.items()
        if n
    ]
    return h("span", {"className": "stack", "aria-hidden": "true"}, *parts)


def status(level: str, extra: str = "") -> Node:
    """Glyph and word in the level's text colour."""
    return h("span", {"className": f"status t-{level}"}, glyph(level), text(f"level.{level}") + extra)
