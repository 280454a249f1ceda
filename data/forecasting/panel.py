"""What is known of every unit over the autumns: the data that forecasts are made from."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int16]
Real = NDArray[np.float64]
UNKNOWN = -1


@dataclass(frozen=True)
class Panel:
    """U units, I counted items, S distances, R items with sections, T consecutive autumns.

    `unmet` [U, I, T] is 1 open, 0 met, -1 unknown. `distances` [U, S, T] are CV / limit - 1, not a
    number where unknown; series s belongs to item `distance_items[s]`. `short` [U, R, T] counts the
    sections that keep item `short_items[r]` open, -1 unknown. `codes` are sorted: the same units in
    another order give the same forecasts.
    """

    codes: tuple[str, ...]
    first_year: int
    unmet: Whole
    distances: Real
    distance_items: NDArray[np.intp]
    short: Whole
    short_items: NDArray[np.intp]

    @property
    def autumn_count(self) -> int:
        """T."""
        return self.unmet.shape[2]

    @property
    def item_count(self) -> int:
        """I."""
        return self.unmet.shape[1]

    @cached_property
    def counts(self) -> Whole:
        """Unmet items [U, T]; -1 where one item is unknown."""
        known = (self.unmet >= 0).all(axis=1)
        return np.where(known, (self.unmet == 1).sum(axis=1), UNKNOWN).astype(np.int16)

    @cached_property
    def known_autumns(self) -> NDArray[np.bool_]:
        """Autumns [T] in which any unit is known."""
        return np.asarray((self.counts >= 0).any(axis=0))

    def until(self, autumn: int) -> "Panel":
        """What was known in an autumn (its place, from 0)."""
        end = autumn + 1
        return replace(
            self, unmet=self.unmet[:, :, :end], distances=self.distances[:, :, :end], short=self.short[:, :, :end]
        )


def last_run(known: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Length of the unbroken run of known autumns that ends now, over the last axis."""
    broken = ~known[..., ::-1]
    length = known.shape[-1]
    return cast("NDArray[np.intp]", np.where(broken.any(axis=-1), broken.argmax(axis=-1), length))
