"""The rows the trend page is drawn from, and how each measure is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from data.direction import Direction
from data.rows.causes import Decomposition
from data.rows.common_dimensions import IndicatorRow, PeriodRow
from data.rows.context import UnitContext
from data.rows.trend import MeasureRow
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.data_table import Kind

MEASURES = ("cv", "mean", "share", "gap")
FIELDS = {"cv": "cv", "mean": "district_mean", "share": "compliant_share", "gap": "gap"}
VERDICTS = {"cv": "is_within_limit", "mean": "is_mean_reached", "share": "is_all_compliant", "gap": "is_nothing_owed"}


def measure_of(state: ViewState) -> str:
    """The measure that a state shows; the CV by default."""
    return state.measure if state.measure in MEASURES else MEASURES[0]


@dataclass(frozen=True)
class Change:
    """A change between two periods in parts that add up to it."""

    measure: str
    before_period: PeriodRow
    after_period: PeriodRow
    parts: Decomposition
    is_passive: bool


@dataclass(frozen=True)
class Series:
    """A row of the chart's table and its line: day and value, None where it cannot be compared.

    `breaks` are days across which no line is drawn.
    """

    key: str
    name: str
    points: Sequence[tuple[date, float | None]]
    look: str
    label: str = ""
    breaks: Sequence[date] = ()


@dataclass(frozen=True)
class TrendView:
    """One measure of one stage and indicator."""

    rows: UnitContext
    stage: str
    indicator: IndicatorRow
    measures: Sequence[MeasureRow]
    explained: str
    """Whose change is taken apart: the chosen unit, or the one with the largest CV; empty where none is known."""
    changes: Sequence[Change]
    directions: dict[str, Direction]

    @cached_property
    def measure(self) -> str:
        """Which measure is shown."""
        return measure_of(self.rows.state)

    @property
    def name(self) -> str:
        """小学运动场馆差异系数, or 小学部达标占比, which is of all items."""
        stage = text(f"stage.{self.stage}")
        if self.measure == "share":
            return text("trend.name_share", stage=stage)
        return stage + self.indicator.short_name + text(f"trend.measure_{self.measure}")

    @cached_property
    def points(self) -> dict[str, list[tuple[date, float | None]]]:
        """Day and value by unit, up to the chosen period; None where it is not known."""
        by_unit: dict[str, list[tuple[date, float | None]]] = {}
        until = self.rows.period.snapshot_date
        for row in self.measures:
            if row.snapshot_date <= until:
                value: float | None = getattr(row, FIELDS[self.measure])
                by_unit.setdefault(row.district_code, []).append((row.snapshot_date, value))
        return by_unit

    def now(self, code: str) -> float | None:
        """A unit's value in the chosen period; an older one does not stand in for it."""
        return dict(self.points.get(code, [])).get(self.rows.period.snapshot_date)

    def medians(self, codes: set[str]) -> list[tuple[date, float | None]]:
        """The median of some units by day; none where an account's scope cut them."""
        if not self.rows.sees_all:
            return []
        days: dict[date, list[float]] = {}
        for code in codes:
            for day, value in self.points.get(code, []):
                if value is not None:
                    days.setdefault(day, []).append(value)
        return [(day, self._middle(values)) for day, values in sorted(days.items())]

    def _middle(self, values: Sequence[float]) -> float:
        """Their median; of amounts at the step at which they are printed, on the page as in its file."""
        middle = float(median(values))
        return formatting.stepped(middle, self.indicator.gap_unit) if self.measure == "gap" else middle

    @cached_property
    def limit(self) -> float | None:
        """The line that decides, where there is one."""
        if self.measure == "cv":
            return self.rows.cv_limits.get(self.stage)
        if self.measure == "mean":
            day = self.rows.period.snapshot_date
            return next((r.threshold for r in self.measures if r.snapshot_date == day), None)
        return 1.0 if self.measure == "share" else 0.0

    @property
    def limit_words(self) -> str:
        """The line as printed; empty where there is none."""
        if self.limit is None:
            return ""
        if self.measure == "cv":
            return formatting.rounded(self.limit, 2)
        return formatting.plain(round(self.limit, 6))

    def words(self, value: float | None) -> str:
        """A value as printed."""
        if value is None:
            return formatting.NONE
        if self.measure == "cv":
            return formatting.cv(value, self.limit)
        if self.measure == "share":
            return formatting.share(value)
        if self.measure == "gap":
            return formatting.amount(value, self.indicator.gap_unit)
        return formatting.value(value, self.limit)

    @property
    def kind(self) -> tuple[Kind, str]:
        """What a value is in a table, and its unit in files."""
        unit = self.indicator.gap_unit if self.measure == "gap" else ""
        return {"cv": Kind.CV, "share": Kind.SHARE, "gap": Kind.AMOUNT}.get(self.measure, Kind.NUMBER), unit

    def is_good(self, code: str) -> bool | None:
        """Whether a unit's value now is on the right side of its line; None where neither."""
        row = self._rows_now.get(code)
        return None if row is None else getattr(row, VERDICTS[self.measure])

    @cached_property
    def _rows_now(self) -> dict[str, MeasureRow]:
        until = self.rows.period.snapshot_date
        return {r.district_code: r for r in self.measures if r.snapshot_date == until}

    def breaks(self, code: str) -> list[date]:
        """Days across which a unit cannot be compared."""
        if self.rows.state.basis == "current":
            return []
        return [
            b.effective_on
            for b in self.rows.boundary_changes
            if b.district_code == code and b.effective_on <= self.rows.period.snapshot_date
        ]
