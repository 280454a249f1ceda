"""回头看: the draw takes about the stated share and stays, weak schools always, and only when the days are over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.rows.ledger import LedgerRow
from data.rows.look_back import LookBackReason, LookBackRule, due_look_backs, is_drawn
from data.store.ledger import Issue
from tests.stores import an_issue

RULE = LookBackRule(after_days=90, share=0.2)
CLOSED_ON = date(2026, 3, 10)


def closed(code: str, *, unit: str = "500242", on: date = CLOSED_ON, school: str | None = None) -> Issue:
    return replace(an_issue(code, status="closed", school_code=school, closed_on=on), district_code=unit)


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_about_the_share_is_drawn_and_a_larger_share_keeps_what_a_smaller_one_drew(share: float) -> None:
    codes = [f"500242-2026-{n:04}" for n in range(4000)]
    drawn = {code for code in codes if is_drawn(code, share)}
    deviation = (share * (1 - share) * len(codes)) ** 0.5
    assert abs(len(drawn) - share * len(codes)) < 4 * deviation
    assert drawn <= {code for code in codes if is_drawn(code, share + 0.1)}


@pytest.mark.parametrize(("share", "all_of"), [(0.0, False), (1.0, True)])
def test_none_and_all_are_drawn_at_the_ends(share: float, *, all_of: bool) -> None:
    assert {is_drawn(f"A-{n}", share) for n in range(200)} == {all_of}


@pytest.mark.parametrize(("days", "count"), [(89, 0), (90, 2), (400, 2)])
def test_due_are_weak_schools_and_the_drawn_once_the_days_are_over(days: int, count: int) -> None:
    taken = next(code for code in (f"A-{n}" for n in range(99)) if is_drawn(code, RULE.share))
    left = next(code for code in (f"A-{n}" for n in range(99)) if not is_drawn(code, RULE.share))
    weak = next(code for code in (f"W-{n}" for n in range(99)) if not is_drawn(code, RULE.share))
    issues = [closed(weak, school="S-1"), closed(taken, school="S-2"), closed(left, school="S-3")]
    rows = [LedgerRow(issue, None, issue.district_code, "") for issue in issues]
    due = due_look_backs(rows, {"S-1"}, RULE, CLOSED_ON + timedelta(days=days))
    assert len(due) == count
    if due:
        assert {d.row.issue.issue_code: d.reason for d in due} == {
            weak: LookBackReason.WEAK,
            taken: LookBackReason.DRAWN,
        }
        assert {d.due_on for d in due} == {date(2026, 6, 8)}


@pytest.mark.parametrize("status", ["untouched", "awaiting_review", "look_back", "stable", "rebounded"])
def test_only_what_is_closed_is_due(status: str) -> None:
    issue = replace(closed("A", school="S-1"), status=status)
    row = LedgerRow(issue, None, issue.district_code, "")
    assert due_look_backs([row], {"S-1"}, RULE, date(2030, 1, 1)) == []
