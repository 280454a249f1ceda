"""Causes of a change: averaged over all orders, exact, symmetric, and printed so that they add up."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.rows.causes import Cause, Decomposition, SectionStateRow
from queries.causes import CAUSES, decompose, is_passive, shares_of_change
from tests import oracle_causes
from tests.oracle_causes import Section, State, additions, measure_of

PERIODS = ("2025", "2026")
MEASURES = st.sampled_from(["cv", "mean"])
parts = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)])  # exact in binary
sections = st.builds(Section, st.booleans(), st.integers(1, 3000), st.integers(0, 10**6), parts)
states = st.dictionaries(st.sampled_from("abcdefgh"), sections, min_size=1)


def rows_of(before: State, after: State) -> list[SectionStateRow]:
    return [
        SectionStateRow(period, code, s.is_member, Decimal(s.pupils), float(s.resource), float(s.part))
        for period, state in zip(PERIODS, (before, after), strict=True)
        for code, s in state.items()
    ]


def shares(before: State, after: State, measure: str) -> dict[str, Fraction]:
    found = shares_of_change(rows_of(before, after), measure, PERIODS)
    assume(found is not None)
    assert found is not None
    return found[2]


@settings(max_examples=60, deadline=None)
@given(states, states, MEASURES)
def test_all_orders_agree(before: State, after: State, measure: str) -> None:
    expected = additions(before, after, measure)
    found = shares_of_change(rows_of(before, after), measure, PERIODS)
    assert (found is None) == (expected is None)
    if found is None or expected is None:
        return
    for cause in oracle_causes.CAUSES:
        assert float(found[2][cause]) == pytest.approx(float(expected[cause]), rel=1e-9, abs=1e-9)


@given(states, states, MEASURES)
def test_shares_add_up_exactly_and_to_the_measures_themselves(before: State, after: State, measure: str) -> None:
    found = shares_of_change(rows_of(before, after), measure, PERIODS)
    assume(found is not None)
    assert found is not None
    assert tuple(found[2]) == CAUSES
    assert sum(found[2].values()) == Fraction(found[1]) - Fraction(found[0])
    for value, state in zip(found[:2], (before, after), strict=True):
        held = [(s.pupils, s.resource * s.part) for s in state.values() if s.is_member]
        expected = measure_of(held, measure)
        assert expected is not None
        assert value == pytest.approx(float(expected), rel=1e-9, abs=1e-12)


@given(states, states, MEASURES)
def test_what_is_printed_adds_up(before: State, after: State, measure: str) -> None:
    """Every printed part is within one step and a half of its share, and no sign is turned."""
    found = decompose(rows_of(before, after), measure, PERIODS)
    assume(found is not None)
    assert found is not None
    assert sum(c.change for c in found.causes) == found.after - found.before == found.change
    step = Decimal(1).scaleb(-found.decimals)
    exact = shares(before, after, measure)
    for cause in found.causes:
        assert abs(Fraction(cause.change) - exact[cause.name]) <= Fraction(step) * 3 / 2
        if exact[cause.name] == 0:
            assert cause.change == 0


@given(states, states, st.sampled_from(CAUSES), MEASURES)
def test_a_single_cause_has_all_of_the_change(before: State, after: State, cause: str, measure: str) -> None:
    only = {
        code: alone(cause, s, after.get(code, s))
        for code, s in before.items()
        if not (cause == "schools" and code not in after)
    }
    if cause == "schools":
        only |= {code: s for code, s in after.items() if code not in before}
    found = decompose(rows_of(before, only), measure, PERIODS)
    assume(found is not None)
    assert found is not None
    change = {c.name: c.change for c in found.causes}
    assert change[cause] == found.change
    assert all(part == 0 for name, part in change.items() if name != cause)
    exact = shares(before, only, measure)
    assert all(part == 0 for name, part in exact.items() if name != cause)


def alone(cause: str, was: Section, new: Section) -> Section:
    """A section to which nothing but one cause happened."""
    field = {"boundary": "is_member", "split": "part", "pupils": "pupils", "resources": "resource"}.get(cause)
    return replace(was, **{field: getattr(new, field)}) if field else was


@given(states, states, MEASURES)
def test_the_way_back_is_the_opposite(before: State, after: State, measure: str) -> None:
    there, back = shares(before, after, measure), shares(after, before, measure)
    assert {cause: -part for cause, part in back.items()} == there


@given(st.integers(1, 3000), st.integers(1, 10**6), st.sampled_from([2, 4, 8]))
def test_causes_of_one_effect_have_equal_shares(pupils: int, resource: int, times: int) -> None:
    """Twice the resource and twice the part of it do the same to a value."""
    before = {"a": Section(True, pupils, resource, Fraction(1, 8))}
    after = {"a": Section(True, pupils, resource * times, Fraction(times, 8))}
    found = shares(before, after, "mean")
    assert found["split"] == found["resources"] > 0
    assert found["pupils"] == found["schools"] == found["boundary"] == 0


def test_two_causes_by_hand() -> None:
    """Pupils halve (5 → 10) and books double: first 5, last 20; 7.5 each by the two orders."""
    found = decompose(
        rows_of({"a": Section(True, 100, 500, Fraction(1))}, {"a": Section(True, 50, 1000, Fraction(1))}),
        "mean",
        PERIODS,
    )
    assert found is not None
    assert [float(c.change) for c in found.causes] == [0, 0, 0, 7.5, 7.5]
    assert not is_passive(found)


def test_a_new_split_is_no_change_of_resources() -> None:
    """A section's part falls from 3/4 to 2/3 as the other grows; the school built, and is not passive.

    300 pupils with 3/4 of 4,000 ㎡ (10 ㎡ each) become 200 with 2/3 of 4,300 ㎡ (14.3 ㎡ each).
    """
    before = {"mixed": Section(True, 300, 4000, Fraction(3, 4))}
    after = {"mixed": Section(True, 200, 4300, Fraction(2, 3))}
    found = decompose(rows_of(before, after), "mean", PERIODS)
    assert found is not None
    change = {c.name: c.change for c in found.causes}
    assert change["resources"] > 0 > change["split"]
    assert float(after["mixed"].resource * after["mixed"].part) < 3000  # the section's own amount fell
    assert not is_passive(found)


def test_passive_is_a_rise_that_pupils_alone_brought() -> None:
    assert is_passive(parts_of(pupils=5))
    assert is_passive(parts_of(pupils=5, resources=-1))
    assert not is_passive(parts_of(pupils=5, resources=1)), "resources grew"
    assert not is_passive(parts_of(pupils=1, schools=5)), "closed schools raised it without pupils"
    assert not is_passive(parts_of(pupils=5, resources=-6)), "it fell"
    assert not is_passive(parts_of()), "a tie within the printed step"


def parts_of(**change: int) -> Decomposition:
    causes = tuple(Cause(name, Decimal(change.get(name, 0))) for name in CAUSES)
    return Decomposition(Decimal(1), 1 + sum((c.change for c in causes), Decimal(0)), 0, causes)


def test_ties_within_the_printed_step_are_no_change() -> None:
    """What rounds to nothing at the third decimal is printed as 0 and counts as no growth."""
    tie = decompose(
        rows_of({"a": Section(True, 10_000, 10**6, Fraction(1))}, {"a": Section(True, 5000, 10**6 + 3, Fraction(1))}),
        "mean",
        PERIODS,
    )
    assert tie is not None
    assert {c.name: c.change for c in tie.causes}["resources"] == 0
    assert is_passive(tie)


def test_missing_and_undefined_are_none() -> None:
    gone, new = Section(True, 10, 10, Fraction(1)), Section(True, 20, 30, Fraction(1))
    rows = rows_of({"a": gone}, {"a": new})
    assert decompose(rows, "cv", PERIODS) is not None
    assert decompose([replace(rows[0], resource=None), rows[1]], "cv", PERIODS) is None
    assert decompose(rows[:1], "mean", PERIODS) is None, "a unit without any school has no mean"
