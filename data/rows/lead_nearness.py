"""How far each test is from its alarm line, unit by unit, and what was not tested."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Nearness:
    """A unit under one test: 0 like all others, 1 at the line; from there on it is a lead."""

    test: str
    district_code: str
    share: float
    is_lead: bool
