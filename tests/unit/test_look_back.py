"""回头看: the draw takes the stated share of each unit and month, weak schools always, and only when the days are over."""

from dataclasses import replace
from datetime import date, timedelta
from math import ceil

import pytest

from data.rows.ledger import LedgerRow
from data.rows.look_back import LookBackReason, LookBackRule, drawn_codes, due_look_backs
from data.store.ledger import Issue
from tests.stores import an_issue

RULE = LookBackRule(after_days=90, share=0.2)
CLOSED_ON = date(2026, 3, 10)


def closed(code: str, *, unit: str = "500242", on: date = CLOSED_ON, school: str | None = None) -> Issue:
    return replace(an_issue(code, status="closed", school_code=school, closed_on=on), district_code=unit)


@pytest.mark.parametrize("count", [1, 4, 5, 6, 10, 11])
def test_of_each_unit_and_month_the_share_is_drawn_rounded_up(count: int) -> None:
    here = [closed(f"A-{n}") for n in range(count)]
    there = [closed(f"B-{n}", unit="500101") for n in range(3)]
    later = [closed(f"C-{n}", on=date(2026, 4, 1)) for n in range(2)]
    drawn = drawn_codes([*here, *there, *later], RULE)
    counts = {letter: sum(code.startswith(letter) for code in drawn) for letter in "ABC"}
    assert counts == {"A": ceil(count / 5), "B": 1, "C": 1}


def test_what_was_drawn_stays_drawn_whoever_reads_it_and_whatever_comes_later() -> None:
    first = [closed(f"A-{n}") for n in range(20)]
    drawn = drawn_codes(first, RULE)
    assert drawn_codes(reversed(first), RULE) == drawn
    assert drawn <= drawn_codes([*first, *(closed(f"D-{n}", on=date(2026, 9, 1)) for n in range(20))], RULE)
    looked_at = [replace(i, status="stable") if i.issue_code in drawn else i for i in first]
    assert drawn_codes(looked_at, RULE) == drawn, "others are not drawn in the place of those that were looked at"


def test_every_issue_is_drawn_where_the_share_is_one() -> None:
    issues = [closed(f"A-{n}") for n in range(7)]
    assert drawn_codes(issues, replace(RULE, share=1.0)) == {i.issue_code for i in issues}


@pytest.mark.parametrize(("days", "count"), [(89, 0), (90, 2), (400, 2)])
def test_due_are_weak_schools_and_the_drawn_once_the_days_are_over(days: int, count: int) -> None:
    issues = [closed("WEAK", school="S-1"), closed("DRAWN", school="S-2"), closed("NEITHER", school="S-3")]
    rows = [LedgerRow(issue, None, issue.district_code, "") for issue in issues]
    due = due_look_backs(rows, {"DRAWN"}, {"S-1"}, RULE, CLOSED_ON + timedelta(days=days))
    assert len(due) == count
    if due:
        assert {d.row.issue.issue_code: d.reason for d in due} == {
            "WEAK": LookBackReason.WEAK,
            "DRAWN": LookBackReason.DRAWN,
        }
        assert {d.due_on for d in due} == {date(2026, 6, 8)}


@pytest.mark.parametrize("status", ["untouched", "awaiting_review", "look_back", "stable", "rebounded"])
def test_only_what_is_closed_is_due(status: str) -> None:
    issue = replace(closed("A"), status=status)
    row = LedgerRow(issue, None, issue.district_code, "")
    assert due_look_backs([row], {"A"}, set(), RULE, date(2030, 1, 1)) == []
