"""Parts of a change add up to it; a CV with changed values follows the standard's formula."""

import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.district import cv_at_mean, cv_with_values, unweighted_cv
from queries.proof import CvShareRow
from queries.trend import STEPS, SectionStateRow, cv_of, decompose, is_passive, mean_of

# reference/cases/worked_example_5_primary_schools_books.csv: pupils, books
BOOKS = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)]


def shares(pairs: list[tuple[int, int]]) -> list[CvShareRow]:
    return [CvShareRow(str(n), "", Decimal(p), b / p, None, None) for n, (p, b) in enumerate(pairs)]


def test_published_example_weighted_and_the_two_mistakes() -> None:
    found = cv_with_values(shares(BOOKS), {})
    plain, sample = unweighted_cv(shares(BOOKS))
    assert found == pytest.approx(0.515257, abs=5e-7)
    assert plain == pytest.approx(0.489, abs=5e-4)
    assert sample == pytest.approx(0.546, abs=5e-4)


def test_cv_at_mean_by_hand() -> None:
    rows = shares([(10, 10), (10, 30)])  # values 1 and 3, mean 2, CV 0.5
    assert cv_with_values(rows, {}) == pytest.approx(0.5)
    assert cv_at_mean(rows, 2.0, ["1"]) == pytest.approx(0.5 / 1.5)  # values 1 and 2
    assert cv_at_mean(rows, 2.0, ["0", "1"]) == 0


states = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.booleans(), st.integers(1, 3000), st.integers(0, 10**6)),
    min_size=1,
)


@given(states, states, st.sampled_from(["cv", "mean"]))
def test_parts_add_up_to_the_change(
    before: dict[str, tuple[bool, int, int]],
    after: dict[str, tuple[bool, int, int]],
    measure: str,
) -> None:
    rows = [
        SectionStateRow(period, school, member, Decimal(pupils), float(amount))
        for period, state in (("2025", before), ("2026", after))
        for school, (member, pupils, amount) in state.items()
    ]
    steps = decompose(rows, measure, ("2025", "2026"))
    if steps is None:
        return
    assert tuple(s.name for s in steps) == STEPS
    first = exact(before, measure)
    last = exact(after, measure)
    assert steps[0].before == pytest.approx(first, rel=1e-9, abs=1e-12)
    assert steps[-1].after == pytest.approx(last, rel=1e-9, abs=1e-12)
    assert all(a.after == b.before for a, b in pairwise(steps))
    assert math.fsum(s.change for s in steps) == pytest.approx(last - first, rel=1e-9, abs=1e-9)


def exact(state: dict[str, tuple[bool, int, int]], measure: str) -> float:
    """The measure in fractions, square root last."""
    held = [(p, a) for member, p, a in state.values() if member]
    pupils = sum(p for p, _ in held)
    mean = Fraction(sum(a for _, a in held), pupils)
    if measure == "mean":
        return float(mean)
    variance = sum(p * (Fraction(a, p) - mean) ** 2 for p, a in held) / pupils
    return math.sqrt(variance / mean**2)


def test_parts_named_by_hand() -> None:
    """Pupils halve, nothing else: the whole rise of the mean is pupils, and it is passive."""
    rows = [
        SectionStateRow("2025", "a", True, Decimal(100), 500.0),
        SectionStateRow("2026", "a", True, Decimal(50), 500.0),
    ]
    steps = decompose(rows, "mean", ("2025", "2026"))
    assert steps is not None
    assert [s.change for s in steps] == [0, 0, 5, 0]
    assert is_passive(steps)


def test_a_moved_and_a_closed_school_are_told_apart() -> None:
    rows = [
        SectionStateRow("2025", "stays", True, Decimal(100), 100.0),
        SectionStateRow("2025", "closes", True, Decimal(100), 300.0),
        SectionStateRow("2025", "moves_in", False, Decimal(100), 400.0),
        SectionStateRow("2026", "stays", True, Decimal(100), 100.0),
        SectionStateRow("2026", "moves_in", True, Decimal(100), 400.0),
    ]
    steps = decompose(rows, "mean", ("2025", "2026"))
    assert steps is not None
    change = {s.name: s.change for s in steps}
    assert change["boundary"] == pytest.approx(800 / 300 - 2)
    assert change["schools"] == pytest.approx(2.5 - 800 / 300)
    assert change["pupils"] == change["resources"] == 0


def test_undefined_is_none() -> None:
    assert mean_of({}) is None
    assert cv_of({"a": (10.0, 0.0)}) is None
    assert (
        decompose([SectionStateRow("2025", "a", True, Decimal(1), None)], "cv", ("2025", "2026"))
        is None
    )
