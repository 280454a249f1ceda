"""What publication stored about a verdict: inputs, rule, document, source cell, earlier values."""

from data.rows.proof import (
    CvPointRow,
    CvShareRow,
    DistrictCv,
    DistrictItemRow,
    InputRow,
    ReturnRow,
    SectionCell,
    SectionHistoryRow,
)
from queries.reader import Snapshot


def section_cell(snapshot: Snapshot, return_id: int, basis: str, stage: str, indicator: str) -> SectionCell | None:
    """What was stored of one indicator of one section of a return."""
    rows = snapshot.ask(
        "proof/section_cell", SectionCell, return_id=return_id, basis=basis, stage=stage, indicator=indicator
    )
    return rows[0] if rows else None


def indicator_inputs(snapshot: Snapshot, stage: str, indicator: str) -> tuple[InputRow, ...]:
    """The columns that enter an indicator."""
    return snapshot.ask("proof/indicator_inputs", InputRow, stage=stage, indicator=indicator)


def school_return(snapshot: Snapshot, period: str, school: str) -> ReturnRow | None:
    """What a school submitted."""
    rows = snapshot.ask("proof/school_return", ReturnRow, period=period, school=school)
    return rows[0] if rows else None


def section_history(snapshot: Snapshot, school: str, stage: str, indicator: str) -> tuple[SectionHistoryRow, ...]:
    """All values of a section's indicator, oldest first."""
    return snapshot.ask("proof/section_history", SectionHistoryRow, school=school, stage=stage, indicator=indicator)


def district_cv(
    snapshot: Snapshot, period: str, basis: str, district: str, stage: str, indicator: str
) -> DistrictCv | None:
    """What was stored of one CV."""
    rows = snapshot.ask(
        "proof/district_cv", DistrictCv, period=period, basis=basis, district=district, stage=stage, indicator=indicator
    )
    return rows[0] if rows else None


def cv_shares(
    snapshot: Snapshot, period: str, basis: str, district: str, stage: str, indicator: str
) -> tuple[CvShareRow, ...]:
    """Each section's share of one CV's S², largest first."""
    return snapshot.ask(
        "proof/cv_shares", CvShareRow, period=period, basis=basis, district=district, stage=stage, indicator=indicator
    )


def cv_points(snapshot: Snapshot, basis: str, district: str, stage: str, indicator: str) -> tuple[CvPointRow, ...]:
    """One CV over all periods, oldest first."""
    return snapshot.ask(
        "proof/cv_history", CvPointRow, basis=basis, district=district, stage=stage, indicator=indicator
    )


def district_items(snapshot: Snapshot, period: str, basis: str, district: str) -> tuple[DistrictItemRow, ...]:
    """Every item of a unit, in official order."""
    return snapshot.ask("proof/district_item", DistrictItemRow, period=period, basis=basis, district=district)
