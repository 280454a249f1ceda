"""版本变化 as a list of panels: what later imports changed in the figures of an earlier version."""

from dataclasses import dataclass

from data.rows.changes import CellChange, CellRow, Changes
from data.rows.context import FrameContext
from data.rows.publication import SnapshotInfo
from data.text import text
from layouts import formatting
from layouts.ids import ChangesId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.glyph import status
from layouts.parts.source import source_line
from layouts.routes import CHANGES

MOST_ROWS = 200
COLUMNS = ("direction", "period", "unit", "school", "item", "before", "after")


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


def panels(view: ChangesView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(CHANGES, rows.state), filter_bar(filters, rows.snapshot, CHANGES.draws)]
    return [
        Panel(ChangesId.HEAD, "head", head),
        Panel(ChangesId.ANSWER, "answer", _answer(view)),
        Panel(ChangesId.CELLS, "cells-panel", [_cells(view)]),
        Panel(ChangesId.SIDE, "side-panel", [_verdicts(view), _returns(view)]),
        Panel(ChangesId.SOURCE, "source-panel", [source_line(rows, CHANGES.draws, text("changes.source"))]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return " · ".join((text("navigation.changes"), text("app.name")))


def _answer(view: ChangesView) -> list[Node]:
    found = view.changes
    gained = sum(1 for c in found.cells if c.direction == "gained")
    lost = sum(1 for c in found.cells if c.direction == "lost")
    title: list[Node] = [text("changes.same", place=view.place)]
    if found.cells or found.corrected:
        units = len({r.district_code for r in found.corrected})
        title = [
            text("changes.title", place=view.place, units=units, cells=len(found.cells)),
            h("span", {"className": "c-fail" if gained else None}, text("changes.gained", count=gained)),
            text("changes.lost", count=lost),
        ]
    words = text("changes.between", earlier=view.earlier.snapshot_id, later=view.later.snapshot_id)
    if found.new_periods:
        words += text("changes.new_periods", periods="、".join(found.new_periods))
    if view.earlier.rules_version != view.later.rules_version:
        words += text("changes.rules")
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *title),
        h("p", {"className": "sub"}, words),
    ]


def _cells(view: ChangesView) -> Node:
    cells = view.changes.cells
    if not cells:
        return section(text("changes.no_cells"))
    heads = [h("th", {"scope": "col", "key": c}, text(f"changes.column_{c}")) for c in COLUMNS]
    more = len(cells) - MOST_ROWS
    return section(
        text("changes.cells", count=len(cells)),
        h(
            "table",
            {"className": "mini changes"},
            h("thead", {}, h("tr", {}, *heads)),
            h("tbody", {}, *[_cell(view, c) for c in cells[:MOST_ROWS]]),
        ),
        h("p", {"className": "src"}, text("changes.more", count=more)) if more > 0 else None,
    )


def _cell(view: ChangesView, change: CellChange) -> Node:
    cell = change.cell
    names = view.indicator_names
    item = f"{cell.indicator_code} {text(f'stage.{cell.stage}')}{names.get(cell.indicator_code, '')}"
    return h(
        "tr",
        {"key": f"{change.period}{cell.school_code}{cell.stage}{cell.indicator_code}"},
        h(
            "td",
            {"className": "b c-fail" if change.direction == "gained" else None},
            text(f"changes.{change.direction}_word"),
        ),
        h("td", {}, change.period),
        h("td", {}, view.names.get(change.district_code, change.district_code)),
        h("th", {"scope": "row"}, cell.school_name),
        h("td", {}, item),
        *[
            h("td", {"className": "num", "key": side}, *_state(one))
            for side, one in (("before", change.before), ("after", change.after))
        ],
    )


def _state(cell: CellRow | None) -> list[Node]:
    if cell is None:
        return [text("changes.absent")]
    level = {True: "met", False: "unmet", None: "undecidable"}[cell.is_met]
    return [formatting.value(cell.section_value, cell.threshold), " ", status(level)]


def _verdicts(view: ChangesView) -> Node:
    lines = [
        h(
            "li",
            {"key": f"{v.period}{v.district_code}"},
            f"{v.period} {v.name} ",
            status(v.before),
            " → ",
            status(v.after),
        )
        for v in view.changes.verdicts
    ]
    if not lines:
        return section(text("changes.no_verdicts"))
    return section(text("changes.verdicts", count=len(lines)), h("ul", {"className": "files"}, *lines))


def _returns(view: ChangesView) -> Node:
    lines = [
        h(
            "li",
            {"key": f"{r.period}{r.district_code}{r.batch_id}"},
            text(
                "changes.return",
                period=r.period,
                unit=view.names.get(r.district_code, r.district_code),
                file=r.file_name,
                who=r.imported_by,
                time=formatting.moment(r.imported_at),
            ),
        )
        for r in view.changes.corrected
    ]
    if not lines:
        return section(text("changes.no_returns"))
    return section(text("changes.returns", count=len(lines)), h("ul", {"className": "files"}, *lines))
