"""Questions of the overview and league pages: status, CVs, history, plan and gaps of all units."""

from data.rows.overview import (
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
from queries.reader import Snapshot


def unit_status(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitStatusRow, ...]:
    """The standing of every unit."""
    return snapshot.ask("overview/unit_status", UnitStatusRow, period=period, basis=basis)


def recognitions(snapshot: Snapshot, period: str, basis: str) -> tuple[RecognitionRow, ...]:
    """The units that the state has recognised until then."""
    return snapshot.ask("overview/recognitions", RecognitionRow, period=period, basis=basis)


def recognition_batches(snapshot: Snapshot, period: str) -> tuple[RecognitionBatchRow, ...]:
    """The batches of state recognitions known until then."""
    return snapshot.ask("overview/recognition_batches", RecognitionBatchRow, period=period)


def stage_status(snapshot: Snapshot, period: str, basis: str, stage: str) -> tuple[StageStatusRow, ...]:
    """资源配置 of one stage in every unit."""
    return snapshot.ask("overview/stage_status", StageStatusRow, period=period, basis=basis, stage=stage)


def unit_cv(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitCvRow, ...]:
    """All CVs of every unit in one period."""
    return snapshot.ask("overview/unit_cv", UnitCvRow, period=period, basis=basis)


def unit_changes(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitChangeRow, ...]:
    """What became of every unit since the autumn of the year before."""
    return snapshot.ask("overview/unit_changes", UnitChangeRow, period=period, basis=basis)


def unit_ranks(snapshot: Snapshot, period: str, basis: str) -> tuple[UnitRankRow, ...]:
    """Every unit's place, computed over all units, in league order."""
    return snapshot.ask("overview/unit_ranks", UnitRankRow, period=period, basis=basis)


def cv_history(snapshot: Snapshot, basis: str, stage: str, indicator: str) -> tuple[CvHistoryRow, ...]:
    """One CV of every unit over all periods."""
    return snapshot.ask("overview/cv_history", CvHistoryRow, basis=basis, stage=stage, indicator=indicator)


def verdict_history(snapshot: Snapshot, basis: str) -> tuple[VerdictHistoryRow, ...]:
    """Verdicts of every unit over the autumn periods."""
    return snapshot.ask("overview/verdict_history", VerdictHistoryRow, basis=basis)


def plan_targets(snapshot: Snapshot, period: str, basis: str) -> tuple[PlanTargetRow, ...]:
    """Target years and chances of every unit."""
    return snapshot.ask("overview/plan_targets", PlanTargetRow, period=period, basis=basis)


def gaps(snapshot: Snapshot, period: str, basis: str, stage: str = "both") -> tuple[GapRow, ...]:
    """What must be supplied in every unit, after exempt items, for one stage or for both."""
    return snapshot.ask("overview/gaps", GapRow, period=period, basis=basis, stage=stage)


def unknown_sections(snapshot: Snapshot, period: str, basis: str) -> tuple[UnknownRow, ...]:
    """Sections whose values are missing, by unit, stage and indicator."""
    return snapshot.ask("overview/unknown_sections", UnknownRow, period=period, basis=basis)
