"""Size, class size and special rooms of one school (G3–G5), from its own return."""

from data.rows.school import LimitRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.school.rows import SchoolView
from layouts.parts.frame import section
from layouts.parts.glyph import glyph

LEVELS = {True: "met", False: "unmet", None: "undecidable"}


def limits(view: SchoolView) -> list[Node]:
    """The section: one line per limit with what the school has."""
    lines = [_row(limit) for limit in view.limits]
    table = h("table", {"className": "mini"}, h("tbody", {}, *lines))
    return [section(text("school.limits_title"), table)]


def _row(limit: LimitRow) -> Node:
    name, level = _name(limit.kind), LEVELS[limit.is_met]
    has = formatting.NONE if limit.amount is None else formatting.count(limit.amount)
    bound = "at_least" if limit.item_code == "G3" else "at_most"
    line = "" if limit.line is None else text(f"school.{bound}", limit=formatting.count(limit.line))
    return h(
        "tr",
        {"key": name},
        h("td", {}, f"{limit.item_code} {name}"),
        h("td", {"className": "num b"}, has),
        h("td", {"className": "num mut"}, line),
        h("td", {"className": f"t-{level}"}, glyph(level), text(f"level.{level}")),
    )


def _name(kind: str) -> str:
    if kind == "size":
        return text("school.size")
    if kind in ("music", "art"):
        return text(f"school.{kind}_rooms")
    return text("school.largest_class", stage=text(f"stage.{kind}"))
