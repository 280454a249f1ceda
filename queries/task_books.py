"""Questions about task books: the bill that one is made from, and what of today's bill tasks cover."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from data.rows.common_dimensions import PeriodRow
from data.rows.overview import ANY_INDICATOR, UnitStatusRow
from data.rows.task_books import Coverage, GapBill, SchoolGapRow, UnitCoverage
from data.store.engine import Store
from data.store.task_books import LeftOut
from data.store.task_promises import Promise, promises_since
from queries.overview import gaps, unit_cv, unit_status, unknown_sections
from queries.proof import district_items
from queries.reader import Snapshot

AS_WAS = "as_was"
UNKNOWN, SPARE, SPREAD, ITEM, ITEM_UNKNOWN = "unknown", "spare", "spread", "item", "item_unknown"


def school_gaps(snapshot: Snapshot, period: str, basis: str) -> tuple[SchoolGapRow, ...]:
    """What every school owes, unit by unit, most first."""
    return snapshot.ask("task_books/school_gaps", SchoolGapRow, period=period, basis=basis)


def gap_bill(snapshot: Snapshot, period: str, district: str) -> GapBill:
    """The bill of a unit by school, and what fails without an amount on it."""
    unit = next((u for u in unit_status(snapshot, period, AS_WAS) if u.district_code == district), None)
    if unit is None or not unit.is_reported:
        return GapBill(district, period, (), (), is_reported=False)
    gaps = [row for row in school_gaps(snapshot, period, AS_WAS) if row.district_code == district]
    return GapBill(district, period, gaps, _left_out(snapshot, period, district), is_reported=True)


def _left_out(snapshot: Snapshot, period: str, district: str) -> list[LeftOut]:
    """Why no measure can be derived: values missing, exempt items, CVs over the limit, items of the unit as a whole."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in unknown_sections(snapshot, period, AS_WAS):
        if row.district_code == district and row.indicator_code != ANY_INDICATOR:
            counts[row.indicator_code, UNKNOWN] += row.section_count
    for gap in gaps(snapshot, period, AS_WAS):
        if gap.district_code == district and not gap.gap and gap.spare_section_count:
            counts[gap.indicator_code, SPARE] += gap.spare_section_count
    cvs = [cv for cv in unit_cv(snapshot, period, AS_WAS) if cv.district_code == district]
    billed = {cv.indicator_code for cv in cvs}
    for cv in cvs:
        if cv.is_within_limit is False:
            counts[cv.indicator_code, SPREAD] += 1
    for item in district_items(snapshot, period, AS_WAS, district):
        if item.item_code not in billed and item.is_met is not True:
            counts[item.item_code, ITEM if item.is_met is False else ITEM_UNKNOWN] += 1
    return [LeftOut(code, reason, count) for (code, reason), count in sorted(counts.items())]


def coverage(
    snapshot: Snapshot, store: Store, period: PeriodRow, basis: str, units: Sequence[UnitStatusRow]
) -> list[UnitCoverage]:
    """What of the bill of each of these units is covered by tasks of released books.

    A task covers what it promises for the very schools that owe it, as far as it was not done before the day of the
    figures; in time is what is due by the day on which the unit is to comply.
    """
    owed: defaultdict[str, list[SchoolGapRow]] = defaultdict(list)
    for row in school_gaps(snapshot, period.period, basis):
        owed[row.district_code].append(row)
    promised: defaultdict[str, list[Promise]] = defaultdict(list)
    for promise in promises_since(store, snapshot.scope, period.snapshot_date):
        promised[promise.district_code].append(promise)
    return [
        UnitCoverage(u.district_code, u.due_on, covered(owed[u.district_code], promised[u.district_code], u.due_on))
        for u in units
    ]


def covered(gaps: Sequence[SchoolGapRow], promises: Sequence[Promise], target: date | None) -> list[Coverage]:
    """The coverage of a bill by indicator: what is in time goes first, and nothing is covered twice."""
    by_indicator: defaultdict[str, list[SchoolGapRow]] = defaultdict(list)
    for gap in gaps:
        by_indicator[gap.indicator_code].append(gap)
    return [_of_indicator(rows, promises, target) for _, rows in sorted(by_indicator.items())]


def _of_indicator(gaps: Sequence[SchoolGapRow], promises: Sequence[Promise], target: date | None) -> Coverage:
    code = gaps[0].indicator_code
    left = {gap.school_code: gap.gap for gap in gaps}
    amounts = {True: 0, False: 0}
    of_code = [p for p in promises if p.item_code == code]
    for promise in sorted(of_code, key=lambda p: p.due_on):
        is_in_time = target is None or promise.due_on <= target
        outstanding = promise.outstanding
        for school, lacked in promise.schools.items():
            taken = min(left.get(school, 0), lacked, outstanding)
            if taken > 0:
                left[school] -= taken
                outstanding -= taken
                amounts[is_in_time] += taken
    return Coverage(code, gaps[0].gap_unit, sum(g.gap for g in gaps), amounts[True], amounts[False])
