"""The forecast of every unit in every autumn, from what was known then."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.forecasting.futures import MODELS, Fits, fit, futures
from data.forecasting.panel import Panel, Real, Whole
from data.forecasting.weights import log_score, model_weights

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
FIRST_SCORED = 2  # autumns ahead; one ahead says little about a model
LONG_ORIGIN, SHORT_ORIGIN, LONG_PANEL = 5, 4, 7
MOST_SCORED = 120


@dataclass(frozen=True)
class Settings:
    """What an office may choose (rows forecast_* of parameters.csv), and what is kept of many."""

    seed: int = 20261130
    draws: int = 250
    """For every autumn that is asked, so that what was said in one is said again later."""
    draws_of_many: int = 200
    """Where units are many, and for autumns that only tell how well the models foretold."""
    many_units: int = 500
    horizon: int = 20
    weight_floor: float = 0.05
    least_for_interval: int = 5
    least_for_chance: int = 7
    latest_of_many: int = 1
    """Where units are many, forecasts are made for this many of the last autumns."""


@dataclass(frozen=True)
class Origin:
    """What was foretold in one autumn, for the units (places in the panel) whose items were known.

    Per model: `all_met` [K, N, H + 1] and `item_met` [K, N, H + 1, I], the chance of having been
    met in some autumn up to h ahead; `counts` [K, N, H, I + 1], draws with so many items open.
    """

    autumn: int
    units: NDArray[np.intp]
    draws: int
    all_met: Real
    item_met: Real
    counts: Whole


@dataclass(frozen=True)
class Forecast:
    """The weighted forecast of an origin's units [N]; years are autumns ahead, 0 is now.

    `chance` [N, H + 1] that all items held at once in some autumn up to h; `item_chance`
    [N, H + 1, I]; `count_chance` [N, H, I + 1]; `weights` [N, K].
    """

    origin: Origin
    weights: Real
    chance: Real
    item_chance: Real
    count_chance: Real


def origin_of(panel: Panel, autumn: int, settings: Settings, most: int | None = None) -> Origin:
    """Fit on what was known in an autumn; simulate the units not yet met whose items are known.

    `most` bounds how many of them, evenly over the list.
    """
    known = panel.until(autumn)
    fits = fit(known)
    units = np.flatnonzero(known.counts[:, -1] > 0)
    is_asked = most is None and len(units) <= settings.many_units
    if most is not None:
        units = _spread(units, most)
    draws = settings.draws if is_asked else settings.draws_of_many
    size = (len(MODELS), len(units), settings.horizon)
    all_met = np.zeros((size[0], size[1], size[2] + 1))
    item_met = np.zeros((size[0], size[1], size[2] + 1, panel.item_count))
    counts = np.zeros((*size, panel.item_count + 1), dtype=np.int16)
    for place, unit in enumerate(units):
        item_met[:, place, 0] = known.unmet[unit, :, -1] == 0
        _simulate(
            fits,
            int(unit),
            (draws, settings.horizon),
            settings.seed,
            (all_met[:, place, 1:], item_met[:, place, 1:], counts[:, place]),
        )
    return Origin(autumn, units, draws, all_met, item_met, counts)


def _simulate(fits: Fits, unit: int, size: tuple[int, int], seed: int, into: tuple[Real, Real, Whole]) -> None:
    """Simulate one unit; write its shares and counts."""
    draws, years = size
    all_met, item_met, counts = into
    bins = counts.shape[-1]
    offset = np.arange(years) * bins
    met_now = fits.panel.unmet[unit, :, -1] == 0
    for model, is_open in enumerate(futures(fits, unit, size, seed)):
        open_items = is_open.sum(axis=2)
        all_met[model] = _so_far(open_items == 0).sum(axis=0) / draws
        item_met[model] = np.where(met_now, 1.0, _so_far(~is_open).sum(axis=0) / draws)
        cells = np.bincount((open_items + offset).ravel(), minlength=years * bins)
        counts[model] = cells.reshape(years, bins)


def _so_far(is_met: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether it was met in a year or an earlier one [draws, years, ...], written over what is given."""
    for year in range(1, is_met.shape[1]):
        is_met[:, year] |= is_met[:, year - 1]
    return is_met


