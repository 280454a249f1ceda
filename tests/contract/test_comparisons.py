"""What a figure is set beside, and what a comparison says: against a reckoning of its own, and on every page."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from tests.contract.published_rows import rows
from tests.oracle_direction import ENOUGH, direction_of

CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
FLAT = Decimal("0.002")
Cell = tuple[str, str, str]


def changes_of_boundaries() -> dict[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    with (CATALOGUE / "district_successions.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["predecessor_code"] != row["successor_code"] or row["is_whole"] == "false":
                found[row["successor_code"]].append(date.fromisoformat(row["effective_on"]))
    return found


def judged(before: float, after: float) -> str:
    change = Decimal(repr(after - before)).quantize(Decimal("1e-12"))
    return "flat" if abs(change) < FLAT else "worse" if change > 0 else "better"


def test_every_change_is_that_of_an_independent_reckoning(facts: duckdb.DuckDBPyConnection) -> None:
    """From the plain CVs, the calendar and district_successions.csv alone."""
    cvs = {
        (r["basis"], r["period"], r["district_code"], r["stage"], r["indicator_code"]): r
        for r in rows(facts, "select * from unit_cv")
    }
    units = {(r["basis"], r["period"], r["district_code"]): r for r in rows(facts, "select * from unit_status")}
    periods = {r["period"]: r["snapshot_date"] for r in rows(facts, "select * from stg_snapshot")}
    changed = changes_of_boundaries()
    horizon = max(periods.values())
    published = rows(facts, "select * from cv_change")
    assert len(published) == len(cvs) > 10_000
    seen: dict[str | None, int] = defaultdict(int)
    for row in published:
        key = (row["district_code"], row["stage"], row["indicator_code"])
        now = cvs[row["basis"], row["period"], *key]
        day = periods[row["period"]]
        earlier = [(d, p) for p, d in periods.items() if d.month == 9 and d.year < day.year]
        expected, reason, kind = None, None, None
        basis = row["basis"]
        if not earlier:
            reason = "first_year"
        else:
            before_day, before = max(earlier)
            crossed = any(before_day < c <= day for c in changed[key[0]])
            if basis == "as_was" and crossed:
                basis = "current" if not any(day < c <= horizon for c in changed[key[0]]) else ""
            unit = units.get((basis, before, key[0]))
            mine = units[row["basis"], row["period"], key[0]]
            old = cvs.get((basis, before, *key))
            if not basis:
                reason = "boundary_changed"
            elif unit is None:
                reason = "first_year"
            elif not (unit["is_recast_complete"] and mine["is_recast_complete"]):
                reason = "boundary_changed"
            elif not (unit["is_reported"] and mine["is_reported"]):
                reason = "not_reported"
            elif old is None or old["cv"] is None or now["cv"] is None:
                reason = "undefined"
            else:
                expected, kind = old["cv"], judged(old["cv"], now["cv"])
        seen[reason] += 1
        assert (row["previous_cv"], row["incomparable_reason"]) == (expected, reason), row
        assert row["change_kind"] == kind, row
        assert row["is_double_red"] == (kind == "worse" and now["is_within_limit"] is False), row
    assert seen[None] > 9_000
    assert seen["first_year"] > 500
    assert seen["boundary_changed"] > 50


MEASURES = {"cv": "cv", "mean": "district_mean", "share": "compliant_share", "gap": "stage_gap"}


@pytest.mark.parametrize("measure", MEASURES)
def test_every_direction_is_that_of_the_last_three_autumns(facts: duckdb.DuckDBPyConnection, measure: str) -> None:
    """The published words of every measure against a function over plain values."""
    days = {r["period"]: r["snapshot_date"] for r in rows(facts, "select * from stg_snapshot")}
    series: dict[tuple[str, Cell], list[tuple[date, float]]] = defaultdict(list)
    for r in rows(facts, "select * from unit_cv order by snapshot_date"):
        value = r[MEASURES[measure]]
        if r["snapshot_date"].month >= 9 and r["is_recast_complete"] and value is not None:
            cell = (r["district_code"], r["stage"], r["indicator_code"])
            series[r["basis"], cell].append((r["snapshot_date"], value))
    changed = changes_of_boundaries()
    horizon = max(days.values())
    kinds: set[str] = set()
    for row in rows(facts, f"select * from measure_direction where measure = '{measure}'"):
        cell = (row["district_code"], row["stage"], row["indicator_code"])
        day = days[row["period"]]
        own = [c for c in changed[cell[0]] if c <= day] if row["basis"] == "as_was" else []
        since = max(own, default=date.min)
        points = [(d, v) for d, v in series[row["basis"], cell] if since <= d <= day]
        is_recast = False
        is_present = not any(day < c <= horizon for c in changed[cell[0]])
        if len(points) < ENOUGH and is_present:
            points = [(d, v) for d, v in series["current", cell] if d <= day]
            is_recast = row["basis"] == "as_was" and len(points) >= ENOUGH
        size = 1.0
        if measure in ("mean", "gap") and len(points) >= ENOUGH:
            size = max(1.0, abs(points[-ENOUGH][1]))
        found = direction_of(points, float(FLAT) * size)
        assert row["direction"] == found.kind, (row, points[-3:])
        assert (row["first_amount"], row["last_amount"]) == (found.first_value, found.last_value)
        assert row["is_recast"] == is_recast, row
        kinds.add(found.kind)
    assert kinds == {"fell", "rose", "flat", "mixed", "few"}


def test_each_measure_is_judged_by_its_line(facts: duckdb.DuckDBPyConnection) -> None:
    thresholds = {
        (r["snapshot_date"], r["stage"], r["indicator_code"]): r["threshold"]
        for r in rows(facts, "select * from indicator_in_force")
    }
    stages = {
        (r["period"], r["basis"], r["district_code"], r["stage"]): r
        for r in rows(facts, "select * from district_stage")
    }
    seen: set[bool | None] = set()
    for row in rows(facts, "select * from unit_cv"):
        line = thresholds[row["snapshot_date"], row["stage"], row["indicator_code"]]
        mean = row["district_mean"]
        expected = None if mean is None else Decimal(repr(mean)) >= line
        assert row["is_mean_reached"] is expected, row
        stage = stages[row["period"], row["row_basis"], row["district_code"], row["stage"]]
        is_whole = row["is_recast_complete"]
        assert row["is_all_compliant"] is (stage["compliant_count"] == stage["section_count"] if is_whole else None)
        assert row["is_nothing_owed"] is (row["stage_gap"] == 0 if is_whole else None)
        seen.add(expected)
    assert seen == {True, None}, "in the demonstration every mean that is known reaches it"


def test_the_worst_cv_and_the_target_say_on_which_side_they_lie(facts: duckdb.DuckDBPyConnection) -> None:
    cvs = {
        (r["period"], r["basis"], r["district_code"], r["stage"], r["indicator_code"]): r
        for r in rows(facts, "select * from unit_cv")
    }
    past: set[bool] = set()
    for row in rows(facts, "select * from unit_status"):
        place = (row["period"], row["basis"], row["district_code"], row["worst_stage"], row["worst_indicator_code"])
        worst = cvs.get(place)
        assert row["is_worst_within_limit"] is (worst["is_within_limit"] if worst else None)
        year = row["target_year"]
        assert row["due_on"] == (None if year is None else date(year, 12, 31))
        assert row["is_due"] is (year is not None and row["snapshot_date"] > row["due_on"])
        autumn = row["forecast_autumn"]
        is_past = None not in (year, autumn) and autumn >= year
        assert row["is_last_return_past"] is is_past
        past.add(is_past)
    assert past == {True, False}


def test_no_direction_contradicts_the_change_of_its_last_year() -> None:
    """`2年持平` stood beside a red 变差: a flat or falling line has no step up."""
    start = date(2024, 9, 30)
    for steps in ((-0.02, 0.021), (0.021, -0.02), (0.0, 0.0025), (-0.03, 0.002), (0.001, 0.001)):
        values = [0.5, 0.5 + steps[0], 0.5 + sum(steps)]
        points = [(date(start.year + n, 9, 30), v) for n, v in enumerate(values)]
        kind = direction_of(points, 0.002).kind
        last = judged(values[1], values[2])
        assert not (last == "worse" and kind in ("flat", "fell")), steps
        assert not (last == "better" and kind in ("flat", "rose")), steps
        assert all(a < b for (a, _), (b, _) in pairwise(points))


def test_a_warning_compares_only_what_may_be_compared(facts: duckdb.DuckDBPyConnection) -> None:
    """綦江 took 万盛 in: its value of 2025 is that of both, 0.449, and not its own of that day, 0.464.

    Recast, six cells worsen by 0.02 and more; they had no warning, since nothing stood beside them.
    """
    found = {
        (r["warning_code"], r["district_code"], r["stage"], r["item_code"]): r
        for r in rows(facts, "select * from warning where period = '2026'")
    }
    red = found["over_and_worse", "500110", "junior", "L2"]
    (as_reported,) = rows(
        facts,
        "select cv from unit_cv where basis = 'as_was' and period = '2025'"
        " and district_code = '500110' and stage = 'junior'"
        " and indicator_code = 'L2'",
    )
    (recast,) = rows(
        facts,
        "select cv from unit_cv where basis = 'current' and period = '2025'"
        " and district_code = '500110' and stage = 'junior'"
        " and indicator_code = 'L2'",
    )
    assert red["previous_amount"] == recast["cv"] != as_reported["cv"]
    worsening = {k[1:] for k in found if k[0] == "worsening"}
    moved = {"500109", "500107", "P50LJ2"}
    plain = {
        (r["district_code"], r["stage"], r["indicator_code"]): r["cv"]
        for r in rows(facts, "select * from unit_cv where basis = 'current' and period = '2025'")
    }
    now = rows(facts, "select * from unit_cv where basis = 'current' and period = '2026'")
    expected = {
        key
        for r in now
        if (key := (r["district_code"], r["stage"], r["indicator_code"]))[0] in moved
        and r["is_within_limit"]
        and r["cv"] - plain[key] >= 0.02
    }
    assert len(expected) == 6
    assert {k for k in worsening if k[0] in moved} == expected


@pytest.mark.parametrize("period", ["2019", "2025", "2026-03", "2026"])
def test_the_red_warning_is_the_double_red(facts: duckdb.DuckDBPyConnection, period: str) -> None:
    keys = "select district_code, stage, {code} from {table} where period = '" + period + "'"
    warned = facts.execute(
        keys.format(code="item_code", table="warning") + " and warning_code = 'over_and_worse'"
    ).fetchall()
    red = facts.execute(
        keys.format(code="indicator_code", table="cv_change") + " and basis = 'as_was' and is_double_red"
    ).fetchall()
    assert sorted(warned) == sorted(red)
