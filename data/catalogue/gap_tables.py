"""The units that something is supplied in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GapUnit:
    """A natural unit, and its least printed step: what must be supplied is rounded up to it."""

    gap_unit: str
    step: int
