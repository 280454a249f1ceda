"""Rows that every page asks for: periods, units, indicators, phases."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PeriodRow:
    """A period that can be chosen."""

    period: str
    snapshot_date: date
    is_annual: bool


@dataclass(frozen=True)
class UnitRow:
    """A unit that can be chosen."""

    district_code: str
    name: str
    short_name: str
    kind: str
    group_code: str
    group_name: str


@dataclass(frozen=True)
class KnownUnitRow:
    """A unit of any period."""

    district_code: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator that can be chosen."""

    indicator_code: str
    name: str
    short_name: str
    unit: str
    gap_unit: str


@dataclass(frozen=True)
class PhaseRow:
    """A phase of the rollout plan."""

    phase_code: str
    name: str
    short_name: str
    target_year: int
    band_label: str
    valid_from: date
    valid_to: date | None

    @property
    def ends_on(self) -> date:
        """The last day of its target year."""
        return date(self.target_year, 12, 31)


@dataclass(frozen=True)
class BoundaryChangeRow:
    """A day from which a unit's figures cannot be compared with earlier ones."""

    district_code: str
    effective_on: date


@dataclass(frozen=True)
class ParameterRow:
    """An office parameter."""

    parameter_code: str
    amount: float


@dataclass(frozen=True)
class ChanceLineRow:
    """A chance by which a state or a warning is decided."""

    amount: float


@dataclass(frozen=True)
class SchoolOfUnitRow:
    """A school of a unit's latest return."""

    district_code: str
    school_code: str
    school_name: str
