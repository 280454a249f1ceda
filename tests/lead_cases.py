"""Fictional units for tests of 线索: none of them is a real district."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from data.catalogue.loader import load_catalogue
from data.rows.lead_findings import Limits
from data.rows.leads import CountsRow, DigitRow, NearLineRow, PupilsRow, RepeatedRow
from queries.lead_findings import limits_on

DAY = date(2026, 9, 1)
UNITS = tuple(f"T{n:02d}" for n in range(41))
LINES = (("threshold", 1.0), ("floor", 0.85))
PRIMARY, JUNIOR = 0.80, 0.45  # sections of each stage per school


def limits() -> Limits:
    """The limits in force in autumn 2026."""
    return limits_on(load_catalogue(), DAY)


def digit_rows(random: np.random.Generator, counts: int, rounded: Sequence[float]) -> list[DigitRow]:
    """`counts` last digits a unit, of which a share was rounded to 0 or 5."""
    rows: list[DigitRow] = []
    for code, share in zip(UNITS, rounded, strict=True):
        digits = random.integers(0, 10, counts)
        is_round = (random.random(counts) < share) | (digits % 5 == 0)
        rows.append(DigitRow(code, counts, int(is_round.sum())))
    return rows


def near_rows(random: np.random.Generator, schools: int, lifted: Sequence[float], band: float) -> list[NearLineRow]:
    """Log-normal values of 7 indicators around 1.2 times the line; units differ by a tenth.

    A share of a unit's near-misses is lifted to just above the line. Schools have 1.25 sections on
    average, fewer than in the demonstration (1.48).
    """
    rows: list[NearLineRow] = []
    usual = random.normal(np.log(1.2), 0.15, 7)
    standing = random.normal(0, 0.1, len(UNITS))
    for number, code in enumerate(UNITS):
        size = (7, round(schools * (PRIMARY + JUNIOR)))
        value = np.exp(usual[:, None] + standing[number] + random.normal(0, 0.4, size))
        for _, line in LINES:
            is_near_miss = (value >= line * (1 - band)) & (value < line)
            is_lifted = is_near_miss & (random.random(size) < lifted[number])
            value = np.where(is_lifted, line * (1 + band * random.random(size)), value)
        rows += _counted(code, value, band)
    return rows


def _counted(code: str, value: Any, band: float) -> list[NearLineRow]:
    junior = round(value.shape[1] * JUNIOR / (PRIMARY + JUNIOR))
    rows: list[NearLineRow] = []
    for stage, own in (("junior", value[:, :junior]), ("primary", value[:, junior:])):
        for name, line in LINES:
            below = ((own >= line * (1 - band)) & (own < line)).sum(axis=1)
            above = ((own >= line) & (own < line * (1 + band))).sum(axis=1)
            rows += [
                NearLineRow(code, stage, f"L{i + 1}", name, int(below[i]), int(above[i]))
                for i in range(7)
                if below[i] + above[i]
            ]
    return rows


def school(code: str, counts: str, **changes: Any) -> CountsRow:
    """A fictional school of 600 pupils with ten counts."""
    values: dict[str, Any] = {"count_number": 10, "pupils": 600, "is_as_before": False} | changes
    return CountsRow("T01", code, f"虚构{code}", counts, **values)


def repeated(number: int, **changes: Any) -> RepeatedRow:
    """A fictional section with three continuous values, some of them as before."""
    values: dict[str, Any] = {"previous_pupils": 650, "pupils": 600, "value_number": 3} | changes
    return RepeatedRow("T01", "S1", "虚构S1", "primary", repeated_number=number, **values)


def pupils(code: str = "S1", **changes: Any) -> PupilsRow:
    """A fictional nine-year school that did not change: 600 primary and 400 junior pupils."""
    values: dict[str, Any] = {
        "previous_type": "nine_year",
        "school_type": "nine_year",
        "previous_primary": 600,
        "primary_pupils": 600,
        "previous_junior": 400,
        "junior_pupils": 400,
        "was_in_scope": True,
        "is_in_scope": True,
        "did_comply": False,
        "complies": False,
    } | changes
    return PupilsRow("T01", code, f"虚构{code}", **values)
