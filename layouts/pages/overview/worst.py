"""The largest CVs against their limits, and what is missing in natural units."""

from collections.abc import Sequence

from data.rows.context import UnitContext, cv_name, largest_first, most_needed, worst_by_unit
from data.rows.overview import GapRow, UnitCvRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.parts.frame import section
from layouts.parts.small_charts import bullet
from layouts.routes import CV, DISTRICT, LEAGUE, link

MOST = 5
MOST_OF_ONE_UNIT = 6


def change_words(row: UnitCvRow) -> tuple[str, str]:
    """Words and tone of a CV's change since the autumn before; a fall is good."""
    pair = row.before_and_now
    if row.change_kind is None or pair is None:
        return text("worst.incomparable"), "na"
    if row.change_kind == "flat":
        return text("worst.flat"), "na"
    change = formatting.cv_change(*pair, row.cv_limit)
    tone = "ok" if row.change_kind == "better" else "fail"
    return text(f"worst.{row.change_kind}", change=change), tone


def change_tip(rows: UnitContext, row: UnitCvRow) -> str:
    """What a change is against, or why there is none."""
    if row.incomparable_reason is not None:
        return text(f"incomparable.{row.incomparable_reason}")
    if row.compared_basis != rows.state.basis:
        return text("worst.against_recast", period=rows.previous_word)
    return text("worst.against", period=rows.previous_word)


def worst(rows: UnitContext) -> list[Node]:
    """Five units with the largest share of the limit, or the CVs of the chosen unit."""
    if rows.is_silent:
        return [section(text("sub.not_reported"))]
    scoped = rows.scoped_codes
    in_view = [c for c in rows.cvs_in_view if c.district_code in scoped]
    if rows.chosen is not None:
        shown = largest_first(sorted(in_view, key=lambda c: c.indicator_code))
        over = sum(1 for c in in_view if c.is_within_limit is False)
        key = "title_district" if rows.chosen.is_reported else "title_unreported"
        title = text(f"worst.{key}", name=rows.chosen.short_name, count=over)
        shown = shown[:MOST_OF_ONE_UNIT]
    else:
        by_unit = worst_by_unit(in_view)
        shown = largest_first(sorted(by_unit.values(), key=lambda c: c.district_code))
        title = _city_title(rows, shown)
        shown = shown[:MOST]
    names = {u.district_code: u.short_name for u in rows.units}
    table = h("table", {"className": "mini"}, h("tbody", {}, *[_row(rows, c, names) for c in shown]))
    note = text(
        "worst.note",
        primary=formatting.rounded(rows.cv_limits["primary"], 2),
        junior=formatting.rounded(rows.cv_limits["junior"], 2),
        period=rows.previous_word,
    )
    if rows.chosen is None and rows.is_verdict:
        note = text("worst.double_red") + note
    if any(c.compared_basis != rows.state.basis for c in shown):
        note += text("worst.recast")
    more = h(
        "a",
        {"href": link(LEAGUE, rows.state, district=""), "data-nav": "1"},
        text("worst.all", count=sum(1 for u in rows.units if rows.state.group in ("", u.group_code))),
    )
    return [section(title, table, h("p", {"className": "src"}, note, more))]


def _city_title(rows: UnitContext, by_unit: Sequence[UnitCvRow]) -> str:
    if not rows.is_verdict:
        over = sum(1 for c in by_unit if c.is_within_limit is False)
        return text("worst.title_indicator", indicator=rows.indicator_name, count=over)
    cells = [c for c in rows.double_red if rows.state.stage in ("both", c.stage)]
    if not cells:
        return text("worst.title_city_none")
    units = {c.district_code for c in cells}
    return text("worst.title_city", count=len(units), cells=len(cells))


def _row(rows: UnitContext, row: UnitCvRow, names: dict[str, str]) -> Node:
    words, tone = change_words(row)
    is_within = row.is_within_limit is True
    return h(
        "tr",
        {"key": f"{row.district_code}{row.stage}{row.indicator_code}"},
        h(
            "td",
            {"className": "b"},
            h(
                "a",
                {"href": link(DISTRICT, rows.state, district=row.district_code), "data-nav": "1"},
                names[row.district_code],
            ),
        ),
        h("td", {"className": "mut"}, cv_name(row, rows.indicator_names)),
        h("td", {}, bullet(row.cv, row.cv_limit, is_within=is_within)),
        h(
            "td",
            {"className": "num b" + ("" if is_within else " c-fail")},
            h(
                "a",
                {
                    "href": link(
                        CV, rows.state, district=row.district_code, stage=row.stage, indicator=row.indicator_code
                    ),
                    "data-nav": "1",
                    "aria-label": text(
                        "worst.open_cv", name=names[row.district_code], cv=cv_name(row, rows.indicator_names)
                    ),
                },
                formatting.cv(row.cv, row.cv_limit),
            ),
        ),
        h("td", {"className": f"num c-{tone}", "data-tip": change_tip(rows, row)}, words),
    )


def missing(rows: UnitContext) -> list[Node]:
    """What the units in view lack, by indicator, with those that lack most."""
    if rows.is_silent:
        return [section(text("sub.not_reported"))]
    scoped = rows.scoped_codes
    gaps = [
        g
        for g in rows.gaps
        if g.district_code in scoped
        and g.section_count
        and rows.state.stage in ("both", g.stage)
        and (rows.is_verdict or g.indicator_code == rows.state.indicator)
    ]
    scope = rows.covered_name or text("gaps.city")
    by_indicator: dict[str, list[GapRow]] = {}
    for gap in gaps:
        by_indicator.setdefault(gap.indicator_code, []).append(gap)
    sections = {code: sum(g.section_count for g in own) for code, own in by_indicator.items()}
    needy = [by_indicator[code] for code in most_needed(sections, rows.indicators)]
    if not needy:
        title = text("gaps.title_none", scope=scope)
    elif len(needy) == 1:
        title = text("gaps.title_one", scope=scope, first=needy[0][0].indicator_name)
    else:
        title = text(
            "gaps.title_city", scope=scope, first=needy[0][0].indicator_name, second=needy[1][0].indicator_name
        )
    table = h("table", {"className": "mini"}, h("tbody", {}, *[_gap_row(rows, g) for g in needy[:MOST]]))
    unknown = [u.short_name for u in rows.scoped if not u.is_reported]
    counted = text("gaps.undecidable", names="、".join(unknown)) if unknown else text("gaps.complete")
    note = h("p", {"className": "src"}, text("gaps.note", undecidable=counted))
    return [section(title, table, note)]


def _gap_row(rows: UnitContext, gaps: Sequence[GapRow]) -> Node:
    first = gaps[0]
    by_unit: dict[str, float] = {}
    for gap in gaps:
        by_unit[gap.short_name] = by_unit.get(gap.short_name, 0.0) + gap.gap
    most = sorted(by_unit.items(), key=lambda item: -item[1])[:3]
    sections = sum(g.section_count for g in gaps)
    aside = text("gaps.schools", count=sections)
    if rows.chosen is None:
        aside = text("gaps.most", names="、".join(name for name, _ in most))
    return h(
        "tr",
        {"key": first.indicator_code},
        h("td", {}, first.indicator_name),
        h("td", {"className": "num b"}, formatting.gap(sum(by_unit.values()), first.gap_unit)),
        h("td", {"className": "mut"}, aside),
    )
