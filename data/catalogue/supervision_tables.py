"""Row types of the tables that govern ledger and warnings."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from data.catalogue.amounts import check_in_unit
from data.catalogue.tables import refers_to


@dataclass(frozen=True)
class IssueStatus:
    """A state of an issue; `step` is its place on the way from 未整改 to 稳定, 0 for 反弹."""

    status_code: str
    name: str
    is_open: bool
    step: int


@dataclass(frozen=True)
class IssueTransition:
    """A permitted move of an issue: who may, from where to where, and what it needs.

    `needs_second_person`: not who rectified; `needs_other_reviewer`: nor who reviewed it before.
    `needs_other_unit`: of a municipal issue, not by anybody of the unit. `deadline` says what it does with
    the deadline: set the `first`, `ask` for another, `grant` or `deny` that; empty leaves it.
    """

    action: str
    from_status: str = refers_to("issue_statuses.status_code")
    to_status: str = refers_to("issue_statuses.status_code")
    permission: str = field(kw_only=True)
    needs_measure: bool = field(kw_only=True)
    needs_evidence: bool = field(kw_only=True)
    needs_reason: bool = field(kw_only=True)
    needs_second_person: bool = field(kw_only=True)
    needs_other_reviewer: bool = field(kw_only=True)
    needs_met_value: bool = field(kw_only=True)
    needs_other_unit: bool = field(kw_only=True)
    deadline: str = field(kw_only=True)


@dataclass(frozen=True)
class WarningRule:
    """When to warn, how loud, and how many days the unit has to answer.

    What is warned about and `line` are in `unit`: `cv`, `chance` and `days`, or words as they are
    printed behind the number (`项`); empty where there is no number.
    """

    warning_code: str
    level: str
    name: str
    line: Decimal | None
    unit: str
    days_to_answer: int
    display_order: int
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)

    def __post_init__(self) -> None:
        if self.line is not None:
            check_in_unit(self.line, self.unit)


@dataclass(frozen=True)
class WarningEscalation:
    """To which level a reminded warning rises that was not answered within its days, so many times over.

    Raises:
        ValueError: less than once.
    """

    level: str
    silent_times: int
    raised_to: str
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)

    def __post_init__(self) -> None:
        if self.silent_times < 1:
            raise ValueError("silent_times is at least 1")


@dataclass(frozen=True)
class WarningTransition:
    """A permitted step of a warning: 新 → 已提醒 → 已回复 → 解除."""

    action: str
    from_state: str
    to_state: str
    permission: str
    needs_reason: bool


@dataclass(frozen=True)
class IssueOrigin:
    """Where a problem was found; a municipal one is verified by the city alone."""

    origin_code: str
    name: str
    is_municipal: bool


@dataclass(frozen=True)
class SupervisionLevel:
    """One of the four levels of supervision, from the city to the school."""

    level_code: str
    name: str
    display_order: int
    source_code: str = refers_to("sources.source_code")


@dataclass(frozen=True)
class InspectorKind:
    """One of the three kinds of inspector; visits name it before the person's name."""

    inspector_kind: str
    name: str
    level_code: str = refers_to("supervision_levels.level_code")
    source_code: str = refers_to("sources.source_code")
