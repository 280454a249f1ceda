"""Whole columns that are written in another unit than theirs: one cause, one finding."""

import math
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from data import printing
from data.catalogue.input_tables import InputColumn, InputUnit, ReturnCheck
from data.catalogue.loader import load_catalogue
from data.importing.headers import conversion
from data.importing.recognise import amount_columns, field_name
from data.text import text

FEWEST_ROWS = 5
LEAST_SHARE = 0.8
NEAR = 0.15
"""How far a ratio may lie from a factor, as a difference of decimal logarithms."""
CODE = "column_unit"
ROW_CODES = frozenset({"year_jump", "ratio_out_of_range", "wrong_unit"})
"""Findings of single cells that have the same cause."""
Evidence = tuple[str, str]
"""The unit that a column seems to be in, and why."""


def column_units(numbers: pd.DataFrame, last: pd.DataFrame | None) -> Iterator[tuple[str, str, str]]:
    """Header, likely unit and evidence of each column that seems to be in another unit than its own.

    Args:
        numbers: Amounts by source row, with the totals `all_pupils` and `all_classes`.
        last: The same schools' amounts of the period before under the same source rows, if there are any.
    """
    ratios = {check.field_code: check for check in load_catalogue().rows(ReturnCheck) if check.kind == "ratio"}
    for column in amount_columns("school_return"):
        name = field_name(column)
        factors = _factors(column)
        if not factors or name not in numbers:
            continue
        likely_unit = _against_last(numbers[name], None if last is None else last.get(name), factors)
        check = ratios.get(column.field_code)
        if likely_unit is None and check is not None and check.against in numbers:
            likely_unit = _against_range(numbers[name] / numbers[check.against], check, factors)
        if likely_unit is not None:
            yield column.header, *likely_unit


def _factors(column: InputColumn) -> dict[float, str]:
    """By what an amount in another unit is multiplied to be in the column's, with that unit."""
    factors: dict[float, str] = {}
    if column.unit:
        for unit in load_catalogue().rows(InputUnit):
            factor = conversion(column, unit.unit)
            if factor is not None and factor != 1:
                factors.setdefault(float(factor), unit.unit)
    return factors


def _against_last(
    now: "pd.Series[float]", then: "pd.Series[float] | None", factors: Mapping[float, str]
) -> tuple[str, str] | None:
    if then is None:
        return None
    ratio = (now / then).where((now > 0) & (then > 0)).dropna()
    if len(ratio) < FEWEST_ROWS:
        return None
    away = pd.Series(np.log10(ratio.to_numpy()))
    for factor, unit in factors.items():
        if ((away + math.log10(factor)).abs() <= NEAR).mean() >= LEAST_SHARE:
            return unit, text("reception.unit_against_last", times=printing.plain(round(1 / factor, 4)))
    return None


def _against_range(
    shares: "pd.Series[float]", check: ReturnCheck, factors: Mapping[float, str]
) -> tuple[str, str] | None:
    shares = shares.replace([np.inf, -np.inf], np.nan).dropna()
    shares = shares[shares > 0]
    low, high = float(check.low or 0), float(check.high or math.inf)
    if len(shares) < FEWEST_ROWS or not ((shares < low) | (shares > high)).mean() >= LEAST_SHARE:
        return None
    median = float(shares.median())
    likely = [unit for factor, unit in factors.items() if low <= median * factor <= high]
    if len(likely) != 1:
        return None
    figures = {
        "median": printing.plain(float(f"{median:.3g}")),
        "low": printing.plain(low),
        "high": printing.plain(high),
    }
    return likely[0], text("reception.unit_against_range", **figures)
