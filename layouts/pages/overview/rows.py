"""The rows the overview is drawn from, and the narrowing by district or group."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from data.text import text
from layouts.view_state import VERDICT, ViewState


@dataclass(frozen=True)
class FrameRows:
    """What the frame around every page says: state, period, publication, boundaries.

    `asks_actor` where nobody is signed in, so that forms ask who acts; only on pages with forms,
    since what is kept of the others is for every viewer.
    """

    state: ViewState
    period: Any
    periods: Sequence[Any]
    snapshot: Any
    map_vintage: str
    map_note: str
    asks_actor: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class OverviewRows(FrameRows):
    """Rows of the queries, and the state they were asked for."""

    previous: Any | None
    units: Sequence[Any]
    previous_units: Sequence[Any]
    indicators: Sequence[Any]
    phases: Sequence[Any]
    parameters: dict[str, float]
    cvs: Sequence[Any]
    previous_cvs: Sequence[Any]
    stage_status: dict[str, Sequence[Any]]
    verdict_history: Sequence[Any]
    cv_history: Sequence[Any]
    gaps: Sequence[Any]
    plan_targets: Sequence[Any]
    boundary_changes: Sequence[Any]
    cv_limits: dict[str, float]
    labels: dict[str, Any]
    item_names: dict[str, str]

    @cached_property
    def chosen(self) -> Any | None:
        """The chosen unit's row, if one is chosen."""
        return next((u for u in self.units if u.district_code == self.state.district), None)

    def is_in_scope(self, unit: Any) -> bool:
        """Whether the filter leaves a unit."""
        if self.state.district:
            return unit.district_code == self.state.district
        return not self.state.group or unit.group_code == self.state.group

    @cached_property
    def scoped(self) -> Sequence[Any]:
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
    def indicator_name(self) -> str:
        """Short name of the chosen indicator."""
        return self.indicator_names.get(self.state.indicator, "")

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

    @cached_property
    def cvs_in_view(self) -> Sequence[Any]:
        """CVs of the chosen stage and indicator."""
        return _in_view(self.cvs, self.state)

    @cached_property
    def cvs_before(self) -> dict[tuple[str, str, str], float | None]:
        """The CV one autumn earlier by unit, stage and indicator."""
        return {(c.district_code, c.stage, c.indicator_code): c.cv for c in self.previous_cvs}

    @cached_property
    def previous_cvs_in_view(self) -> Sequence[Any]:
        """The same CVs one autumn earlier."""
        return _in_view(self.previous_cvs, self.state)


def _in_view(cvs: Sequence[Any], state: ViewState) -> Sequence[Any]:
    return [
        c
        for c in cvs
        if (state.stage in ("both", c.stage)) and (state.indicator in (VERDICT, c.indicator_code))
    ]


def worst_by_unit(cvs: Sequence[Any]) -> dict[str, Any]:
    """The CV with the largest share of its limit, by unit; absent where every CV is undefined."""
    worst: dict[str, Any] = {}
    for row in cvs:
        if row.limit_ratio is None:
            continue
        best = worst.get(row.district_code)
        if best is None or row.limit_ratio > best.limit_ratio:
            worst[row.district_code] = row
    return worst


def cv_name(row: Any, names: dict[str, str]) -> str:
    """小学运动场馆."""
    return text(f"stage.{row.stage}") + names.get(row.indicator_code, str(row.indicator_code))


def phase_end(phase_year: int) -> date:
    """The last day of a phase."""
    return date(phase_year, 12, 31)
