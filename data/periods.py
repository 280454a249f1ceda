"""Periods (数据期): `2026` is the autumn return of that year, `2026-03` a return of that month."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

AUTUMN_MONTH = 9  # 教育事业统计 counts at the start of the school year
_PATTERN = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, order=True)
class Period:
    """A data period and the day whose rules and boundaries judge it (the end of its month)."""

    snapshot_date: date
    code: str

    @property
    def is_annual(self) -> bool:
        """Whether it is the return of an autumn, which stands for its year."""
        return self.snapshot_date.month >= AUTUMN_MONTH


def parse_period(text: str) -> Period | None:
    """Read `YYYY` or `YYYY-MM`; `YYYY-09` is the same period as `YYYY`. None if malformed."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or AUTUMN_MONTH)
    code = match[1] if month == AUTUMN_MONTH else text
    return Period(date(year, month, calendar.monthrange(year, month)[1]), code)
