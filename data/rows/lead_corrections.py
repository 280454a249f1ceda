"""改判: a correction that turned 未达标 into 达标, or brought a CV within its limit."""

from dataclasses import dataclass

from data.rows.changes import CellChange, ReturnsRow


@dataclass(frozen=True)
class CorrectionLead:
    """A result that a corrected return flipped; `cell` is None where it is a unit's CV."""

    kind: str
    district_code: str
    school_code: str
    stage: str
    indicator_code: str
    before: float | None
    after: float | None
    line: float | None
    cell: CellChange | None
    corrected: ReturnsRow
