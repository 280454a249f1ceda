"""What is proposed for a round and which term a day belongs to, by hand."""

from datetime import date

import pytest

from data.rows.duties import SchoolTerm, term_of_day
from data.rows.visits import ProposalReason, SchoolOfRoundRow, proposed_visits


def school(code: str, missed: int = 0, last: date | None = None) -> SchoolOfRoundRow:
    return SchoolOfRoundRow("500242", code, code, missed, last)


def test_never_visited_comes_first_then_weak_then_long_ago() -> None:
    schools = [
        school("A", 0, date(2026, 3, 1)),
        school("B", 0, date(2024, 3, 1)),
        school("C", 2, date(2026, 5, 1)),
        school("D", 5, date(2026, 6, 1)),
        school("E"),
        school("F", 1),
        school("G", 9),
        school("H", 3, date(2025, 1, 1)),
    ]
    proposed = proposed_visits(schools, {"E": date(2026, 11, 1), "H": date(2026, 1, 1)}, {"G"})
    assert [(p.school.school_code, p.reason) for p in proposed] == [
        ("F", ProposalReason.NEVER),
        ("D", ProposalReason.WEAK),
        ("H", ProposalReason.WEAK),
        ("C", ProposalReason.WEAK),
        ("B", ProposalReason.LONG_AGO),
        ("A", ProposalReason.LONG_AGO),
        ("E", ProposalReason.LONG_AGO),
    ]
    days = {p.school.school_code: p.last_visited_on for p in proposed}
    assert days["H"] == date(2026, 1, 1), "the later of what was returned and what was recorded"


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 11, 30), SchoolTerm(date(2026, 8, 1), date(2027, 1, 31))),
        (date(2026, 8, 1), SchoolTerm(date(2026, 8, 1), date(2027, 1, 31))),
        (date(2026, 7, 31), SchoolTerm(date(2026, 2, 1), date(2026, 7, 31))),
        (date(2026, 2, 1), SchoolTerm(date(2026, 2, 1), date(2026, 7, 31))),
        (date(2026, 1, 31), SchoolTerm(date(2025, 8, 1), date(2026, 1, 31))),
    ],
)
def test_a_day_belongs_to_the_term_that_began_before_it(day: date, term: SchoolTerm) -> None:
    assert term_of_day(day, 8, 2) == term
    assert term_of_day(term.previous_day, 8, 2).ends_on == term.previous_day
