"""Questions that every page asks: periods, units, indicators, phases."""

from data.rows.bounds import PlaceRow
from data.rows.common_dimensions import (
    BoundaryChangeRow,
    ChanceLineRow,
    IndicatorRow,
    KnownUnitRow,
    ParameterRow,
    PeriodRow,
    PhaseRow,
    SchoolOfUnitRow,
    UnitRow,
)
from queries.reader import Snapshot


def school_place(snapshot: Snapshot, school: str) -> tuple[PlaceRow, ...]:
    """The units that a school belonged to, oldest first."""
    return snapshot.ask("common_dimensions/school_place", PlaceRow, school=school)


def school_places(snapshot: Snapshot) -> tuple[SchoolOfUnitRow, ...]:
    """The schools of each unit's latest return."""
    return snapshot.ask("common_dimensions/school_places", SchoolOfUnitRow)


def known_units(snapshot: Snapshot) -> tuple[KnownUnitRow, ...]:
    """The units of every period and basis."""
    return snapshot.ask("common_dimensions/known_units", KnownUnitRow)


def periods(snapshot: Snapshot) -> tuple[PeriodRow, ...]:
    """All periods, oldest first."""
    return snapshot.ask("common_dimensions/periods", PeriodRow)


def units(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitRow, ...]:
    """The units of a period under a basis."""
    return snapshot.ask("common_dimensions/units", UnitRow, period=period, basis=basis)


def indicators(snapshot: Snapshot, period: str) -> tuple[IndicatorRow, ...]:
    """The indicators in force at a period."""
    return snapshot.ask("common_dimensions/indicators", IndicatorRow, period=period)


def phases(snapshot: Snapshot) -> tuple[PhaseRow, ...]:
    """The phases of the plan."""
    return snapshot.ask("common_dimensions/phases", PhaseRow)


def boundary_changes(snapshot: Snapshot) -> tuple[BoundaryChangeRow, ...]:
    """Boundary changes by unit."""
    return snapshot.ask("common_dimensions/boundary_changes", BoundaryChangeRow)


def parameters(snapshot: Snapshot, period: str) -> dict[str, float]:
    """Office parameters by code."""
    rows = snapshot.ask("overview/parameters", ParameterRow, period=period)
    return {row.parameter_code: row.amount for row in rows}


def chance_lines(snapshot: Snapshot, period: str) -> tuple[float, ...]:
    """The chances by which a unit's state and its warning are decided."""
    rows = snapshot.ask("overview/chance_lines", ChanceLineRow, period=period)
    return tuple(row.amount for row in rows)
