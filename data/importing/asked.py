"""What is known of a return before it is read: for whom it is, and what was handed in before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

Register = Callable[[str, str], pd.DataFrame | None]
"""The last school returns of a unit before a period."""
Schools = Callable[[str], Mapping[str, str]]
"""The names of all schools of a unit that are known, by code."""


@dataclass(frozen=True)
class Asked:
    """What is known of a return before it is read.

    `period` and `district_code` are for tables that lack these columns; `by_hand` says which column
    a header means; `year_before` gives what a unit returned a year before, where a later return lies between;
    nothing that has happened is later than `today`, by default the present day.
    """

    period: str = ""
    district_code: str = ""
    earlier: Register | None = None
    year_before: Register | None = None
    schools: Schools | None = None
    by_hand: Mapping[str, str] = field(default_factory=dict[str, str])
    today: date | None = None
