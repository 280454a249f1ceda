"""Which schools are short of what, and how deep: the plot behind the failing sections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.demo.roster import COMPLETE, JUNIOR, NINE, POINT, TWELVE, Bools, Floats, Ints, Roster
from data.demo.story import DATA, INDICATORS, STAGES, Period, Unit, all_units, generator, read_table, story

FLOOR = 0.85
SMALL_POINT = 50
TWO_ITEMS_SHARE = 0.45
COUNTS = len(INDICATORS)
OWN_TEACHERS = 3  # L1–L3 belong to a section, L4–L7 to the whole school
ROOMS = 6
END = 8.0
NEAR_FROM = 7.5
LARGE_ENOUGH = 60


def standards() -> Floats:
    """Return the standard of each stage and indicator, from the public table."""
    return np.array([[float(row[f"{stage}_threshold"]) for row in public_standards()] for stage in STAGES])


def public_standards() -> list[dict[str, str]]:
    """Return the rows of the public table of standards."""
    return list(read_table(DATA / "public_cases" / "thresholds_quality_balanced.csv"))


def unit_end(unit: Unit) -> float:
    """Return where on the time axis the story of a unit ends."""
    return END if unit.valid_to is None else 7.0


def progress(unit: Unit, position: float) -> float:
    """Return how far the story of a unit has come, 0 to 1."""
    return min(position / unit_end(unit), 1.0)


@dataclass
class Shortage:
    """Value ÷ standard where a school is meant to be short, NaN elsewhere."""

    ratio: Floats
    failing: Bools
    exempt: Bools
    stage: Ints


class ShortagePlot:
    """Persistent draws that decide who is short, so that a school's story hangs together."""

    def __init__(self, roster: Roster, size: Floats) -> None:
        """Draw once per school."""
        rng = generator(3)
        number = len(roster.type)
        self.roster = roster
        self.mixed = np.isin(roster.type, [NINE, TWELVE])
        self.pure_stage = np.isin(roster.type, [JUNIOR, COMPLETE]).astype(np.int64)
        hardship = rng.random(number)
        percentile = np.argsort(np.argsort(size)) / number
        self.hardship_crowded = hardship - 0.6 * percentile
        self.hardship_rural = hardship + 0.3 * percentile
        self.first, self.second, self.twice, self.depth, self.which = rng.random((5, number))
        self.spare, self.spare_item, self.spare_depth = rng.random((3, number))

    def failing_schools(self, units: Ints, eligible: Bools, period: Period) -> tuple[Bools, Floats]:
        """Choose the failing schools of a period and how close each is to being put right."""
        failing = np.zeros(len(units), dtype=bool)
        closeness = np.zeros(len(units))
        for index, unit in enumerate(all_units()):
            unit_schools = np.flatnonzero((units == index) & eligible)
            failing_count = self.number_failing(unit, period, len(unit_schools))
            if not failing_count:
                continue
            crowded = unit.plot["short"] in ("crowded", "near")
            hardship = self.hardship_crowded if crowded else self.hardship_rural
            chosen = unit_schools[np.argsort(hardship[unit_schools])[:failing_count]]
            failing[chosen] = True
            closeness[chosen] = (np.arange(len(chosen)) + 0.5) / len(chosen)
        return failing, closeness

    def number_failing(self, unit: Unit, period: Period, schools: int) -> int:
        """Return how many schools of a unit fail in a period."""
        if period.position >= unit.complies_from or not schools:
            return 0
        last = unit.plot["failing"]
        first = last + story()["resources"]["first_failing_share"] * schools
        left = (1 - progress(unit, period.position)) ** 1.25
        number = round(last + (first - last) * left)
        if np.isfinite(unit.complies_from):
            number = max(2, round(number * (1 - period.position / unit.complies_from) ** 0.5))
        return min(number, schools)

    def plan(self, units: Ints, pupils: Ints, eligible: Bools, period: Period) -> Shortage:
        """Return the intended shortages of a period."""
        big = eligible & (pupils[:, :2].max(axis=1) >= LARGE_ENOUGH)
        failing, closeness = self.failing_schools(units, big, period)
        weights = np.array([self.item_weights(unit, period) for unit in all_units()])[units]
        first = pick(weights, self.first)
        others = weights.copy()
        others[np.arange(len(first)), first] = 0
        only_one = others.sum(axis=1) == 0
        second = np.where(only_one, first, pick(np.where(others > 0, others, 1e-12), self.second))
        near = np.array([is_near(unit, period) for unit in all_units()])[units]
        two = (near | (self.twice < TWO_ITEMS_SHARE)) & ~only_one
        second = np.where(two, second, first)
        stage = self.stage_of(first, second)
        deep = np.minimum(0.40 + 0.32 * closeness + 0.22 * self.depth, 0.845)
        shallow = 0.66 + 0.16 * closeness + 0.15 * self.depth
        value = deep.copy()
        value[two] = shallow[two]
        value[near] = 0.958 + 0.03 * self.depth[near]
        ratio = np.full((len(units), COUNTS), np.nan)
        rows = np.flatnonzero(failing)
        ratio[rows, first[rows]] = value[rows]
        again = np.flatnonzero(failing & two)
        other = np.minimum(value + 0.03, 0.985)
        other[near] = 0.985 - 0.02 * self.which[near]
        ratio[again, second[again]] = other[again]
        exempt = eligible & ~failing & (self.spare < story()["resources"]["exempt_share"])
        rows = np.flatnonzero(exempt)
        item = pick(weights, self.spare_item)
        ratio[rows, item[rows]] = 0.875 + 0.11 * self.spare_depth[rows]
        stage = np.where(exempt, self.stage_of(item, item), stage)
        return Shortage(ratio, failing, exempt, stage)

    def item_weights(self, unit: Unit, period: Period) -> list[float]:
        """Return the weights of L1–L7 for a unit; units near the line were mixed before."""
        name = unit.plot["short"]
        if name == "near" and not is_near(unit, period):
            name = "mixed"
        return story()["shortages"][name]

    def stage_of(self, first: Ints, second: Ints) -> Ints:
        """Return the stage that is short: in mixed schools the one that binds."""
        has_rooms = (first == ROOMS) | (second == ROOMS)
        has_area = (first >= OWN_TEACHERS) | (second >= OWN_TEACHERS)
        drawn_stage = (self.which < 0.5).astype(np.int64)
        mixed_stage = np.where(has_rooms, 0, np.where(has_area, 1, drawn_stage))
        return np.where(self.mixed, mixed_stage, self.pure_stage)


def is_near(unit: Unit, period: Period) -> bool:
    """Tell whether all that a unit misses lies within 5 % of the line."""
    if unit.code in ("500105", "P50GX1"):
        return period.position >= unit_end(unit)
    return unit.plot["short"] == "near" and period.position >= NEAR_FROM


def pick(weights: Floats, draw: Floats) -> Ints:
    """Choose one column per row, with probability in proportion to its weight."""
    cumulated = np.cumsum(weights, axis=1)
    return (draw[:, None] * cumulated[:, -1:] >= cumulated).sum(axis=1).clip(0, COUNTS - 1)


def eligible_schools(roster: Roster, pupils: Ints) -> Bools:
    """Tell which schools are judged: no special, vocational or small teaching point."""
    regular = roster.type <= POINT
    return regular & ((roster.type != POINT) | (pupils[:, 0] >= SMALL_POINT))
