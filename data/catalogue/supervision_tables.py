"""Row types of the tables that govern ledger and warnings."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from data.catalogue.amounts import check_in_unit
from data.catalogue.tables import refers_to


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
class LookBackCheck:
    """What is looked at when a closed issue is looked at again.

    `holds_if_stable`: what is answered with no here is not stable.
    """

    check_code: str
    question: str
    holds_if_stable: bool
    display_order: int
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)


@dataclass(frozen=True)
class LetterNumber:
    """How the office numbers a kind of letter: the words around the year and the running number of that year.

    Raises:
        ValueError: the words do not hold both.
    """

    letter_kind: str
    form: str
    valid_from: date
    valid_to: date | None
    source_code: str = refers_to("sources.source_code")
    is_confirmed: bool = field(kw_only=True)

    def __post_init__(self) -> None:
        if "{year}" not in self.form or "{number}" not in self.form:
            raise ValueError("a form of numbers names {year} and {number}")


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
