"""How fast open items close: a discrete-time hazard, pooled over all units.

Rate of item i of unit u in the year to t: l0 f a_i z_u w_ui y_ut exp(g (t - now)). z_u, w_ui and
y_ut are gamma with mean 1: the unit, the item within it (what stays open long gets slower), and
the year (items that close together are one event). g is past acceleration, held in the future.
What met and opened again is near its line: such spells have one pooled rate of their own.
"""

import importlib
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from data.forecasting.panel import Real, Whole

SPEED = np.array((0.7, 1.0, 1.5, 2.2, 3.2))  # f
UNIT_SHAPE = np.array((0.7, 1.5, 3.0, 8.0, 50.0))  # k
ITEM_SHAPE = np.array((0.4, 0.8, 1.6, 4.0, 50.0))  # m
ACCELERATION = np.array((0.0, 0.08, 0.16, 0.3))  # g
ACCELERATION_PRIOR = 12.0
NODES = 12
KEPT = 8
MOST_INFLATION = 8.0
MOST_SHARED = 5.0
CLOSING_PRIOR = (1.0, 6.0)  # closings and item-years added to those that were seen
EASE_PRIOR = 3.0
REOPENING_PRIOR = 4.0
CLOSING_AGAIN_PRIOR = 6.0
_LOG_SPEED: Real = np.log(np.geomspace(1e-3, 100.0, 60, dtype=np.float64))


@dataclass(frozen=True)
class ClosingFit:
    """The pooled rates; J columns, K likeliest shapes, Z nodes of the unit's own speed, U units."""

    rate: Real
    """Yearly rate [J] of an open column, l0 a."""
    ease: Real
    """How easily the column closes [J], 1 is average."""
    reopening: Real
    """Yearly chance [J] that a met column opens again."""
    rate_again: float
    """Yearly rate of what opened again."""
    is_again: NDArray[np.bool_]
    """Whether the spell that is open now [U, J] began after the column had been met."""
    probability: Real
    speed: Real
    item_shape: Real
    acceleration: Real
    nodes: Real
    """[K, Z]."""
    node_probability: Real
    """[U, K, Z]."""
    exposure: Real
    """Years that the open spell has lasted [U, J, G], on the clock of each acceleration."""
    acceleration_place: NDArray[np.intp]
    """Which of the G clocks each of the K uses."""
    shared: float
    """Variance of the shock that the items of a unit share in a year."""


@dataclass(frozen=True)
class _Spells:
    """Open spells: unit, column, first and last known autumn, whether it closed then."""

    unit: NDArray[np.intp]
    column: NDArray[np.intp]
    start: NDArray[np.intp]
    end: NDArray[np.intp]
    closed: NDArray[np.bool_]
    running_since: NDArray[np.intp]
    """First autumn [U, J] of the spell that is open now."""


def fit_closing(state: Whole, kind: NDArray[np.intp]) -> ClosingFit:
    """The pooled fit to `state` [U, J, T]: 1 open, 0 met, -1 unknown.

    Columns of one `kind` [J] share their ease.
    """
    before, after = state[:, :, :-1], state[:, :, 1:]
    was_met = np.logical_or.accumulate(state == 0, axis=2)
    at_risk = (before == 1) & (after >= 0)
    again = at_risk & was_met[:, :, :-1]
    at_risk &= ~again
    closing = at_risk & (after == 0)
    steady = (before == 0) & (after >= 0)
    share = (closing.sum() + CLOSING_PRIOR[0]) / (at_risk.sum() + CLOSING_PRIOR[1])
    kinds = int(kind.max()) + 1
    ease = (_by_kind(closing, kind, kinds) + EASE_PRIOR) / (share * _by_kind(at_risk, kind, kinds) + EASE_PRIOR)
    reopened = (steady & (after == 1)).sum((0, 2)), steady.sum((0, 2))
    pooled = (reopened[0].sum() + 1) / (reopened[1].sum() + REOPENING_PRIOR * 10)
    reopening = (_grouped(reopened[0], kind, kinds) + REOPENING_PRIOR * pooled) / (
        _grouped(reopened[1], kind, kinds) + REOPENING_PRIOR
    )
    rate = -np.log1p(-share) * ease[kind]
    closed_again = (again & (after == 0)).sum() + CLOSING_AGAIN_PRIOR * share
    rate_again = float(-np.log1p(-closed_again / (again.sum() + CLOSING_AGAIN_PRIOR + 1e-9)))
    inflation, shared = _dispersion(at_risk, closing, rate)
    spells = _spells(state, was_met)
    clocks = _clocks(state.shape[2])
    by_speed = _unit_fitness(spells, rate, kind, clocks, state.shape[0]) / inflation
    best, probability, node_probability = _posterior(by_speed)
    speed, unit_shape, item_shape, acceleration = best
    return ClosingFit(
        rate=rate,
        ease=ease[kind],
        reopening=reopening[kind],
        rate_again=rate_again,
        is_again=was_met[:, :, -1],
        probability=probability,
        speed=SPEED[speed],
        item_shape=ITEM_SHAPE[item_shape],
        acceleration=ACCELERATION[acceleration],
        nodes=_nodes()[unit_shape],
        node_probability=node_probability,
        exposure=(clocks[:, -1][None, None] - clocks.T[spells.running_since]),
        acceleration_place=acceleration,
        shared=shared,
    )


