"""Which unit and school a question is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceRow:
    """The unit and school that a question is about."""

    district_code: str
    school_code: str
