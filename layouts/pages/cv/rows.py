"""The rows the CV page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.rows.common_dimensions import PeriodRow
from data.rows.proof import CvShareRow, DistrictCv
from data.rows.publication import SnapshotInfo
from data.rows.spread import Spread
from data.text import text
from data.view_state import ViewState


@dataclass(frozen=True)
class CvView:
    """One CV, its sections, and what makes it large."""

    state: ViewState
    period: PeriodRow
    row: DistrictCv
    shares: Sequence[CvShareRow]
    threshold: float | None
    spread: Spread | None
    cv_unweighted: float | None
    cv_sample: float | None
    map_note: str
    covers: str
    snapshot: SnapshotInfo

    @property
    def name(self) -> str:
        """小学运动场馆."""
        return text(f"stage.{self.row.stage}") + self.row.indicator_short_name

    @property
    def is_within(self) -> bool:
        """Whether the CV is within its limit; undefined is not."""
        return self.row.is_within_limit is True
