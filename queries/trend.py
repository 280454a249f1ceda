"""Questions of the trend page, and the parts that a change is made of."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from queries.reader import Snapshot

STEPS = ("boundary", "schools", "pupils", "resources")


@dataclass(frozen=True)
class MeasureRow:
    """One unit in one period: CV, mean, share of sections that comply, what the rest require."""

    district_code: str
    period: str
    snapshot_date: date
    is_annual: bool
    is_recast_complete: bool
    row_basis: str
    cv: float | None
    cv_limit: float
    district_mean: float | None
    compliant_share: float | None
    gap: float


@dataclass(frozen=True)
class SectionStateRow:
    """What a section held: pupils, and resource times the indicator's factor."""

    period: str
    school_code: str
    is_member: bool
    pupils: Decimal
    amount: float | None


@dataclass(frozen=True)
class Step:
    """A part of a change: what the measure was before it and after it."""

    name: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """What this part adds."""
        return self.after - self.before


def measures(snapshot: Snapshot, basis: str, stage: str, indicator: str) -> tuple[MeasureRow, ...]:
    """Every unit over all periods."""
    return snapshot.ask("trend/measures", MeasureRow, basis=basis, stage=stage, indicator=indicator)


def section_states(
    snapshot: Snapshot, basis: str, district: str, place: tuple[str, str], periods: tuple[str, str]
) -> tuple[SectionStateRow, ...]:
    """Sections of one unit in two periods (earlier, later); `place` is stage and indicator."""
    return snapshot.ask(
        "trend/section_states", SectionStateRow, basis=basis, district=district,
        stage=place[0], indicator=place[1], previous=periods[0], period=periods[1],
    )  # fmt: skip


Held = Mapping[str, tuple[float, float]]  # school → pupils, amount


def mean_of(held: Held) -> float | None:
    """Resources per pupil of all sections together; None without pupils."""
    pupils = math.fsum(p for p, _ in held.values())
    return math.fsum(a for _, a in held.values()) / pupils if pupils else None


def cv_of(held: Held) -> float | None:
    """The weighted CV of the sections (standard.md 1.3); None where it is undefined."""
    mean = mean_of(held)
    if not mean:
        return None
    pupils = math.fsum(p for p, _ in held.values())
    squares = math.fsum(p * (a / p - mean) ** 2 for p, a in held.values())
    return math.sqrt(squares / pupils) / mean


def decompose(
    rows: Sequence[SectionStateRow], measure: str, periods: tuple[str, str]
) -> list[Step] | None:
    """The parts of a change from one period to a later one, in the order of `STEPS`.

    Each part replaces one thing and keeps the rest: which schools belong to the unit (boundary),
    schools opened, merged or closed, pupils of the schools that stayed, their resources. The
    parts add up to the change exactly (each starts where the last ended).
    `measure` is `cv` or `mean`. None where a value is missing or the measure is undefined.
    """
    if any(r.amount is None for r in rows):
        return None
    before, after = (
        {r.school_code: (r.is_member, (float(r.pupils), float(r.amount or 0.0)))
         for r in rows if r.period == period}
        for period in periods
    )  # fmt: skip
    function = cv_of if measure == "cv" else mean_of
    start = {s: held for s, (member, held) in before.items() if member}
    bounded = {s: before[s][1] for s in before
               if (after[s][0] if s in after else before[s][0])}  # fmt: skip
    stayed = {s: held for s, held in bounded.items() if s in after}
    opened = {s: held for s, (member, held) in after.items() if member and s not in before}
    schools = {**stayed, **opened}
    pupils = {s: (after[s][1][0], schools[s][1]) for s in schools}
    end = {s: held for s, (member, held) in after.items() if member}
    values = [function(state) for state in (start, bounded, schools, pupils, end)]
    if any(v is None for v in values):
        return None
    known = [v for v in values if v is not None]
    return [Step(name, known[n], known[n + 1]) for n, name in enumerate(STEPS)]


def is_passive(steps: Sequence[Step]) -> bool:
    """Whether a mean per pupil rose only because pupils fell; resources did not raise it."""
    change = {s.name: s.change for s in steps}
    return sum(change.values()) > 0 >= change["resources"] and change["pupils"] > 0
