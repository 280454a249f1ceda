"""线索: every test agrees with a calculation of its own, and finds what was planted, no more."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from data.rows.lead_findings import Outcome
from data.rows.lead_tests import Stratum
from data.rows.leads import DigitRow, NearLineRow, OutlierRow
from queries.lead_findings import copy_leads, move_leads, outcomes_of, statistical_leads
from queries.lead_nearness import (
    FARTHEST,
    JUST_BELOW,
    copy_nearness,
    move_nearness,
    outlier_nearness,
    placed,
    statistical_nearness,
)
from queries.lead_tests import digit_heaping_test, q_values, threshold_bunching_test
from tests.lead_cases import UNITS, limits, pupils, repeated, school

LEFT_OUT = ("teaching_point", "special_school", "vocational_school")


@pytest.mark.parametrize(("round_number", "count_number"), [(0, 10), (3, 10), (30, 93), (93, 93)])
def test_heaping_is_the_upper_tail_of_the_binomial(round_number: int, count_number: int) -> None:
    tail = sum(
        math.comb(count_number, k) * Fraction(1, 5) ** k * Fraction(4, 5) ** (count_number - k)
        for k in range(round_number, count_number + 1)
    )
    assert digit_heaping_test(round_number, count_number) == pytest.approx(float(tail), rel=1e-12)


def test_bunching_is_the_sum_over_strata_by_hand() -> None:
    strata = [Stratum(12, 3, 40, 60), Stratum(9, 6, 30, 30), Stratum(0, 0, 5, 5)]
    surplus, variance = Fraction(0), Fraction(0)
    for s in strata[:2]:
        own, total = s.above + s.below, s.above + s.below + s.rest_above + s.rest_below
        all_above = s.above + s.rest_above
        surplus += s.above - Fraction(own * all_above, total)
        variance += Fraction(own * (total - own) * all_above * (total - all_above), total**2 * (total - 1))
    z = (float(surplus) - 0.5) / math.sqrt(variance)
    odds = (Fraction(12 * 60, 115) + Fraction(9 * 30, 75)) / (Fraction(3 * 40, 115) + Fraction(6 * 30, 75))
    found = threshold_bunching_test(strata)
    assert found.p_value == pytest.approx(math.erfc(z / math.sqrt(2)) / 2, rel=1e-10)
    assert found.odds_ratio == pytest.approx(float(odds))


def test_bunching_is_one_sided_and_says_nothing_of_nothing() -> None:
    high, low = threshold_bunching_test([Stratum(20, 5, 50, 50)]), threshold_bunching_test([Stratum(5, 20, 50, 50)])
    assert high.p_value < 0.01
    assert low.p_value == pytest.approx(1 - high.p_value)
    assert threshold_bunching_test([]).p_value == 1
    assert threshold_bunching_test([Stratum(4, 0, 0, 0)]).p_value == 1
    assert threshold_bunching_test([Stratum(4, 0, 9, 9)]).odds_ratio is None


def test_q_values_by_hand() -> None:
    # p·m/rank, then the least of the larger ranks: 0.01·4/1, 0.02·4/2, 0.03·4/3, 0.5
    assert q_values([0.5, 0.01, 0.03, 0.02]) == pytest.approx([0.5, 0.04, 0.04, 0.04])
    assert q_values([]) == []


def test_too_few_cases_are_not_tested_and_the_family_is_every_test() -> None:
    own = limits()
    least = int(own.digit_cases)
    digits = [
        DigitRow("T00", least - 1, least - 1),
        DigitRow("T01", least, least // 2),
        DigitRow("T02", least, least // 5),
    ]
    near = [NearLineRow(u, "primary", "L4", "threshold", 30, 10 + 10 * n) for n, u in enumerate(UNITS[:2])]
    few = [NearLineRow("T05", "primary", "L4", "threshold", 0, int(own.band_cases) - 1)]
    tests = outcomes_of(digits, near + few, own)
    assert [(t.kind, t.district_code) for t in tests] == [
        ("digits", "T01"),
        ("digits", "T02"),
        ("bunching", "T00"),
        ("bunching", "T01"),
    ]
    assert [t.q_value for t in tests] == pytest.approx(q_values([t.p_value for t in tests]))
    rounded = tests[0]
    assert rounded.share == 0.5
    assert rounded.effect == pytest.approx((0.5 - 0.2) / 0.8)


def test_listed_is_what_is_unlikely_and_large_enough_to_matter() -> None:
    own = limits()
    kept = Outcome("digits", "T01", 400, 0.5, 0.2, own.least_rounded, 1e-9, own.false_share)
    without_end = Outcome("bunching", "T02", 40, 1.0, 0.5, None, 1e-9, 0.001)
    small = Outcome("digits", "T03", 9000, 0.23, 0.2, own.least_rounded / 2, 1e-9, 0.001)
    weak = Outcome("bunching", "T04", 40, 0.6, 0.5, own.least_odds - 0.1, 1e-9, 0.001)
    chance = Outcome("digits", "T05", 90, 0.4, 0.2, 0.25, 0.01, own.false_share + 0.001)
    found = statistical_leads([kept, small, weak, chance, without_end], own)
    assert found == [without_end, kept]


def test_copies_between_schools_and_years() -> None:
    own = limits()
    rows = [
        school("S1", "a"),
        school("S2", "a"),
        school("S3", "b", is_as_before=True),
        school("S4", "c", count_number=int(own.equal_counts) - 1),
        school("S5", "c", count_number=int(own.equal_counts) - 1),
        school("S6", "d", pupils=20),
        school("S7", "d", pupils=20),
    ]
    found = copy_leads(rows, [repeated(2), repeated(1), repeated(3, pupils=20)], own)
    assert [(f.kind, f.school_code, f.equal_number) for f in found] == [
        ("twins", "S1", 10),
        ("same", "S3", 10),
        ("values", "S1", 2),
    ]
    assert found[0].school_names == ("虚构S1", "虚构S2")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, []),
        ({"primary_pupils": 480, "junior_pupils": 520}, ["section"]),
        ({"primary_pupils": 560, "junior_pupils": 440}, []),
        ({"school_type": "teaching_point"}, ["relabelled"]),
        ({"school_type": "twelve_year"}, []),
        ({"is_in_scope": False, "primary_pupils": 300, "junior_pupils": 200}, ["excluded"]),
        ({"is_in_scope": False, "primary_pupils": 590, "junior_pupils": 390}, []),
    ],
)
def test_denominators_that_move_within_a_school(changes: dict, kind: list[str]) -> None:
    assert [m.kind for m in move_leads([pupils(**changes)], limits(), LEFT_OUT)] == kind


def test_pupils_moved_to_another_campus_of_the_same_unit() -> None:
    loser = pupils("S1", primary_pupils=420, junior_pupils=280)  # 300 of 1,000 left
    winner = pupils("S2", primary_pupils=780, junior_pupils=510)  # 290 came
    other = pupils("S3", primary_pupils=900, junior_pupils=600)  # 500 came: not the same
    [found] = move_leads([loser, winner, other, pupils("S4")], limits(), LEFT_OUT)
    assert (found.kind, found.before, found.other) == ("campus", loser, winner)
    assert move_leads([loser, other], limits(), LEFT_OUT) == []


def test_a_unit_is_as_near_as_the_condition_that_is_farthest_from_being_met() -> None:
    """q 0.05 is at its line and 0.05² twice as far; of the effects half of what counts is half way."""
    own = limits()
    digits = Outcome("digits", "T01", 90, 0.3, 0.2, own.least_rounded / 2, 0.0, own.false_share)
    certain = Outcome("digits", "T02", 90, 0.3, 0.2, own.least_rounded * 3, 0.0, own.false_share**2)
    odds = Outcome("bunching", "T03", 90, 0.3, 0.2, math.sqrt(own.least_odds), 0.0, own.false_share)
    endless = Outcome("bunching", "T04", 90, 1.0, 0.2, None, 0.0, math.sqrt(own.false_share))
    near = statistical_nearness([digits, certain, odds, endless], own)
    assert near["digits"] == pytest.approx({"T01": 0.5, "T02": 2})
    assert near["bunching"] == pytest.approx({"T03": 0.5, "T04": 0.5})


def test_the_nearest_school_speaks_for_its_unit() -> None:
    own = limits()
    copies = copy_nearness([repeated(1), repeated(2), repeated(3, pupils=20)], own)
    assert list(copies.values()) == pytest.approx([2 / 3 / own.repeated_share])
    alone = [
        OutlierRow("T01", "S1", "", "primary", "L2", 80, own.outlier_share, math.sqrt(own.outlier_times), 1.0),
        OutlierRow("T01", "S2", "", "primary", "L3", 80, own.outlier_share / 4, own.outlier_times, 1.0),
        OutlierRow("T02", "S3", "", "primary", "L3", 2, 1.0, own.outlier_times, 1.0),
    ]
    assert outlier_nearness(alone, own) == pytest.approx({"T01": 0.5})
    half = own.section_shift / 2
    moved = pupils("S1", previous_primary=500, previous_junior=500, primary_pupils=500 + 1000 * half)
    moved = replace(moved, junior_pupils=500 - 1000 * half)
    assert list(move_nearness([moved], own).values()) == pytest.approx([0.5])


def test_who_is_no_lead_stays_below_the_line_whatever_a_share_says() -> None:
    near = placed("moves", {"T01": 7.0, "T02": -0.1, "T03": 0.5}, ["T03", "T04"])
    assert [(n.district_code, n.share, n.is_lead) for n in near] == [
        ("T02", 0.0, False),
        ("T01", JUST_BELOW, False),
        ("T03", FARTHEST, True),
        ("T04", FARTHEST, True),
    ]
