"""版本变化: what later imports changed in the figures of an earlier version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.rows.changes import CellChange, CellRow, Changes
from data.rows.context import FrameContext
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import AS_WAS
from layouts import formatting
from layouts.components.cells import month_cell
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import bullet_list, link_to, list_item, paragraph, run, small
from layouts.components.heads import headline, page_head, page_title
from layouts.components.rest import rest_note
from layouts.components.sections import empty_state
from layouts.ids import ChangesId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter, section
from layouts.parts.glyph import status
from layouts.parts.source import source_line
from layouts.parts.version import version_name
from layouts.routes import CHANGES, link

MOST_ROWS, MOST_VERSIONS = 200, 12
LEVELS = {True: "met", False: "unmet", None: "undecidable"}


@dataclass(frozen=True)
class ChangesView:
    """Both publications, what changed, and the names that are needed."""

    rows: FrameContext
    earlier: SnapshotInfo
    later: SnapshotInfo
    changes: Changes
    names: dict[str, str]
    indicator_names: dict[str, str]
    place: str
    """Whose units were compared; empty for all of them."""
    days: dict[str, date]
    """The day of each period."""
    versions: Sequence[str]
    """Every publication that is still there, oldest first."""

    @property
    def has_changes(self) -> bool:
        """Whether anything was corrected, or a verdict differs."""
        return bool(self.changes.cells or self.changes.corrected or self.changes.verdicts)

    def month(self, period: str) -> str:
        """A period as it is read: 2026年9月."""
        return formatting.month(self.days[period])


def panels(view: ChangesView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=CHANGES, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(ChangesId.HEAD, "head", head),
        Panel(ChangesId.ANSWER, "answer", _headline(view)),
        Panel(ChangesId.CELLS, "cells-panel", _flips(view) if view.has_changes else [_versions(view)]),
        Panel(ChangesId.SIDE, "side-panel", _sources(view) if view.has_changes else [_what_counts()]),
        Panel(ChangesId.SOURCE, "source-panel", [_source(view)]),
    ]


def _source(view: ChangesView) -> Node:
    return source_line(view.rows, CHANGES.draws, text("changes.source"), basis=AS_WAS, every_period=True)


def document_title() -> str:
    """Browser tab and history entry."""
    return page_title(text("navigation.changes"))


def _headline(view: ChangesView) -> list[Node]:
    changes = view.changes
    gained = sum(1 for c in changes.cells if c.direction == "gained")
    lost = sum(1 for c in changes.cells if c.direction == "lost")
    since = version_name(view.earlier.snapshot_id, view.versions)
    title: list[Node] = [text("changes.same", place=view.place, version=since)]
    if view.has_changes:
        units = len({r.district_code for r in changes.corrected})
        title = [
            text("changes.title", place=view.place, units=units, cells=len(changes.cells)),
            run(text("changes.gained", count=gained), look="c-fail" if gained else ""),
            text("changes.lost", count=lost),
        ]
    subtitle = text("changes.between", earlier=since, later=version_name(view.later.snapshot_id, view.versions))
    if view.earlier.snapshot_id == view.later.snapshot_id:
        is_first = view.earlier.snapshot_id == view.versions[0]
        subtitle = text("changes.no_earlier" if is_first else "changes.same_version")
    if changes.new_periods:
        subtitle += text("changes.new_periods", periods="、".join(view.month(p) for p in changes.new_periods))
    if view.earlier.rules_version != view.later.rules_version:
        subtitle += text("changes.rules")
    return headline(*title, sub=[subtitle])


def _flips(view: ChangesView) -> list[Node]:
    """What flipped: units first, then cells."""
    return [node for node in (_verdicts(view), _cells(view)) if node is not None]


def _sources(view: ChangesView) -> list[Node]:
    """Whose returns made the change, and the other versions."""
    return [_returns(view), _versions(view)]


def _what_counts() -> Node:
    return empty_state(text("changes.what_counts"), text("changes.source"))


def _versions(view: ChangesView) -> Node:
    """The publications, newest first; each leads to what changed since."""
    newest = view.versions[-1]
    lines = [
        list_item(
            version_name(v, view.versions)
            if v == newest
            else link_to(
                version_name(v, view.versions), href=link(CHANGES, view.rows.state, snapshot="", since=v, until="")
            ),
            small(" ", text("changes.in_force" if v == newest else "changes.since_then")),
            key=v,
        )
        for v in reversed(view.versions)
    ]
    more = rest_note("changes.more_versions", len(lines) - MOST_VERSIONS)
    return section(text("changes.versions", count=len(lines)), bullet_list(lines[:MOST_VERSIONS], look="files"), more)


def _cells(view: ChangesView) -> Node:
    cells = view.changes.cells
    if not cells:
        return section(text("changes.no_cells"))

    def direction(change: CellChange) -> Cell:
        look = "b c-fail" if change.direction == "gained" else ""
        return cell(text(f"changes.{change.direction}_word"), look=look)

    def item(change: CellChange) -> str:
        code, stage = change.cell.indicator_code, text(f"stage.{change.cell.stage}")
        return f"{code} {stage}{view.indicator_names.get(code, '')}"

    columns: list[Column[CellChange]] = [
        column("changes.column_", "direction", direction),
        column("changes.column_", "period", lambda c: month_cell(view.days[c.period]), Kind.DATE),
        column("changes.column_", "unit", lambda c: view.names.get(c.district_code, c.district_code)),
        column("changes.column_", "school", lambda c: c.cell.school_name, Kind.NAME),
        column("changes.column_", "item", item),
        column("changes.column_", "before", lambda c: _state(c.before), Kind.AMOUNT),
        column("changes.column_", "after", lambda c: _state(c.after), Kind.AMOUNT),
    ]
    table = data_table(
        columns,
        cells[:MOST_ROWS],
        name=text("sheet.changes"),
        key=lambda c: f"{c.period}{c.cell.school_code}{c.cell.stage}{c.cell.indicator_code}",
        look=TableLook(table="mini changes"),
    )
    return section(text("changes.cells", count=len(cells)), table, rest_note("changes.more", len(cells) - MOST_ROWS))


def _state(row: CellRow | None) -> Cell | str:
    """Value and verdict; both stand in a file, so that it says what the screen says."""
    if row is None:
        return text("changes.absent")
    return cell(formatting.value(row.section_value, row.threshold), " ", status(LEVELS[row.is_met]))


def _verdicts(view: ChangesView) -> Node:
    verdicts = view.changes.verdicts
    if not verdicts:
        return paragraph(text("changes.no_verdicts"), look="d")
    lines = [
        list_item(
            f"{v.name} {view.month(v.period)} ",
            status(v.before),
            " → ",
            status(v.after),
            key=f"{v.period}{v.district_code}",
        )
        for v in verdicts
    ]
    return section(text("changes.verdicts", count=len(lines)), bullet_list(lines, look="files"))


def _returns(view: ChangesView) -> Node:
    returns = view.changes.corrected
    if not returns:
        return paragraph(text("changes.no_returns"), look="d")
    lines = [
        list_item(
            text(
                "changes.return",
                period=view.month(r.period),
                unit=view.names.get(r.district_code, r.district_code),
                file=r.file_name,
                who=r.imported_by,
                time=formatting.moment(r.imported_at),
            ),
            key=f"{r.period}{r.district_code}{r.batch_id}",
        )
        for r in returns
    ]
    return section(text("changes.returns", count=len(lines)), bullet_list(lines, look="files"))
