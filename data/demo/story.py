"""The story of the demonstration: tuning numbers, reporting units and snapshot periods."""

from __future__ import annotations

import csv
import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
DATA = HERE.parent
INDICATORS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
STAGES = ("primary", "junior")
FICTIONAL = "fictional"


@dataclass(frozen=True)
class Unit:
    """One reporting unit of the catalogue with its part of the story."""

    code: str
    short_name: str
    group: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    plot: dict[str, Any]

    @property
    def complies_from(self) -> float:
        """Position on the time axis from which everything is met; infinite if never."""
        return float(self.plot.get("complies_from", np.inf))

    def missed_items(self) -> list[str]:
        """District items not met at the end of the story."""
        return list(self.plot.get("missed", []))


@dataclass(frozen=True)
class Period:
    """One snapshot: its label, its day and its place on the time axis."""

    label: str
    day: datetime.date
    position: float

    @property
    def school_year(self) -> int:
        """Index of the school year it belongs to, 0 = autumn 2018."""
        return int(self.position)


@cache
def story() -> dict[str, Any]:
    """Return the tuning numbers of story.toml."""
    return tomllib.loads((HERE / "story.toml").read_text(encoding="utf-8"))


def generator(topic: int, *parts: int) -> np.random.Generator:
    """Return a random generator that depends on the topic only, not on what ran before."""
    return np.random.default_rng([story()["seed"], topic, *parts])


@cache
def all_units() -> tuple[Unit, ...]:
    """Return the real reporting units of the catalogue, in the order of their codes."""
    plots = story()["units"]
    units = [
        Unit(
            row["district_code"],
            row["short_name"].removesuffix("功能区"),
            row["group_code"],
            datetime.date.fromisoformat(row["valid_from"]),
            datetime.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            plots[row["district_code"]],
        )
        for row in read_table(DATA / "catalogue" / "districts.csv")
        if row["group_code"] != FICTIONAL
    ]
    return tuple(sorted(units, key=lambda unit: unit.code))


def units_on(day: datetime.date) -> list[Unit]:
    """Return the units that report on a day."""
    return [unit for unit in all_units() if unit.valid_from <= day and (unit.valid_to is None or day <= unit.valid_to)]


@cache
def all_periods() -> tuple[Period, ...]:
    """Return the snapshots in the order of time."""
    periods: list[Period] = []
    for label, position in story()["periods"].items():
        year, _, month = label.partition("-")
        day = datetime.date(int(year), int(month or 9), 1)
        periods.append(Period(label, day, float(position)))
    return tuple(sorted(periods, key=lambda period: period.position))


def period_on(day: datetime.date) -> Period:
    """Return the latest snapshot of a day."""
    return [period for period in all_periods() if period.day <= day][-1]


def reporting_units(period: Period) -> list[Unit]:
    """Return the units that reported for a period."""
    silent = story()["unreported"].get(period.label, [])
    return [unit for unit in units_on(period.day) if unit.code not in silent]


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file whose comment lines start with #."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))
