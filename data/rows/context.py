"""What pages about units are drawn from, and the narrowing by district or group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from data.catalogue.map_tables import MapLabel
from data.direction import Direction
from data.printing import NONE
from data.rows.common_dimensions import BoundaryChangeRow, IndicatorRow, PeriodRow, PhaseRow
from data.rows.overview import (
    ANY_INDICATOR,
    CvHistoryRow,
    GapRow,
    PlanTargetRow,
    RecognitionBatchRow,
    RecognitionRow,
    StageStatusRow,
    UnitChangeRow,
    UnitCvRow,
    UnitRankRow,
    UnitStatusRow,
    UnknownRow,
    VerdictHistoryRow,
)
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import VERDICT, ViewState


class StageIndicator(Protocol):
    """A row about one indicator of one stage."""

    @property
    def stage(self) -> str:
        """`primary` or `junior`."""
        ...

    @property
    def indicator_code(self) -> str:
        """`L1` to `B8`."""
        ...


class InUnit(Protocol):
    """A row about one unit."""

    @property
    def district_code(self) -> str:
        """The unit's code."""
        ...


@dataclass(frozen=True)
class FrameContext:
    """What the frame around every page says: state, period, publication, boundaries.

    `today` is the day in Beijing, in a pinned meeting the meeting's: what runs out counts from it,
    what is measured from the period. `asks_actor` where nobody is
    signed in, so that forms ask who acts; only on pages with forms, since what is kept of the
    others is for every viewer.
    """

    state: ViewState
    today: date
    period: PeriodRow
    periods: Sequence[PeriodRow]
    snapshot: SnapshotInfo
    map_vintage: str
    map_note: str
    asks_actor: bool = field(default=False, kw_only=True)
    covers: str = field(default="", kw_only=True)
    """What a narrow account is shown, in words; empty for who may see every unit."""
    own_units: str = field(default="", kw_only=True)
    """Names of the units of a narrow account."""
    own_schools: int = field(default=0, kw_only=True)
    """How many schools an account is for that is for some schools only."""

    @property
    def is_newest(self) -> bool:
        """Whether no later period is known: what runs out today belongs to this one alone."""
        return self.period.period == self.periods[-1].period


