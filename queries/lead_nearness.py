"""How near each unit comes to the alarm line of each test.

A test with several conditions is as near as the one that is farthest from being met; below the line it stays below
whatever the shares round to.
"""

import math
from collections.abc import Iterable, Sequence

from data.rows.lead_findings import Limits, Outcome
from data.rows.lead_nearness import Nearness
from data.rows.leads import OutlierRow, PupilsRow, RepeatedRow
from queries.lead_findings import BUNCHING, DIGITS

JUST_BELOW = 0.99
FARTHEST = 1.2
"""Beyond the line all stand together: how far is said in words."""

Places = dict[str, float]


def statistical_nearness(tests: Iterable[Outcome], limits: Limits) -> dict[str, Places]:
    """Round digits and values just past a line, by test and unit."""
    places: dict[str, Places] = {DIGITS: {}, BUNCHING: {}}
    for test in tests:
        chance = math.log(max(test.q_value, 1e-12)) / math.log(limits.false_share)
        places[test.kind][test.district_code] = min(chance, _effect(test, limits))
    return places


def _effect(test: Outcome, limits: Limits) -> float:
    if test.effect is None:
        return FARTHEST
    if test.kind == DIGITS:
        return test.effect / limits.least_rounded
    return math.log(test.effect) / math.log(limits.least_odds) if test.effect > 0 else 0.0


def copy_nearness(sections: Iterable[RepeatedRow], limits: Limits) -> Places:
    """The section that repeats most of its values, by unit."""
    return _largest(
        (s.district_code, s.repeated_number / s.value_number / limits.repeated_share)
        for s in sections
        if s.pupils >= limits.copy_pupils
    )


def outlier_nearness(largest: Iterable[OutlierRow], limits: Limits) -> Places:
    """The figure that stands most alone, by unit."""

    def near(row: OutlierRow) -> float:
        times = abs(math.log(row.times)) / math.log(limits.outlier_times) if row.times > 0 else FARTHEST
        return min(row.contribution / limits.outlier_share, times)

    return _largest((r.district_code, near(r)) for r in largest if r.section_count >= limits.outlier_sections)


def move_nearness(schools: Iterable[PupilsRow], limits: Limits) -> Places:
    """The school whose pupils moved most between its stages, by unit."""
    return _largest((s.district_code, _shift(s) / limits.section_shift) for s in schools if s.previous_pupils)


def _shift(school: PupilsRow) -> float:
    parts = (school.primary_pupils, school.junior_pupils, school.previous_primary, school.previous_junior)
    if not all(parts):
        return 0.0
    return abs(school.primary_pupils / school.pupils - school.previous_primary / school.previous_pupils)


def _largest(values: Iterable[tuple[str, float]]) -> Places:
    places: Places = {}
    for code, value in values:
        places[code] = max(value, places.get(code, 0.0))
    return places


def placed(test: str, places: Places, leads: Iterable[str]) -> list[Nearness]:
    """The units of one test in the order of nearness; `leads` names those past the line."""
    past = set(leads)
    near: Sequence[Nearness] = [
        Nearness(test, code, FARTHEST if code in past else min(max(value, 0.0), JUST_BELOW), code in past)
        for code, value in (dict.fromkeys(past, 1.0) | places).items()
    ]
    return sorted(near, key=lambda n: (n.share, n.district_code))
