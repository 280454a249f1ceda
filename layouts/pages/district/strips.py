"""Range strips: every unit's CV as a thin line, the own value as a glyph, the limit as a tick."""

from collections.abc import Sequence

from data.rows.overview import UnitCvRow
from data.text import text
from data.view_state import STAGES
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.district.rows import DistrictView
from layouts.parts.frame import section
from layouts.parts.glyph import placed
from layouts.proof.key import cv_key
from layouts.routes import DISTRICT, link

WIDTH, HEIGHT, MAXIMUM, SIZE = 190, 30, 0.8, 13


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
    table = h("table", {"className": "strips"}, h("thead", {}, head), h("tbody", {}, *body))
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
    nodes: list[Node] = [h("rect", {"x": 0, "y": 5, "width": WIDTH, "height": HEIGHT - 10, "className": "strip-track"})]
    for name, is_group in (("strip-other", False), ("strip-peer", True)):
        marks = "".join(f"M{_x(cv)} 7V{HEIGHT - 7}" for code, cv in others if (code in group) is is_group)
        nodes.append(h("path", {"d": marks, "className": name}) if marks else None)
    nodes.append(h("rect", {"x": _x(row.cv_limit) - 1, "y": 0, "width": 2, "height": HEIGHT, "className": "b-limit"}))
    if row.cv is not None:
        level = "met" if row.is_within_limit else "unmet"
        nodes.append(placed(level, _x(row.cv) - SIZE / 2, (HEIGHT - SIZE) / 2, SIZE))
    return h(
        "svg",
        {
            "width": WIDTH,
            "height": HEIGHT,
            "aria-hidden": "true",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "className": "range-strip",
        },
        *[n for n in nodes if n is not None],
    )


def _x(cv: float) -> float:
    return round(min(cv, MAXIMUM) / MAXIMUM * WIDTH, 1)
