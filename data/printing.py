"""The only rounding of numbers that are shown, on pages, in files and at the command line.

Values are rounded once, half up, from the stored number; what must be supplied is rounded up.
Where a printed number would contradict its verdict it gets more digits. Verdicts never come from
here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

NONE = "—"
TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
MINUS = "−"
ARITHMETIC_NOISE = 5e-13  # the rules compare CVs at 12 decimals
MOST_DECIMALS = 12
PERCENT = 100
TENTHS = 10
LEAST_CHANCE, MOST_CHANCE = 0.05, 0.95


def exact(number: float | Decimal) -> Decimal:
    """The shortest decimal that stands for the number."""
    return number if isinstance(number, Decimal) else Decimal(repr(float(number)))


@lru_cache(maxsize=8192)  # 250 bytes each
def rounded(value: float | Decimal, decimals: int) -> str:
    """Half-up rounding of the shortest decimal that stands for the number."""
    return _printed(exact(value), decimals, ROUND_HALF_UP)


def _printed(number: Decimal, decimals: int, rounding: str) -> str:
    text = format(number.quantize(Decimal(1).scaleb(-decimals), rounding), ",f")
    return text.replace("-", MINUS)


def _read(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "").replace(MINUS, "-"))


@lru_cache(maxsize=8192)  # 250 bytes each
def beside(number: float | Decimal, decimals: int, *lines: float | Decimal | None) -> str:
    """Half-up rounding; more decimals until the words stand on the same side of each line."""
    exact_number = exact(number)
    sides = [exact(line) for line in lines if line is not None]
    for places in range(decimals, MOST_DECIMALS):
        printed = rounded(number, places)
        shown = _read(printed)
        if all(
            (shown > line) == (exact_number > line) and (shown < line) == (exact_number < line)
            for line in sides
            if abs(exact_number - line) >= Decimal(ARITHMETIC_NOISE) * max(1, abs(line))
        ):
            return printed
    return rounded(number, MOST_DECIMALS)


def cv(value: float | None, limit: float | Decimal | None = None) -> str:
    """A CV with 3 decimals; more where that would print it on the wrong side of its limit."""
    return NONE if value is None else beside(value, 3, limit)


def value(number: float | Decimal | None, *lines: float | Decimal | None) -> str:
    """A school or district value with 2 decimals, more where that would contradict a line."""
    return NONE if number is None else beside(number, 2, *lines)


def share(number: float | Decimal, *lines: float | Decimal | None) -> str:
    """A share of one as a percentage with 1 decimal, more where that would contradict a line.

    All is such a line: 100.0% is the whole and nothing less.
    """
    scaled = [None if line is None else exact(line) * PERCENT for line in (*lines, 1)]
    return beside(exact(number) * PERCENT, 1, *scaled) + "%"


def cv_pair(before: float, after: float, limit: float | None = None) -> tuple[str, str]:
    """Two CVs that stand beside each other, with as many digits as the one that needs more."""
    printed_cvs = cv(before, limit), cv(after, limit)
    decimals = max(decimals_of(printed_cv) for printed_cv in printed_cvs)
    return beside(before, decimals, limit), beside(after, decimals, limit)


def difference(before: str, after: str, change: float) -> str:
    """The size of a change beside its two printed values: as they differ, else with digits more.

    `before` and `after` are as printed; where they say no change though there is one, or differ
    from it by rounding, the change has the digits that tell it from theirs.
    """
    shown = _read(after) - _read(before)
    decimals = max(decimals_of(printed) for printed in (before, after))
    if _read(rounded(change, decimals)) == shown:
        return rounded(abs(change), decimals)
    return rounded(abs(change), decimals + 1)


@dataclass(frozen=True)
class Apportioned:
    """A change at a printed step: `before` and all `parts` add up to `after`."""

    before: Decimal
    after: Decimal
    parts: tuple[Decimal, ...]


def apportioned(before: float, after: float, parts: Sequence[Fraction], decimals: int) -> Apportioned:
    """Two values and the parts of their change, each rounded so that what is printed adds up.

    What half-up rounding leaves over goes, one step each, to the parts that it was taken from most,
    and to one that prints as 0 only where the others do not suffice; what is 0 stays 0.
    """
    step = Decimal(1).scaleb(-decimals)
    first, last = (_read(rounded(end, decimals)) for end in (before, after))
    shown = [_read(rounded(float(part), decimals)) for part in parts]
    left = int((last - first - sum(shown, Decimal(0))) / step)
    direction = 1 if left > 0 else -1
    taken = {
        number: (part - Fraction(shown[number])) * direction
        for number, part in enumerate(parts)
        if abs(part) > ARITHMETIC_NOISE
    }
    for number in sorted(taken, key=lambda n: (not shown[n], -taken[n], n))[: abs(left)]:
        shown[number] += step * direction
    return Apportioned(first, last, tuple(shown))


def decimals_between(before: float, after: float, decimals: int) -> int:
    """At least this many decimals, more until the change is by what the two printed values differ."""
    while decimals < MOST_DECIMALS and _read(rounded(after, decimals)) - _read(rounded(before, decimals)) != _read(
        rounded(after - before, decimals)
    ):
        decimals += 1
    return decimals


def decimals_of(printed: str) -> int:
    """How many digits a printed number has behind its point."""
    return len(printed.partition(".")[2])


def count(value: float | Decimal) -> str:
    """A whole number with thousands separators."""
    return rounded(value, 0)


def gap(number: float | Decimal, unit: str) -> str:
    """What must be supplied, at the printed step and rounded up: 人, 间 and ㎡ whole, 0.1万元."""
    if unit == "元":
        return _up(number, TEN_THOUSAND, 1) + "万元"
    return _up(number, 1, 0) + unit


def stepped(number: float | Decimal, unit: str) -> float:
    """An amount that must be supplied, up to the step at which it is printed."""
    step = TEN_THOUSAND / 10 if unit == "元" else 1
    return float((exact(number) / exact(step)).to_integral_value(ROUND_CEILING) * exact(step))


def received(number: float | Decimal, unit: str) -> str:
    """A section's share of what its school is supplied with, as an explanation beside the whole."""
    if unit == "元":
        return smallest(exact(number) / TEN_THOUSAND, 1) + "万元"
    return smallest(number, 1) + unit


