"""Invented panels whose future is known: nine processes that the forecast does not assume.

Each gives 37 units with 32 items over 9 autumns that are seen and 20 that are to come. The first 7
items have two distances; a distance is over its limit exactly where its item is open.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data.forecasting.panel import Panel

UNITS, ITEMS, SEEN, COMING = 37, 32, 9, 20
TIMES = np.arange(SEEN + COMING) - (SEEN - 1)  # 0 is now
RESOURCE = 7
FIRST_YEAR = 2018
NOISE = 0.8  # items, standard deviation


@dataclass(frozen=True)
class Truth:
    """What is seen, and what came: open items [U, I, COMING]."""

    seen: Panel
    coming: NDArray[np.bool_]

    @property
    def dates(self) -> NDArray[np.intp]:
        """Autumns ahead [U] at which all items first hold at once; COMING + 1 where not yet."""
        met = np.asarray(~self.coming.any(axis=1))
        return np.where(met.any(axis=1), met.argmax(axis=1) + 1, COMING + 1)


def _panel(unmet: NDArray[np.bool_], random: np.random.Generator, margin: NDArray[np.float64] | None = None) -> Truth:
    """`margin` [U, I, T] says how far an item is open (above 0); drawn where there is none."""
    if margin is None:
        far = np.abs(random.normal(0.12, 0.06, unmet.shape)) + 0.01
        margin = np.where(unmet, far, -far)
    distances = np.repeat(margin[:, :RESOURCE], 2, axis=1)
    distances[:, 1::2] = np.minimum(distances[:, 1::2], 0) - 0.1
    whole = Panel(
        tuple(f"{n:03}" for n in range(UNITS)),
        FIRST_YEAR,
        unmet.astype(np.int16),
        distances,
        np.repeat(np.arange(RESOURCE), 2),
        np.zeros((UNITS, RESOURCE, len(TIMES)), np.int16),
        np.arange(RESOURCE),
    )
    return Truth(whole.until(SEEN - 1), unmet[:, :, SEEN:])


def _hardest(level: NDArray[np.float64], random: np.random.Generator) -> Truth:
    """The count follows `level` [U, T]; open are the items that are hardest for the unit."""
    hardness = random.normal(0, 1, (UNITS, ITEMS)) + np.linspace(0, 1, ITEMS)
    rank = np.argsort(np.argsort(-hardness, axis=1), axis=1)
    count = np.clip(np.rint(level), 0, ITEMS)
    margin = np.asarray((count[:, None, :] - rank[:, :, None] - 0.5) * 0.03, np.float64)
    return _panel(margin > 0, random, margin)


def _line(random: np.random.Generator) -> NDArray[np.float64]:
    """True straight lines [U, T] that reach zero between this autumn and 12 later."""
    speed, zero = random.uniform(0.5, 2.5, UNITS), random.uniform(-0.5, 9, UNITS)
    return speed[:, None] * (zero[:, None] - TIMES)


def straight_line(random: np.random.Generator) -> Truth:
    """A straight line with independent noise."""
    return _hardest(_line(random) + random.normal(0, NOISE, (UNITS, len(TIMES))), random)


def _autoregressive(
    random: np.random.Generator, shape: tuple[int, ...], rho: float, deviation: float
) -> NDArray[np.float64]:
    found = np.empty((*shape, len(TIMES)))
    found[..., 0] = random.normal(0, deviation, shape)
    for t in range(1, len(TIMES)):
        found[..., t] = rho * found[..., t - 1] + random.normal(0, deviation * (1 - rho**2) ** 0.5, shape)
    return found


def autoregressive_line(random: np.random.Generator) -> Truth:
    """A straight line whose noise remembers: AR(1), rho 0.6."""
    return _hardest(_line(random) + _autoregressive(random, (UNITS,), 0.6, 1.0), random)


def _closing(rate: NDArray[np.float64], random: np.random.Generator, start: float = 0.6) -> NDArray[np.bool_]:
    """Open items [U, I, T]; each closes in a year with chance 1 - exp(-rate) [U, I, T]."""
    is_open = random.random((UNITS, ITEMS)) < start
    found = np.empty((UNITS, ITEMS, len(TIMES)), dtype=bool)
    for t in range(len(TIMES)):
        if t:
            is_open = is_open & (random.random((UNITS, ITEMS)) >= 1 - np.exp(-rate[:, :, t]))
        found[:, :, t] = is_open
    return found


def _constant(rate: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.repeat(np.broadcast_to(rate, (UNITS, ITEMS))[:, :, None], len(TIMES), axis=2)


def equal_hazards(random: np.random.Generator) -> Truth:
    """Every open item closes with one and the same chance."""
    return _panel(_closing(_constant(np.array(0.25)), random), random)


def _tail_rates(random: np.random.Generator) -> NDArray[np.float64]:
    unit = random.gamma(4, 1 / 4, (UNITS, 1))
    return _constant(0.5 * unit * random.gamma(1.5, 1 / 1.5, (UNITS, ITEMS)))


def hard_tail(random: np.random.Generator) -> Truth:
    """Every item of every unit has its own rate; some are very slow."""
    return _panel(_closing(_tail_rates(random), random), random)


def drifting_distances(random: np.random.Generator) -> Truth:
    """32 distances that drift down with AR(1) noise; an item is open while its own is above 0."""
    drift = random.gamma(4, 0.03 / 4, (UNITS, 1)) * random.uniform(0.5, 1.5, (UNITS, ITEMS))
    crossing = random.uniform(0, 9, (UNITS, 1)) - random.uniform(0, 14, (UNITS, ITEMS))
    margin = drift[:, :, None] * (crossing[:, :, None] - TIMES)
    margin = margin + _autoregressive(random, (UNITS, ITEMS), 0.6, 0.03)
    return _panel(margin > 0, random, margin)


def _projects(random: np.random.Generator) -> NDArray[np.bool_]:
    found = _closing(_constant(np.array(0.03)), random)
    starts = random.random((UNITS, len(TIMES))) < 0.3
    taken = starts[:, None, :] & (random.random(found.shape) < 0.5)
    taken[:, :, 0] = False
    return found & ~np.logical_or.accumulate(taken, axis=2)


def projects(random: np.random.Generator) -> Truth:
    """Projects come in three of ten years and fix about half of what is open at once."""
    return _panel(_projects(random), random)


def mixed(random: np.random.Generator) -> Truth:
    """Misfit: a third each of straight lines, hard tails and projects."""
    parts = [straight_line(random), hard_tail(random), projects(random)]
    own = np.arange(UNITS) % 3
    panels = [p.seen for p in parts]

    def taken(arrays: list[np.ndarray]) -> np.ndarray:
        return np.stack([arrays[own[u]][u] for u in range(UNITS)])

    seen = replace(panels[0], unmet=taken([p.unmet for p in panels]), distances=taken([p.distances for p in panels]))
    return Truth(seen, taken([p.coming for p in parts]))


def campaign(random: np.random.Generator) -> Truth:
    """Misfit: in the two years before the target, rates are four times what they were."""
    unit = random.gamma(4, 1 / 4, (UNITS, 1))
    rate = _constant(0.2 * unit * random.gamma(4.0, 1 / 4.0, (UNITS, ITEMS)))
    return _panel(_closing(rate * np.where((TIMES >= 1) & (TIMES <= 2), 4, 1), random), random)


def stopping(random: np.random.Generator) -> Truth:
    """Misfit: straight lines, but a third of the units stop today."""
    line = _line(random)
    stops = np.arange(UNITS) % 3 == 0
    line = np.where(stops[:, None] & (TIMES > 0), line[:, SEEN - 1 : SEEN], line)
    return _hardest(line + random.normal(0, NOISE, line.shape), random)


Process = Callable[[np.random.Generator], Truth]
PROCESSES: dict[str, Process] = {
    f.__name__: f for f in (straight_line, autoregressive_line, equal_hazards, hard_tail, drifting_distances, projects)
}
MISFITS: dict[str, Process] = {f.__name__: f for f in (mixed, campaign, stopping)}
