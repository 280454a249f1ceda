"""How many units are to comply by the coming phase's end, and how many will at their pace."""

from dataclasses import dataclass
from typing import Any

from data.text import text
from layouts.pages.overview.rows import OverviewRows, phase_end


@dataclass(frozen=True)
class Outlook:
    """Units planned by target year (cumulative), and units expected by the coming phase's end."""

    planned: dict[int, int]
    coming: Any
    expected: int


def plan_outlook(rows: OverviewRows) -> Outlook:
    """For the units that the filter leaves; the last phase stands where none is to come."""
    targets = [t for t in rows.plan_targets if t.district_code in rows.scoped_codes]
    target_years = [t.target_year for t in targets if t.target_year is not None]
    planned = {
        p.target_year: sum(1 for year in target_years if year <= p.target_year) for p in rows.phases
    }
    coming = next((p for p in rows.phases if phase_end(p.target_year) >= rows.period.snapshot_date),
                  rows.phases[-1])  # fmt: skip
    expected = sum(
        1 for t in targets
        if t.progress == "met"
        or (t.projected_year is not None and t.projected_year <= coming.target_year + 1
            and t.progress in ("on_plan", "late", "overdue"))
    )  # fmt: skip
    return Outlook(planned, coming, expected)


def in_time_words(unit: Any, horizon: float) -> str:
    """，按现有速度2031年达标，比目标晚3年; nothing where it complies or cannot be judged."""
    if unit.verdict in ("met", "undecidable") or unit.target_year is None:
        return ""
    if unit.projected_year is None:
        return text("district.not_projected", target=unit.target_year)
    year = int(unit.projected_year)
    if year > horizon:
        return text("district.beyond", year=int(horizon), target=unit.target_year)
    if year <= unit.target_year:
        return text("district.in_time", year=year, target=unit.target_year)
    return text("district.late", year=year, target=unit.target_year,
                count=year - unit.target_year)  # fmt: skip
