"""Formulas with the numbers in them, complete enough to be computed again by hand.

The text left of the last `=` is arithmetic with `+ − × ÷ ( )`; nothing in it is rounded but S and
the mean of a CV, to the digits that give the printed CV and its verdict again.
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_FLOOR, Decimal

from data.rows.proof import SectionCell
from layouts import formatting

FEWEST, MOST = 4, 12  # decimals of a printed mean or deviation


def exact(number: Decimal | int) -> str:
    """A number without trailing zeros, with thousands separators."""
    value = Decimal(number)
    whole = format(value.quantize(Decimal(1), ROUND_DOWN), ",f")
    fraction = format(abs(value) % 1, "f").partition(".")[2].rstrip("0")
    numeral = f"{whole}.{fraction}" if fraction else whole
    return numeral.replace("-", formatting.MINUS)


def numerator(amounts: Sequence[tuple[int, Decimal]]) -> str:
    """`5,200 − 300`, `38.5 × 10,000`: coefficient times amount, summed."""
    expression = ""
    for position, (coefficient, amount) in enumerate(amounts):
        factor = abs(coefficient)
        term = exact(amount) if factor == 1 else f"{exact(amount)} × {exact(factor)}"
        if position:
            expression += f" {formatting.MINUS if coefficient < 0 else '+'} {term}"
        else:
            expression = term
    return expression


def weighted_pupils(parts: Sequence[tuple[Decimal, Decimal]]) -> str:
    """`1 × 500 + 1.1 × 300`: weight times pupils of each stage of the school."""
    return " + ".join(f"{exact(weight)} × {exact(pupils)}" for weight, pupils in parts if pupils)


def is_shared(cell: SectionCell, parts: Sequence[tuple[Decimal, Decimal]]) -> bool:
    """Whether the section has only its share of the amount: a split indicator of a school with more stages."""
    return cell.is_split and len([p for _, p in parts if p]) > 1


def section_value(
    cell: SectionCell, pupils: Decimal, amounts: Sequence[tuple[int, Decimal]], parts: Sequence[tuple[Decimal, Decimal]]
) -> str:
    """The value of a section: numerator, its share for a mixed school, per pupil, times factor."""
    top = numerator(amounts)
    if len(amounts) > 1:
        top = f"({top})"
    if is_shared(cell, parts):
        top += f" × {exact(cell.stage_weight)} ÷ ({weighted_pupils(parts)})"
    else:
        top += f" ÷ {exact(pupils)}"
    return top if cell.factor == 1 else f"{top} × {exact(cell.factor)}"


def quotient(deviation: float, mean: float, cv: float, limit: float) -> str:
    """`3.0027 ÷ 5.6839`: as few digits as give the CV again as it is printed beside its limit."""
    printed = formatting.cv(cv, limit)
    expression = ""
    for decimals in range(FEWEST, MOST + 1):
        top, bottom = (formatting.smallest(number, decimals) for number in (deviation, mean))
        expression = f"{top} ÷ {bottom}"
        divisor = Decimal(bottom.replace(",", ""))
        if divisor and formatting.cv(float(Decimal(top.replace(",", "")) / divisor), limit) == printed:
            break
    return expression


def slack(cell: SectionCell) -> Decimal | None:
    """What a met section can lose of its numerator and still reach the threshold; None if unmet.

    Whole units are rounded down.
    """
    line, pupils = cell.threshold, cell.weighted_pupils
    if not cell.is_met or cell.total is None or line is None or pupils is None:
        return None
    needed = line * pupils / (Decimal(cell.factor) * cell.stage_weight)
    spare = cell.total - needed
    return spare.quantize(Decimal(1), ROUND_FLOOR) if cell.is_whole_unit else spare
