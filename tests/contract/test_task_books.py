"""Task books and the gap bill are one fact: amounts by school add up to the bill, and nothing that fails is dropped."""

import pytest

from data.store.engine import Store
from data.store.matters import MatterStep
from data.store.task_books import NewTaskBook, make_book, step_book
from data.store.task_proposals import OwedBySchool, proposed_measures
from queries import common_dimensions
from queries.overview import gaps, unit_cv, unit_status
from queries.proof import district_items
from queries.reader import Snapshot
from queries.task_books import AS_WAS, coverage, gap_bill, school_gaps
from tests.people import CATALOGUE
from tests.task_books import DUE, MAKER, RELEASER, STARTS, writing


@pytest.fixture(scope="module")
def period(snapshot: Snapshot) -> str:
    return common_dimensions.periods(snapshot)[-1].period


@pytest.mark.parametrize("basis", ["as_was", "current"])
def test_the_amounts_of_schools_add_up_to_the_bill_of_every_unit(snapshot: Snapshot, period: str, basis: str) -> None:
    by_school: dict[tuple[str, str], float] = {}
    for row in school_gaps(snapshot, period, basis):
        key = row.district_code, row.indicator_code
        by_school[key] = by_school.get(key, 0) + row.gap
    billed: dict[tuple[str, str], float] = {}
    for gap in gaps(snapshot, period, basis):
        if gap.gap:
            key = gap.district_code, gap.indicator_code
            billed[key] = billed.get(key, 0) + gap.gap
    assert billed
    assert by_school == billed


def test_nothing_that_fails_is_left_unsaid(snapshot: Snapshot, period: str) -> None:
    for unit in unit_status(snapshot, period, AS_WAS):
        bill = gap_bill(snapshot, period, unit.district_code)
        assert bill.is_reported == unit.is_reported
        if not unit.is_reported:
            continue
        said = {g.indicator_code for g in bill.gaps} | {left.item_code for left in bill.left_out}
        cvs = [c for c in unit_cv(snapshot, period, AS_WAS) if c.district_code == unit.district_code]
        failing = {c.indicator_code for c in cvs if c.is_within_limit is False}
        failing |= {
            i.item_code for i in district_items(snapshot, period, AS_WAS, unit.district_code) if i.is_met is False
        }
        assert failing <= said, unit.short_name


def test_a_released_book_covers_the_bill_that_it_was_made_from(store: Store, snapshot: Snapshot, period: str) -> None:
    unit = next(u for u in unit_status(snapshot, period, AS_WAS) if gap_bill(snapshot, period, u.district_code).gaps)
    bill = gap_bill(snapshot, period, unit.district_code)
    owed = [OwedBySchool(g.indicator_code, g.gap_unit, g.school_code, g.gap) for g in bill.gaps]
    newest = common_dimensions.periods(snapshot)[-1]
    (before,) = coverage(snapshot, store, newest, AS_WAS, [unit])
    assert all(c.uncovered == c.owed for c in before.indicators)
    new = NewTaskBook(
        unit.district_code,
        period,
        snapshot.info.snapshot_id,
        "任务书",
        DUE,
        proposed_measures(CATALOGUE, owed, STARTS, DUE),
        bill.left_out,
    )
    with writing(store, MAKER) as hand:
        book = make_book(hand, new, is_demonstration=True)
    (draft,) = coverage(snapshot, store, newest, AS_WAS, [unit])
    assert draft == before, "a draft promises nothing"
    with writing(store, RELEASER) as hand:
        step_book(hand, book, MatterStep(book.matter_code, book.version, "release_book"))
    (after,) = coverage(snapshot, store, newest, AS_WAS, [unit])
    assert all(c.uncovered == 0 for c in after.indicators)
    in_time = unit.due_on is None or unit.due_on >= DUE
    assert all((c.in_time if in_time else c.too_late) == c.owed for c in after.indicators)
