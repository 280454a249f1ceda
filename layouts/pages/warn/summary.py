"""Warnings by rule: level, rule, units; shown on 监测预警 and beside the ledger."""

from collections import Counter
from collections.abc import Sequence

from data.rows.context import UnitContext
from data.rows.warn import WarningRow
from data.text import text
from layouts.components.cells import count_cell, file_column, linked
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, data_table
from layouts.components.elements import paragraph, run
from layouts.markup import Node
from layouts.parts.frame import section
from layouts.routes import WARN, link

LEVELS = ("red", "orange", "yellow")
MOST_NAMES = 3


def level_chip(level: str) -> Node:
    """The level's colour with its character."""
    return run(text(f"warn.level_{level}"), look=f"chip chip-{level}")


def level_counts(warnings: Sequence[WarningRow]) -> dict[str, int]:
    """Warnings not lifted, by level."""
    counts = Counter(w.level for w in warnings if w.state != "lifted")
    return {level: counts[level] for level in LEVELS}


def scope_words(rows: UnitContext) -> str:
    """What the warnings shown do not follow: the basis on screen, and today in an older period."""
    note = text("warn.basis_note") if rows.state.basis == "current" else ""
    return note if rows.is_newest else note + text("warn.older_note")


def silence_words(rows: UnitContext) -> str:
    """That no warning of a unit is no good news where it sent no return, or was then another."""
    names = "、".join(u.short_name for u in rows.scoped if not u.is_reported)
    note = text("warn.unreported_note", names=names) if names else ""
    recut = rows.recut_later if rows.state.basis == "current" else []
    return note + (text("warn.recut_note", names="、".join(recut)) if recut else "")


def by_rule(warnings: Sequence[WarningRow]) -> list[list[WarningRow]]:
    """The warnings of each level and rule together, the highest level first, then in the order of the rules."""
    rules: dict[tuple[str, str], list[WarningRow]] = {}
    for warning in sorted(warnings, key=lambda w: LEVELS.index(w.level)):
        rules.setdefault((warning.level, warning.rule.warning_code), []).append(warning)
    return list(rules.values())


def warning_summary(rows: UnitContext, warnings: Sequence[WarningRow]) -> Node:
    """One line per rule in force that warns somebody."""
    counts = level_counts(warnings)
    note = silence_words(rows) + scope_words(rows)
    notes = [paragraph(note, look="src")] if note else []
    if not any(counts.values()):
        return section(text("warn.none"), *notes)
    names = {u.district_code: u.short_name for u in rows.units}

    def rule_link(members: list[WarningRow]) -> Cell:
        rule = members[0].rule
        return linked(rule.name, link(WARN, rows.state, only=rule.warning_code, issue="", measure=""))

    def units(members: list[WarningRow]) -> Cell:
        units = [names.get(w.district_code, w.district_code) for w in members]
        more = text("warn.and_more") if len(units) > MOST_NAMES else ""
        return cell("、".join(units[:MOST_NAMES]) + more, look="mut")

    columns: list[Column[list[WarningRow]]] = [
        file_column("file_head.level", lambda members: cell(level_chip(members[0].level))),
        file_column("file_head.rule", rule_link, Kind.NAME),
        file_column("file_head.count", lambda members: count_cell(len(members), look="b"), Kind.COUNT),
        file_column("file_head.units", units),
    ]
    table = data_table(
        columns,
        by_rule([w for w in warnings if w.state != "lifted"]),
        name=text("sheet.warnings_by_rule"),
        key=lambda members: f"{members[0].level}.{members[0].rule.warning_code}",
        look=TableLook(table="mini rules", has_head=False),
    )
    return section(text("warn.summary_title", **counts), table, *notes)
