"""Since when a unit is met, and who is newly met: what was met as reported or is only seen late."""

from datetime import date

import duckdb

from tests.contract.published_rows import rows


def test_a_target_met_only_by_a_later_return_is_met_late(facts: duckdb.DuckDBPyConnection) -> None:
    """The run of returns that show a unit met, walked from the oldest."""
    units = rows(facts, "select * from unit_status order by snapshot_date")
    published = {(r["period"], r["basis"], r["district_code"]): r for r in rows(facts, "select * from unit_change")}
    since: dict[tuple[str, str], date] = {}
    late = 0
    for row in units:
        key = (row["basis"], row["district_code"])
        if row["verdict"] == "met":
            since.setdefault(key, row["snapshot_date"])
        else:
            since.pop(key, None)
        found = published[row["period"], *key]
        run = since.get(key) if row["verdict"] == "met" else None
        assert found["met_since"] == (run.year if run else None), row
        is_late = bool(run and row["due_on"] and run > row["due_on"] and row["recognised_batch"] is None)
        assert found["is_met_late"] is is_late, row
        late += is_late
    assert late >= 3


def test_lateness_ends_with_the_first_later_return_that_shows_the_unit_met(facts: duckdb.DuckDBPyConnection) -> None:
    """沙坪坝, met since 2025's autumn as reported, was said to be late by 23 months on the page of an earlier period."""
    units = rows(facts, "select * from unit_status order by snapshot_date desc")
    next_met: dict[tuple[str, str], date] = {}
    ended = 0
    for row in units:
        key = (row["basis"], row["district_code"])
        until = next_met.get(key) if row["progress"] == "overdue" else None
        assert row["overdue_until"] == until, row
        ended += until is not None
        if row["verdict"] == "met":
            next_met[key] = row["snapshot_date"]
    assert ended >= 2


def test_an_undecided_unit_is_neither_newly_complying_nor_newly_failing(facts: duckdb.DuckDBPyConnection) -> None:
    """Recast, the items reported before 2026 are missing: 无法判定 → 达标 was counted as `+4新达标`."""
    found = rows(
        facts,
        "select c.*, u.verdict from unit_change as c inner join unit_status as u"
        " on c.period = u.period and c.basis = u.basis"
        " and c.district_code = u.district_code",
    )
    verdicts = {"met", "near", "unmet", "veto"}
    said = {(r["period"], r["basis"], r["district_code"]): r["verdict"] for r in found}
    for row in found:
        both = {row["verdict"], row["previous_verdict"]}
        reported = said.get((row["previous_period"], "as_was", row["district_code"]), row["previous_verdict"])
        is_other = (reported == "met") != (row["previous_verdict"] == "met")
        if row["verdict_change"] in ("newly_met", "newly_unmet"):
            assert both <= verdicts, row
            assert "met" in both
            assert len(both) == 2
            assert not is_other, row
        elif row["verdict_change"] == "undecided":
            assert "undecidable" in both or is_other
    assert any(
        r["verdict_change"] == "undecided" and r["verdict"] == "met"
        for r in found
        if r["basis"] == "current" and r["period"] == "2026"
    )


def test_who_was_met_as_reported_is_not_newly_met(facts: duckdb.DuckDBPyConnection) -> None:
    """沙坪坝 has been met since 2024 and was cut anew in 2025: recast, its 2025 fails."""
    (row,) = rows(
        facts, "select * from unit_change where period = '2026' and basis = 'as_was' and district_code = '500106'"
    )
    assert (row["met_since"], row["verdict_change"]) == (2024, "undecided")


def test_who_was_recognised_is_not_newly_met_when_recast(facts: duckdb.DuckDBPyConnection) -> None:
    (row,) = rows(
        facts, "select * from unit_change where period = '2026' and basis = 'current' and district_code = '500106'"
    )
    assert row["verdict_change"] == "undecided"


def test_a_return_of_spring_that_shows_a_unit_met_counts(facts: duckdb.DuckDBPyConnection) -> None:
    """两江 was to be met in 2024 and was first met in the return of March 2026."""
    late = rows(
        facts,
        "select period, met_since, is_met_late from unit_change where period in ('2026-03', '2026')"
        " and basis = 'as_was' and district_code = 'P50LJ2' order by period",
    )
    assert [(r["met_since"], r["is_met_late"]) for r in late] == [(2026, True), (2026, True)]
