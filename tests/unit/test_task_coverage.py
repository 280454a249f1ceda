"""What tasks cover of a bill: for the schools that owe it, in time before late, never twice."""

from datetime import date

from data.rows.task_books import Coverage, SchoolGapRow
from data.store.task_promises import Promise
from queries.task_books import covered

TARGET, IN_TIME, LATE = date(2028, 12, 31), date(2028, 12, 31), date(2029, 1, 1)


def gap(school: str, amount: int, code: str = "L2") -> SchoolGapRow:
    return SchoolGapRow("500242", school, school, code, "人", amount)


def promise(due_on: date, outstanding: int, **schools: int) -> Promise:
    return Promise("500242", "L2", due_on, outstanding, schools)


BILL = [gap("A", 5), gap("B", 3)]


def test_without_tasks_nothing_is_covered() -> None:
    assert covered(BILL, [], TARGET) == [Coverage("L2", "人", 8, 0, 0)]
    assert covered([], [promise(IN_TIME, 8, A=8)], TARGET) == []


def test_a_task_covers_its_own_schools_alone() -> None:
    assert covered(BILL, [promise(IN_TIME, 9, A=9)], TARGET) == [Coverage("L2", "人", 8, 5, 0)]
    assert covered(BILL, [promise(IN_TIME, 9, C=9)], TARGET) == [Coverage("L2", "人", 8, 0, 0)]


def test_what_is_late_stands_apart_and_nothing_is_covered_twice() -> None:
    both = [promise(LATE, 8, A=5, B=3), promise(IN_TIME, 4, A=5)]
    assert covered(BILL, both, TARGET) == [Coverage("L2", "人", 8, 4, 4)], "4 of A in time, the fifth and B's 3 late"
    assert covered(BILL, both, None) == [Coverage("L2", "人", 8, 8, 0)], "without a day to comply by none is late"


def test_what_is_done_is_promised_no_more() -> None:
    assert covered(BILL, [promise(IN_TIME, 2, A=5, B=3)], TARGET) == [Coverage("L2", "人", 8, 2, 0)]


def test_another_indicator_is_another_line() -> None:
    rows = covered([*BILL, gap("A", 2, "L3")], [promise(IN_TIME, 8, A=5, B=3)], TARGET)
    assert rows == [Coverage("L2", "人", 8, 8, 0), Coverage("L3", "人", 2, 0, 0)]
