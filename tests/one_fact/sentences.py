"""Which published row the figures of a sentence come from, by the key of its template.

A template is filled with figures of one row: of the chosen unit, of any unit, of a CV, an amount, a
place, a forecast, a phase's count. What is only counted for a sentence is a fact of the register.
"""

from collections.abc import Callable, Sequence

from layouts import formatting
from queries import funds, proof, rounds
from tests.one_fact.sentence_rows import (
    Printed,
    amounts,
    checks,
    closings,
    courses,
    cvs,
    intervals,
    item_intervals,
    limits,
    places,
    stages,
    standing,
    standings,
    warned_cvs,
)
from tests.one_fact.surfaces import Asked

Rows = Callable[[Asked], Sequence[Printed]]


def double_reds(a: Asked) -> list[Printed]:
    """Units and CVs that are double red, in all and by stage."""
    printed: list[Printed] = []
    for stage in ("both", "primary", "junior"):
        own = [c for c in a.rows.double_red if stage in ("both", c.stage)]
        units = len({c.district_code for c in own})
        printed.append({"count": units, "units": units, "cells": len(own)})
    return printed


def payments(a: Asked) -> list[Printed]:
    """Each category's sum and its units."""
    paid = [p for p in funds.payments(a.deps.warehouse.current(), a.period) if not a.unit or p.district_code == a.unit]
    return [
        {
            "districts": len({p.district_code for p in own}),
            "amount": formatting.money(float(sum(p.amount_yuan for p in own))),
        }
        for category in {p.category for p in paid}
        for own in [[p for p in paid if p.category == category]]
    ]


def items_then_and_now(a: Asked) -> list[Printed]:
    """Items met of one unit in an earlier autumn, and now."""
    now = {u.district_code: u.met_count for u in a.rows.units}
    return [
        {"before": v.met_count, "after": now[v.district_code]} for v in a.rows.verdict_history if v.district_code in now
    ]


def reported(a: Asked) -> list[Printed]:
    """What was reported of the chosen unit's items, beside the line."""
    items = proof.district_items(a.deps.warehouse.current(), a.period, a.basis, a.unit)
    return [
        {"amount": formatting.plain(i.amount), "line": formatting.plain(i.threshold)}
        for i in items
        if i.amount is not None and i.threshold is not None
    ]


def over_and_short(a: Asked) -> list[Printed]:
    """CVs over their limits and sections that need something, of each of the unit's indicators."""
    return [
        {
            "over": sum(
                c.is_within_limit is False for c in a.rows.cvs if (c.district_code, c.indicator_code) == (a.unit, code)
            ),
            "short": sum(g.section_count for g in a.rows.gaps if (g.district_code, g.indicator_code) == (a.unit, code)),
        }
        for code in a.rows.indicator_names
    ]


def behind(a: Asked) -> list[Printed]:
    """Units that are behind, and those of them that are overdue."""
    own = [u.progress for u in a.rows.scoped]
    return [{"count": sum(p in ("late", "overdue", "veto") for p in own), "overdue": own.count("overdue")}]


def verdicts(a: Asked) -> list[Printed]:
    own = [u.verdict for u in a.rows.scoped]
    return [{v: own.count(v) for v in ("met", "near", "unmet", "veto", "undecidable")}]


def unranked(a: Asked) -> list[Printed]:
    own = [u.standing for u in a.rows.scoped]
    undecided = [u for u in a.rows.scoped if u.is_reported and u.undecidable_count and u.verdict != "veto"]
    return [{v: own.count(v) for v in ("veto", "not_reported")} | {"undecidable": len(undecided)}]


def schools(a: Asked) -> list[Printed]:
    """Schools that reported, and those that do not comply."""
    own = [u for u in a.rows.scoped if u.is_reported]
    total, met = sum(u.school_count for u in own), sum(u.compliant_school_count for u in own)
    return [{"schools": formatting.count(total), "missing": formatting.count(total - met)}]


def weak(a: Asked) -> list[Printed]:
    """How many sections of a weak school fail, and what they miss in all."""
    schools = rounds.weak_schools(a.deps.warehouse.current(), a.period, a.basis)
    return [{"sections": w.section_count, "count": w.missed_count} for w in schools]


