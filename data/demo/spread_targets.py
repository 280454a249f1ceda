"""The coefficients of variation each unit should come out with, per stage and indicator."""

from __future__ import annotations

import numpy as np

from data.demo.roster import Floats
from data.demo.shortages import COUNTS, NEAR_FROM, progress, unit_end
from data.demo.story import INDICATORS, STAGES, Period, Unit, all_periods, all_units, generator
from data.demo.story import story as tuning

LIMITS = (0.50, 0.45)
SAFETY = 0.985
SUFFIXES = {"primary": "p", "junior": "j"}
LAST_YEAR = 1.0


def spread_targets(period_index: int) -> Floats:
    """Return the target CV by unit, stage and indicator for one period."""
    targets = np.zeros((len(all_units()), len(STAGES), COUNTS))
    for index, unit in enumerate(all_units()):
        targets[index] = unit_targets(index, unit, period_index)
    return targets


def unit_targets(index: int, unit: Unit, period_index: int) -> Floats:
    """Return the target CV of one unit by stage and indicator."""
    period = all_periods()[period_index]
    numbers = tuning()["resources"]
    rng = generator(4, index)
    ranges = np.array([numbers["usual_cv_primary"], numbers["usual_cv_junior"]])
    last = rng.uniform(ranges[..., 0], ranges[..., 1])
    fall = rng.uniform(*numbers["cv_fall"], size=last.shape)
    noise = rng.normal(0, numbers["cv_noise"], (len(all_periods()), *last.shape))[period_index]
    complying = np.isfinite(unit.complies_from)
    if complying:
        last *= numbers["complying_cv_factor"]
    special = special_targets(unit)
    is_special = np.isfinite(special)
    last = np.where(is_special, special, last)
    left = 1 - progress(unit, period.position)
    is_end = period.position >= unit_end(unit)
    target = last + fall * left + noise * (not is_end)
    rising = rising_targets(unit, period, last, fall)
    target = np.where(is_special & np.isfinite(rising), rising, target)
    limits = np.array(LIMITS)[:, None] * SAFETY
    if period.position >= min(unit.complies_from, NEAR_FROM):
        target = np.where(is_special, target, np.minimum(target, limits))
    return target


def special_targets(unit: Unit) -> Floats:
    """Return the CVs that the story fixes, NaN elsewhere."""
    targets = np.full((len(STAGES), COUNTS), np.nan)
    for key, value in unit.plot.get("cv", {}).items():
        stage = next(i for i, name in enumerate(STAGES) if SUFFIXES[name] == key[-1])
        targets[stage, INDICATORS.index(key[:-1])] = value
    return targets


def rising_targets(unit: Unit, period: Period, last: Floats, fall: Floats) -> Floats:
    """Return targets of units whose worst CV fell until 2025 and then rose; NaN for others."""
    rise = unit.plot.get("rising")
    if rise is None:
        return np.full(last.shape, np.nan)
    turn = unit_end(unit) - LAST_YEAR
    if period.position >= turn:
        return last - rise * (unit_end(unit) - period.position) / LAST_YEAR
    return last - rise + 0.5 * fall * (1 - period.position / turn)


def tail_sharpness() -> Floats:
    """Return how much heavier than usual the tail of wealth is, where a high CV is wanted.

    Goods of mixed schools count in both stages, so they follow a high primary target half-way.
    """
    sharpness = np.ones((len(all_units()), len(STAGES), COUNTS))
    slope, start = tuning()["resources"]["sharpness_slope"], tuning()["resources"]["sharpness"]
    for index, unit in enumerate(all_units()):
        over = special_targets(unit) - np.array(LIMITS)[:, None]
        sharpness[index] = np.where(over > 0, start + slope * over, 1.0)
    sharpness[:, 1] = np.maximum(sharpness[:, 1], 0.5 + 0.5 * sharpness[:, 0])
    return sharpness
