"""One grid row per unit, with heading rows above each list; numbers sort, trees are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TypedDict

from data.rows.context import UnitContext, cv_name
from data.rows.overview import UnitCvRow, UnitRankRow, UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, Raw, TableLook, cell, data_table
from layouts.components.elements import block, link_to, run, small, strong
from layouts.markup import Node
from layouts.pages.overview.unit_markers import gap_words, lacking
from layouts.pages.overview.worst import change_tip, change_words
from layouts.parts.glyph import VERDICT_LEVELS, status
from layouts.parts.small_charts import bullet, sparkline
from layouts.routes import DISTRICT, link

ITEMS_SHOWN = 3
HEADS = {
    "name": "district",
    "group_name": "group",
    "target_year": "phase",
    "met_count": "items",
    "compliant_share": "schools",
    "worst_ratio": "worst",
}
"""Columns that are called otherwise in the texts."""
STATIC_COLUMNS = {
    "rank": Kind.COUNT,
    "name": Kind.TEXT,
    "target_year": Kind.TEXT,
    "progress": Kind.VERDICT,
    "met_count": Kind.COUNT,
    "compliant_share": Kind.PARTS,
    "worst_ratio": Kind.CV,
    "trend": Kind.PICTURE,
    "change": Kind.NUMBER,
    "gap": Kind.TEXT,
}


@dataclass(frozen=True)
class LeagueView:
    """The rows of the overview plus what only the league needs.

    `whole` are those of both stages and every item: what units lack is said of nothing less, whatever
    stage and indicator the address keeps for other pages.
    """

    rows: UnitContext
    whole: UnitContext
    ordered: Sequence[UnitStatusRow]
    worst_rows: dict[str, UnitCvRow]
    histories: dict[str, list[float | None]]

    @cached_property
    def autumns(self) -> list[date]:
        """The days of the histories, up to the period shown."""
        until = self.rows.period.snapshot_date
        return [p.snapshot_date for p in self.rows.periods if p.is_annual and p.snapshot_date <= until]


class HeadingRow(TypedDict):
    """The row above a list; `heading` is drawn over the whole width."""

    district_code: str
    group_order: int
    name: str
    heading: Node
    cells: dict[str, Node]


class UnitGridRow(TypedDict):
    """A unit: values that the grid sorts and filters by, and `cells` as they are drawn."""

    district_code: str
    group_order: int
    heading: None
    name: str
    group_name: str
    href: str
    rank: int | None
    target_year: int | None
    progress: str
    met_count: int
    compliant_share: float | None
    pupils: int | None
    worst_ratio: float | None
    change: float | None
    gap: str
    cells: dict[str, Node]


GridRow = HeadingRow | UnitGridRow


def grid_rows(view: LeagueView) -> list[GridRow]:
    """All grid rows, headings first in each group."""
    grouping = view.rows.state.grouping
    result: list[GridRow] = []
    gaps = gap_words(view.whole)
    for order, (key, members) in enumerate(_groups(view, grouping)):
        if grouping != "none":
            result.append(_heading(view, grouping, key, members, order))
        result += [_row(view, u, order, gaps) for u in members]
    return result


def _groups(view: LeagueView, grouping: str) -> list[tuple[str, list[UnitStatusRow]]]:
    if grouping == "none":
        return [("", list(view.ordered))]
    if grouping == "group":
        names = list(dict.fromkeys(u.group_name for u in view.rows.scoped))
        return [(n, [u for u in view.ordered if u.group_name == n]) for n in names]
    by_verdict = [(v, [u for u in view.ordered if u.standing == v]) for v in VERDICT_LEVELS]
    return [(v, members) for v, members in by_verdict if members]


def _heading(view: LeagueView, grouping: str, key: str, members: list[UnitStatusRow], order: int) -> HeadingRow:
    count = text("league.heading_count", count=len(members))
    heading: list[Node] = [strong(f"{key} {count}")]
    if grouping == "verdict":
        margin = formatting.rounded(view.rows.parameters["near_margin"] * 100, 0) + "%"
        heading = [status(key), strong(f" {count}"), small(text(f"league.heading_{key}", margin=margin))]
    return {
        "district_code": f"heading-{order}",
        "group_order": order,
        "name": "",
        "heading": block(*heading, look="group-row", role="gridcell"),
        "cells": {},
    }


def _row(view: LeagueView, unit: UnitStatusRow, order: int, gaps: dict[str, str]) -> UnitGridRow:
    code = unit.district_code
    worst = view.worst_rows.get(code)
    before = worst.previous_cv if worst is not None else None
    lacks = lacking(view.whole, unit, gaps, worst)
    return {
        "district_code": code,
        "group_order": order,
        "heading": None,
        "name": unit.name,
        "group_name": unit.group_name,
        "href": link(DISTRICT, view.rows.state, district=code),
        "rank": view.rows.ranks[code].city_place,
        "target_year": unit.target_year,
        "progress": text(f"level.{unit.progress}"),
        "met_count": unit.met_count,
        "compliant_share": unit.compliant_school_count / unit.school_count if unit.school_count else None,
        "pupils": unit.pupils or None,
        "worst_ratio": unit.worst_ratio,
        "change": None if before is None or unit.worst_cv is None else unit.worst_cv - before,
        "gap": lacks,
        "cells": _cells(view, unit, worst, lacks),
    }


def _cells(view: LeagueView, unit: UnitStatusRow, worst: UnitCvRow | None, lacks: str) -> dict[str, Node]:
    code = unit.district_code
    schools = f"{unit.compliant_school_count}/{unit.school_count}" if unit.is_reported else formatting.NONE
    pupils = formatting.count(unit.pupils) if unit.pupils else formatting.NONE
    change_text, tone = change_words(worst) if worst is not None else (formatting.NONE, "na")
    tip = change_tip(view.rows, worst) if worst is not None else None
    return {
        "rank": run(rank_words(view.rows.ranks[code]), look="rank"),
        "name": link_to(unit.short_name, href=link(DISTRICT, view.rows.state, district=code), look="b"),
        "target_year": run(unit.phase_name or formatting.NONE, run(str(unit.target_year or ""), look="mut")),
        "progress": status(unit.progress),
        "met_count": _items(unit),
        "compliant_share": run(schools, look="num"),
        "pupils": run(pupils, look="num"),
        "worst_ratio": _worst(view, unit, worst),
        "trend": _trend(view, unit, worst),
        "change": run(change_text, look=f"c-{tone}", data_tip=tip),
        "gap": run(_briefly(view, worst, lacks), look="mut sm lacks", data_tip=lacks),
    }


def _briefly(view: LeagueView, worst: UnitCvRow | None, lacks: str) -> str:
    """The same without the name of the CV that the row names already."""
    if worst is None:
        return lacks
    named = text("supply.cv_over", cv=cv_name(worst, view.rows.indicator_names), over="")
    return lacks.replace(named, text("league.over"))


def rank_words(place: UnitRankRow) -> str:
    """7, 并列9, 不排名, or 样本小，不排名."""
    if place.city_place is None:
        return text("league.small") if place.is_small else text("league.unranked")
    rank = str(place.city_place)
    return text("league.tied", rank=rank) if place.is_tied else rank


def _items(unit: UnitStatusRow) -> Node:
    if not unit.is_reported:
        return run(formatting.NONE, look="mut")
    codes = (unit.failing_items or "").split()
    shown = codes[:ITEMS_SHOWN]
    if len(codes) > ITEMS_SHOWN:
        shown.append(text("league.more", count=len(codes) - ITEMS_SHOWN))
    tip = f"{unit.failing_items or ''}{_undecided(unit)}" or None
    lacking = _lacking_items(unit, shown)
    return run(strong(str(unit.met_count), look="met"), run(lacking, look="mut sm"), data_tip=tip)


def _lacking_items(unit: UnitStatusRow, shown: Sequence[str]) -> str:
    """缺 L2 L3 +2（1项无法判定）."""
    return (text("league.lacking", items=" ".join(shown)) if shown else "") + _undecided(unit)


def _undecided(unit: UnitStatusRow) -> str:
    return text("league.undecided", count=unit.undecidable_count) if unit.undecidable_count else ""


def _worst(view: LeagueView, unit: UnitStatusRow, worst: UnitCvRow | None) -> Node:
    largest = unit.worst
    if worst is None or largest is None:
        return run(formatting.NONE)
    is_within = worst.is_within_limit is True
    return run(
        bullet(largest.cv, largest.cv_limit, is_within=is_within),
        strong(formatting.cv(largest.cv, largest.cv_limit), look="" if is_within else "c-fail"),
        run(cv_name(worst, view.rows.indicator_names), look="mut sm"),
        look="worst",
    )


def _trend(view: LeagueView, unit: UnitStatusRow, worst: UnitCvRow | None) -> Node:
    largest = unit.worst
    if worst is None or largest is None:
        return run(formatting.NONE)
    history = view.histories.get(unit.district_code, [])
    known = [(day, cv) for day, cv in zip(view.autumns, history, strict=False) if cv is not None]
    ends = dict.fromkeys((known[0], known[-1])) if known else {}
    tip = "\n".join(f"{formatting.month(day)} {formatting.cv(cv, largest.cv_limit)}" for day, cv in ends)
    return sparkline(history, largest.cv_limit, is_within=largest.is_within_limit, tip=tip)


def head_of(column: str) -> str:
    """The head of a column of the grid."""
    return text(f"league.{HEADS.get(column, column)}")


def first_paint(view: LeagueView, rows: Sequence[GridRow]) -> list[Node]:
    """The grid's rows as a plain table until the grid has loaded; files hold this table."""
    units = {u.district_code: u for u in view.rows.units}

    def value(name: str, row: UnitGridRow) -> Raw:
        unit = units[row["district_code"]]
        if name == "compliant_share":
            return (unit.compliant_school_count, unit.school_count) if unit.is_reported else None
        if name == "met_count":
            return unit.met_count if unit.is_reported else None
        if name == "worst_ratio":
            return unit.worst_cv if row["district_code"] in view.worst_rows else None
        return {"change": row["change"], "rank": row["rank"]}.get(name)

    def note(name: str, row: UnitGridRow) -> str:
        unit, worst = units[row["district_code"]], view.worst_rows.get(row["district_code"])
        if name == "met_count" and unit.is_reported:
            return _lacking_items(unit, (unit.failing_items or "").split())
        if name == "worst_ratio" and worst is not None and unit.worst_cv is not None:
            return cv_name(worst, view.rows.indicator_names)
        return ""

    def static_cell(name: str, row: GridRow) -> Cell:
        if "rank" not in row:
            return cell(row["cells"][name])
        return cell(row["cells"][name], value=value(name, row), note=note(name, row))

    columns: list[Column[GridRow]] = [
        Column(name=name, head="", file_head=head_of(name), kind=kind, cell=partial(static_cell, name))
        for name, kind in STATIC_COLUMNS.items()
    ]
    look: TableLook[GridRow] = TableLook(
        table="mini league-static",
        row=lambda row: "group" if row["heading"] else "",
        heading=lambda row: row["heading"],
        has_head=False,
        is_aligned=False,
    )
    return [data_table(columns, rows, name=text("navigation.league"), key=lambda row: row["district_code"], look=look)]
