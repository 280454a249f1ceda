"""A unit of which a school cannot be placed within present boundaries: no measure of it is known, on any page."""

import csv
from collections import defaultdict
from datetime import date

import duckdb

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from layouts.page import static_page
from tests.contract.published_rows import rows
from tests.contract.test_comparisons import CATALOGUE
from tests.one_fact.surfaces import Page

MEASURES = ("cv", "limit_ratio", "is_within_limit", "district_mean", "is_mean_reached", "compliant_share", "stage_gap")


def partial_units(facts: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Period and unit, from the returns and district_successions.csv alone.

    A school that closed before its unit was divided may belong to any of the parts.
    """
    reported: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    for r in rows(facts, "select school_code, snapshot_date, period, district_code from stg_school"):
        reported[r["school_code"]].append((r["snapshot_date"], r["period"], r["district_code"]))
    horizon = max(day for returns in reported.values() for day, _, _ in returns)
    with (CATALOGUE / "district_successions.csv").open(encoding="utf-8") as stream:
        steps = [s for s in csv.DictReader(stream) if date.fromisoformat(s["effective_on"]) <= horizon]
    partial: set[tuple[str, str]] = set()
    for returns in reported.values():
        last, _, home = max(returns)
        onward = {
            s["successor_code"]
            for s in steps
            if s["predecessor_code"] == home and last < date.fromisoformat(s["effective_on"])
        }
        if len(onward) > 1:
            for _, period, unit in returns:
                partial |= {(period, s["successor_code"]) for s in steps if s["predecessor_code"] == unit}
    return partial


def test_no_measure_of_a_partial_unit_is_known(facts: duckdb.DuckDBPyConnection) -> None:
    partial = partial_units(facts)
    published = rows(facts, "select * from unit_cv where row_basis = 'current'")
    unknown = [r for r in published if (r["period"], r["district_code"]) in partial]
    known = [r for r in published if (r["period"], r["district_code"]) not in partial]
    assert len(unknown) > 100
    assert len(known) > 100
    assert all(r[m] is None for r in unknown for m in MEASURES)
    assert all(r["cv"] is not None for r in known if r["district_mean"])
    worst = rows(facts, "select * from unit_status where basis = 'current' and worst_cv is not null")
    assert not [u for u in worst if (u["period"], u["district_code"]) in partial]


def test_pages_say_that_it_cannot_be_recast_and_print_no_cv(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection
) -> None:
    """2019 under 按现在区划: league, overview, CV page and proof of 北碚 have one answer."""
    assert ("2019", "500109") in partial_units(facts)
    asked = {
        "/": "北碚：差异系数无法计算",
        "/cv/500109/primary/L5": "有学校无法归到现行区划",
        "/district/500109": "本期无法按现在区划完整重算",
    }
    for path, words in asked.items():
        search = "?period=2019&basis=current" + ("&district=500109" if path == "/" else "")
        name, _, panels = page_of(deps, path, search)
        page = Page(static_page(name, panels), [])
        assert words in page.words, path
        assert "0项差异系数超过上限" not in page.words, path
        assert "占差异的" not in page.words, path
