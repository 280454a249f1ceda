"""A level that falls by a pace of its own, with shocks that stay and noise that does not.

Seen value = level + noise (variance E); level = the level before - pace + shock (variance Q); the
paces of all units are normal around b0 with variance B. Fitted to the yearly falls of all units at
once: the falls of one unit are N(b0, Q I + E M + B 11'), M tridiagonal (2, -1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import cast

import numpy as np
from numpy.typing import NDArray

from data.forecasting.panel import Real

NOISE = (0.0, 0.05, 0.15, 0.3, 0.45)
SHOCK = (0.02, 0.1, 0.3, 0.6, 0.9)
SPREAD = (0.005, 0.03, 0.1, 0.25, 0.5)
"""Shares of the variance of the falls that each kind of variation may have."""
GRID: Real = np.array(list(product(NOISE, SHOCK, SPREAD)))
KEPT = 6
LEAST_VARIANCE = 1e-8


@dataclass(frozen=True)
class PaceFit:
    """The K likeliest variances: probability, noise, shock, spread of paces, mean pace [K]."""

    probability: Real
    noise: Real
    shock: Real
    spread: Real
    mean: Real
    deviation: float
    """Standard deviation of the yearly falls."""


def fit_pace(falls: Sequence[Real], rounding: float, least_noise: float = 0.0) -> PaceFit:
    """The pooled fit to the falls of all units, one array a unit.

    `rounding` is the variance that the rounding of the values adds, `least_noise` the least share
    of the variance of the falls that is noise.
    """
    every = np.concatenate([*falls, np.zeros(0)])
    variance = max(float(every.var()) if len(every) else 0.0, rounding, LEAST_VARIANCE)
    noise = np.maximum(GRID[:, 0], least_noise) * variance + rounding
    shock, spread = GRID[:, 1] * variance, GRID[:, 2] * variance
    fitness, precision, weighted, squares = np.zeros((4, len(GRID)))
    for length in sorted({len(f) for f in falls if len(f)}):
        falls_of_length = np.array([f for f in falls if len(f) == length])
        band = 2 * np.eye(length) - np.eye(length, k=1) - np.eye(length, k=-1)
        covariance = shock[:, None, None] * np.eye(length) + noise[:, None, None] * band + spread[:, None, None]
        inverse = np.linalg.inv(covariance)
        rows = inverse.sum(axis=2)
        fitness -= 0.5 * len(falls_of_length) * np.linalg.slogdet(covariance)[1]
        precision += len(falls_of_length) * rows.sum(axis=1)
        weighted += (rows * falls_of_length.sum(axis=0)).sum(axis=1)
        products = (falls_of_length[:, :, None] * falls_of_length[:, None, :]).sum(axis=0)
        squares += (inverse * products).sum(axis=(1, 2))
    if not len(every):
        precision += 1 / variance
    mean = weighted / precision
    fitness -= 0.5 * (squares - weighted * mean) + 0.5 * np.log(precision)
    best = np.argsort(-fitness, kind="stable")[:KEPT]
    probability = np.exp(fitness[best] - fitness[best[0]])
    paces = spread[best] + 1 / precision[best]
    return PaceFit(probability / probability.sum(), noise[best], shock[best], paces, mean[best], float(variance**0.5))


@dataclass(frozen=True)
class Start:
    """Level now and pace of one series: their means [K, 2] and Cholesky factor [K, 2, 2]."""

    mean: Real
    factor: Real


class Starts:
    """Where the lines of a fit stand now; what depends only on the length of a run is kept."""

    def __init__(self, fit: PaceFit) -> None:
        self.fit = fit
        self._kept: dict[int, tuple[Real, Real, Real]] = {}

    def of(self, run: Real) -> Start:
        """From the values of an unbroken run of autumns that ends now, at least one."""
        pull, base, factor = self._of_length(len(run))
        return Start((pull * run).sum(axis=2) + base, factor)

    def _of_length(self, length: int) -> tuple[Real, Real, Real]:
        """Generalised least squares with the prior on the pace; a level has no prior."""
        if length not in self._kept:
            fit = self.fit
            age = np.arange(length - 1, -1, -1.0)
            design = np.stack([np.ones(length), age], axis=1)
            shared = np.minimum(age[:, None], age[None, :])
            weight = np.linalg.inv(fit.noise[:, None, None] * np.eye(length) + fit.shock[:, None, None] * shared)
            reach = (design.T[None, :, :, None] * weight[:, None, :, :]).sum(axis=2)
            precision = (reach[:, :, None, :] * design.T[None, None, :, :]).sum(axis=3)
            precision[:, 1, 1] += 1 / fit.spread
            covariance = cast("Real", np.linalg.inv(precision))
            base = covariance[:, :, 1] * (fit.mean / fit.spread)[:, None]
            pull = cast("Real", (covariance[:, :, :, None] * reach[:, None, :, :]).sum(axis=2))
            factor = cast("Real", np.linalg.cholesky(covariance))
            self._kept[length] = pull, base, factor
        return self._kept[length]


def draw_lines(
    random: np.random.Generator,
    fits: Sequence[PaceFit],
    starts: Sequence[Start],
    size: tuple[int, int],
    correlation: float = 0.0,
) -> NDArray[np.float32]:
    """Futures [draws, years, series] of the seen values of some series of one unit.

    `size` is (draws, years); shocks of a year share a factor with `correlation`.
    """
    draws, years = size
    picked = np.stack([choose(random, f.probability, draws) for f in fits], axis=1)
    series = np.arange(len(fits))
    mean = np.stack([s.mean for s in starts])[series, picked]
    factor = np.stack([s.factor for s in starts])[series, picked]
    normal = random.standard_normal(mean.shape)
    level = mean[..., 0] + factor[..., 0, 0] * normal[..., 0]
    pace = mean[..., 1] + factor[..., 1, 0] * normal[..., 0] + factor[..., 1, 1] * normal[..., 1]
    shock = np.sqrt(np.stack([f.shock for f in fits])[series, picked])
    noise = np.sqrt(np.stack([f.noise for f in fits])[series, picked])
    moves = random.standard_normal((draws, years, len(fits)), dtype=np.float32)
    if correlation:
        moves *= np.float32((1 - correlation) ** 0.5)
        shared = random.standard_normal((draws, years, 1), dtype=np.float32)
        moves += shared * np.float32(correlation**0.5)
    moves *= shock[:, None, :].astype(np.float32)
    moves -= pace[:, None, :].astype(np.float32)
    path = np.cumsum(moves, axis=1)
    path += level[:, None, :].astype(np.float32)
    path += random.standard_normal(path.shape, dtype=np.float32) * noise[:, None, :].astype(np.float32)
    return path


def choose(random: np.random.Generator, probability: Real, draws: int) -> NDArray[np.intp]:
    """Places [draws] drawn with their probabilities."""
    steps = np.cumsum(probability)
    return np.searchsorted(steps / steps[-1], random.random(draws), side="right")
