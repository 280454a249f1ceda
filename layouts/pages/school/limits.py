"""Size, class size and special rooms of one school (G3–G5), from its own return."""

import math

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.school.rows import SchoolView
from layouts.parts.frame import section
from layouts.parts.glyph import glyph

COMPULSORY = ("primary", "junior")


def limits(view: SchoolView) -> list[Node]:
    """The section: one line per limit with what the school has."""
    rows = [
        _size(view),
        *[_class_size(view, s) for s in COMPULSORY if s in view.pupils],
        *_rooms(view),
    ]
    return [
        section(
            text("school.limits_title"), h("table", {"className": "mini"}, h("tbody", {}, *rows))
        )
    ]


def _row(code: str, name: str, has: float | None, line: str, holds: bool | None) -> Node:
    level = {True: "met", False: "unmet", None: "undecidable"}[holds]
    return h(
        "tr",
        {"key": name},
        h("td", {}, f"{code} {name}"),
        h("td", {"className": "num b"}, formatting.NONE if has is None else formatting.count(has)),
        h("td", {"className": "num mut"}, line),
        h("td", {"className": f"t-{level}"}, glyph(level), text(f"level.{level}")),
    )


def _size(view: SchoolView) -> Node:
    stages = [s for s in COMPULSORY if s in view.pupils]
    pupils = float(sum(view.pupils[s] for s in stages))
    key = "combined_school_size_limit" if len(stages) > 1 else "school_size_limit"
    limit = view.parameters[key]
    return _row(
        "G4",
        text("school.size"),
        pupils,
        text("school.at_most", limit=formatting.count(limit)),
        pupils <= limit,
    )


def _class_size(view: SchoolView, stage: str) -> Node:
    largest = view.amount(f"largest_class__{stage}")
    limit = view.parameters[f"class_size_limit_{stage}"]
    return _row(
        "G5",
        text("school.largest_class", stage=text(f"stage.{stage}")),
        None if largest is None else float(largest),
        text("school.at_most", limit=formatting.count(limit)),
        None if largest is None else float(largest) <= limit,
    )


def _rooms(view: SchoolView) -> list[Node]:
    classes = [view.amount(f"classes__{s}") for s in COMPULSORY if s in view.pupils]
    known = [float(c) for c in classes if c is not None]
    per_room = view.parameters["classes_per_arts_room"]
    needed = math.ceil(sum(known) / per_room) if known and len(known) == len(classes) else None
    rows: list[Node] = []
    for kind in ("music", "art"):
        has = view.amount(f"{kind}_rooms")
        holds = None if has is None or needed is None else float(has) >= needed
        line = "" if needed is None else text("school.at_least", limit=needed)
        rows.append(
            _row(
                "G3", text(f"school.{kind}_rooms"), None if has is None else float(has), line, holds
            )
        )
    return rows
