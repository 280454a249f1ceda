"""What a change is made of: one row per cause, and what is printed adds up to it."""

from decimal import Decimal

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.trend.rows import Change, TrendView
from layouts.parts.frame import section

WIDTH, ROW = 240, 26


def changes(view: TrendView) -> list[Node]:
    """A table per measure; an invitation where no district is chosen."""
    if view.rows.chosen is None:
        return [section(text("trend.change_pick"), h("p", {"className": "d"}, text("trend.change_pick_body")))]
    if view.rows.is_silent:
        return [section(text("sub.not_reported"))]
    if not view.changes:
        return [section(text("trend.change_none"), h("p", {"className": "d"}, text("trend.change_none_body")))]
    change = view.rows.changes[view.rows.state.district]
    found = [_change(one) for one in view.changes]
    if change.incomparable_reason is None and change.compared_basis != view.rows.state.basis:
        found.append(h("p", {"className": "src"}, text("trend.change_recast")))
    return found


def _words(change: Change, value: Decimal) -> str:
    return formatting.rounded(value, change.parts.decimals)


def _change(change: Change) -> Node:
    title = text(
        "trend.change_title",
        measure=text(f"trend.measure_{change.measure}"),
        before=formatting.month(change.before_period.snapshot_date),
        after=formatting.month(change.after_period.snapshot_date),
        first=_words(change, change.parts.before),
        last=_words(change, change.parts.after),
    )
    largest = max(abs(cause.change) for cause in change.parts.causes) or Decimal(1)
    is_cv = change.measure == "cv"
    rows: list[Node] = []
    for cause in change.parts.causes:
        size = round(WIDTH / 2 * float(abs(cause.change) / largest), 1)
        left = WIDTH / 2 - size if cause.change < 0 else WIDTH / 2
        good = (cause.change < 0) is is_cv
        rows.append(
            h(
                "tr",
                {"key": cause.name},
                h("td", {}, text(f"trend.cause_{cause.name}")),
                h(
                    "td",
                    {},
                    h(
                        "svg",
                        {"width": WIDTH, "height": 14, "aria-hidden": "true"},
                        h(
                            "rect",
                            {"x": left, "y": 1, "width": size, "height": 12, "className": "b-ok" if good else "b-over"},
                        ),
                        h("rect", {"x": WIDTH / 2 - 0.5, "width": 1, "height": 14, "className": "b-limit"}),
                    ),
                ),
                h("td", {"className": "num b"}, _signed(change, cause.change)),
            )
        )
    rows.append(
        h(
            "tr",
            {"key": "total"},
            h("td", {"className": "b"}, text("trend.cause_total")),
            h("td", {}, ""),
            h("td", {"className": "num b"}, _signed(change, change.parts.change)),
        )
    )
    nodes: list[Node] = [
        h("table", {"className": "mini"}, h("tbody", {}, *rows)),
        h("p", {"className": "src"}, text("trend.change_note")),
    ]
    if change.is_passive:
        nodes.append(h("p", {"className": "what-if passive"}, text("trend.passive")))
    return section(title, *nodes)


def _signed(change: Change, value: Decimal) -> str:
    sign = "+" if value > 0 else formatting.MINUS if value < 0 else ""
    return sign + _words(change, abs(value))
