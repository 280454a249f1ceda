"""Rows on two publications: corrected returns, cells and verdicts that differ."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReturnsRow:
    """A unit's returns of a period: the batch they come from, when and by whom."""

    period: str
    district_code: str
    batch_id: str
    imported_at: datetime
    imported_by: str
    file_name: str
    school_count: int


@dataclass(frozen=True)
class CellRow:
    """One indicator of one section."""

    school_code: str
    school_name: str
    stage: str
    indicator_code: str
    section_value: float | None
    threshold: float | None
    is_met: bool | None


@dataclass(frozen=True)
class CellChange:
    """A cell that differs; None where the school stood in one of the two only."""

    period: str
    district_code: str
    before: CellRow | None
    after: CellRow | None

    @property
    def cell(self) -> CellRow:
        """The cell as it is known."""
        known = self.after or self.before
        assert known is not None  # noqa: S101  one of the two made the change
        return known

    @property
    def direction(self) -> str:
        """`gained` 未达标→达标, `lost` 达标→未达标, `other` verdicts, or `value` alone."""
        pair = (self.before and self.before.is_met, self.after and self.after.is_met)
        if pair[0] == pair[1]:
            return "value"
        return {(False, True): "gained", (True, False): "lost"}.get(pair, "other")  # type: ignore[arg-type]


@dataclass(frozen=True)
class VerdictChange:
    """A unit whose overall verdict differs in a period that both know."""

    period: str
    district_code: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """Periods that only the later publication has, corrected returns, cells and verdicts."""

    new_periods: list[str]
    corrected: list[ReturnsRow]
    cells: list[CellChange]
    verdicts: list[VerdictChange]
