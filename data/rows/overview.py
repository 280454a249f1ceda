"""Rows on all units: standing, CVs, changes, places, history, plan and gaps."""

from dataclasses import dataclass
from datetime import date

ANY_INDICATOR = "any"


@dataclass(frozen=True)
class WorstCv:
    """A unit's CV with the largest share of its limit."""

    stage: str
    indicator_code: str
    cv: float
    cv_limit: float
    ratio: float
    is_within_limit: bool


@dataclass(frozen=True)
class UnitStatusRow:
    """Everything about one unit's standing in one period.

    `due_on` is the last day of its target year, `is_due` whether the period lies after it: how late
    a unit is counts from `due_on` to today, or to `overdue_until`, the day of the later return that
    shows it met, never from the period.
    """

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
    is_last_return_past: bool
    due_on: date | None
    overdue_until: date | None
    is_due: bool
    recognised_batch: str | None
    recognised_predecessor: str | None
    predecessor_batch: str | None
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
    is_worst_within_limit: bool | None

    @property
    def first_autumn(self) -> int | None:
        """The first autumn whose return can still show all items met."""
        return None if self.forecast_autumn is None else self.forecast_autumn + 1

    def lateness_ended_on(self, today: date) -> date | None:
        """The day of the return that ended its lateness, if that return has come by today."""
        is_ended = self.overdue_until is not None and self.overdue_until <= today
        return self.overdue_until if is_ended else None

    @property
    def standing(self) -> str:
        """Its verdict, or not_reported: a unit that sent nothing is not one that is undecidable."""
        is_silent = self.verdict == "undecidable" and not self.is_reported
        return "not_reported" if is_silent else self.verdict

    @property
    def worst(self) -> WorstCv | None:
        """Its worst CV; None where every CV is undefined."""
        if (
            self.worst_stage is None
            or self.worst_indicator_code is None
            or self.worst_cv is None
            or self.worst_cv_limit is None
            or self.worst_ratio is None
            or self.is_worst_within_limit is None
        ):
            return None
        return WorstCv(
            self.worst_stage,
            self.worst_indicator_code,
            self.worst_cv,
            self.worst_cv_limit,
            self.worst_ratio,
            self.is_worst_within_limit,
        )


@dataclass(frozen=True)
class RecognitionRow:
    """A unit that the state recognised; `is_present` false where it is no longer a unit."""

    district_code: str
    short_name: str
    group_code: str
    batch_code: str
    batch_name: str
    document_number: str
    published_on: date | None
    is_present: bool


@dataclass(frozen=True)
class RecognitionBatchRow:
    """A batch of state recognitions; `missing_count` of its units stand in no catalogue row."""

    name: str
    unit_count: int
    missing_count: int


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
    """One CV of one unit, and what it is beside the autumn of the year before.

    `cv` is None where undefined; `previous_cv` and `change_kind` (better, worse, flat) are None
    where `incomparable_reason` says why.
    """

    district_code: str
    stage: str
    indicator_code: str
    cv: float | None
    cv_limit: float
    limit_ratio: float | None
    is_within_limit: bool | None
    district_mean: float | None
    previous_cv: float | None
    incomparable_reason: str | None
    compared_basis: str
    change_kind: str | None
    is_double_red: bool

    @property
    def before_and_now(self) -> tuple[float, float] | None:
        """The CV of the autumn before and the present one; None where either is missing."""
        if self.previous_cv is None or self.cv is None:
            return None
        return self.previous_cv, self.cv


@dataclass(frozen=True)
class UnitChangeRow:
    """A unit since the autumn of the year before; None where `incomparable_reason` says why.

    `verdict_change` is newly_met, newly_unmet, same, or undecided where one is no verdict;
    `new_progress` the progress that it did not have then, None where it is the same. Every
    return since the year `met_since` shows it met, `is_met_late` if that came after the target.
    """

    district_code: str
    previous_period: str | None
    compared_basis: str
    incomparable_reason: str | None
    verdict_change: str | None
    new_progress: str | None
    met_since: int | None
    is_met_late: bool

    @property
    def is_compared(self) -> bool:
        """Whether there are two verdicts to set side by side."""
        return self.verdict_change not in (None, "undecided")


@dataclass(frozen=True)
class UnitRankRow:
    """A unit's place among all units and in its group; None where it is not ranked.

    `is_undecided` where that is because an item of it is not known.
    """

    district_code: str
    league_order: int
    is_small: bool
    is_undecided: bool
    city_place: int | None
    ranked_count: int | None
    is_tied: bool
    group_place: int | None
    group_ranked_count: int | None
    is_group_tied: bool


@dataclass(frozen=True)
class CvHistoryRow:
    """One CV of one unit in one period."""

    district_code: str
    group_code: str
    stage: str
    indicator_code: str
    period: str
    snapshot_date: date
    is_annual: bool
    cv: float | None
    cv_limit: float
    is_within_limit: bool | None
    row_basis: str


@dataclass(frozen=True)
class VerdictHistoryRow:
    """A unit's verdict in one autumn period."""

    district_code: str
    group_code: str
    period: str
    snapshot_date: date
    is_reported: bool
    is_recast_complete: bool
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


@dataclass(frozen=True)
class UnknownRow:
    """Evaluated sections of one stage of a unit that lack a value, so that amounts leave them out.

    `indicator_code` is that of the value, or `ANY_INDICATOR`: a section once, whatever it lacks.
    """

    district_code: str
    stage: str
    indicator_code: str
    section_count: int
