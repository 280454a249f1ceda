"""Questions that every page asks: periods, units, indicators, phases."""

from dataclasses import dataclass
from datetime import date

from queries.bounds import PlaceRow
from queries.reader import Snapshot


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


def school_place(snapshot: Snapshot, school: str) -> tuple[PlaceRow, ...]:
    """The units that a school belonged to, oldest first."""
    return snapshot.ask("shell/school_place", PlaceRow, school=school)


def known_units(snapshot: Snapshot) -> tuple[KnownUnitRow, ...]:
    """The units of every period and basis."""
    return snapshot.ask("shell/known_units", KnownUnitRow)


def periods(snapshot: Snapshot) -> tuple[PeriodRow, ...]:
    """All periods, oldest first."""
    return snapshot.ask("shell/periods", PeriodRow)


def units(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitRow, ...]:
    """The units of a period under a basis."""
    return snapshot.ask("shell/units", UnitRow, period=period, basis=basis)


def indicators(snapshot: Snapshot, period: str) -> tuple[IndicatorRow, ...]:
    """The indicators in force at a period."""
    return snapshot.ask("shell/indicators", IndicatorRow, period=period)


def phases(snapshot: Snapshot) -> tuple[PhaseRow, ...]:
    """The phases of the plan."""
    return snapshot.ask("shell/phases", PhaseRow)


def boundary_changes(snapshot: Snapshot) -> tuple[BoundaryChangeRow, ...]:
    """Boundary changes by unit."""
    return snapshot.ask("shell/boundary_changes", BoundaryChangeRow)


def parameters(snapshot: Snapshot, period: str) -> dict[str, float]:
    """Office parameters by code."""
    rows = snapshot.ask("overview/parameters", ParameterRow, period=period)
    return {row.parameter_code: row.amount for row in rows}
