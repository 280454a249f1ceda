"""Futures of one unit under each of the three models: which items are open in each coming autumn.

Every model returns [draws, years, I], true where open. A unit's draws depend on the seed, its code
and the autumn, not on the other units nor on their order.
"""

import hashlib
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data.forecasting.closing import ClosingFit, fit_closing
from data.forecasting.pace import PaceFit, Start, Starts, choose, draw_lines, fit_pace
from data.forecasting.panel import Panel, Real, Whole, last_run

MODELS = ("pace", "closing", "parts")
COUNT_ROUNDING = 1 / 12
LEAST_DISTANCE_NOISE = 0.01
FAR_BELOW = 4.0  # standard deviations below its limit at which a distance stays met
MOST_CORRELATION = 0.6
LEAST_TREND = 2.0  # standard errors of a common acceleration
LEAST_UNITS, LEAST_YEARS = 5, 4
MOST_SPELLS = 3  # sections of a unit and item that are looked at in a year
Open = NDArray[np.bool_]


@dataclass(frozen=True)
class Fits:
    """The three models fitted to a panel."""

    panel: Panel
    steady: Real
    """Counts [U, T] as they would have been at today's common pace."""
    count: Starts
    closing: ClosingFit
    distances: tuple[Starts, ...]
    correlation: float
    parts: ClosingFit
    """Columns: the items without sections, then the sections of each item that has them."""
    judged_items: NDArray[np.intp]


def fit(panel: Panel) -> Fits:
    """Fit the three models to all units at once."""
    steady = steady_counts(panel.counts)
    falls = [_longest_falls(row, steady_row) for row, steady_row in zip(panel.counts, steady, strict=True)]
    distances = [_distance_fit(panel.distances[:, s]) for s in range(panel.distances.shape[1])]
    judged = np.setdiff1d(np.arange(panel.item_count), panel.short_items)
    levels = (panel.short[:, :, None, :] > np.arange(MOST_SPELLS)[:, None]).astype(np.int16)
    levels = np.where(panel.short[:, :, None, :] < 0, -1, levels)
    sections = levels.reshape(len(panel.codes), -1, panel.autumn_count)
    columns = np.concatenate([panel.unmet[:, judged], sections], axis=1).astype(np.int16)
    kind = np.r_[np.arange(len(judged)), len(judged) + np.repeat(np.arange(len(panel.short_items)), MOST_SPELLS)]
    return Fits(
        panel,
        steady,
        Starts(fit_pace(falls, COUNT_ROUNDING)),
        fit_closing(panel.unmet, np.arange(panel.item_count)),
        tuple(Starts(d) for d in distances),
        _correlation(panel.distances, distances),
        fit_closing(columns, kind),
        judged,
    )


def steady_counts(counts: Whole) -> Real:
    """Counts [U, T] without the acceleration that all units had in common, held at today's pace.

    The common acceleration is the slope of the mean yearly falls; it is shrunk towards none, and
    is none below LEAST_TREND standard errors or where the falls slow down.
    """
    usable = (counts[:, :-1] > 0) & (counts[:, 1:] >= 0)
    falls = np.where(usable, counts[:, :-1] - counts[:, 1:], 0).astype(float)
    number = usable.sum(axis=0)
    years = np.flatnonzero(number >= LEAST_UNITS)
    if len(years) < LEAST_YEARS:
        return counts.astype(float)
    mean = falls.sum(axis=0)[years] / number[years]
    residual = np.where(usable[:, years], falls[:, years] - mean, 0)
    variance = max((residual**2).sum() / max(number[years].sum() - len(years), 1), COUNT_ROUNDING)
    weight = number[years] / variance
    centred = years - (weight * years).sum() / weight.sum()
    precision = (weight * centred**2).sum()
    slope = (weight * centred * mean).sum() / precision
    trend = max(slope, 0.0) ** 2 * precision / LEAST_TREND**2
    shrunk = slope * (1 - 1 / trend) if trend > 1 else 0.0
    age = np.arange(counts.shape[1] - 1, -1, -1.0)
    return counts + shrunk * age * (age - 1) / 2


