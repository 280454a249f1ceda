"""Display rules: once, half up, and never hiding a verdict."""

import pytest

from layouts import formatting


@pytest.mark.parametrize(
    ("value", "limit", "words"),
    [
        (0.5004, 0.5, "0.5004"),
        (0.4995, 0.5, "0.4995"),
        (0.623, 0.5, "0.623"),
        (0.5, 0.5, "0.500"),
        (0.50000003, 0.5, "0.50000003"),
        (None, 0.5, "—"),
        (0.4505, 0.45, "0.451"),
    ],
)
def test_cv_prints_more_digits_only_at_the_limit(value: float | None, limit: float, words: str) -> None:
    assert formatting.cv(value, limit) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (105_000_000, "元", "1.05亿元"),
        (46_000, "元", "4.6万元"),
        (46_001, "元", "4.7万元"),
        (164_000, "㎡", "16.4万㎡"),
        (164_001, "㎡", "16.5万㎡"),
        (105_000_001, "元", "1.06亿元"),
        (6140, "㎡", "6,140㎡"),
        (8, "人", "8人"),
    ],
)
def test_amounts_use_wan_and_yi(value: float, unit: str, words: str) -> None:
    assert formatting.amount(value, unit) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (42.07, "㎡", "43㎡"),
        (67_887, "㎡", "67,887㎡"),
        (0.2, "㎡", "1㎡"),
        (5_512_000, "元", "551.2万元"),
        (1_780_670, "元", "178.1万元"),
        (3, "人", "3人"),
    ],
)
def test_what_must_be_supplied_is_rounded_up_at_the_printed_step(value: float, unit: str, words: str) -> None:
    assert formatting.gap(value, unit) == words


@pytest.mark.parametrize(
    ("value", "lines", "words"),
    [
        (0.84996, (1, 0.85), "84.996%"),
        (0.85, (1, 0.85), "85.0%"),
        (0.99967, (1, 0.85), "99.97%"),
        (1.0, (1,), "100.0%"),
        (0.5, (), "50.0%"),
    ],
)
def test_a_share_never_contradicts_its_verdict(value: float, lines: tuple[float, ...], words: str) -> None:
    assert formatting.share(value, *lines) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0.5006, 0.5014, "0.0008"),
        (0.4866, 0.4874, "0.0008"),
        (0.4866, 0.4882, "0.0016"),
        (0.601, 0.609, "0.008"),
        (0.609, 0.601, "0.008"),
    ],
)
def test_a_change_agrees_with_the_two_values_beside_it(before: float, after: float, words: str) -> None:
    assert formatting.cv_change(before, after) == words


def test_rounding_is_half_up_from_the_raw_value() -> None:
    assert formatting.rounded(1.005, 2) == "1.01"
    assert formatting.rounded(0.5345, 3) == "0.535"
    assert formatting.rounded(-2.5, 0) == "−3"


def test_money_as_documents_write_it() -> None:
    assert formatting.money(1_000_000) == "100万元"
    assert formatting.money(105_000_000) == "1.05亿元"
    assert formatting.money(46_500) == "4.7万元"


@pytest.mark.parametrize(
    ("number", "decimals", "words"),
    [(3758.105, 3, "3,758.105"), (-3758.0, 0, "−3,758"), (-0.00004, 2, "−0.00004"), (0, 2, "0.00")],
)
def test_a_small_change_is_not_printed_as_none_and_a_large_one_is_printed(
    number: float, decimals: int, words: str
) -> None:
    assert formatting.smallest(number, decimals) == words
