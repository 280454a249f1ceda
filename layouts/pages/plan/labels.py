"""Words beside a mark of the board, clear of its vertical lines."""

from collections.abc import Sequence

from layouts.charts.specification import Label, Scale

SIGN = 0.0165  # of the board's width that a sign takes at 1440
BESIDE = 8  # pixels from a mark, or from the line that words give way to


def label_beside(
    lines: Sequence[float], time: Scale, at: float, label: str, level: str, *, is_left: bool = False
) -> Label:
    """Words at the right of a place, or at its left; beyond a line that would go through them."""
    width = len(label) * SIGN * (time.high - time.low)
    for line in sorted(lines, reverse=is_left):
        is_across = at - width < line < at if is_left else at < line < at + width
        at = line if is_across else at
    return Label(at, label, level, -BESIDE, "end") if is_left else Label(at, label, level, BESIDE)
