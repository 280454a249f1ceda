"""Pupils of every school in every period: births fall, cities crowd, villages empty."""

from __future__ import annotations

import numpy as np

from data.demo.roster import (
    AREA_NAMES,
    COMPLETE,
    NEVER,
    NINE,
    POINT,
    RURAL,
    SPECIAL,
    TWELVE,
    TYPE_NAMES,
    VOCATIONAL,
    Bools,
    Floats,
    Ints,
    Roster,
    primary_weights,
)
from data.demo.story import Period, all_periods, all_units, generator, story

LARGEST_SINGLE, LARGEST_MIXED, LARGEST_OVERSIZE = 1990, 2480, 2310
SMALLEST = 14
SPRING_LOSS = 0.997


class Enrolment:
    """Keeps what does not change between periods, and counts pupils of one period."""

    def __init__(self, roster: Roster) -> None:
        """Prepare the base sizes of the schools."""
        self.roster = roster
        rng = generator(2)
        number = len(roster.type)
        base = np.zeros((number, 3))
        for kind, name in enumerate(TYPE_NAMES[:SPECIAL]):
            for area, area_name in enumerate(AREA_NAMES):
                chosen = (roster.type == kind) & (roster.area == area)
                base[chosen] = story()["sizes"][name][area_name]
        tilt = np.exp(rng.normal(0, 0.12, (number, 3)))
        self.base = base * roster.size[:, None] * tilt
        special = roster.type == SPECIAL
        self.base[special] = np.column_stack(
            [rng.integers(50, 150, number), rng.integers(20, 70, number), np.zeros(number)]
        )[special]
        vocational = roster.type == VOCATIONAL
        self.base[vocational] = np.column_stack(
            [np.zeros(number), rng.integers(60, 240, number), rng.integers(900, 2400, number)]
        )[vocational]
        self.noise = rng.normal(0, 0.03, (len(all_periods()), number))
        self.unit_weights = primary_weights(all_units())
        self.fullness = rng.uniform(0.86, 1.0, number)
        self.oversize = self.oversize_schools()

    def oversize_schools(self) -> Bools:
        """Mark the two largest urban primary schools of units that miss G4."""
        roster, marked = self.roster, np.zeros(len(self.roster.type), dtype=bool)
        for index, unit in enumerate(all_units()):
            if "G4" in unit.missed_items():
                unit_primaries = (roster.unit_before == index) & (roster.type == 0) & (roster.opened == 0)
                order = np.argsort(np.where(unit_primaries, -self.base[:, 0], 0.0))
                marked[order[:2]] = True
        return marked

    def pupils(self, period_index: int) -> Ints:
        """Return pupils by school and stage (primary, junior, senior); 0 where none."""
        roster, period = self.roster, all_periods()[period_index]
        year = period.school_year
        is_open = roster.is_open(period_index)
        age = year - np.array([p.school_year for p in all_periods()])[np.minimum(roster.opened, 10)]
        ramp = np.where(roster.opened > 0, np.clip(0.45 + 0.2 * age, 0.0, 1.0), 1.0)
        trend = np.exp(roster.growth * year + self.noise[self.autumn_of(period)])
        raw = self.base * (trend * ramp)[:, None]
        gone = np.flatnonzero((roster.closed <= period_index) & (roster.closed != NEVER))
        np.add.at(raw[:, :2], roster.neighbour[gone], 0.8 * raw[gone][:, :2])
        raw[:, :2] *= self.base[:, :2] > 0
        raw[~is_open] = 0
        scaled = self.fit_to_city(raw, year)
        if "-" in period.label:
            scaled = scaled * SPRING_LOSS
        whole = np.maximum(np.rint(scaled), SMALLEST * (raw > 0))
        return whole.astype(np.int64)

    def autumn_of(self, period: Period) -> int:
        """Return the index of the autumn snapshot of the same school year."""
        return next(i for i, p in enumerate(all_periods()) if p.school_year == period.school_year)

    def fit_to_city(self, raw: Floats, year: int) -> Floats:
        """Scale the schools of each unit to its share of the city, keeping the size limits."""
        roster, city = self.roster, story()["city_pupils"]
        fixed = np.isin(roster.type, [POINT, SPECIAL, VOCATIONAL])
        scaled = raw.copy()
        units = all_units()
        growth = np.array([story()["groups"][unit.group]["yearly_growth"] for unit in units])
        share = self.unit_weights * np.exp(growth * year)
        share = share / share.sum()
        for stage, name in enumerate(("primary", "junior")):
            limit = self.limits(stage)
            unit_fixed = np.bincount(roster.unit_before, raw[:, stage] * fixed, minlength=len(units))
            target = np.maximum(share * city[name][year] - unit_fixed, 0.0)
            for _ in range(4):
                current = np.where(fixed, 0.0, scaled[:, stage])
                total = np.bincount(roster.unit_before, current, minlength=len(units))
                factor = np.divide(target, total, out=np.ones_like(total), where=total > 0)
                moved = np.minimum(current * factor[roster.unit_before], limit)
                scaled[:, stage] = np.where(fixed, scaled[:, stage], moved)
        return self.within_mixed_limit(scaled)

    def limits(self, stage: int) -> Floats:
        """Return the largest number of pupils a section may have."""
        kind = self.roster.type
        limit = np.where(np.isin(kind, [NINE, TWELVE]), LARGEST_MIXED * 0.62, LARGEST_SINGLE)
        limit = np.where((kind == COMPLETE) & (stage == 1), LARGEST_SINGLE - 100, limit)
        return np.where(self.oversize, LARGEST_OVERSIZE, limit) * self.fullness

    def within_mixed_limit(self, scaled: Floats) -> Floats:
        """Shrink mixed schools whose compulsory sections together are over the limit."""
        both = scaled[:, 0] + scaled[:, 1]
        mixed = np.isin(self.roster.type, [NINE, TWELVE]) & (both > LARGEST_MIXED)
        scaled[mixed, :2] *= (LARGEST_MIXED * self.fullness[mixed] / both[mixed])[:, None]
        village = (self.roster.type == POINT) & (self.roster.area == RURAL)
        scaled[village, 0] = np.minimum(scaled[village, 0], 190)
        return scaled
