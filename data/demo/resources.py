"""Resources of every school in every period, solved so that each unit meets its target CVs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from data.demo.roster import COMPLETE, JUNIOR, NINE, TWELVE, Bools, Floats, Ints, Roster
from data.demo.shortages import COUNTS, FLOOR, OWN_TEACHERS, ROOMS, Shortage, ShortagePlot, eligible_schools, standards
from data.demo.spread_targets import spread_targets, tail_sharpness
from data.demo.story import Period, all_periods, all_units, generator, story

JUNIOR_WEIGHT, SENIOR_WEIGHT = 1.1, 1.2
HUNDRED = np.array([0.01, 0.01, 0.01, 1.0, 1.0, 1.0, 0.01])
WHOLE = (0, 1, 2, ROOMS)
MOST_KEPT = 2.0
MOST_SHORT_OF_CAP = 0.01  # so that no school has exactly last year's area per pupil
GRID, STEPS = 16, 14
TINY = 1e-9
SMALLEST_MARGIN, LARGEST_MARGIN = 0.004, 1.3


@dataclass
class Resources:
    """Totals of one period: teachers by school, stage and L1–L3; L4–L7 by school."""

    teachers: Ints
    goods: Floats
    values: Floats
    spreads: Floats
    shortage: Shortage
    eligible: Bools


class ResourceModel:
    """Keeps the persistent draws of all schools and makes the resources of one period."""

    def __init__(self, roster: Roster, typical_pupils: Ints) -> None:
        """Draw the relative wealth of each school."""
        self.roster = roster
        numbers = story()["resources"]
        rng = generator(5)
        number = len(roster.type)
        self.plot = ShortagePlot(roster, typical_pupils[:, :2].sum(axis=1).astype(float))
        self.largest = typical_pupils[:, :2].sum(axis=1).astype(float)
        self.mixed = np.isin(roster.type, [NINE, TWELVE])
        sigma = np.array(numbers["lognormal_sigma"])
        draw = rng.normal(0, 1, (number, 2, COUNTS))
        drift = rng.normal(0, 0.035, (len(all_periods()), number, 1, COUNTS)).cumsum(axis=0)
        draw[self.mixed, 0, OWN_TEACHERS:] = draw[self.mixed, 1, OWN_TEACHERS:]
        sections = np.maximum(typical_pupils[:, :2], 20)
        exponent = float(numbers["size_exponent"])
        relative = (sections / 600) ** exponent
        whole = (np.maximum(typical_pupils[:, :2].sum(axis=1), 20) / 900)[:, None]
        relative_whole = (whole**exponent)[..., None]
        is_own = np.arange(COUNTS) < OWN_TEACHERS
        size: Floats = np.where(is_own, relative[..., None], relative_whole)
        self.draw, self.drift, self.sigma, self.size = draw, drift, sigma, size
        self.base_draw = rng.random((number, 2, COUNTS))
        self.base_draw[self.mixed, 0] = self.base_draw[self.mixed, 1]
        self.sharpness = tail_sharpness()
        short_of_cap = 1 - MOST_SHORT_OF_CAP * rng.random((len(all_periods()), number, COUNTS))
        short_of_cap[..., WHOLE] = 1.0
        self.caps = np.array(numbers["highest_ratio"]) * short_of_cap

    def unit_standards(self) -> Floats:
        """Return the standard a section's ratio refers to; mixed schools: the binding one."""
        section_standards = np.broadcast_to(standards(), (len(self.roster.type), 2, COUNTS)).copy()
        per_primary = np.maximum(standards()[0], standards()[1] / JUNIOR_WEIGHT)[OWN_TEACHERS:]
        section_standards[self.mixed, 0, OWN_TEACHERS:] = per_primary
        section_standards[self.mixed, 1, OWN_TEACHERS:] = per_primary * JUNIOR_WEIGHT
        return section_standards

    def year(self, period_index: int, units: Ints, pupils: Ints) -> Resources:
        """Return the resources of one period."""
        period = all_periods()[period_index]
        eligible = eligible_schools(self.roster, pupils) & (pupils[:, :2].sum(axis=1) > 0)
        shortage = self.plot.plan(units, pupils, eligible, period)
        sigma = self.sigma * self.sharpness[units]
        wealth: Floats = np.exp(sigma * (self.draw + self.drift[period_index])) * self.size
        solver = Solver(self, period, units, pupils, shortage, wealth, eligible)
        return solver.solve(spread_targets(period_index))

    def kept_goods(self, pupils: Ints) -> Floats:
        """Return how much more there is per head because goods stay when pupils leave."""
        share = self.largest / np.maximum(pupils[:, :2].sum(axis=1), 1)
        exponent = np.array(story()["resources"]["goods_stay"])
        return np.clip(share[:, None] ** exponent, 1.0, MOST_KEPT)[:, None, :]

    def base(self, period: Period) -> Floats:
        """Return the least ratio of each section: it rises over the years."""
        numbers = story()["resources"]
        share = period.position / all_periods()[-1].position
        margin = np.array(numbers["base_margin_first"]) * (1 - share)
        margin = margin + np.array(numbers["base_margin_last"]) * share
        return 1.006 + 2 * margin * self.base_draw


