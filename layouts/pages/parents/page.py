"""The parents of thousands of units, to choose one from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from data.rows.parents import ParentRow
from data.rows.publication import SnapshotInfo
from data.rows.shell import PeriodRow
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.ids import ParentsId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.parts.demonstration import UNIT_KINDS, demonstration_words
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.glyph import glyph, stack
from layouts.routes import Route, link

COUNTS = ("unit_count", "met_count", "near_count", "unmet_count", "undecidable_count", "overdue_count")
LEVELS = ("met", "near", "unmet", "undecidable")


@dataclass(frozen=True)
class ParentsView:
    """The page that was asked for, its state, and every parent."""

    route: Route
    state: ViewState
    period: PeriodRow
    snapshot: SnapshotInfo
    parents: Sequence[ParentRow]


def panels(view: ParentsView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    bar = filter_bar(filters, view.snapshot, UNIT_KINDS, has_exports=False)
    head = [*header(view.route, view.state), bar]
    return [
        Panel(ParentsId.HEAD, "head", head),
        Panel(ParentsId.ANSWER, "answer", _answer(view)),
        Panel(ParentsId.MAP, "map-panel", [_map(view)]),
        Panel(ParentsId.TABLE, "cells-panel", [_by_province(view)]),
        Panel(ParentsId.SOURCE, "source-panel", [_source(view)]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return " · ".join((text("parents.title"), text("app.name")))


def _answer(view: ParentsView) -> list[Node]:
    units = sum(p.unit_count for p in view.parents)
    met = sum(p.met_count for p in view.parents)
    return [
        h(
            "h1",
            {"id": "content", "tabIndex": -1, "className": "small"},
            text("parents.heading", units=formatting.count(units), met=formatting.count(met)),
        ),
        h("p", {"className": "sub"}, text("parents.choose", count=formatting.count(len(view.parents)))),
    ]


def _map(view: ParentsView) -> Node:
    """Every parent as a tile, in administrative order: there are no boundaries to draw."""
    lines = [
        h(
            "div",
            {"className": "parent-line", "key": province},
            h("h3", {}, province),
            *[_tile(view, parent) for parent in members],
        )
        for province, members in groupby(view.parents, lambda p: p.parent_name)
    ]
    key = [h("span", {"className": "status", "key": level}, glyph(level), text(f"level.{level}")) for level in LEVELS]
    return section(text("parents.map"), h("p", {"className": "plan-counts"}, *key), *lines)


def _tile(view: ParentsView, parent: ParentRow) -> Node:
    words = text("parents.tile", met=parent.met_count, units=parent.unit_count)
    counts = {
        "met": parent.met_count,
        "near": parent.near_count,
        "unmet": parent.unmet_count,
        "undecidable": parent.undecidable_count,
    }
    return h(
        "a",
        {"href": _there(view, parent), "data-nav": "1", "className": "parent-tile", "key": parent.group_code},
        h("b", {}, parent.name),
        stack(counts),
        h("small", {}, words),
        h("small", {}, text("parents.tile_schools", share=_reached(parent))),
    )


def _there(view: ParentsView, parent: ParentRow) -> str:
    return link(view.route, view.state, group=parent.group_code)


def _by_province(view: ParentsView) -> Node:
    names = ("name", *COUNTS, "school_share")
    heads = [
        h("th", {"scope": "col", "key": n, "className": None if n == "name" else "num"}, text(f"parents.column_{n}"))
        for n in names
    ]
    bodies: list[Node] = []
    for province, members in groupby(view.parents, lambda p: p.parent_name):
        rows = [_row(view, parent) for parent in members]
        title = h("tr", {"key": "title"}, h("th", {"scope": "rowgroup", "colSpan": len(names)}, province))
        bodies.append(h("tbody", {"key": province}, title, *rows))
    return section(
        text("parents.table", period=formatting.month(view.period.snapshot_date)),
        h("table", {"className": "mini parents"}, h("thead", {}, h("tr", {}, *heads)), *bodies),
    )


def _row(view: ParentsView, parent: ParentRow) -> Node:
    return h(
        "tr",
        {"key": parent.group_code},
        h("th", {"scope": "row"}, h("a", {"href": _there(view, parent), "data-nav": "1"}, parent.name)),
        *[h("td", {"className": "num", "key": n}, formatting.count(getattr(parent, n))) for n in COUNTS],
        h("td", {"className": "num"}, _reached(parent)),
    )


def _reached(parent: ParentRow) -> str:
    schools = parent.school_count
    return formatting.share(parent.compliant_school_count / schools) if schools else formatting.NONE


def _source(view: ParentsView) -> Node:
    demo = demonstration_words(view.snapshot, UNIT_KINDS)
    return h(
        "p",
        {"className": "src page-source"},
        demo or None,
        text(
            "parents.source",
            period=formatting.month(view.period.snapshot_date),
            basis=text(f"basis.{view.state.basis}"),
            snapshot=view.snapshot.snapshot_id,
            rules=view.snapshot.rules_version,
        ),
    )
