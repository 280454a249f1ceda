"""Rows that the figures of sentences come from, as they are printed."""

from collections.abc import Mapping

from data.rows.context import cv_name
from data.rows.overview import UnitStatusRow
from layouts import formatting
from queries import overview, plan, trend
from tests.one_fact.surfaces import Asked
from tests.present import present

Printed = Mapping[str, object]


def standing(a: Asked) -> list[Printed]:
    """The chosen unit's counts."""
    return [counts_of(a.row)] if a.unit else []


def standings(a: Asked) -> list[Printed]:
    """The counts of every unit."""
    return [counts_of(u) for u in a.rows.units]


def counts_of(unit: UnitStatusRow) -> Printed:
    return {
        "total": unit.item_count,
        "met": unit.met_count,
        "failed": unit.failed_count,
        "undecidable": unit.undecidable_count,
        "schools": unit.school_count,
        "compliant": unit.compliant_school_count,
    }


def cvs(a: Asked) -> list[Printed]:
    """Every CV beside its limit, with the name by which it is called."""
    printed: list[Printed] = []
    for c in a.rows.cvs:
        value = formatting.cv(c.cv, c.cv_limit)
        limit = formatting.rounded(c.cv_limit, 2)
        name = cv_name(c, a.rows.indicator_names)
        printed.append({"cv": value, "value": value, "limit": limit, "line": limit, "indicator": name, "place": name})
    return printed


def warned_cvs(a: Asked) -> list[Printed]:
    """The same of the units as they were: warnings know no other basis."""
    return cvs(Asked(a.deps, a.period, "as_was", kept=a.kept))


def limits(a: Asked) -> list[Printed]:
    """The limits of both stages."""
    return [{s: formatting.rounded(limit, 2) for s, limit in a.rows.cv_limits.items()}]


def amounts(a: Asked) -> list[Printed]:
    """Amounts of the chosen unit by indicator, in one stage and in both, with their sections."""
    printed: list[Printed] = []
    snapshot = a.deps.warehouse.current()
    for stage in ("both", "primary", "junior"):
        gaps = overview.gaps(snapshot, a.period, a.basis, stage)
        for code in a.rows.indicator_names:
            own = [
                g for g in gaps if (g.district_code, g.indicator_code) == (a.unit, code) and stage in ("both", g.stage)
            ]
            if own:
                count = sum(g.section_count for g in own)
                gap = formatting.gap(sum(g.gap for g in own), own[0].gap_unit)
                printed.append({"sections": count, "count": count, "gap": gap, "amount": gap})
    return printed


def stages(a: Asked) -> list[Printed]:
    """Sections of the chosen unit that comply, by stage."""
    return [
        {"compliant": s.compliant_count, "schools": s.section_count}
        for rows in a.rows.stage_status.values()
        for s in rows
        if s.district_code == a.unit
    ]


def places(a: Asked) -> list[Printed]:
    """The chosen unit's place among those of its group."""
    rank = a.rows.ranks[a.unit]
    return [{"count": rank.group_ranked_count, "place": str(rank.group_place)}]


def intervals(a: Asked) -> list[Printed]:
    """The forecast of every unit: its autumns, and how far it looks."""
    return [
        {
            "low": u.low_year,
            "middle": u.middle_year,
            "high": u.high_year,
            "years": (u.horizon_year or 0) - (u.forecast_autumn or 0),
        }
        for u in a.rows.units
    ]


def item_intervals(a: Asked) -> list[Printed]:
    """The forecasts of the chosen unit's items."""
    snapshot = a.deps.warehouse.current()
    return [{"low": f.low_year, "high": f.high_year} for f in plan.item_forecasts(snapshot, a.period, a.basis, a.unit)]


def closings(a: Asked) -> list[Printed]:
    """What closed in the chosen unit, and how much of it passively."""
    snapshot = a.deps.warehouse.current()
    found = plan.passive_closings(snapshot, a.period, a.basis, a.unit)
    return [{"closed": found.closed_count, "passive": found.passive_count}]


def checks(a: Asked) -> list[Printed]:
    """How earlier forecasts did."""
    found = plan.forecast_check(a.deps.warehouse.current(), a.period)
    return [
        {
            "count": found.foretold_count,
            "inside": found.inside_count,
            "claimed": round(found.claimed_share * found.foretold_count),
        }
    ]


def courses(a: Asked) -> list[Printed]:
    """Directions of CVs: over how many years, and by how much."""
    snapshot, printed = a.deps.warehouse.current(), list[Printed]()
    for row in a.rows.cvs:
        place = (row.stage, row.indicator_code)
        c = trend.cv_direction(snapshot, a.period, a.basis, row.district_code, place)
        if None not in (c.first_date, c.last_date, c.first_value, c.last_value):
            printed.append(
                {
                    "count": present(c.last_date).year - present(c.first_date).year,
                    "change": formatting.cv_change(present(c.first_value), present(c.last_value), row.cv_limit),
                }
            )
    return printed
