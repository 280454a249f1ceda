"""Range strips: every unit's CV as a thin line, the own value as a glyph, the limit as a tick."""

from collections.abc import Sequence

from data.rows.overview import UnitCvRow
from data.text import text
from data.view_state import STAGES
from layouts import formatting
from layouts.charts.specification import Chart, Scale, Size, Strip
from layouts.charts.svg import svg
from layouts.markup import Node, h
from layouts.pages.district.rows import DistrictView
from layouts.parts.frame import section
from layouts.proof.key import cv_key
from layouts.routes import DISTRICT, link

WIDTH, HEIGHT, MAXIMUM = 190, 30, 0.8


def strips(view: DistrictView) -> list[Node]:
    """The section: one row per indicator, a strip per stage."""
    own = [c for c in view.rows.cvs if c.district_code == view.unit.district_code]
    over = [c for c in own if c.is_within_limit is False]
    names = dict.fromkeys(view.rows.indicator_names[c.indicator_code] for c in over)
    if over:
        title = text("district.strips_title", count=len(over), names="、".join(names))
    elif any(c.cv is not None for c in own):
        title = text("district.strips_none")
    else:
        unknown = "district.strips_unknown" if view.unit.is_reported else "sub.not_reported"
        title = text(unknown)
    note = text(
        "district.strips_note" if view.rows.sees_all else "district.strips_note_own",
        name=view.unit.short_name,
        group=view.unit.group_name,
    )
    stages = [s for s in STAGES if s != "both" and view.rows.state.stage in ("both", s)]
    head = h(
        "tr",
        {},
        h("th", {}, ""),
        *[
            h(
                "th",
                {"key": s, "scope": "col", "colSpan": 2},
                text(f"stage.{s}") + " ",
                h(
                    "span",
                    {"className": "mut"},
                    text("trend.limit", limit=formatting.rounded(view.rows.cv_limits[s], 2)),
                ),
            )
            for s in stages
            if s in view.rows.cv_limits
        ],
    )
    body = [
        h(
            "tr",
            {"key": i.indicator_code},
            h("th", {"scope": "row"}, i.short_name),
            *[cell for s in stages for cell in _cells(view, own, s, i.indicator_code)],
        )
        for i in view.rows.indicators
    ]
    table = h(
        "table",
        {"className": "strips", "tabIndex": 0, "data-chart": "1", "aria-label": title},
        h("thead", {}, head),
        h("tbody", {}, *body),
    )
    return [section(title, h("p", {"className": "d"}, note), table)]


def _cells(view: DistrictView, own: Sequence[UnitCvRow], stage: str, indicator: str) -> list[Node]:
    row = next((c for c in own if (c.stage, c.indicator_code) == (stage, indicator)), None)
    if row is None:
        words = "no_stage" if view.unit.is_reported else "not_submitted"
        return [h("td", {"className": "mut", "colSpan": 2}, text(f"district.{words}"))]
    href = link(DISTRICT, view.rows.state, why=cv_key(view.unit.district_code, stage, indicator))
    tone = {True: "", False: " c-fail", None: " c-na"}[row.is_within_limit]
    value = formatting.cv(row.cv, row.cv_limit)
    label = text(
        "district.strip_label", stage=text(f"stage.{stage}"), indicator=view.rows.indicator_names[indicator], cv=value
    )
    return [
        h("td", {}, _strip(view, row)),
        h("td", {"className": "num b" + tone}, h("a", {"href": href, "data-nav": "1", "aria-label": label}, value)),
    ]


def _strip(view: DistrictView, row: UnitCvRow) -> Node:
    own = view.unit.district_code
    others = [
        (c.district_code, c.cv)
        for c in view.rows.cvs
        if (c.stage, c.indicator_code) == (row.stage, row.indicator_code)
        and c.cv is not None
        and c.district_code != own
    ]
    group = {u.district_code for u in view.rows.units if u.group_code == view.unit.group_code}
    return svg(
        Chart(
            "",
            Scale(0, MAXIMUM),
            Scale(0, 1),
            [
                Strip(
                    [cv for code, cv in others if code not in group],
                    [cv for code, cv in others if code in group],
                    row.cv_limit,
                    row.cv,
                    "met" if row.is_within_limit else "unmet",
                )
            ],
            Size(WIDTH, HEIGHT, "shrinking"),
            look="range-strip",
            tip=_words(view, row, others, group),
        )
    )


def _words(view: DistrictView, row: UnitCvRow, others: Sequence[tuple[str, float]], group: set[str]) -> str:
    """The unit's CV, its limit, and where the others lie."""
    name = text(f"stage.{row.stage}") + view.rows.indicator_names[row.indicator_code]
    words = [
        f"{view.unit.short_name}{name} {formatting.cv(row.cv, row.cv_limit)}",
        text("trend.limit", limit=formatting.rounded(row.cv_limit, 2)),
    ]
    if view.rows.sees_all:
        near = [cv for code, cv in others if code in group]
        ranges = ((view.unit.group_name, near), (text("district.strip_others"), [cv for _, cv in others]))
        words += [_range(name, values, row.cv_limit) for name, values in ranges if values]
    return "\n".join(words)


def _range(name: str, values: Sequence[float], limit: float) -> str:
    low, high = (formatting.cv(value, limit) for value in (min(values), max(values)))
    return text("district.strip_range", name=name, low=low, high=high)