class Solver:
    """Finds, per unit, stage and indicator, the margin that gives the target CV."""

    def __init__(
        self,
        model: ResourceModel,
        period: Period,
        units: Ints,
        pupils: Ints,
        shortage: Shortage,
        wealth: Floats,
        eligible: Bools,
    ) -> None:
        """Prepare what does not depend on the margins."""
        self.model, self.units, self.pupils = model, units, pupils
        self.shortage, self.eligible = shortage, eligible
        self.caps = model.caps[all_periods().index(period)]
        self.standard = model.unit_standards()
        kept = model.kept_goods(pupils)
        self.base = model.base(period) * kept
        self.wealth = wealth * kept
        kind = model.roster.type
        primary, junior, senior = pupils.T.astype(float)
        self.weighted: Floats = np.where(
            np.isin(kind, [JUNIOR, COMPLETE]),
            junior + SENIOR_WEIGHT * senior,
            primary + JUNIOR_WEIGHT * (junior + SENIOR_WEIGHT * senior),
        )
        self.leading = np.where(primary > 0, 0, 1)
        self.short_ratio = self.intended_shortages()

    def intended_shortages(self) -> Floats:
        """Spread the school's intended shortages over its sections, relative to unit_standards."""
        ratio = self.shortage.ratio
        shortages = np.full(self.standard.shape, np.nan)
        rows = np.arange(len(ratio))
        shortages[rows, self.shortage.stage, :] = ratio
        mixed = self.model.mixed
        stage = self.shortage.stage
        stage_standard = standards()[stage] / np.where(stage == 1, JUNIOR_WEIGHT, 1.0)[:, None]
        goods = slice(OWN_TEACHERS, COUNTS)
        per_primary = ratio * stage_standard / self.standard[:, 0, :]
        shortages[mixed, 0, goods] = per_primary[mixed, goods]
        shortages[mixed, 1, goods] = per_primary[mixed, goods]
        return shortages

    def totals(self, margin: Floats, stage: int) -> Floats:
        """Return the resource totals behind a stage's values (whole numbers where counted)."""
        ratio = self.base[:, stage] + margin[self.units] * self.wealth[:, stage]
        ratio = np.minimum(ratio, self.caps)
        return self.amounts(ratio, stage)

    def amounts(self, ratio: Floats, stage: int) -> Floats:
        """Turn ratios into amounts; an intended shortage overrides the ratio."""
        pupils = self.pupils[:, stage].astype(float)
        standard = self.standard[:, stage]
        goods_pupils: Floats = self.weighted
        if stage == 1:
            goods_pupils = np.where(self.model.mixed, self.weighted / JUNIOR_WEIGHT, self.weighted)
        basis = np.where(np.arange(COUNTS) < OWN_TEACHERS, pupils[:, None], goods_pupils[:, None])
        need = standard * basis * HUNDRED
        short = self.short_ratio[:, stage]
        is_short = np.isfinite(short)
        amount = np.where(is_short, short, ratio) * need
        whole = np.ceil(amount - TINY)
        below = np.clip(np.rint(amount), 0, np.ceil(need - TINY) - 1)
        deep = np.minimum(below, np.floor(amount))
        below = np.where(short < FLOOR, deep, below)
        too_few = self.shortage.exempt[:, None] & (below < FLOOR * need)
        whole = np.where(is_short, np.where(too_few, np.ceil(need - TINY), below), whole)
        amount[:, WHOLE] = np.maximum(whole, 0.0)[:, WHOLE]
        return amount

    def section_values(self, amounts: Floats, stage: int) -> Floats:
        """Return values per pupil, or per 100 pupils, of a stage."""
        pupils = np.maximum(self.pupils[:, stage], 1)
        factor = 1.0
        if stage == 1:
            factor = np.where(self.model.mixed, JUNIOR_WEIGHT, 1.0)[:, None]
        per_head = amounts[:, :OWN_TEACHERS] / pupils[:, None]
        goods = amounts[:, OWN_TEACHERS:] / np.maximum(self.weighted, 1.0)[:, None] * factor
        return np.concatenate([per_head, goods], axis=1) / HUNDRED

    def spread(self, values: Floats, stage: int) -> Floats:
        """Return the pupil-weighted CV per unit and indicator."""
        judged = self.eligible & (self.pupils[:, stage] > 0)
        weight = np.where(judged, self.pupils[:, stage], 0).astype(float)
        units = len(all_units())
        total = np.maximum(np.bincount(self.units, weight, units), 1.0)
        cvs = np.zeros((units, COUNTS))
        for k in range(COUNTS):
            mean = np.bincount(self.units, weight * values[:, k], units) / total
            away = (values[:, k] - mean[self.units]) ** 2
            variance = np.bincount(self.units, weight * away, units) / total
            cvs[:, k] = np.sqrt(variance) / np.maximum(mean, TINY)
        return cvs

    def margins(self, target: Floats, stage: int, given: Floats | None) -> Floats:
        """Find the margins of one stage; `given` fixes L4–L7 of mixed schools.

        Beside richer mixed schools the CV falls at first as the margin grows, then rises, and
        falls again when all schools reach the highest ratio. The target is looked for on the
        first rising part, by bisection; out of reach, the nearest end of that part is taken.
        """
        grid: Floats = np.linspace(math.log(SMALLEST_MARGIN), math.log(LARGEST_MARGIN), GRID)
        profile = np.array([self.spread_at(np.full(target.shape, point), stage, given) for point in grid])
        lowest = profile.argmin(axis=0)
        after = np.arange(GRID)[:, None, None] > lowest
        above = after & (profile > target)
        top = np.where(after, profile, -1.0).argmax(axis=0)
        reached = above.any(axis=0)
        crossing = np.maximum(top, lowest)
        crossing[reached] = above.argmax(axis=0)[reached]
        low: Floats = grid[np.maximum(crossing - 1, lowest)]
        high: Floats = grid[crossing]
        for _ in range(STEPS):
            middle: Floats = (low + high) / 2
            too_wide = self.spread_at(middle, stage, given) > target
            high = np.where(too_wide, middle, high)
            low = np.where(too_wide, low, middle)
        return np.exp(low)

    def spread_at(self, margin: Floats, stage: int, given: Floats | None) -> Floats:
        """Return the CVs that margins (as logarithms) lead to."""
        amounts = self.with_given(self.totals(np.exp(margin), stage), given)
        return self.spread(self.section_values(amounts, stage), stage)

    def with_given(self, amounts: Floats, given: Floats | None) -> Floats:
        """Put the goods that mixed schools already have in place of newly drawn ones."""
        if given is not None:
            rows = self.model.mixed
            amounts[rows, OWN_TEACHERS:] = given[rows, OWN_TEACHERS:]
        return amounts

    def solve(self, targets: Floats) -> Resources:
        """Solve junior sections first, then primary ones beside the mixed schools."""
        junior = self.totals(self.margins(targets[:, 1], 1, None), 1)
        primary = self.totals(self.margins(targets[:, 0], 0, junior), 0)
        primary = self.with_given(primary, junior)
        teachers = np.stack([primary, junior], axis=1)[:, :, :OWN_TEACHERS]
        teachers = teachers * (self.pupils[:, :2, None] > 0)
        goods = np.where(self.leading[:, None] == 0, primary, junior)[:, OWN_TEACHERS:]
        values = np.stack([self.section_values(primary, 0), self.section_values(junior, 1)], axis=1)
        spreads = np.stack([self.spread(values[:, stage], stage) for stage in (0, 1)], axis=1)
        whole = np.rint(teachers).astype(np.int64)
        return Resources(whole, goods, values, spreads, self.shortage, self.eligible)
