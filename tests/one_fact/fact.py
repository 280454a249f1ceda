"""What a register is made of: a fact, the places where it is said, and how they are compared."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.one_fact.surfaces import Asked

Said = Mapping[str, str]
"""Answers by what they are about: a unit's short name, 小学骨干教师, or '' where that is clear."""
CityPlace = Callable[[Asked], Said]
UnitPlace = Callable[[Asked], Said | str | None]


@dataclass(frozen=True)
class Fact:
    """A fact of the city's units or of the city, and where it is said.

    A place of `city` is read once a state; one of `unit` once for each unit, and is about that unit
    where it answers with a text alone. `own` is what a fact is about beside its unit.
    """

    city: Mapping[str, CityPlace] = field(default_factory=dict)
    unit: Mapping[str, UnitPlace] = field(default_factory=dict)


def of_units(rows: Sequence[Sequence[str]], column: int, pattern: str = "(.+)", name: int = 0) -> dict[str, str]:
    """What a table says in a column, by the unit named in another; rows without it are left out."""
    said: dict[str, str] = {}
    for row in rows:
        match = re.fullmatch(pattern, row[column].strip()) if column < len(row) else None
        if match:
            said[row[name].strip()] = match[1]
    return said


def whole(answer: str | None) -> dict[str, str]:
    """An answer about the city."""
    return {} if answer is None else {"": answer}
