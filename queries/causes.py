"""What a change of a unit's mean or CV is made of: each cause averaged over every order of them."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from data.printing import apportioned, beside, decimals_between, decimals_of, smallest
from data.rows.causes import Cause, Decomposition, SectionStateRow
from queries.reader import Snapshot

CAUSES = ("boundary", "schools", "split", "pupils", "resources")
LEAST_DECIMALS = {"cv": 3, "mean": 3}


def section_states(
    snapshot: Snapshot, basis: str, district: str, place: tuple[str, str], periods: tuple[str, str]
) -> tuple[SectionStateRow, ...]:
    """Sections of one unit in two periods (earlier, later); `place` is stage and indicator."""
    return snapshot.ask(
        "trend/section_states",
        SectionStateRow,
        basis=basis,
        district=district,
        stage=place[0],
        indicator=place[1],
        previous=periods[0],
        period=periods[1],
    )


Held = Collection[tuple[float, float]]  # pupils and amount of each section


def mean_of(held: Held) -> float | None:
    """Resources per pupil of all sections together; None without pupils."""
    pupils = math.fsum(p for p, _ in held)
    return math.fsum(a for _, a in held) / pupils if pupils else None


def cv_of(held: Held) -> float | None:
    """The weighted CV of the sections (standard.md 1.3); None where it is undefined."""
    mean = mean_of(held)
    if not mean:
        return None
    pupils = math.fsum(p for p, _ in held)
    squares = math.fsum(p * (a / p - mean) ** 2 for p, a in held)
    return math.sqrt(squares / pupils) / mean


MEASURES: Mapping[str, Callable[[Held], float | None]] = {"mean": mean_of, "cv": cv_of}


def _held(
    before: SectionStateRow | None, after: SectionStateRow | None, happened: Collection[str]
) -> tuple[float, float] | None:
    """Pupils and amount of a section once some causes have happened; None outside the unit."""
    if before is None or after is None:
        only = before or after
        is_open = ("schools" in happened) is (before is None)
        if only is None or not only.is_member or not is_open:
            return None
        before = after = only
    elif not (after if "boundary" in happened else before).is_member:
        return None
    resource = (after if "resources" in happened else before).resource or 0.0
    part = (after if "split" in happened else before).part
    pupils = float((after if "pupils" in happened else before).pupils)
    return pupils, resource * part


def shares_of_change(
    rows: Iterable[SectionStateRow], measure: str, periods: tuple[str, str]
) -> tuple[float, float, dict[str, Fraction]] | None:
    """The measure before and after, and what each of `CAUSES` adds to it (Shapley value).

    A cause replaces one thing and keeps the rest: which schools belong to the unit (boundary),
    which are open and in scope (schools), the section's part of a mixed school (split), its pupils,
    its school's resource. What it adds depends on which causes came before it; the mean over all
    orders does not. The shares add up to the change exactly; a cause that changes nothing has 0.
    `measure` is `cv` or `mean`. None where a value is missing, or undefined after some causes.
    """
    known = list(rows)
    if any(r.resource is None for r in known):
        return None
    before, after = ({r.school_code: r for r in known if r.period == p} for p in periods)
    pairs = [(before.get(code), after.get(code)) for code in sorted({*before, *after})]
    values: dict[frozenset[str], Fraction] = {}
    for happened in _subsets(CAUSES):
        states = (_held(first, last, happened) for first, last in pairs)
        value = MEASURES[measure]([state for state in states if state is not None])
        if value is None:
            return None
        values[happened] = Fraction(value)
    shares = {cause: _mean_addition(values, cause) for cause in CAUSES}
    return float(values[frozenset()]), float(values[frozenset(CAUSES)]), shares


def _subsets(causes: Sequence[str]) -> Iterable[frozenset[str]]:
    return (frozenset(s) for size in range(len(causes) + 1) for s in combinations(causes, size))


def _mean_addition(values: Mapping[frozenset[str], Fraction], cause: str) -> Fraction:
    """The mean over all orders: a set of n earlier causes stands first in 1 of N·C(N−1, n)."""
    others = [c for c in CAUSES if c != cause]
    return sum(
        (
            (values[earlier | {cause}] - values[earlier]) / (len(CAUSES) * math.comb(len(others), len(earlier)))
            for earlier in _subsets(others)
        ),
        Fraction(0),
    )


def decompose(
    rows: Iterable[SectionStateRow], measure: str, periods: tuple[str, str], flat: float | None = None
) -> Decomposition | None:
    """The change from one period to a later one as it is printed, in the order of `CAUSES`.

    None where `shares_of_change` is. A change below `flat` is called none: it is printed below it, too.
    """
    ends_and_shares = shares_of_change(rows, measure, periods)
    if ends_and_shares is None:
        return None
    *ends, shares = ends_and_shares
    decimals = max(decimals_of(smallest(end, LEAST_DECIMALS[measure])) for end in ends)
    decimals = decimals_between(ends[0], ends[1], decimals)
    told = decimals_of(beside(abs(ends[1] - ends[0]), decimals, flat))
    decimals = decimals_between(ends[0], ends[1], told)
    parts = apportioned(ends[0], ends[1], list(shares.values()), decimals)
    return Decomposition(
        parts.before,
        parts.after,
        decimals,
        tuple(Cause(name, part) for name, part in zip(shares, parts.parts, strict=True)),
    )


def is_passive(decomposition: Decomposition) -> bool:
    """Whether a mean per pupil rose only because pupils fell (被动变好), at the printed step.

    It rose, would not have risen without the change of pupils, and resources did not grow.
    """
    change = {cause.name: cause.change for cause in decomposition.causes}
    return decomposition.change > 0 >= max(change["resources"], decomposition.change - change["pupils"])
