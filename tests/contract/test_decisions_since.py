"""What became of a decision is measured by what it is about, and only between figures that compare."""

from datetime import date

import duckdb
import pytest

from queries.decision_course import decision_course
from queries.reader import Snapshot
from tests.present import present

BEFORE_THE_CHANGE, AFTER_IT = date(2025, 10, 15), date(2026, 6, 18)
"""Meetings that saw September 2025 with the boundaries before 2025-11-06, and March 2026 with those since."""


@pytest.mark.parametrize(
    "page", ["/ledger?only=overdue", "/warn", "/rounds", "/funds", "/leads", "/library", "/school/S1"]
)
@pytest.mark.parametrize("unit", ["", "district=500242"])
def test_no_count_of_units_or_items_stands_for_another_matter(snapshot: Snapshot, page: str, unit: str) -> None:
    """`超期三个月以上的问题`, decided on the ledger's page, read `达标区县 5 → 6，变好`."""
    address = page + ("&" if "?" in page else "?") + unit if unit else page
    assert decision_course(snapshot, snapshot, address, AFTER_IT) is None


@pytest.mark.parametrize("address", ["/", "/plan", "/league?group=central_city"])
def test_counts_over_different_units_are_not_compared(snapshot: Snapshot, address: str) -> None:
    """41 units until November 2025 and 37 since, of which `达标区县（共37个）` named one count."""
    assert decision_course(snapshot, snapshot, address, BEFORE_THE_CHANGE) is None
    course = present(decision_course(snapshot, snapshot, address, AFTER_IT))
    assert (course.kind, course.goal) == ("units", 8.0 if "group" in address else 37.0)


@pytest.mark.parametrize(
    "address", ["/district/500109", "/?district=500109", "/cv/500109/primary/L7", "/plan?why=item.500109.L5"]
)
def test_a_unit_is_not_compared_across_its_boundaries(snapshot: Snapshot, address: str) -> None:
    assert decision_course(snapshot, snapshot, address, BEFORE_THE_CHANGE) is None
    assert decision_course(snapshot, snapshot, address, AFTER_IT) is not None
    assert decision_course(snapshot, snapshot, address.replace("500109", "500242"), BEFORE_THE_CHANGE) is not None


def test_what_is_compared_is_what_was_published(snapshot: Snapshot, facts: duckdb.DuckDBPyConnection) -> None:
    counts = facts.sql(
        "select period, count(*) from unit_status where basis = 'as_was' and verdict = 'met'"
        " and period in ('2026-03', '2026') group by period"
    ).fetchall()
    course = present(decision_course(snapshot, snapshot, "/plan", AFTER_IT))
    assert {"2026-03": course.then, "2026": course.now} == dict(counts)
