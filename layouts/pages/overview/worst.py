"""The largest CVs against their limits, and what is missing in natural units."""

from collections.abc import Sequence
from typing import Any

from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.overview.rows import OverviewRows, cv_name, worst_by_unit
from layouts.parts.frame import section
from layouts.parts.small_charts import bullet
from layouts.routes import CV, DISTRICT, LEAGUE, link

MOST = 5
MOST_OF_ONE_UNIT = 6


def change_words(
    now: float | None, before: float | None, flat: float, limit: float | None = None
) -> tuple[str, str]:
    """Words and tone of a CV's change; a fall is good, a small one is none."""
    if now is None or before is None:
        return text("worst.incomparable"), "na"
    change = now - before
    if abs(change) < flat:
        return text("worst.flat"), "na"
    key, tone = ("better", "ok") if change < 0 else ("worse", "fail")
    return text(f"worst.{key}", change=formatting.cv_change(before, now, limit)), tone


def is_comparable(rows: OverviewRows, district_code: str) -> bool:
    """Whether no boundary change lies between this period and the one compared with."""
    if rows.previous is None:
        return False
    if rows.state.basis == "current":
        return True
    return not any(
        c.district_code == district_code
        and rows.previous.snapshot_date < c.effective_on <= rows.period.snapshot_date
        for c in rows.boundary_changes
    )


def previous_cv(rows: OverviewRows, row: Any) -> float | None:
    """The same CV one autumn earlier; None where it cannot be compared."""
    if not is_comparable(rows, row.district_code):
        return None
    return rows.cvs_before.get((row.district_code, row.stage, row.indicator_code))


def worst(rows: OverviewRows) -> list[Node]:
    """Five units with the largest share of the limit, or the CVs of the chosen unit."""
    scoped = rows.scoped_codes
    in_view = [c for c in rows.cvs_in_view if c.district_code in scoped]
    if rows.chosen is not None:
        shown = sorted((c for c in in_view if c.limit_ratio is not None),
                       key=lambda c: (-c.limit_ratio, c.indicator_code))  # fmt: skip
        over = sum(1 for c in in_view if c.is_within_limit is False)
        title = text("worst.title_district", name=rows.chosen.short_name, count=over)
        shown = shown[:MOST_OF_ONE_UNIT]
    else:
        by_unit = worst_by_unit(in_view)
        shown = sorted(by_unit.values(), key=lambda c: (-c.limit_ratio, c.district_code))
        title = _city_title(rows, shown)
        shown = shown[:MOST]
    names = {u.district_code: u.short_name for u in rows.units}
    table = h("table", {"className": "mini"},
              h("tbody", {}, *[_row(rows, c, names) for c in shown]))  # fmt: skip
    before = (
        f"{rows.previous.snapshot_date.year}年" if rows.previous is not None else formatting.NONE
    )
    note = text("worst.note", primary=formatting.rounded(rows.cv_limits["primary"], 2),
                junior=formatting.rounded(rows.cv_limits["junior"], 2), period=before)  # fmt: skip
    more = h(
        "a",
        {"href": link(LEAGUE, rows.state), "data-nav": "1"},
        text("worst.all", count=len(rows.units)),
    )
    return [section(title, table, h("p", {"className": "src"}, note, more))]


def _city_title(rows: OverviewRows, by_unit: Sequence[Any]) -> str:
    if not rows.is_verdict:
        over = sum(1 for c in by_unit if c.is_within_limit is False)
        return text("worst.title_indicator", indicator=rows.indicator_name, count=over)
    flat = rows.parameters["flat_change"]
    rising = 0
    for row in by_unit:
        before = previous_cv(rows, row)
        rising += row.is_within_limit is False and before is not None and row.cv - before >= flat
    return text("worst.title_city", count=rising) if rising else text("worst.title_city_none")


def _row(rows: OverviewRows, row: Any, names: dict[str, str]) -> Node:
    words, tone = change_words(row.cv, previous_cv(rows, row), rows.parameters["flat_change"],
                               row.cv_limit)  # fmt: skip
    is_within = row.is_within_limit is True
    return h(
        "tr", {"key": f"{row.district_code}{row.stage}{row.indicator_code}"},
        h("td", {"className": "b"},
          h("a", {"href": link(DISTRICT, rows.state, district=row.district_code),
                  "data-nav": "1"}, names[row.district_code])),
        h("td", {"className": "mut"}, cv_name(row, rows.indicator_names)),
        h("td", {}, bullet(row.cv, row.cv_limit, is_within=is_within)),
        h("td", {"className": "num b" + ("" if is_within else " c-fail")},
          h("a", {"href": link(CV, rows.state, district=row.district_code, stage=row.stage,
                               indicator=row.indicator_code), "data-nav": "1",
                  "aria-label": text("worst.open_cv", name=names[row.district_code],
                                     cv=cv_name(row, rows.indicator_names))},
            formatting.cv(row.cv, row.cv_limit))),
        h("td", {"className": f"num c-{tone}"}, words),
    )  # fmt: skip


def missing(rows: OverviewRows) -> list[Node]:
    """What the units in view lack, by indicator, with those that lack most."""
    scoped = rows.scoped_codes
    gaps = [
        g
        for g in rows.gaps
        if g.district_code in scoped
        and g.section_count
        and rows.state.stage in ("both", g.stage)
        and (rows.is_verdict or g.indicator_code == rows.state.indicator)
    ]
    scope = rows.scope_name or text("gaps.city")
    by_indicator: dict[str, list[Any]] = {}
    for gap in gaps:
        by_indicator.setdefault(gap.indicator_code, []).append(gap)
    needy = sorted(by_indicator.values(), key=lambda g: -sum(x.section_count for x in g))
    if not needy:
        title = text("gaps.title_none", scope=scope)
    elif len(needy) == 1:
        title = text("gaps.title_one", scope=scope, first=needy[0][0].indicator_name)
    else:
        title = text("gaps.title_city", scope=scope, first=needy[0][0].indicator_name,
                     second=needy[1][0].indicator_name)  # fmt: skip
    table = h("table", {"className": "mini"},
              h("tbody", {}, *[_gap_row(rows, g) for g in needy[:MOST]]))  # fmt: skip
    unknown = [u.short_name for u in rows.scoped if not u.is_reported]
    counted = (
        text("gaps.undecidable", names="、".join(unknown)) if unknown else text("gaps.complete")
    )
    note = h("p", {"className": "src"}, text("gaps.note", undecidable=counted))
    return [section(title, table, note)]


def _gap_row(rows: OverviewRows, gaps: Sequence[Any]) -> Node:
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
        "tr", {"key": first.indicator_code},
        h("td", {}, first.indicator_name),
        h("td", {"className": "num b"},
          formatting.gap(sum(by_unit.values()), first.gap_unit)),
        h("td", {"className": "mut"}, aside),
    )  # fmt: skip
