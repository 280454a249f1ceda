"""Rows of 监测预警: a warning, its subjects, and what was done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.supervision_tables import WarningEscalation, WarningRule
from data.store.warning_state import WarningState, answer_day


@dataclass(frozen=True)
class SubjectRow:
    """What a warning is about: stage and item ('' where none), its value, the line, since when.

    `is_recast` where the value of the year before is recast to the present boundaries.
    """

    district_code: str
    warning_code: str
    stage: str
    item_code: str
    amount: float | None
    line: float | None
    previous_amount: float | None
    is_recast: bool
    since: date


@dataclass(frozen=True)
class WarningRow:
    """One rule on one unit, with all its subjects and what was done about it."""

    rule: WarningRule
    district_code: str
    subjects: Sequence[SubjectRow]
    state: str
    record: WarningState | None
    escalation: WarningEscalation | None
    """The row by which silence raised it."""

    @property
    def level(self) -> str:
        """The rule's, or the one to which silence raised it."""
        return self.escalation.raised_to if self.escalation else self.rule.level

    @property
    def warning_key(self) -> str:
        """Key of what was done about it."""
        return f"{self.rule.warning_code}.{self.district_code}"

    @property
    def since(self) -> date:
        """The day since which the oldest subject has been warned about."""
        return min(s.since for s in self.subjects)

    def came_after(self, day: date | None) -> bool:
        """Whether every subject has been warned about only since after a day; of no day it is not known."""
        return day is not None and self.since > day

    @property
    def answer_by(self) -> date | None:
        """The day by which the unit must answer; None until it has been reminded."""
        return answer_day(self.rule, self.state, self.record)

    def is_late(self, today: date) -> bool:
        """Whether the answer should have come before today."""
        return self.answer_by is not None and self.answer_by < today


def escalation_of(level: str, times: int, escalations: Sequence[WarningEscalation]) -> WarningEscalation | None:
    """The row that raises a level after so many times of silence, the last of those reached; None where none does."""
    reached = [e for e in escalations if e.level == level and e.silent_times <= times]
    return max(reached, key=lambda e: e.silent_times, default=None)


@dataclass(frozen=True)
class Asked:
    """For which period the warnings are asked, which day it is, and what silence raises them to."""

    period: str
    today: date
    escalations: Sequence[WarningEscalation] = ()
