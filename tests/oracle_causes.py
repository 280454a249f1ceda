"""What each cause adds to a change, by walking every order of the causes; no code of the product."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

CAUSES = ("boundary", "schools", "split", "pupils", "resources")


@dataclass(frozen=True)
class Section:
    """A section in one period: in the unit or elsewhere, pupils, its school's resource, its part."""

    is_member: bool
    pupils: int
    resource: int
    part: Fraction


State = Mapping[str, Section]


def measure_of(held: list[tuple[int, Fraction]], measure: str) -> Fraction | None:
    """Mean, or CV (its root taken last), of pupils and amounts; None where it is undefined."""
    pupils = sum(p for p, _ in held)
    if not pupils:
        return None
    mean = sum((a for _, a in held), Fraction(0)) / pupils
    if measure == "mean":
        return mean
    if not mean:
        return None
    variance = sum((p * (a / p - mean) ** 2 for p, a in held), Fraction(0)) / pupils
    return Fraction(math.sqrt(variance / mean**2))


def additions(before: State, after: State, measure: str) -> dict[str, Fraction] | None:
    """The mean over all 120 orders of what each cause adds when it happens; None if undefined."""
    totals = dict.fromkeys(CAUSES, Fraction(0))
    orders = list(permutations(CAUSES))
    for order in orders:
        unit = {code: s for code, s in before.items() if s.is_member}
        last = _measured(unit, measure)
        for cause in order:
            unit = _happen(cause, unit, before, after, order[: order.index(cause)])
            value = _measured(unit, measure)
            if last is None or value is None:
                return None
            totals[cause] += value - last
            last = value
    return {cause: total / len(orders) for cause, total in totals.items()}


def _measured(unit: State, measure: str) -> Fraction | None:
    return measure_of([(s.pupils, s.resource * s.part) for s in unit.values()], measure)


def _happen(cause: str, unit: State, before: State, after: State, earlier: tuple[str, ...]) -> dict[str, Section]:
    found = dict(unit)
    if cause == "schools":
        for code in before.keys() - after.keys():
            found.pop(code, None)
        found |= {c: after[c] for c in after.keys() - before.keys() if after[c].is_member}
        return found
    both = before.keys() & after.keys()
    if cause == "boundary":
        for code in both:
            found.pop(code, None)
            if after[code].is_member:
                found[code] = before[code]
                for past in earlier:
                    found[code] = _replaced(past, found[code], after[code])
        return found
    for code in both & found.keys():
        found[code] = _replaced(cause, found[code], after[code])
    return found


def _replaced(cause: str, now: Section, new: Section) -> Section:
    return Section(
        now.is_member,
        new.pupils if cause == "pupils" else now.pupils,
        new.resource if cause == "resources" else now.resource,
        new.part if cause == "split" else now.part,
    )
