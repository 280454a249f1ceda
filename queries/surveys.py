"""What a survey of satisfaction says: the share of each group and of all, and where its interval lies."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.rows.surveys import GroupResult, ReportedRecognition, SurveyResult
from data.store.surveys import GroupCount
from queries.proof import district_items
from queries.reader import Snapshot
from queries.wilson_interval import more_answers, side_of, wilson_interval

RECOGNITION = "S1"


def result_of(
    counts: Sequence[GroupCount], names: Mapping[str, str], standard: Decimal, confidence: Decimal
) -> SurveyResult:
    """The result of the groups as they were counted.

    Args:
        counts: What each group was asked and said.
        names: The groups' names by code.
        standard: The least share that meets the standard, of one.
        confidence: How sure the intervals are, of one.
    """
    groups = [
        _judged(
            GroupResult(c.group_code, names.get(c.group_code, c.group_code), c.asked, c.answered, c.satisfied),
            standard,
            confidence,
        )
        for c in counts
    ]
    return SurveyResult(groups, _judged(_pooled(counts), standard, confidence), standard, confidence)


def reported_recognition(snapshot: Snapshot, period: str, district_code: str) -> ReportedRecognition | None:
    """The S1 that a unit reported for a period; None where it reported none."""
    items = district_items(snapshot, period, "as_was", district_code)
    recognition = next((i for i in items if i.item_code == RECOGNITION and i.is_reported), None)
    return None if recognition is None else ReportedRecognition(period, recognition.amount, recognition.is_met)


def _pooled(counts: Sequence[GroupCount]) -> GroupResult:
    """All groups added up as they are, those of which nothing was entered with their sample alone."""
    entered = [c for c in counts if c.answered is not None]
    answered = sum(c.answered or 0 for c in entered) if entered else None
    satisfied = sum(c.satisfied or 0 for c in entered) if entered else None
    return GroupResult("", "", sum(c.asked for c in counts), answered, satisfied)


def _judged(counted: GroupResult, standard: Decimal, confidence: Decimal) -> GroupResult:
    """The same with share and interval; without an answer there is neither."""
    if not counted.answered or counted.satisfied is None:
        return counted
    of = (counted.satisfied, counted.answered)
    return GroupResult(
        counted.group_code,
        counted.name,
        counted.asked,
        counted.answered,
        counted.satisfied,
        Decimal(counted.satisfied) / counted.answered,
        wilson_interval(*of, confidence),
        side_of(*of, standard, confidence),
        more_answers(*of, standard, confidence),
    )
