"""The parents of thousands of units, to choose one from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from data.rows.common_dimensions import PeriodRow
from data.rows.parents import ParentRow
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.cells import count_cell, linked, share_cell
from layouts.components.data_table import Column, Kind, RowGroup, TableLook, column, data_table
from layouts.components.elements import block, link_to, paragraph, run, small, strong
from layouts.components.heads import headline, page_title
from layouts.components.sections import heading
from layouts.ids import ParentsId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.parts.demonstration import UNIT_KINDS, demonstration_words
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.glyph import glyph, stacked_bar
from layouts.parts.source import publication_named
from layouts.routes import Route, link

LEVELS = ("met", "near", "unmet", "undecidable", "not_reported")
COUNTS = ("unit_count", *(f"{level}_count" for level in LEVELS), "overdue_count")


@dataclass(frozen=True)
class ParentsView:
    """The page that was asked for, its state, and every parent."""

    route: Route
    state: ViewState
    period: PeriodRow
    snapshot: SnapshotInfo
    parents: Sequence[ParentRow]

    def provinces(self) -> list[RowGroup[ParentRow]]:
        """The parents by province, in administrative order."""
        return [
            RowGroup(title=province, rows=list(members))
            for province, members in groupby(self.parents, lambda p: p.parent_name)
        ]


def panels(view: ParentsView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    bar = filter_bar(filters, view.snapshot, UNIT_KINDS, has_exports=False)
    return [
        Panel(ParentsId.HEAD, "head", [*header(view.route, view.state), bar]),
        Panel(ParentsId.ANSWER, "answer", _headline(view)),
        Panel(ParentsId.MAP, "map-panel", [_map(view)]),
        Panel(ParentsId.TABLE, "cells-panel", [_by_province(view)]),
        Panel(ParentsId.SOURCE, "source-panel", [_source(view)]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return page_title(text("parents.title"))


def _headline(view: ParentsView) -> list[Node]:
    units = formatting.count(sum(p.unit_count for p in view.parents))
    met = formatting.count(sum(p.met_count for p in view.parents))
    choose = text("parents.choose", count=formatting.count(len(view.parents)))
    return headline(text("parents.heading", units=units, met=met), sub=[choose])


def _map(view: ParentsView) -> Node:
    """Every parent as a tile: there are no boundaries to draw."""
    key = [run(glyph(level), text(f"level.{level}"), look="status", key=level) for level in LEVELS]
    lines = [
        block(
            heading(province.title, level=3),
            *[_tile(view, parent) for parent in province.rows],
            look="parent-line",
            key=province.title,
        )
        for province in view.provinces()
    ]
    return section(text("parents.map"), paragraph(*key, look="plan-counts"), *lines)


def _tile(view: ParentsView, parent: ParentRow) -> Node:
    share = formatting.NONE if (reached := _reached(parent)) is None else formatting.share(reached)
    return link_to(
        strong(parent.name),
        stacked_bar({level: getattr(parent, f"{level}_count") for level in LEVELS}),
        small(text("parents.tile", met=parent.met_count, units=parent.unit_count)),
        small(text("parents.tile_schools", share=share)),
        href=_there(view, parent),
        look="parent-tile",
        key=parent.group_code,
    )


def _there(view: ParentsView, parent: ParentRow) -> str:
    return link(view.route, view.state, group=parent.group_code)


def _by_province(view: ParentsView) -> Node:
    columns: list[Column[ParentRow]] = [
        column("parents.column_", "name", lambda p: linked(p.name, _there(view, p)), Kind.NAME),
        *[_count_column(name) for name in COUNTS],
        column("parents.column_", "school_share", lambda p: share_cell(_reached(p)), Kind.SHARE),
    ]
    table = data_table(
        columns,
        [],
        name=text("sheet.parents"),
        key=lambda p: p.group_code,
        look=TableLook(table="mini parents"),
        groups=view.provinces(),
    )
    return section(text("parents.table", period=formatting.month(view.period.snapshot_date)), table)


def _count_column(name: str) -> Column[ParentRow]:
    head = text(f"parents.column_{name}")
    return Column(name=name, head=head, cell=lambda p: count_cell(getattr(p, name)), kind=Kind.COUNT)


def _reached(parent: ParentRow) -> float | None:
    schools = parent.school_count
    return parent.compliant_school_count / schools if schools else None


def _source(view: ParentsView) -> Node:
    line = text(
        "parents.source", period=formatting.month(view.period.snapshot_date), basis=text(f"basis.{view.state.basis}")
    )
    demo = demonstration_words(view.snapshot, UNIT_KINDS) or None
    return block(demo, line, " ", publication_named(view.snapshot), look="src page-source")
