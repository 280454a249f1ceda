"""How many units are to comply by the coming phase's end, and how many will by the forecasts."""

import math
from dataclasses import dataclass
from typing import Any

from data.text import text
from layouts.pages.overview.rows import OverviewRows, phase_end
from layouts.parts.forecast import chance_sentence, short_words


@dataclass(frozen=True)
class Outlook:
    """Units planned by target year (cumulative), and units expected by the coming phase's end.

    Expected are those met and the sum of the chances of the others; None where none is forecast.
    """

    planned: dict[int, int]
    coming: Any
    expected: int | None


def plan_outlook(rows: OverviewRows) -> Outlook:
    """For the units that the filter leaves; the last phase stands where none is to come."""
    targets = [t for t in rows.plan_targets if t.district_code in rows.scoped_codes]
    target_years = [t.target_year for t in targets if t.target_year is not None]
    planned = {
        p.target_year: sum(1 for year in target_years if year <= p.target_year) for p in rows.phases
    }
    coming = next((p for p in rows.phases if phase_end(p.target_year) >= rows.period.snapshot_date),
                  rows.phases[-1])  # fmt: skip
    met = sum(1 for t in targets if t.progress == "met")
    chances = [_chance_by(t, coming.target_year) for t in targets if t.progress != "met"]
    known = [c for c in chances if c is not None]
    expected = None if chances and not known else met + math.floor(sum(known) + 0.5)
    return Outlook(planned, coming, expected)


def _chance_by(target: Any, year: int) -> float | None:
    """The chance of a unit to be met by the autumn of a year; None where none is published."""
    if target.chances is None or target.progress in ("not_reported", "undecidable"):
        return None
    ahead = year - target.forecast_autumn
    return target.chances[min(ahead, len(target.chances) - 1)] if ahead >= 0 else 0.0


def in_time_words(unit: Any) -> str:
    """，像本区这样的情况，10个里约有3个能在2028年秋季前全部达标; nothing where it complies."""
    if unit.verdict == "met" or not unit.is_reported:
        return ""
    if unit.chance is not None and not unit.is_due:
        return text("forecast.headline", words=chance_sentence(unit))
    return text("forecast.headline", words=short_words(unit))
