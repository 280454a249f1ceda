"""How far the ledger is: states as one bar, what became of closed issues, who is late."""

from collections import Counter
from dataclasses import dataclass

from data.store.ledger import LOOK_BACK
from data.text import text
from layouts import formatting
from layouts.components.bars import BarPart, labelled_bar, row_bar, swatch
from layouts.components.cells import count_cell, file_column, linked, picture_column
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, data_table
from layouts.components.elements import block, link_to, paragraph
from layouts.markup import Node
from layouts.pages.ledger.rows import LedgerView, total
from layouts.parts.frame import section
from layouts.parts.glyph import glyph
from layouts.routes import LEDGER, link

BAR = {"rebounded": "veto", "untouched": "fail", "under_way": "near", "awaiting_review": "review", "closed": "ok"}
"""The states on the bar and their colours, in order."""
WIDTH, LATE_WIDTH, ORIGIN_WIDTH = 340, 220, 80
MOST_UNITS = 6


def progress(view: LedgerView) -> Node:
    """Title with the share closed, the bar of states, what came after closing, and the origins."""
    if not view.groups:
        return section(text("ledger.progress_none"))
    title = text("ledger.progress_title", share=formatting.share(view.count("closed") / view.issue_count))
    if view.count("paper"):
        title += text("ledger.progress_paper", count=view.count("paper"))
    return section(title, _state_bar(view), block(_after_closing(view), _origins(view), look="halves"))


def _state_bar(view: LedgerView) -> Node:
    counts = Counter[str]()
    for group in view.groups:
        counts["closed" if group.is_closed else group.status] += group.issue_count
    states = [(view.status_names[status], tone, counts[status]) for status, tone in BAR.items() if counts[status]]
    parts = [
        BarPart(WIDTH * count / view.issue_count, f"bar-{tone}", name, formatting.count(count), tone)
        for name, tone, count in states
    ]
    return labelled_bar(parts, width=WIDTH, label="，".join(f"{name}{count}" for name, _, count in states))


@dataclass(frozen=True)
class _Outcome:
    """What became of closed issues: its words, and the tab that lists them."""

    level: str
    name: str
    count: int
    tab: str = "closed"


def _after_closing(view: LedgerView) -> Node:
    closed = [g for g in view.groups if g.is_closed]
    outcomes = [
        _Outcome("met", "met", total(g for g in closed if g.is_met)),
        _Outcome("on_plan", "look_back", total(g for g in closed if g.status == LOOK_BACK), "look_back"),
        _Outcome("met", "stable", total(g for g in closed if g.status == "stable")),
        _Outcome("undecidable", "unknown", total(g for g in closed if g.is_met is None)),
        _Outcome("unmet", "paper", view.count("paper"), "paper"),
        _Outcome("unmet", "rebounded", view.count("rebounded"), "rebounded"),
    ]

    def name(outcome: _Outcome) -> Cell:
        href = link(LEDGER, view.rows.state, only=outcome.tab)
        return cell(glyph(outcome.level), " ", link_to(text(f"ledger.after_{outcome.name}"), href=href))

    def count(outcome: _Outcome) -> Cell:
        return count_cell(outcome.count, look="b t-unmet" if outcome.level == "unmet" and outcome.count else "b")

    columns: list[Column[_Outcome]] = [
        file_column("file_head.outcome", name, Kind.NAME),
        file_column("file_head.count", count, Kind.COUNT),
        file_column("file_head.note", lambda o: cell(text(f"ledger.after_{o.name}_note"), look="mut")),
    ]
    return data_table(
        columns,
        outcomes,
        name=text("sheet.closed_issues"),
        key=lambda o: o.name,
        look=TableLook(table="mini after", has_head=False, caption=text("ledger.after_title")),
    )


def _origins(view: LedgerView) -> Node:
    counts = Counter[str]()
    for group in view.groups:
        if not group.is_closed:
            counts[group.origin] += group.issue_count
    most = max(counts.values(), default=1)

    def bar(origin: str) -> Node:
        part = BarPart(ORIGIN_WIDTH * counts[origin] / most, "bar-plain")
        return row_bar([part], width=84, height=12, thickness=11)

    columns: list[Column[str]] = [
        file_column("file_head.origin", str, Kind.NAME),
        picture_column("bar", bar),
        file_column("file_head.count", lambda o: count_cell(counts[o], look="b"), Kind.COUNT),
    ]
    return data_table(
        columns,
        [origin for origin, _ in counts.most_common()],
        name=text("sheet.origins"),
        key=str,
        look=TableLook(table="mini origins", has_head=False, caption=text("ledger.origins_title")),
    )


@dataclass(frozen=True)
class _Late:
    """Overdue issues of a unit by age; of all further units where it has no code."""

    name: str
    ages: list[int]
    code: str = ""


def overdue_by_unit(view: LedgerView) -> Node:
    """Bars by unit, the ages apart; the title names the units with most."""
    by_unit: dict[str, list[int]] = {}
    for group in view.groups:
        if group.is_late:
            by_unit.setdefault(group.district_code, [0, 0, 0])[group.age] += group.issue_count
    if not by_unit:
        return section(text("ledger.late_none"))
    order = sorted(by_unit, key=lambda c: (-sum(by_unit[c]), c))
    units = [_Late(view.unit_names.get(c, c), by_unit[c], c) for c in order]
    rest = units[MOST_UNITS:]
    rows = units[:MOST_UNITS]
    if rest:
        rows.append(_Late(text("ledger.late_rest", count=len(rest)), _totals(rest)))
    title = text("ledger.late_title", names="、".join(u.name for u in units[:3]))
    return section(title, _age_key(view, _totals(units)), _late_table(view, rows, max(sum(row.ages) for row in rows)))


def _totals(units: list[_Late]) -> list[int]:
    return [sum(u.ages[n] for u in units) for n in range(3)]


def _age_key(view: LedgerView, totals: list[int]) -> Node:
    short, long = view.ages
    labels = (
        text("ledger.age_short", days=short, count=totals[0]),
        text("ledger.age_middle", first=short + 1, last=long, count=totals[1]),
        text("ledger.age_long", days=long, count=totals[2]),
    )
    return paragraph(*[swatch(f"age-{n}", label, key=str(n)) for n, label in enumerate(labels)], look="age-key")


def _late_table(view: LedgerView, rows: list[_Late], most: int) -> Node:
    def name(unit: _Late) -> Cell | str:
        if not unit.code:
            return unit.name
        return linked(unit.name, link(LEDGER, view.rows.state, district=unit.code, only="overdue"))

    def bar(unit: _Late) -> Node:
        parts = [BarPart(LATE_WIDTH * count / most, f"age-{n}") for n, count in enumerate(unit.ages)]
        return row_bar(parts, width=LATE_WIDTH, height=18, space=1)

    def pieces(unit: _Late) -> Cell:
        count = sum(unit.ages)
        return cell(text("ledger.pieces", count=count), value=count, look="b")

    columns: list[Column[_Late]] = [
        file_column("file_head.unit", name, Kind.NAME),
        picture_column("bar", bar),
        file_column("file_head.count", pieces, Kind.COUNT),
    ]
    return data_table(
        columns,
        rows,
        name=text("sheet.overdue"),
        key=lambda u: u.name,
        look=TableLook(table="mini late", has_head=False),
    )
