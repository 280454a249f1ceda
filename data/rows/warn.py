"""Rows of 监测预警: a warning, its subjects, and what was done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.catalogue.supervision_tables import WarningRule
from data.clock import day_of
from data.store.warnings import WarningState


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

    @property
    def warning_key(self) -> str:
        """Key of what was done about it."""
        return f"{self.rule.warning_code}.{self.district_code}"

    @property
    def since(self) -> date:
        """The day since which the oldest subject has been warned about."""
        return min(s.since for s in self.subjects)

    @property
    def answer_by(self) -> date | None:
        """The day by which the unit must answer; None until it has been reminded."""
        if self.record is None or self.state != "reminded":
            return None
        return day_of(self.record.updated_at) + timedelta(days=self.rule.days_to_answer)

    def is_late(self, today: date) -> bool:
        """Whether the answer should have come before today."""
        return self.answer_by is not None and self.answer_by < today


@dataclass(frozen=True)
class Asked:
    """For which period the warnings are asked, and which day it is."""

    period: str
    today: date
