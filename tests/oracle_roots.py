"""Square roots of fractions to fifty digits, and the exact comparison of a mean of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

Verdict = bool | None
THIRTY, FIFTY = Context(prec=30), Context(prec=50)


def root(square: Fraction) -> Decimal:
    """Square root to 50 significant digits."""
    return FIFTY.sqrt(FIFTY.divide(Decimal(square.numerator), Decimal(square.denominator)))


def printed(value: Decimal) -> Decimal:
    """Thirty significant digits."""
    return THIRTY.plus(value)


def composite(squares: Sequence[Fraction | None], limit: Fraction | None) -> tuple[Decimal | None, Verdict]:
    """Plain mean of the CVs (given squared), and whether it is within the limit, exactly."""
    known = [square for square in squares if square is not None]
    if not known or len(known) < len(squares):
        return None, None
    total = Decimal(0)
    for square in known:
        total = FIFTY.add(total, root(square))
    mean = printed(FIFTY.divide(total, Decimal(len(known))))
    if limit is None:
        return mean, None
    bound = limit * len(known)
    exact = [Fraction(math.isqrt(s.numerator), math.isqrt(s.denominator)) for s in known]
    if all(e**2 == square for e, square in zip(exact, known, strict=True)):
        return mean, sum(exact) <= bound
    # A sum of square roots that are not all rational is irrational, so it never equals the
    # bound: narrow the bracket low < sum < high until the bound lies outside.
    scale = 10**20
    while True:
        floors = sum(math.isqrt(s.numerator * scale**2 // s.denominator) for s in known)
        low, high = Fraction(floors, scale), Fraction(floors + len(known), scale)
        if high <= bound or low > bound:
            return mean, high <= bound
        scale **= 2