def _spread(units: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """At most so many of the units, evenly over the list."""
    if len(units) <= most:
        return units
    return units[np.linspace(0, len(units) - 1, most).astype(int)]


def scores(panel: Panel, origins: list[Origin], autumn: int) -> Real:
    """Mean log-scores [U, K] of the counts that came up to `autumn`; not a number without any.

    The farther ahead a count was foretold, the more it tells: it weighs by the square of the years.
    """
    total = np.zeros((len(panel.codes), len(MODELS)))
    number = np.zeros(len(panel.codes))
    for origin in origins:
        units = _spread(origin.units, MOST_SCORED)
        places = np.searchsorted(origin.units, units)
        farthest = min(autumn - origin.autumn, origin.counts.shape[2])
        for ahead in range(FIRST_SCORED, farthest + 1):
            seen = panel.counts[units, origin.autumn + ahead]
            known = seen >= 0
            hits = origin.counts[:, places[known], ahead - 1, seen[known]].astype(int)
            total[units[known]] += ahead**2 * log_score(hits, origin.draws).T
            number[units[known]] += ahead**2
    return np.where(number[:, None] > 0, total / np.maximum(number, 1)[:, None], np.nan)


def scored_autumns(panel: Panel, autumn: int) -> list[int]:
    """The earlier autumns whose forecasts say how much each model counts in `autumn`."""
    known = np.flatnonzero(panel.known_autumns[: autumn + 1])
    least = LONG_ORIGIN if len(known) >= LONG_PANEL else SHORT_ORIGIN
    return [int(a) for place, a in enumerate(known) if place + 1 >= least and autumn - a >= FIRST_SCORED]


def weighted(panel: Panel, origin: Origin, earlier: list[Origin], floor: float) -> Forecast:
    """The mean of the models, by the weights that the earlier origins gave them."""
    weights = model_weights(scores(panel, earlier, origin.autumn), floor)[origin.units]
    return Forecast(
        origin,
        weights,
        _mean(weights, origin.all_met),
        _mean(weights, origin.item_met),
        _mean(weights, origin.counts / origin.draws),
    )


def _mean(weights: Real, of_models: Real) -> Real:
    """The weighted mean over models [K, N, ...], added in one order for every figure.

    The chance of all items is then never above that of one: each term is not.
    """
    total = np.zeros(of_models.shape[1:])
    for model in range(len(MODELS)):
        total += weights[:, model].reshape(-1, *[1] * (of_models.ndim - 2)) * of_models[model]
    return total


def forecasts(panel: Panel, settings: Settings, last_only: bool = False) -> dict[int, Forecast]:
    """The forecast of every autumn (its place) at which enough is known, or of the last alone."""
    known = np.cumsum(panel.known_autumns)
    asked = [a for a in range(panel.autumn_count) if known[a] >= settings.least_for_interval and panel.known_autumns[a]]
    if len(panel.codes) > settings.many_units:
        asked = asked[-settings.latest_of_many :]
    if last_only:
        asked = asked[-1:]
    needed = sorted({e for a in asked for e in scored_autumns(panel, a)} | set(asked))
    origins = {a: origin_of(panel, a, settings, None if a in asked else MOST_SCORED) for a in needed}
    return {
        a: weighted(panel, origins[a], [origins[e] for e in scored_autumns(panel, a)], settings.weight_floor)
        for a in asked
    }


def first_at(chance: Real, level: float) -> NDArray[np.intp]:
    """Autumns ahead [N] at which the chance [N, H + 1] first reaches a level; -1 within none."""
    reached = chance >= level
    return np.where(reached.any(axis=1), reached.argmax(axis=1), -1)
