"""回头看: the draw takes about the stated share and stays."""

import pytest

from data.rows.look_back import is_drawn


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_about_the_share_is_drawn_and_a_larger_share_keeps_what_a_smaller_one_drew(share: float) -> None:
    codes = [f"500242-2026-{n:04}" for n in range(4000)]
    drawn = {code for code in codes if is_drawn(code, share)}
    deviation = (share * (1 - share) * len(codes)) ** 0.5
    assert abs(len(drawn) - share * len(codes)) < 4 * deviation
    assert drawn <= {code for code in codes if is_drawn(code, share + 0.1)}


@pytest.mark.parametrize(("share", "all_of"), [(0.0, False), (1.0, True)])
def test_none_and_all_are_drawn_at_the_ends(share: float, *, all_of: bool) -> None:
    assert {is_drawn(f"A-{n}", share) for n in range(200)} == {all_of}