def strip_ranges(a: Asked) -> list[Printed]:
    """Between which CVs the other units lie, all of them and those of the unit's group, for each CV of the unit."""
    if not a.unit:
        return []
    group = {u.district_code for u in a.rows.units if u.group_code == a.row.group_code} - {a.unit}
    everyone = {u.district_code for u in a.rows.units} - {a.unit}
    printed: list[Printed] = []
    for own in (c for c in a.rows.cvs if c.district_code == a.unit):
        for codes in (group, everyone):
            values = [
                c.cv
                for c in a.rows.cvs
                if c.district_code in codes
                and (c.stage, c.indicator_code) == (own.stage, own.indicator_code)
                and c.cv is not None
            ]
            if values:
                low, high = (formatting.cv(v, own.cv_limit) for v in (min(values), max(values)))
                printed.append({"low": low, "high": high})
    return printed


FROM_ROWS: dict[str, Rows] = {
    "district.strip_range": strip_ranges,
    **dict.fromkeys(
        (
            "district.items_title",
            "headline.district_items",
            "league.title_district",
            "meeting.district_title",
            "plan.status_words",
            "proof.unit_counts",
            "district.schools",
            "sub.district_schools",
        ),
        standing,
    ),
    **dict.fromkeys(("map.tip_items", "plan.met_items"), standings),
    **dict.fromkeys(("map.tip_cv", "meeting.spread_words", "proof.cv_short"), cvs),
    "warn.about_cv": warned_cvs,
    **dict.fromkeys(("worst.note", "league.worst_unit", "meeting.spread_sentence"), limits),
    **dict.fromkeys(
        (
            "actions.item_gap",
            "district.sections_short",
            "heatmap.column_total",
            "meeting.district_short",
            "meeting.bill_words",
            "proof.gap_short",
        ),
        amounts,
    ),
    "meeting.district_amount": reported,
    "proof.resource_counts": over_and_short,
    "headline.district_stage": stages,
    "district.place": places,
    **dict.fromkeys(("forecast.closed", "forecast.closed_first", "forecast.open"), intervals),
    **dict.fromkeys(("plan.item_range", "plan.item_range_first"), item_intervals),
    "forecast.passive": closings,
    "plan.how_check": checks,
    **dict.fromkeys(("trend.fell", "trend.rose", "trend.flat", "trend.mixed"), courses),
    **dict.fromkeys(("worst.title_city", "league.double_red_note"), double_reds),
    "funds.part": payments,
    "funds.items": items_then_and_now,
    "meeting.overview_behind": behind,
    "league.title_all": verdicts,
    "league.foot_unranked": unranked,
    "rounds.missed_sections": weak,
    "meeting.behind_sentence": schools,
}

SOMETIMES = {
    "plan.since_issues",
    "forecast.open_first",
    "trend.title_units",
    "warn.about_floor",
    "district.place_tied",
    "leads.untested_digits",
}
"""Said with two figures only where something happened since the last meeting, a unit is so, or nobody got worse."""
COUNTED = {
    "leads.sub",
    "leads.strip_label",
    "leads.untested_bunching",
    "warn.deadlines_lead",
    "district.anatomy_rest",
    "district.anatomy_title",
    "district.place_similar",
    "district.schools_title",
    "heatmap.foot",
    "leads.none_body",
    "leads.title",
    "leads.found_outlier",
    "ledger.age_middle",
    "ledger.more",
    "ledger.since",
    "matrix.double_red_count",
    "matrix.sub",
    "matrix.title",
    "meeting.ledger_closed_words",
    "meeting.ledger_sentence",
    "meeting.ledger_words",
    "meeting.rounds_title",
    "meeting.rounds_words",
    "meeting.warn_sentence",
    "meeting.warn_title",
    "plan.pace_words",
    "rounds.days",
    "rounds.kind_words",
    "rounds.sub",
    "rounds.title",
    "rounds.title_district",
    "spread.above_all",
    "spread.above_some",
    "spread.outlier",
    "spread.raised",
    "trend.change_title",
    "trend.year_other",
    "warn.sub",
    "warn.summary_title",
    "warn.title",
    "warn.title_red",
    "warn.title_red_unit",
    "warn.title_unit",
    "reminding.means",
}
"""Counted or calculated for the sentence alone: facts of the register, or measured by other tests."""

OF_THE_CATALOGUE = ("leads.how_", "leads.line_", "method.", "league.trend_unit")
"""Beginnings of keys whose figures are lines and limits that the office set."""
