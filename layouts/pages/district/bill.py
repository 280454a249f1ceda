"""The gap bill, the schools that lack most, and the anatomy of the worst CV."""

from collections.abc import Sequence

from data.rows.district import SectionRow
from data.rows.proof import CvShareRow
from data.rows.shell import IndicatorRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.district.rows import Anatomy, DistrictView
from layouts.parts.frame import section
from layouts.parts.glyph import placed
from layouts.parts.spread import spread_words
from layouts.parts.supply import is_spare, total
from layouts.proof.key import section_key
from layouts.routes import CV, DISTRICT, MATRIX, SCHOOL, link

SHOWN_SCHOOLS, SHOWN_SHARES = 10, 6
SHARE_WIDTH = 76


def bill(view: DistrictView) -> list[Node]:
    """What is missing in all, by indicator, and where most of it."""
    if not view.unit.is_reported:
        return [section(text("sub.not_reported"))]
    short = [s for s in view.sections if s.is_in_scope and s.required_gap]
    places = {(s.school_code, s.stage) for s in short}
    kind = "_own" if view.is_partial else ""
    title = (
        text(f"district.bill_title{kind}", count=len(places))
        if places
        else text(f"gaps.title_none{kind}", scope=view.unit.name)
    )
    rows: list[Node] = []
    for indicator in view.rows.indicators:
        own = [s for s in short if s.indicator_code == indicator.indicator_code]
        if own:
            rows.append(_bill_row(view, indicator, own))
    unknown = {(s.school_code, s.stage) for s in view.sections if s.is_in_scope and s.section_value is None}
    note = text("district.bill_note")
    exempt = {(s.school_code, s.stage) for s in view.sections if s.is_in_scope and is_spare(s)}
    if exempt:
        note += text("district.bill_exempt", count=len(exempt))
    if unknown:
        note += text("district.bill_unknown", count=len(unknown))
    return [section(title, *rows, h("p", {"className": "d"}, note))]


def _bill_row(view: DistrictView, indicator: IndicatorRow, own: Sequence[SectionRow]) -> Node:
    most = max(own, key=lambda s: s.school_gap)
    href = link(
        SCHOOL,
        view.rows.state,
        school=most.school_code,
        why=section_key(most.school_code, most.stage, most.indicator_code),
    )
    return h(
        "div",
        {"className": "bill-row", "key": indicator.indicator_code},
        h(
            "div",
            {},
            indicator.short_name,
            h(
                "small",
                {},
                text("district.bill_sections", count=len(own)),
                h("a", {"href": href, "data-nav": "1", "className": "plain-link"}, most.school_name),
                text("district.bill_most"),
            ),
        ),
        h("b", {"className": "c-fail"}, total(own, indicator.gap_unit, view.rows.state.stage)),
    )


def anatomy(view: DistrictView) -> list[Node]:
    """Each section's share of S² of the worst CV; what raising low ones would do."""
    found = view.anatomy
    if not view.unit.is_reported:
        return [section(text("sub.not_reported"))]
    if found is None:
        name = "anatomy_partial" if view.is_partial else "anatomy_none"
        why = h("p", {"className": "d"}, text(f"district.{name}_body"))
        return [section(text(f"district.{name}"), why)]
    first = found.spread.first_count
    top = sum(s.contribution or 0 for s in found.shares[:first])
    title = text(
        "district.anatomy_title",
        count=first,
        stage=text(f"stage.{found.stage}"),
        indicator=found.indicator_name,
        share=formatting.share(top),
    )
    largest = max((s.contribution or 0 for s in found.shares), default=0) or 1
    rows = [_share_row(view, found, s, largest, n) for n, s in enumerate(found.shares[:SHOWN_SHARES])]
    rest = found.shares[SHOWN_SHARES:]
    tail = text(
        "district.anatomy_rest",
        count=len(rest),
        share=formatting.share(sum(s.contribution or 0 for s in rest)),
        mean=formatting.value(found.district_mean),
        unit=found.unit,
    )
    nodes: list[Node] = [
        h("table", {"className": "mini shares"}, h("tbody", {}, *rows)),
        h("p", {"className": "d"}, tail),
    ]
    words = "".join(spread_words(found.cv, found.cv_limit, found.spread, is_within=found.is_within_limit))
    if words:
        nodes.append(h("p", {"className": "what-if"}, words))
    href = link(
        CV, view.rows.state, district=view.unit.district_code, stage=found.stage, indicator=found.indicator_code, why=""
    )
    more = h("a", {"href": href, "data-nav": "1", "className": "plain-link"}, text("district.anatomy_all"))
    return [section(title, *nodes, lead=more)]