def _longest_falls(counts: Whole, steady: Real) -> Real:
    """The longest unbroken run of yearly falls that start above 0, at today's common pace."""
    usable = (counts[:-1] > 0) & (counts[1:] >= 0)
    edges = np.flatnonzero(np.diff(np.r_[False, usable, False].astype(np.int8)))
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    if not runs:
        return np.zeros(0)
    first, end = max(runs, key=lambda r: r[1] - r[0])
    return -np.diff(steady[first : end + 1])


def _distance_fit(series: Real) -> PaceFit:
    """The line of one kind of distance, from the unbroken run of every unit that ends now."""
    lengths = last_run(~np.isnan(series))
    falls = [-np.diff(row[len(row) - n :]) for row, n in zip(series, lengths, strict=True)]
    return fit_pace(falls, 0.0, LEAST_DISTANCE_NOISE)


def _correlation(distances: Real, fits: list[PaceFit]) -> float:
    """Mean pairwise correlation of the standardised yearly falls of a unit's distances."""
    if len(fits) < 2:  # noqa: PLR2004
        return 0.0
    falls = -np.diff(distances, axis=2)
    known = ~np.isnan(falls)
    mean = np.where(known, falls, 0).sum((0, 2)) / np.maximum(known.sum((0, 2)), 1)
    scale = np.array([f.deviation for f in fits])
    scaled = np.where(known, (falls - mean[:, None]) / scale[:, None], 0)
    total, pairs = scaled.sum(axis=1), known.sum(axis=1)
    together = (total**2 - (scaled**2).sum(axis=1)).sum()
    count = (pairs * (pairs - 1)).sum()
    return float(np.clip(together / count, 0, MOST_CORRELATION)) if count else 0.0


def futures(fits: Fits, unit: int, size: tuple[int, int], seed: int) -> list[Open]:
    """Futures of a unit whose items are all known now, one array for each of MODELS.

    `size` is (draws, years).
    """
    now = fits.panel.unmet[unit, :, -1] == 1
    random = [generator(seed, fits.panel, unit, model) for model in MODELS]
    return [
        _by_pace(fits, unit, now, size, random[0]),
        _by_closing(fits.closing, unit, now.astype(int), size, random[1]),
        _by_parts(fits, unit, now, size, random[2]),
    ]


def generator(seed: int, panel: Panel, unit: int, model: str) -> np.random.Generator:
    """Random numbers of a unit, model and autumn."""
    year = panel.first_year + panel.autumn_count - 1
    name = f"{seed}/{panel.codes[unit]}/{year}/{model}".encode()
    return np.random.Generator(np.random.SFC64(int.from_bytes(hashlib.sha256(name).digest()[:16], "big")))


def _by_pace(fits: Fits, unit: int, now: Open, size: tuple[int, int], random: np.random.Generator) -> Open:
    """The count follows its line; the items that stay open are those that close hardest."""
    counts = fits.panel.counts[unit]
    run = fits.steady[unit, len(counts) - int(last_run(counts >= 0)) :]
    path = draw_lines(random, [fits.count.fit], [fits.count.of(run)], size)[:, :, 0]
    hardness = random.gumbel(size=(size[0], len(now))) - np.log(fits.closing.ease)
    order = np.argsort(-(hardness + 1e3 * now), axis=1)
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(len(now))[None, :], axis=1)
    return place[:, None, :] < np.rint(path)[:, :, None]


