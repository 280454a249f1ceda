"""Words on the board give way to its lines: none goes through them."""

import pytest

from layouts.charts.specification import Scale
from layouts.pages.plan.labels import label_beside

TIME = Scale(2022, 2034)  # 12 years: ten signs are 1.98 of them


@pytest.mark.parametrize(
    ("at", "is_left", "place"),
    [
        (2031.7, True, 2031.0),  # across the end of 2030
        (2027.7, True, 2026.8),  # across today
        (2029.9, True, 2029.9),
        (2025.7, False, 2026.8),
        (2029.9, False, 2031.0),
        (2027.0, False, 2027.0),
    ],
)
def test_words_stand_on_one_side_of_every_line(at: float, is_left: bool, place: float) -> None:
    label = label_beside([2026.8, 2031.0], TIME, at, "十个字的话放在这里吧", "late", is_left=is_left)
    assert label.x == place
    assert (label.anchor, label.shift < 0) == (("end", True) if is_left else ("start", False))
