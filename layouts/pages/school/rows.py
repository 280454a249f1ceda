"""The rows the school page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from data.rows.common_dimensions import PeriodRow
from data.rows.proof import ReturnRow
from data.rows.publication import SnapshotInfo
from data.rows.school import ColumnRow, LimitRow, SchoolPeriodRow, SchoolSectionRow, SchoolValueRow
from data.view_state import ViewState

PRESENT = ("primary", "junior", "senior")
LEVELS = {True: "met", False: "unmet", None: "undecidable"}


@dataclass(frozen=True)
class SchoolView:
    """One school in one period."""

    state: ViewState
    period: PeriodRow
    periods: Sequence[PeriodRow]
    history: Sequence[SchoolPeriodRow]
    sections: Sequence[SchoolSectionRow]
    values: Sequence[SchoolValueRow]
    submitted: ReturnRow
    cells: dict[str, str | Decimal | None]
    columns: Sequence[ColumnRow]
    weights: dict[str, Decimal]
    limits: Sequence[LimitRow]
    district_code: str
    district_name: str
    school_code: str
    issue_count: int
    map_note: str
    covers: str
    snapshot: SnapshotInfo
    never_stages: frozenset[str]
    """The stages that a school of its type never has, 高中 among them."""

    @cached_property
    def now(self) -> SchoolPeriodRow:
        """The school as it reported in the period."""
        return next(h for h in self.history if h.period == self.period.period)

    @cached_property
    def stages(self) -> list[str]:
        """The stages judged, primary first."""
        return list(dict.fromkeys(s.stage for s in self.sections))

    def section(self, stage: str) -> list[SchoolSectionRow]:
        """The cells of one section."""
        return [s for s in self.sections if s.stage == stage]

    def course(self, cell: SchoolSectionRow) -> list[float | None]:
        """The values of a cell in every period until the one shown, None where the school did not report."""
        by_period = {
            v.period: v.section_value
            for v in self.values
            if (v.stage, v.indicator_code) == (cell.stage, cell.indicator_code)
        }
        until = [p.period for p in self.periods].index(self.period.period)
        return [by_period.get(p.period) for p in self.periods[: until + 1]]

    @cached_property
    def complies(self) -> bool | None:
        """A school complies if each of its sections in scope does."""
        judged = [self.section(s)[0].complies for s in self.stages if self.section(s)[0].is_in_scope]
        if not judged or (any(c is None for c in judged) and False not in judged):
            return None
        return all(judged)

    @cached_property
    def pupils(self) -> dict[str, Decimal]:
        """Pupils by stage, only stages with some."""
        pupils_by_stage = {s: self.cells.get(f"pupils__{s}") for s in PRESENT}
        return {s: p for s, p in pupils_by_stage.items() if isinstance(p, Decimal) and p}

    def amount(self, name: str) -> Decimal | None:
        """A number of the return."""
        value = self.cells.get(name)
        return value if isinstance(value, Decimal) else None
