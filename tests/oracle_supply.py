"""What a school must be supplied with (§6), by trying every choice of exempt items in fractions.

Independent of the rules: no savings, no ranking; each choice is written out as a whole bill of
printed amounts, and the smallest bill is taken (amount ÷ amount the threshold asks for, summed;
ties by the exempt items' codes, primary first).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction

FLOOR = Fraction(85, 100)
STEP = {"人": 1, "间": 1, "㎡": 1, "元": 1000}


@dataclass(frozen=True)
class Need:
    """One judged indicator of one section: what the school holds, and what the line asks of it."""

    stage: str
    key: str
    unit: str
    held: Fraction
    asked: Fraction
    is_shared: bool


@dataclass(frozen=True)
class Bill:
    """Amounts by (stage that drives it, indicator), what serves a section too, exempt items."""

    amounts: dict[tuple[str, str], int]
    served: dict[tuple[str, str], str]
    exempt: dict[str, str]


def up(amount: Fraction, unit: str) -> int:
    """Rounded up to the printed step; nothing owed is 0."""
    step = STEP[unit]
    return max(0, math.ceil(amount / step) * step)


def bill_of(needs: list[Need]) -> Bill:
    """The smallest bill with which every section of the school holds."""
    stages = sorted({n.stage for n in needs}, reverse=True)
    choices = [sorted(n.key for n in needs if n.stage == s and n.held < n.asked) or [None] for s in stages]
    found: list[tuple[Fraction, tuple[str, ...], Bill]] = []
    for chosen in itertools.product(*choices):
        exempt = {s: k for s, k in zip(stages, chosen, strict=True) if k is not None}
        total, bill = _written_out(needs, exempt)
        found.append((total, tuple(k or "" for k in chosen), bill))
    return min(found, key=lambda f: f[:2])[2]


def _written_out(needs: list[Need], exempt: dict[str, str]) -> tuple[Fraction, Bill]:
    groups: dict[tuple[str, str], list[Need]] = {}
    for need in needs:
        groups.setdefault(("" if need.is_shared else need.stage, need.key), []).append(need)
    total, amounts, served = Fraction(0), {}, {}
    for (_, key), group in groups.items():
        line = {n.stage: n.asked * (FLOOR if exempt.get(n.stage) == key else Fraction(1)) for n in group}
        owed = {n.stage: up(line[n.stage] - n.held, n.unit) for n in group}
        largest = max(owed.values())
        if not largest:
            continue
        asked = max(n.asked for n in group)
        total += largest / asked
        driver = max((n for n in group if owed[n.stage] == largest), key=lambda n: (n.asked, n.stage))
        amounts[driver.stage, key] = largest
        served |= {(n.stage, key): driver.stage for n in group if n is not driver and owed[n.stage]}
    return total, Bill(amounts, served, exempt)
