"""The league's rules: order, ties, who is not ranked (product rules for league tables).

Order: items met, then largest CV ÷ limit, said on the page; there is no composite score. Units
whose CVs differ by less than the printed step are tied; inside a tie the order is by code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LISTED_ONLY = ("veto", "undecidable")


@dataclass(frozen=True)
class Place:
    """A unit's rank: None where it is listed but not ranked; `is_small` says why."""

    rank: int | None
    is_tied: bool
    is_small: bool


def order_key(unit: Any) -> tuple[int, float, str]:
    """Items met (most first), largest CV ÷ limit (smallest first), code."""
    ratio = unit.worst_ratio if unit.worst_ratio is not None else float("inf")
    return -unit.met_count, ratio, unit.district_code


def rank_units(
    units: Sequence[Any], *, minimum_schools: float, step: float
) -> tuple[list[Any], dict[str, Place]]:
    """Units in league order, and the place of each by code.

    Competition ranking: two units tied at 9 are followed by 11. A tie chain is anchored at its
    first member, so that many small steps do not add up to one tie.
    """
    listed = {verdict: n for n, verdict in enumerate(LISTED_ONLY, 1)}  # below all that are ranked

    def key(unit: Any) -> tuple[int, tuple[int, float, str]]:
        return listed.get(unit.verdict, 0), order_key(unit)

    ordered = sorted(units, key=key)
    ranked = [
        u for u in ordered if u.verdict not in LISTED_ONLY and u.school_count >= minimum_schools
    ]
    groups: list[list[Any]] = []
    for unit in ranked:
        if groups and _is_tied(groups[-1][0], unit, step):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    places: dict[str, Place] = {}
    position = 1
    for group in groups:
        for unit in group:
            places[unit.district_code] = Place(position, len(group) > 1, is_small=False)
        position += len(group)
    for unit in ordered:
        if unit.district_code not in places:
            is_small = unit.verdict not in LISTED_ONLY
            places[unit.district_code] = Place(None, is_tied=False, is_small=is_small)
    within_tie: dict[str, tuple[Any, str]] = {
        u.district_code: (key(group[0]), u.district_code) for group in groups for u in group
    }
    ordered.sort(key=lambda u: within_tie.get(u.district_code, (key(u), "")))
    return ordered, places


def _is_tied(anchor: Any, unit: Any, step: float) -> bool:
    if anchor.met_count != unit.met_count:
        return False
    if anchor.worst_cv is None or unit.worst_cv is None:
        return anchor.worst_cv is unit.worst_cv
    if anchor.worst_cv_limit != unit.worst_cv_limit:
        return anchor.worst_ratio == unit.worst_ratio
    return abs(anchor.worst_cv - unit.worst_cv) < step
