"""Questions of the overview and league pages: status, CVs, history, plan and gaps of all units."""

from dataclasses import dataclass
from datetime import date

from queries.reader import Snapshot


@dataclass(frozen=True)
class UnitStatusRow:
    """Everything about one unit's standing in one period."""

    district_code: str
    name: str
    short_name: str
    group_code: str
    group_name: str
    geometry_code: str
    tile_column: float | None
    tile_row: float | None
    tile_width: float
    tile_height: float
    is_recast_complete: bool
    verdict: str
    progress: str
    phase_code: str | None
    phase_name: str | None
    target_year: int | None
    forecast_state: str
    forecast_autumn: int | None
    horizon_year: int | None
    low_year: int | None
    middle_year: int | None
    high_year: int | None
    chance: float | None
    slowest_item: str | None
    slowest_chance: float | None
    is_citywide_pace: bool
    is_due: bool
    is_recognised: bool
    is_reported: bool
    item_count: int
    met_count: int
    failed_count: int
    undecidable_count: int
    failing_items: str | None
    school_count: int
    compliant_school_count: int
    pupils: int
    worst_stage: str | None
    worst_indicator_code: str | None
    worst_cv: float | None
    worst_cv_limit: float | None
    worst_ratio: float | None


@dataclass(frozen=True)
class StageStatusRow:
    """资源配置 of one stage in one unit; `complies` is None where it cannot be judged."""

    district_code: str
    complies: bool | None
    section_count: int
    compliant_count: int
    over_limit_count: int


@dataclass(frozen=True)
class UnitCvRow:
    """One CV of one unit; `cv` is None where undefined."""

    district_code: str
    stage: str
    indicator_code: str
    cv: float | None
    cv_limit: float
    limit_ratio: float | None
    is_within_limit: bool | None
    district_mean: float | None


@dataclass(frozen=True)
class CvHistoryRow:
    """One CV of one unit in one period."""

    district_code: str
    stage: str
    indicator_code: str
    period: str
    snapshot_date: date
    is_annual: bool
    cv: float | None
    cv_limit: float
    row_basis: str
    is_recast_complete: bool


@dataclass(frozen=True)
class VerdictHistoryRow:
    """A unit's verdict in one autumn period."""

    district_code: str
    group_code: str
    period: str
    snapshot_date: date
    verdict: str
    item_count: int
    met_count: int
    undecidable_count: int
    worst_cv: float | None


@dataclass(frozen=True)
class PlanTargetRow:
    """A unit's target year and its chances to be met by the autumns from `forecast_autumn` on."""

    district_code: str
    group_code: str
    target_year: int | None
    progress: str
    forecast_autumn: int | None
    chances: list[float] | None


@dataclass(frozen=True)
class GapRow:
    """What must be supplied of one indicator in one stage of a unit, in its natural unit.

    `section_count` sections need it; `spare_section_count` more fail, are short of the threshold,
    and are owed nothing of this indicator, which is their exempt item.
    """

    district_code: str
    short_name: str
    stage: str
    indicator_code: str
    indicator_name: str
    gap_unit: str
    display_order: int
    section_count: int
    spare_section_count: int
    gap: float


def unit_status(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitStatusRow, ...]:
    """The standing of every unit."""
    return snapshot.ask("overview/unit_status", UnitStatusRow, period=period, basis=basis)


def stage_status(
    snapshot: Snapshot, period: str, basis: str, stage: str
) -> tuple[StageStatusRow, ...]:
    """资源配置 of one stage in every unit."""
    return snapshot.ask(
        "overview/stage_status", StageStatusRow, period=period, basis=basis, stage=stage
    )


def unit_cv(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitCvRow, ...]:
    """All CVs of every unit in one period."""
    return snapshot.ask("overview/unit_cv", UnitCvRow, period=period, basis=basis)


def cv_history(
    snapshot: Snapshot, basis: str, stage: str, indicator: str
) -> tuple[CvHistoryRow, ...]:
    """One CV of every unit over all periods."""
    return snapshot.ask(
        "overview/cv_history", CvHistoryRow, basis=basis, stage=stage, indicator=indicator
    )


def verdict_history(snapshot: Snapshot, basis: str) -> tuple[VerdictHistoryRow, ...]:
    """Verdicts of every unit over the autumn periods."""
    return snapshot.ask("overview/verdict_history", VerdictHistoryRow, basis=basis)


def plan_targets(snapshot: Snapshot, period: str, basis: str) -> tuple[PlanTargetRow, ...]:
    """Target years and chances of every unit."""
    return snapshot.ask("overview/plan_targets", PlanTargetRow, period=period, basis=basis)


def gaps(snapshot: Snapshot, period: str, basis: str, stage: str = "both") -> tuple[GapRow, ...]:
    """What must be supplied in every unit, after exempt items, for one stage or for both."""
    return snapshot.ask("overview/gaps", GapRow, period=period, basis=basis, stage=stage)
