"""Warnings by rule: level, rule, units; shown on 监测预警 and beside the ledger."""

from collections import Counter
from collections.abc import Sequence

from data.rows.context import UnitContext
from data.rows.warn import WarningRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.parts.frame import section
from layouts.routes import WARN, link

LEVELS = ("red", "orange", "yellow")
MOST_NAMES = 3


def level_chip(level: str) -> Node:
    """The level's colour with its character."""
    return h("span", {"className": f"chip chip-{level}"}, text(f"warn.level_{level}"))


def level_counts(warnings: Sequence[WarningRow]) -> dict[str, int]:
    """Warnings not lifted, by level."""
    counts = Counter(w.rule.level for w in warnings if w.state != "lifted")
    return {level: counts[level] for level in LEVELS}


def scope_words(rows: UnitContext) -> str:
    """What the warnings shown do not follow: the basis on screen, and today in an older period."""
    words = text("warn.basis_note") if rows.state.basis == "current" else ""
    return words if rows.is_newest else words + text("warn.older_note")


def warning_summary(rows: UnitContext, warnings: Sequence[WarningRow]) -> Node:
    """One line per rule in force that warns somebody."""
    counts = level_counts(warnings)
    note = scope_words(rows)
    notes = [h("p", {"className": "src"}, note)] if note else []
    if not any(counts.values()):
        return section(text("warn.none"), *notes)
    by_rule: dict[str, list[WarningRow]] = {}
    for warning in warnings:
        if warning.state != "lifted":
            by_rule.setdefault(warning.rule.warning_code, []).append(warning)
    names = {u.district_code: u.short_name for u in rows.units}
    body = [_rule(rows, found, names) for found in by_rule.values()]
    return section(
        text("warn.summary_title", **counts), h("table", {"className": "mini rules"}, h("tbody", {}, *body)), *notes
    )


def _rule(rows: UnitContext, found: list[WarningRow], names: dict[str, str]) -> Node:
    rule = found[0].rule
    units = [names.get(w.district_code, w.district_code) for w in found]
    words = "、".join(units[:MOST_NAMES])
    if len(units) > MOST_NAMES:
        words += text("warn.and_more")
    href = link(WARN, rows.state, only=rule.warning_code, issue="", measure="")
    return h(
        "tr",
        {"key": rule.warning_code},
        h("td", {}, level_chip(rule.level)),
        h("th", {"scope": "row"}, h("a", {"href": href, "data-nav": "1"}, rule.name)),
        h("td", {"className": "num b"}, formatting.count(len(found))),
        h("td", {"className": "mut"}, words),
    )