def _by_kind(event: NDArray[np.bool_], kind: NDArray[np.intp], kinds: int) -> Real:
    return _grouped(event.sum(axis=(0, 2)), kind, kinds)


def _grouped(amount: NDArray[np.int_], kind: NDArray[np.intp], kinds: int) -> Real:
    return np.bincount(kind, weights=amount, minlength=kinds).astype(np.float64)


def _dispersion(at_risk: NDArray[np.bool_], closing: NDArray[np.bool_], rate: Real) -> tuple[float, float]:
    """How much the closings of a unit's years vary more than independent ones: (c, variance).

    Expected at the unit's own level; items that one project fixes close in the same year.
    """
    chance = at_risk * (1 - np.exp(-rate))[None, :, None]
    base, seen = chance.sum(axis=1), closing.sum(axis=1)
    level = seen.sum(axis=1) / np.maximum(base.sum(axis=1), 1e-9)
    scaled_chance = np.minimum(chance * level[:, None, None], 1)
    expected, variance = scaled_chance.sum(axis=1), (scaled_chance * (1 - scaled_chance)).sum(axis=1)
    years = at_risk.shape[2]
    if variance.sum() <= 0 or years < 2:  # noqa: PLR2004
        return 1.0, 0.0
    squares = ((seen - expected) ** 2).sum() * years / (years - 1)
    inflation = float(np.clip(squares / variance.sum(), 1, MOST_INFLATION))
    excess = (squares - variance.sum()) / (expected**2).sum()
    return inflation, float(np.clip(excess, 0, MOST_SHARED))


def _spells(state: Whole, was_met: NDArray[np.bool_]) -> _Spells:
    """Every open spell of what had not been met before; cut where an autumn is unknown."""
    units, columns, autumns = state.shape
    start = np.full((units, columns), -1)
    spells: list[tuple[NDArray[np.intp], ...]] = []

    def emit(chosen: NDArray[np.bool_], end: int, *, closed: bool) -> None:
        unit, column = np.nonzero(chosen & (start >= 0) & (start < end) & ~was_met[:, :, max(end - 1, 0)])
        spells.append((unit, column, start[unit, column], np.full(len(unit), end), np.full(len(unit), closed)))

    for autumn in range(autumns):
        now = state[:, :, autumn]
        emit(now == 0, autumn, closed=True)
        emit(now < 0, autumn - 1, closed=False)
        start = np.where(now == 1, np.where(start >= 0, start, autumn), -1)
    emit(state[:, :, -1] == 1, autumns - 1, closed=False)
    unit, column, first, last, closed = (np.concatenate(part) for part in zip(*spells, strict=True))
    order = np.argsort(unit, kind="stable")
    since = np.where(start >= 0, start, autumns - 1)
    return _Spells(unit[order], column[order], first[order], last[order], closed[order].astype(bool), since)