@dataclass(frozen=True)
class UnitContext(FrameContext):
    """Rows of the queries, and the state they were asked for.

    `worst` is the chosen unit's worst CV in view, `worst_course` its direction; `chance_lines` are
    those by which a chance is judged.
    """

    previous: PeriodRow | None
    units: Sequence[UnitStatusRow]
    changes: dict[str, UnitChangeRow]
    ranks: dict[str, UnitRankRow]
    indicators: Sequence[IndicatorRow]
    phases: Sequence[PhaseRow]
    parameters: dict[str, float]
    chance_lines: Sequence[float]
    cvs: Sequence[UnitCvRow]
    stage_status: dict[str, Sequence[StageStatusRow]]
    verdict_history: Sequence[VerdictHistoryRow]
    cv_history: Sequence[CvHistoryRow]
    worst: UnitCvRow | None
    worst_course: Direction
    gaps: Sequence[GapRow]
    unknown_values: Sequence[UnknownRow]
    plan_targets: Sequence[PlanTargetRow]
    boundary_changes: Sequence[BoundaryChangeRow]
    cv_limits: dict[str, float]
    labels: dict[str, MapLabel]
    item_names: dict[str, str]
    recognitions: Sequence[RecognitionRow]
    recognition_batches: Sequence[RecognitionBatchRow]

    @cached_property
    def chosen(self) -> UnitStatusRow | None:
        """The chosen unit's row, if one is chosen."""
        return next((u for u in self.units if u.district_code == self.state.district), None)

    @property
    def is_silent(self) -> bool:
        """Whether no unit that the filter leaves reported: nothing may be counted of their schools."""
        return bool(self.scoped) and not any(u.is_reported for u in self.scoped)

    @cached_property
    def unknown_count(self) -> int:
        """How many of them did not report, or have an item that cannot be judged."""
        return sum(not u.is_reported or u.undecidable_count > 0 for u in self.scoped)

    def unknown_sections(self, indicator_code: str = ANY_INDICATOR) -> dict[str, int]:
        """By unit, the sections of the stages in view whose value of an indicator, or of any, is missing."""
        counts: dict[str, int] = {}
        for row in self.unknown_values:
            if row.indicator_code == indicator_code and self.state.stage in ("both", row.stage):
                counts[row.district_code] = counts.get(row.district_code, 0) + row.section_count
        return counts

    def is_in_scope(self, unit: UnitStatusRow) -> bool:
        """Whether the filter leaves a unit."""
        if self.state.district:
            return unit.district_code == self.state.district
        return not self.state.group or unit.group_code == self.state.group

    @cached_property
    def scoped(self) -> Sequence[UnitStatusRow]:
        """The units that the filter leaves."""
        return [u for u in self.units if self.is_in_scope(u)]

    @cached_property
    def scoped_codes(self) -> set[str]:
        """Their codes."""
        return {u.district_code for u in self.scoped}

    @cached_property
    def most_items(self) -> int:
        """How many items a unit is judged by; 0 where the viewer has no unit in this period."""
        return max((u.item_count for u in self.units), default=0)

    @cached_property
    def scope_name(self) -> str:
        """Name of the district, the group, or empty for the city."""
        if self.chosen is not None:
            return self.chosen.name
        if self.state.group:
            return next((u.group_name for u in self.scoped), "")
        return ""

    @property
    def covered_name(self) -> str:
        """The same, and of a narrow account its units; empty for the city alone."""
        return self.scope_name or self.own_units

    @property
    def indicator_name(self) -> str:
        """Short name of the chosen indicator."""
        return self.indicator_names.get(self.state.indicator, "")

    @property
    def staged_indicator(self) -> str:
        """The same after the one stage that is chosen."""
        return self.stage_name + self.indicator_name

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """Short name by code."""
        return {i.indicator_code: i.short_name for i in self.indicators}

    @property
    def is_verdict(self) -> bool:
        """Whether the overall verdict is shown, not one indicator."""
        return self.state.indicator == VERDICT

    @property
    def has_stage(self) -> bool:
        """Whether one stage is chosen."""
        return self.state.stage != "both"

    @property
    def stage_name(self) -> str:
        """小学 or 初中 where one is chosen; empty where both are."""
        return text(f"stage.{self.state.stage}") if self.has_stage else ""

    @cached_property
    def cvs_in_view(self) -> Sequence[UnitCvRow]:
        """CVs of the chosen stage and indicator."""
        return in_view(self.cvs, self.state)

    @cached_property
    def double_red(self) -> Sequence[UnitCvRow]:
        """双红 of the units that the filter leaves: CVs over the limit, worse than a year ago."""
        return [c for c in self.cvs if c.is_double_red and c.district_code in self.scoped_codes]

    @property
    def recut_later(self) -> list[str]:
        """Short names of the units that the filter leaves that got their present boundaries after the period."""
        day = self.period.snapshot_date
        recut = {c.district_code for c in self.boundary_changes if c.effective_on > day}
        return [u.short_name for u in self.scoped if u.district_code in recut]

    def last_change(self, district_code: str) -> date:
        """The last day up to the period on which a unit's boundaries changed, under the basis."""
        if self.state.basis == "current":
            return date.min
        return max(
            (
                c.effective_on
                for c in self.boundary_changes
                if c.district_code == district_code and c.effective_on <= self.period.snapshot_date
            ),
            default=date.min,
        )

    @cached_property
    def ended_phases(self) -> list[PhaseRow]:
        """The phases that had ended when the figures were counted."""
        return [p for p in self.phases if p.ends_on < self.period.snapshot_date]

    def is_running(self, phase: PhaseRow) -> bool:
        """Whether a phase has not ended today."""
        return phase.ends_on >= self.today

    @cached_property
    def coming_phase(self) -> PhaseRow | None:
        """The phase that ends next, from today; None where all have ended."""
        return next((p for p in self.phases if self.is_running(p)), None)

    @property
    def sees_all(self) -> bool:
        """Whether units may be set beside all others: no account's scope cut the rows."""
        return not self.covers

    @property
    def day_of_last_period(self) -> date | None:
        """The day of the period before the one shown, whatever its season; None before the first."""
        return max((p.snapshot_date for p in self.periods if p.snapshot_date < self.period.snapshot_date), default=None)

    @property
    def previous_word(self) -> str:
        """2025年, the autumn compared with; — where there is none."""
        return f"{self.previous.snapshot_date.year}年" if self.previous else NONE


def in_view(cvs: Sequence[UnitCvRow], state: ViewState) -> Sequence[UnitCvRow]:
    """CVs of the chosen stage and indicator."""
    return [c for c in cvs if (state.stage in ("both", c.stage)) and (state.indicator in (VERDICT, c.indicator_code))]


def worst_by_unit(cvs: Iterable[UnitCvRow]) -> dict[str, UnitCvRow]:
    """The CV with the largest share of its limit, by unit; absent where every CV is undefined."""
    worst: dict[str, UnitCvRow] = {}
    for row in cvs:
        if row.limit_ratio is None:
            continue
        best = worst.get(row.district_code)
        if best is None or row.limit_ratio > (best.limit_ratio or 0.0):
            worst[row.district_code] = row
    return worst


def largest_first(cvs: Iterable[UnitCvRow]) -> list[UnitCvRow]:
    """The CVs that are defined by their share of the limit; equal ones as they came."""
    known = [(row.limit_ratio, row) for row in cvs if row.limit_ratio is not None]
    return [row for _, row in sorted(known, key=lambda pair: -pair[0])]


def most_needed(sections: Mapping[str, int], indicators: Sequence[IndicatorRow]) -> list[str]:
    """Indicators by how many sections must be supplied, most first; equal ones officially."""
    official = [i.indicator_code for i in indicators]
    return sorted(sections, key=lambda code: (-sections[code], official.index(code)))


def cv_name(row: StageIndicator, names: Mapping[str, str]) -> str:
    """小学运动场馆."""
    return text(f"stage.{row.stage}") + names.get(row.indicator_code, row.indicator_code)
