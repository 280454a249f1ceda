"""The leads of a period: statistical ones with q-values, and patterns found by comparison."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from data.catalogue.lead_tables import LeadCount, LeadLimit
from data.catalogue.loader import Catalogue
from data.rows.lead_findings import CopyLead, Limits, MoveLead, Outcome
from data.rows.lead_tests import Stratum
from data.rows.leads import CountsRow, DigitRow, NearLineRow, OutlierRow, PupilsRow, RepeatedRow
from queries.lead_tests import ROUND_SHARE, digit_heaping_test, q_values, threshold_bunching_test

DIGITS, BUNCHING = "digits", "bunching"


def limits_on(catalogue: Catalogue, day: date) -> Limits:
    """The limits in force on a day."""
    values = {r.limit_code: float(r.value) for r in catalogue.in_force(LeadLimit, day)}
    return Limits(**values)


def counted_fields(catalogue: Catalogue, day: date) -> list[str]:
    """The fields whose last digits are looked at on a day."""
    return [r.field_code for r in catalogue.in_force(LeadCount, day)]


def outcomes_of(digits: Iterable[DigitRow], near: Iterable[NearLineRow], limits: Limits) -> list[Outcome]:
    """Every statistical test with enough cases, and its q-value among all of them."""
    tests = [*_digit_tests(digits, limits), *_bunching_tests(list(near), limits)]
    qs = q_values([t.p_value for t in tests])
    return [replace(test, q_value=q) for test, q in zip(tests, qs, strict=True)]


def _digit_tests(digits: Iterable[DigitRow], limits: Limits) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for row in digits:
        if row.count_number < limits.digit_cases:
            continue
        share = row.round_number / row.count_number
        outcomes.append(
            Outcome(
                DIGITS,
                row.district_code,
                row.count_number,
                share,
                ROUND_SHARE,
                max(0.0, (share - ROUND_SHARE) / (1 - ROUND_SHARE)),
                digit_heaping_test(row.round_number, row.count_number),
            )
        )
    return outcomes


def _bunching_tests(near: Sequence[NearLineRow], limits: Limits) -> list[Outcome]:
    city: dict[tuple[str, str, str], tuple[int, int]] = {}
    by_unit: dict[str, dict[tuple[str, str, str], NearLineRow]] = {}
    for row in near:
        key = (row.stage, row.indicator_code, row.line)
        above, below = city.get(key, (0, 0))
        city[key] = (above + row.above_number, below + row.below_number)
        by_unit.setdefault(row.district_code, {})[key] = row
    everywhere = [sum(side) for side in zip(*city.values(), strict=True)]
    outcomes: list[Outcome] = []
    for code, rows in sorted(by_unit.items()):
        above = sum(r.above_number for r in rows.values())
        cases = above + sum(r.below_number for r in rows.values())
        rest = sum(everywhere) - cases
        if cases < limits.band_cases or not rest:
            continue
        pooled = threshold_bunching_test(
            [
                Stratum(r.above_number, r.below_number, city[key][0] - r.above_number, city[key][1] - r.below_number)
                for key, r in rows.items()
            ]
        )
        outcomes.append(
            Outcome(
                BUNCHING, code, cases, above / cases, (everywhere[0] - above) / rest, pooled.odds_ratio, pooled.p_value
            )
        )
    return outcomes


def statistical_leads(tests: Iterable[Outcome], limits: Limits) -> list[Outcome]:
    """The tests to be listed, least likely first: neither chance nor too small to matter."""
    least = {DIGITS: limits.least_rounded, BUNCHING: limits.least_odds}
    significant = [
        t for t in tests if t.q_value <= limits.false_share and (t.effect is None or t.effect >= least[t.kind])
    ]
    return sorted(significant, key=lambda t: (t.q_value, t.p_value, t.district_code))


def copy_leads(schools: Iterable[CountsRow], sections: Iterable[RepeatedRow], limits: Limits) -> list[CopyLead]:
    """Counts equal between schools, a return as before, values as before with other pupils."""
    alike: dict[str, list[CountsRow]] = {}
    for row in schools:
        if row.count_number >= limits.equal_counts and row.pupils >= limits.copy_pupils:
            alike.setdefault(row.counts, []).append(row)
    leads: list[CopyLead] = []
    for rows in alike.values():
        first = rows[0]
        if len(rows) > 1:
            leads.append(_copy("twins", first, tuple(r.school_name for r in rows)))
        leads += [_copy("same", r, (r.school_name,)) for r in rows if r.is_as_before]
    for s in sections:
        is_repeated = s.repeated_number / s.value_number >= limits.repeated_share
        if is_repeated and s.pupils >= limits.copy_pupils:
            leads.append(
                CopyLead("values", s.district_code, s.school_code, (s.school_name,), s.repeated_number, s.value_number)
            )
    return leads


def _copy(kind: str, row: CountsRow, names: tuple[str, ...]) -> CopyLead:
    return CopyLead(kind, row.district_code, row.school_code, names, row.count_number, row.count_number)


def outlier_leads(largest: Iterable[OutlierRow], limits: Limits) -> list[OutlierRow]:
    """The sections whose one figure has most of S² and is many times the mean, or a fraction."""
    return [
        row
        for row in largest
        if limits.asks_about(row.contribution, row.section_value, row.district_mean, row.section_count)
    ]


def move_leads(schools: Sequence[PupilsRow], limits: Limits, excluded_types: Iterable[str]) -> list[MoveLead]:
    """Pupils moved within and between schools, schools relabelled or suddenly out of scope."""
    left_out = set(excluded_types)
    leads = [
        MoveLead(kind, s.district_code, s.school_code, s) for s in schools if (kind := _moved_kind(s, limits, left_out))
    ]
    return leads + _campuses(schools, limits)


def _moved_kind(s: PupilsRow, limits: Limits, left_out: set[str]) -> str:
    if s.school_type != s.previous_type and s.school_type in left_out:
        return "relabelled"
    if s.was_in_scope and not s.is_in_scope and _fell(s, limits):
        return "excluded"
    has_both = all((s.primary_pupils, s.junior_pupils, s.previous_primary, s.previous_junior))
    if has_both and s.pupils >= limits.moved_pupils:
        before = s.previous_primary / s.previous_pupils
        if abs(s.primary_pupils / s.pupils - before) >= limits.section_shift:
            return "section"
    return ""


def _fell(s: PupilsRow, limits: Limits) -> bool:
    return s.previous_pupils - s.pupils >= limits.moved_share * s.previous_pupils > 0


def _campuses(schools: Sequence[PupilsRow], limits: Limits) -> list[MoveLead]:
    """One school lost a large part of its pupils, another of the unit gained about as many."""
    by_unit: dict[str, list[PupilsRow]] = {}
    for s in schools:
        by_unit.setdefault(s.district_code, []).append(s)
    leads: list[MoveLead] = []
    for schools_of_unit in by_unit.values():
        lost = [s for s in schools_of_unit if _fell(s, limits) and s.previous_pupils - s.pupils >= limits.moved_pupils]
        gained = [
            s for s in schools_of_unit if s.pupils - s.previous_pupils >= limits.moved_share * s.previous_pupils > 0
        ]
        for loser in lost:
            loss = loser.previous_pupils - loser.pupils
            for winner in gained:
                gain = winner.pupils - winner.previous_pupils
                if abs(gain - loss) <= limits.moved_match * loss:
                    leads.append(MoveLead("campus", loser.district_code, loser.school_code, loser, winner))
    return leads