def amount(number: float | Decimal, unit: str) -> str:
    """The same in a headline: 万 from ten thousand, 亿元 from a hundred million."""
    if unit == "元" and number >= HUNDRED_MILLION:
        return _up(number, HUNDRED_MILLION, 2) + "亿元"
    if unit != "元" and number >= TEN_THOUSAND:
        return f"{_up(number, TEN_THOUSAND, 1)}万{unit}"
    return gap(number, unit)


def _up(number: float | Decimal, unit: int, decimals: int) -> str:
    return _printed(exact(number) / unit, decimals, ROUND_CEILING)


def smallest(number: float | Decimal, decimals: int) -> str:
    """At least this many decimals, more until a number that is not zero does not print as zero."""
    while decimals < MOST_DECIMALS and number and not rounded(number, decimals).strip(f"{MINUS}0."):
        decimals += 1
    return rounded(number, decimals)


def plain(number: float | Decimal) -> str:
    """A reported number as it was given, without trailing zeros."""
    printed = format(Decimal(str(number)), ",f")
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


@dataclass(frozen=True)
class OfTen:
    """A chance as a frequency of ten: `kind` says how the count stands to it.

    Kinds: hardly and nearly (beyond the ends that are said in words), about, and in the tenth of a
    line by which chances are judged exactly, below or above.
    """

    kind: str
    count: str


def tenths(chance: float) -> int:
    """How many of ten, 0 and 10 only beyond the ends that are said in words."""
    if chance < LEAST_CHANCE:
        return 0
    if chance > MOST_CHANCE:
        return TENTHS
    return min(max(int(chance * TENTHS + 0.5), 1), TENTHS - 1)


def of_ten(chance: float, lines: Sequence[float]) -> OfTen:
    """How many of ten; where rounding would hide on which side of a line it lies, the side."""
    count = tenths(chance)
    if count in (0, TENTHS):
        return OfTen("nearly" if count else "hardly", str(count))
    near = sorted(line for line in lines if tenths(line) == count)
    if not near:
        return OfTen("about", str(count))
    reached = [line for line in near if line <= chance]
    line = reached[-1] if reached else near[0]
    kind = "exactly" if line == chance else "above" if reached else "below"
    return OfTen(kind, plain(exact(line) * TENTHS))
