"""The interval of a share by Wilson's score (1927): the shares from which the counted one does not differ.

A standard is outside the interval exactly where (share − standard)² · answers > z² · standard · (1 − standard); that is
decided in fractions, so that no rounding moves a verdict.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil, sqrt
from statistics import NormalDist

from data.rows.surveys import Interval, Side


def z_of(confidence: Decimal) -> float:
    """How many standard deviations a two-sided confidence spans: 1.96 at 0.95."""
    return NormalDist().inv_cdf((1 + float(confidence)) / 2)


def wilson_interval(satisfied: int, answered: int, confidence: Decimal) -> Interval:
    """Both ends of the interval of a share of at least one answer."""
    z_squared = z_of(confidence) ** 2
    share = satisfied / answered
    middle = (share + z_squared / (2 * answered)) / (1 + z_squared / answered)
    half = sqrt(z_squared * (share * (1 - share) + z_squared / (4 * answered)) / answered) / (1 + z_squared / answered)
    return Interval(0.0 if satisfied == 0 else middle - half, 1.0 if satisfied == answered else middle + half)


def side_of(satisfied: int, answered: int, standard: Decimal, confidence: Decimal) -> Side:
    """Where the interval lies; one that begins at the standard is above it, as the standard itself is met there."""
    distance = Fraction(satisfied, answered) - Fraction(standard)
    if distance**2 * answered < _spread(standard, confidence):
        return Side.ACROSS
    return Side.ABOVE if distance >= 0 else Side.BELOW


def more_answers(satisfied: int, answered: int, standard: Decimal, confidence: Decimal) -> int | None:
    """How many answers more, at the very same share, put the interval above the standard; None if no number does."""
    distance = Fraction(satisfied, answered) - Fraction(standard)
    if distance <= 0:
        return None
    return max(0, ceil(_spread(standard, confidence) / distance**2) - answered)


def _spread(standard: Decimal, confidence: Decimal) -> Fraction:
    return Fraction(z_of(confidence)) ** 2 * Fraction(standard) * (1 - Fraction(standard))
