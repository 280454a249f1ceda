"""Bars beside numbers, hidden from readers: the words stand next to them."""

from data.rows.proof import SectionCell
from data.text import text
from layouts import formatting
from layouts.markup import Node, h

CHANGE_WIDTH, SHARE_WIDTH, THRESHOLD_WIDTH = 240, 130, 320


def change_bar(size: float, *, is_good: bool) -> Node:
    """A change as a bar to the left or right of zero; `size` is its share of the largest."""
    middle = CHANGE_WIDTH / 2
    width = round(middle * abs(size), 1)
    left = middle - width if size < 0 else middle
    tone = "b-ok" if is_good else "b-over"
    return h(
        "svg",
        {"width": CHANGE_WIDTH, "height": 14, "aria-hidden": "true"},
        h("rect", {"x": left, "y": 1, "width": width, "height": 12, "className": tone}),
        h("rect", {"x": middle - 0.5, "width": 1, "height": 14, "className": "b-limit"}),
    )


def share_bar(share: float, *, is_first: bool) -> Node:
    """A share of the largest, darker where it is among the `first`."""
    look = "share-bar" if is_first else "share-rest"
    bar = h("rect", {"height": 12, "className": look, "width": round(SHARE_WIDTH * share, 1)})
    return h("svg", {"width": SHARE_WIDTH, "height": 12, "aria-hidden": "true"}, bar)


def threshold_bar(cell: SectionCell) -> Node:
    """The value as a bar from 0; ticks at the floor and at the standard."""
    value, share, width = cell.section_value, cell.floor_share, THRESHOLD_WIDTH
    if value is None or cell.threshold is None or share is None:
        return None
    line = float(cell.threshold)
    full = max(line * 1.4, min(value, line * 2.0))

    def x(amount: float) -> float:
        return round(min(amount, full) / full * width, 1)

    floor = line * float(share)
    tone = "b-ok" if cell.is_met else "b-over"
    return h(
        "svg",
        {"className": "proof-bar", "width": width, "height": 42, "aria-hidden": "true", "viewBox": f"0 0 {width} 42"},
        h("rect", {"x": 0, "y": 6, "width": width, "height": 10, "className": "b-track"}),
        h("rect", {"x": 0, "y": 6, "width": x(value), "height": 10, "className": tone}),
        h("path", {"d": f"M{x(floor)} 2V22", "className": "floor-tick"}),
        h(
            "text",
            {"x": x(floor) - 3, "y": 36, "textAnchor": "end", "className": "axis t-near"},
            text("proof.floor", share=formatting.share(share).replace(".0", "")),
        ),
        h("rect", {"x": x(line) - 1, "y": 0, "width": 2, "height": 22, "className": "b-limit"}),
        h(
            "text",
            {"x": x(line) + 3, "y": 36, "className": "axis b"},
            text("proof.line", amount=formatting.rounded(cell.threshold, 2)),
        ),
    )
