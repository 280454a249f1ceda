"""Rows of the surveys of satisfaction: shares with their intervals, on which side of the standard they lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from data.store.audit import AuditRow
from data.store.matters import Matter
from data.store.surveys import REHEARSAL, VOID


class Side(StrEnum):
    """Where an interval lies, seen from the standard."""

    ABOVE = "above"
    ACROSS = "across"
    BELOW = "below"


@dataclass(frozen=True)
class Interval:
    """Both ends of a Wilson interval, as shares of one."""

    low: float
    high: float


@dataclass(frozen=True)
class GroupResult:
    """What a group, or all of them, was asked and said; the last four are empty without a single answer.

    `more_answers`: how many answers more the interval of this very share would need to reach the standard.
    """

    group_code: str
    name: str
    asked: int
    answered: int | None
    satisfied: int | None
    share: Decimal | None = None
    interval: Interval | None = None
    side: Side | None = None
    more_answers: int | None = None

    @property
    def response_share(self) -> Decimal | None:
        """Answers for each person asked; None where nobody was, or nothing was entered."""
        return None if not self.asked or self.answered is None else Decimal(self.answered) / self.asked


@dataclass(frozen=True)
class SurveyResult:
    """The groups of a survey and all of them together, against the standard (a share of one) at a confidence."""

    groups: Sequence[GroupResult]
    pooled: GroupResult
    standard: Decimal
    confidence: Decimal


@dataclass(frozen=True)
class ReportedRecognition:
    """What the unit itself reported as S1 of a period: in per cent; None where it left the amount out."""

    period: str
    amount: Decimal | None
    is_met: bool | None


@dataclass(frozen=True)
class SurveyEvent:
    """A step in the history of a survey, with the counts that it changed by the name of their group."""

    row: AuditRow
    counts: Sequence[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True)
class SurveyRow:
    """A survey under the name of its unit; `result` and counts only for who may know them by now."""

    survey: Matter
    period: str
    unit_name: str
    is_complete: bool
    counts: SurveyResult | None
    has_result: bool

    @property
    def is_rehearsal(self) -> bool:
        """Whether it only tries the questions out, and counts nowhere."""
        return self.survey.matter_kind == REHEARSAL

    @property
    def is_void(self) -> bool:
        """Whether it counts no longer."""
        return self.survey.state == VOID

    @property
    def result(self) -> SurveyResult | None:
        """The result, once it may be known."""
        return self.counts if self.has_result else None

    def is_late(self, today: date) -> bool:
        """Whether the day of its next step is past."""
        return self.survey.due_on is not None and self.survey.due_on < today
