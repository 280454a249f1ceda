"""The last day of a term, against days worked out by a calendar of China that is not ours."""

from dataclasses import replace
from datetime import date

import pytest

from data.catalogue.tables import Parameter
from data.terms import Term, day_after, is_arranged, is_working_day, last_day, term_of
from tests.people import CATALOGUE

WORKED = [
    ("working_days", 5, "no", "2026-02-06", "2026-02-13"),
    ("working_days", 5, "no", "2026-02-13", "2026-02-27"),
    ("working_days", 1, "no", "2026-02-14", "2026-02-24"),
    ("working_days", 1, "no", "2026-02-27", "2026-02-28"),
    ("working_days", 5, "no", "2026-04-03", "2026-04-13"),
    ("working_days", 5, "no", "2026-04-30", "2026-05-11"),
    ("working_days", 1, "no", "2026-05-08", "2026-05-09"),
    ("working_days", 5, "no", "2026-06-18", "2026-06-26"),
    ("working_days", 5, "no", "2026-09-18", "2026-09-24"),
    ("working_days", 5, "no", "2026-09-24", "2026-10-09"),
    ("working_days", 5, "no", "2026-09-30", "2026-10-13"),
    ("working_days", 1, "no", "2026-10-09", "2026-10-10"),
    ("working_days", 5, "no", "2025-12-29", "2026-01-06"),
    ("working_days", 5, "no", "2026-12-30", "2027-01-06"),
    ("working_days", 5, "no", "2025-01-24", "2025-02-07"),
    ("working_days", 10, "no", "2025-09-26", "2025-10-16"),
    ("working_days", 1, "no", "2026-01-01", "2026-01-04"),
    ("working_days", 1, "no", "2026-11-28", "2026-11-30"),
    ("working_days", 5, "no", "2024-02-08", "2024-02-21"),
    ("working_days", 3, "no", "2024-12-30", "2025-01-03"),
    ("days", 5, "no", "2026-02-10", "2026-02-15"),
    ("days", 10, "no", "2026-02-10", "2026-02-20"),
    ("days", 30, "no", "2026-01-31", "2026-03-02"),
    ("days", 30, "no", "2025-12-15", "2026-01-14"),
    ("days", 15, "no", "2025-12-28", "2026-01-12"),
    ("days", 60, "no", "2026-02-28", "2026-04-29"),
    ("days", 30, "no", "2024-02-29", "2024-03-30"),
    ("days", 60, "no", "2026-12-20", "2027-02-18"),
    ("days", 5, "no", "2026-09-25", "2026-09-30"),
    ("days", 30, "no", "2026-11-01", "2026-12-01"),
    ("days", 5, "yes", "2026-02-10", "2026-02-24"),
    ("days", 10, "yes", "2026-02-05", "2026-02-24"),
    ("days", 30, "yes", "2026-01-31", "2026-03-02"),
    ("days", 17, "yes", "2025-12-15", "2026-01-04"),
    ("days", 10, "yes", "2026-09-10", "2026-09-20"),
    ("days", 10, "yes", "2026-09-25", "2026-10-08"),
    ("days", 15, "yes", "2026-04-20", "2026-05-06"),
    ("days", 15, "yes", "2026-11-21", "2026-12-07"),
    ("days", 15, "yes", "2025-01-14", "2025-02-05"),
]
"""Unit, count, whether it ends on a working day, the day on which it begins, its last day."""


@pytest.mark.parametrize(("unit", "count", "moves", "begins", "ends"), WORKED)
def test_a_term_ends_on_the_day_worked_out(unit: str, count: int, moves: str, begins: str, ends: str) -> None:
    term = Term(count, unit == "working_days", moves == "yes")
    assert day_after(CATALOGUE, term, date.fromisoformat(begins)) == date.fromisoformat(ends)


def test_a_weekend_may_be_worked_and_a_weekday_rested() -> None:
    assert is_working_day(CATALOGUE, date(2026, 2, 28)), "a Saturday worked for 春节"
    assert not is_working_day(CATALOGUE, date(2026, 10, 7)), "a Wednesday of 国庆节"
    assert (is_arranged(CATALOGUE, 2026), is_arranged(CATALOGUE, 2027)) == (True, False)


def test_the_unit_of_its_row_says_which_days_a_term_counts() -> None:
    assert term_of(CATALOGUE, "complaint_pass_days", date(2026, 9, 30)) == Term(5, True, False)
    assert term_of(CATALOGUE, "opinion_days", date(2026, 9, 30)) == Term(30, False, False)
    assert last_day(CATALOGUE, "complaint_pass_days", date(2026, 9, 30)) == date(2026, 10, 13)


def test_an_office_may_let_terms_end_on_working_days() -> None:
    rows = tuple(
        replace(p, value=p.value + 1) if p.parameter_code == "term_ends_on_working_day" else p
        for p in CATALOGUE.rows(Parameter)
    )
    moved = replace(CATALOGUE, by_type={**CATALOGUE.by_type, Parameter: rows})
    assert last_day(moved, "opinion_days", date(2026, 9, 4)) == date(2026, 10, 8), "2026-10-04 is 国庆节"