def _share_row(view: DistrictView, found: Anatomy, row: CvShareRow, largest: float, number: int) -> Node:
    share = row.contribution or 0
    href = link(DISTRICT, view.rows.state, why=section_key(row.school_code, found.stage, found.indicator_code))
    width = max(1.0, round(SHARE_WIDTH * share / largest, 1))
    is_first = number < found.spread.first_count
    return h(
        "tr",
        {"key": row.school_code, "className": "b" if is_first else None},
        h("td", {}, h("a", {"href": href, "data-nav": "1"}, row.school_name)),
        h(
            "td",
            {},
            h(
                "svg",
                {"width": SHARE_WIDTH, "height": 13, "aria-hidden": "true"},
                h("rect", {"width": width, "height": 13, "className": "share-bar" if is_first else "share-rest"}),
            ),
        ),
        h("td", {"className": "num b"}, formatting.share(share)),
        h("td", {"className": "mut"}, _beside_mean(row, found.district_mean)),
    )


def _beside_mean(row: CvShareRow, mean: float) -> str:
    if row.section_value is None:
        return formatting.NONE
    where = "above" if row.is_above(mean) else "below"
    return text(f"district.{where}", value=formatting.value(row.section_value, mean))


def schools(view: DistrictView) -> list[Node]:
    """The sections that fail most items, as a small heatmap."""
    if not view.unit.is_reported:
        return [section(text("sub.not_reported"))]
    order: dict[tuple[str, str], list[SectionRow]] = {}
    for row in view.sections:
        if row.is_in_scope and row.complies is False:
            order.setdefault((row.school_code, row.stage), []).append(row)
    shown = list(order.values())[:SHOWN_SCHOOLS]
    codes = [i.indicator_code for i in view.rows.indicators]
    title = text("district.schools_title", count=len(shown)) if shown else text("district.schools_none")
    head = h(
        "tr",
        {},
        h("th", {}, ""),
        *[h("th", {"key": c, "scope": "col"}, c) for c in codes],
        h("th", {"scope": "col"}, text("district.met_items")),
    )
    table = h(
        "table",
        {"className": "heat-mini"},
        h("thead", {}, head),
        h("tbody", {}, *[_heat_row(view, cells) for cells in shown]),
    )
    href = link(MATRIX, view.rows.state, why="", district=view.unit.district_code)
    more = h(
        "p",
        {"className": "d"},
        text("district.schools_key"),
        h("a", {"href": href, "data-nav": "1", "className": "plain-link"}, text("district.schools_all")),
    )
    return [section(title, *([table] if shown else []), more)]


def _heat_row(view: DistrictView, cells: Sequence[SectionRow]) -> Node:
    first = cells[0]
    state = view.rows.state
    return h(
        "tr",
        {"key": first.school_code + first.stage},
        h(
            "th",
            {"scope": "row"},
            h("a", {"href": link(SCHOOL, state, school=first.school_code, why=""), "data-nav": "1"}, first.school_name),
            h("small", {}, " " + text(f"stage.{first.stage}")),
        ),
        *[_heat_cell(view, c) for c in cells],
        h("td", {"className": "num b c-fail"}, f"{first.met_count}/{len(cells)}"),
    )


def _heat_cell(view: DistrictView, cell: SectionRow) -> Node:
    name, level = "heat-met", ""
    if cell.is_met is None:
        name = "heat-na"
    elif cell.is_met is False:
        name, level = ("heat-soft", "near") if is_spare(cell) else ("heat-deep", "unmet")
    href = link(DISTRICT, view.rows.state, why=section_key(cell.school_code, cell.stage, cell.indicator_code))
    mark = (
        h(
            "svg",
            {"width": 12, "height": 12, "viewBox": "-.5 -.5 13 13", "aria-hidden": "true"},
            placed(level, 0, 0, 12),
        )
        if level
        else None
    )
    missed = "supply.spare" if is_spare(cell) else "level.unmet"
    word = text({True: "level.met", False: missed, None: "level.undecidable"}[cell.is_met])
    label = f"{cell.school_name} {cell.indicator_code} {word}"
    return h(
        "td",
        {"key": cell.indicator_code, "className": name},
        h("a", {"href": href, "data-nav": "1", "aria-label": label}, mark),
    )
