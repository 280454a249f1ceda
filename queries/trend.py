"""Questions of the trend page."""

from data.direction import Direction
from data.rows.trend import DirectionRow, MeasureRow
from queries.reader import Snapshot


def measures(snapshot: Snapshot, basis: str, stage: str, indicator: str) -> tuple[MeasureRow, ...]:
    """Every unit over all periods."""
    return snapshot.ask("trend/measures", MeasureRow, basis=basis, stage=stage, indicator=indicator)


def directions(
    snapshot: Snapshot, period: str, basis: str, measure: str, place: tuple[str, str]
) -> tuple[DirectionRow, ...]:
    """The direction of a measure in every unit; `place` is stage and indicator."""
    return snapshot.ask(
        "trend/directions",
        DirectionRow,
        period=period,
        basis=basis,
        measure=measure,
        stage=place[0],
        indicator=place[1],
    )


def cv_direction(snapshot: Snapshot, period: str, basis: str, code: str, place: tuple[str, str]) -> Direction:
    """The direction of one unit's CV; `place` is stage and indicator."""
    every = directions(snapshot, period, basis, "cv", place)
    return next(d.course for d in every if d.district_code == code)