def _clocks(autumns: int) -> Real:
    """Time passed [G, T] up to each autumn where it runs by exp(g (t - now))."""
    ticks = np.exp(ACCELERATION[:, None] * (np.arange(autumns) - (autumns - 1)))
    ticks[:, 0] = 0
    return np.cumsum(ticks, axis=1)


def _unit_fitness(spells: _Spells, rate: Real, kind: NDArray[np.intp], clocks: Real, units: int) -> Real:
    """Log-likelihood [U, M, G, X] of each unit's spells at X speeds of the unit.

    A spell of exposure L survives with (m / (m + L))^m. Like spells are computed once.
    """
    key = np.stack([kind[spells.column], spells.start, spells.end, spells.closed], axis=1)
    fitness = np.zeros((units, len(ITEM_SHAPE), len(ACCELERATION), len(_LOG_SPEED)))
    if not len(key):
        return fitness
    like, place = np.unique(key, axis=0, return_inverse=True)
    of_kind = np.zeros(int(kind.max()) + 1)
    of_kind[kind] = rate
    speed = np.exp(_LOG_SPEED) * of_kind[like[:, 0]][:, None]
    first = np.flatnonzero(np.r_[True, np.diff(spells.unit) > 0])
    closed = like[:, 3].astype(bool)[:, None]
    for m, g in product(range(len(ITEM_SHAPE)), range(len(ACCELERATION))):
        begun = clocks[g][like[:, 1]]
        whole = speed * (clocks[g][like[:, 2]] - begun)[:, None]
        before = speed * (clocks[g][like[:, 2] - 1] - begun)[:, None]
        shape = ITEM_SHAPE[m]
        survived = -shape * np.log1p(whole / shape)
        earlier = -shape * np.log1p(before / shape)
        ended = earlier + np.log(-np.expm1(survived - earlier))
        table = cast("Real", np.where(closed, ended, survived))
        fitness[spells.unit[first], m, g] = np.add.reduceat(table[place.ravel()], first, axis=0)
    return fitness


@cache
def _nodes() -> Real:
    """Z equally probable speeds of a unit [shapes, Z].

    scipy is loaded when a forecast is made, not when a server starts.
    """
    gammaincinv: Any = importlib.import_module("scipy.special").gammaincinv
    middle = (np.arange(NODES) + 0.5) / NODES
    return gammaincinv(UNIT_SHAPE[:, None], middle) / UNIT_SHAPE[:, None]


def _posterior(fitness: Real) -> tuple[NDArray[np.intp], Real, Real]:
    """The likeliest grid points [4, K], their probabilities [K], and the units' nodes [U, K, Z]."""
    speeds = np.log(SPEED[:, None, None] * _nodes()[None])
    step = _LOG_SPEED[1] - _LOG_SPEED[0]
    at = np.clip((speeds - _LOG_SPEED[0]) / step, 0, len(_LOG_SPEED) - 1.001)
    low = at.astype(int)
    part = at - low

    def nodes_of(grid_fitness: Real) -> Real:
        """[U, F, shapes, Z] of one pair of item shape and acceleration."""
        return grid_fitness[:, low] * (1 - part) + grid_fitness[:, low + 1] * part

    total = np.zeros((len(SPEED), len(UNIT_SHAPE), len(ITEM_SHAPE), len(ACCELERATION)))
    for m, g in product(range(len(ITEM_SHAPE)), range(len(ACCELERATION))):
        every = nodes_of(fitness[:, m, g])
        most = every.max(axis=3)
        mean = most + np.log(np.exp(every - most[..., None]).mean(axis=3))
        total[:, :, m, g] = mean.sum(axis=0) - ACCELERATION_PRIOR * ACCELERATION[g]
    order = np.argsort(-total, axis=None, kind="stable")[:KEPT]
    best = np.array(np.unravel_index(order, total.shape))
    fits = total.reshape(-1)[order]
    probability = np.exp(fits - fits[0])
    chosen = np.stack([nodes_of(fitness[:, m, g])[:, f, k] for f, k, m, g in best.T], axis=1)
    chosen = np.exp(chosen - chosen.max(axis=2, keepdims=True))
    return best, probability / probability.sum(), chosen / chosen.sum(axis=2, keepdims=True)