def _by_closing(
    fit: ClosingFit, unit: int, amount: NDArray[np.intp], size: tuple[int, int], random: np.random.Generator
) -> Open:
    """Each column closes when its need is reached; `amount` [J] sections must close for one.

    What met may open again, and closes again at the pooled rate of such columns.
    """
    draws, years = size
    point = choose(random, fit.probability, draws)
    steps = np.cumsum(fit.node_probability[unit], axis=1)
    node = (random.random(draws)[:, None] * steps[point, -1:] > steps[point]).sum(axis=1)
    unit_factor = fit.nodes[point, np.minimum(node, fit.nodes.shape[1] - 1)]
    shape = fit.item_shape[point][:, None]
    rate = fit.rate[None, :] * fit.speed[point][:, None]
    lasted = fit.exposure[unit].T[fit.acceleration_place[point]]
    weight = random.standard_gamma(np.broadcast_to(shape, rate.shape))
    weight /= shape + rate * unit_factor[:, None] * lasted
    need = -np.log1p(-(random.random(rate.shape) ** (1 / np.maximum(amount, 1))))
    need /= np.maximum(weight * rate, 1e-12)
    afresh = unit_factor[:, None] / fit.rate_again
    anew = random.standard_exponential(rate.shape) * afresh
    clock = np.repeat(unit_factor[:, None], years, axis=1)
    if fit.shared > 0:
        clock *= random.gamma(1 / fit.shared, fit.shared, size=clock.shape)
    closes_at = np.where(fit.is_again[unit] & (amount > 0), anew, need)
    steady = -1 / np.log1p(-fit.reopening)
    opens_in = np.floor(random.standard_exponential(rate.shape) * steady)
    is_open = np.broadcast_to(amount > 0, rate.shape).copy()
    open_by_year = np.empty((draws, years, len(amount)), dtype=bool)
    closing, opening, opened = closes_at.reshape(-1), opens_in.reshape(-1), is_open.reshape(-1)
    for year, passed in enumerate(np.cumsum(clock, axis=1).T):
        closes = np.flatnonzero(is_open & (closes_at <= passed[:, None]))
        opens = np.flatnonzero(~is_open & (opens_in <= year))
        waits = random.standard_exponential(len(closes)) * steady[closes % len(amount)]
        opening[closes] = year + 1 + np.floor(waits)
        draw = opens // len(amount)
        closing[opens] = passed[draw] + random.standard_exponential(len(opens)) * afresh[draw, 0]
        opened[closes] = False
        opened[opens] = True
        open_by_year[:, year] = is_open
    return open_by_year


def _by_parts(fits: Fits, unit: int, now: Open, size: tuple[int, int], random: np.random.Generator) -> Open:
    """An item with distances is open while one is over its limit or a section is short."""
    panel = fits.panel
    judged, short = len(fits.judged_items), panel.short[unit, :, -1]
    amount = np.zeros(len(fits.parts.rate), dtype=np.intp)
    amount[:judged] = now[fits.judged_items]
    amount[judged::MOST_SPELLS] = np.maximum(short, 0)
    columns = np.r_[np.arange(judged), np.arange(judged, len(amount), MOST_SPELLS)]
    closing = _by_closing(_only(fits.parts, columns), unit, amount[columns], size, random)
    open_by_year = np.zeros((*size, len(now)), dtype=bool)
    open_by_year[:, :, fits.judged_items] = closing[:, :, :judged]
    open_by_year[:, :, panel.short_items] = closing[:, :, judged:]
    runs = panel.distances[unit]
    lengths = last_run(~np.isnan(runs))
    kept = [s for s, n in enumerate(lengths) if n and runs[s, -1] > -FAR_BELOW * fits.distances[s].fit.deviation]
    if kept:
        starts: list[Start] = [fits.distances[s].of(runs[s, runs.shape[1] - lengths[s] :]) for s in kept]
        over = draw_lines(random, [fits.distances[s].fit for s in kept], starts, size, fits.correlation) > 0
        for place, series in enumerate(kept):
            open_by_year[:, :, panel.distance_items[series]] |= over[:, :, place]
    return open_by_year


def _only(fit: ClosingFit, columns: NDArray[np.intp]) -> ClosingFit:
    """The same fit, of some columns."""
    return replace(
        fit,
        rate=fit.rate[columns],
        ease=fit.ease[columns],
        reopening=fit.reopening[columns],
        is_again=fit.is_again[:, columns],
        exposure=fit.exposure[:, columns],
    )
