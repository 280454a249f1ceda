"""The 32 items by dimension as tiles that open their proof, and the list of what fails."""

from collections.abc import Sequence

from data.rows.proof import DistrictItemRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.district.rows import DistrictView
from layouts.parts.frame import section
from layouts.proof.key import item_key
from layouts.routes import DISTRICT, link

MOST = 7


def items(view: DistrictView) -> list[Node]:
    """The section."""
    unit = view.unit
    title = text(
        "district.items_title",
        total=unit.item_count,
        met=unit.met_count,
        failed=unit.failed_count,
        undecidable=unit.undecidable_count,
    )
    if all(level_of(view, i) == "not_reported" for i in view.items):
        title = text("sub.not_reported")
    dimensions = dict.fromkeys((i.dimension, i.dimension_name) for i in view.items)
    body = [_dimension(view, code, name) for code, name in dimensions if code != "prerequisite"]
    prerequisite = view.items_of("prerequisite")
    return [
        section(
            title,
            h("div", {"className": "dimensions"}, *body),
            *[_prerequisite(view, i) for i in prerequisite],
            _failing(view),
        )
    ]


def level_of(view: DistrictView, item: DistrictItemRow) -> str:
    """The level of an item's tile."""
    if item.is_met is None:
        is_resource = item.rule_kind == "resource"
        is_reported = view.unit.is_reported if is_resource else item.is_reported
        return "undecidable" if is_reported else "not_reported"
    if item.is_met:
        return "met"
    return "veto" if item.dimension == "veto" else "unmet"


def _tile(view: DistrictView, item: DistrictItemRow) -> Node:
    level = level_of(view, item)
    quiet = item.dimension == "veto" and level == "met"
    return h(
        "a",
        {
            "key": item.item_code,
            "data-nav": "1",
            "href": link(DISTRICT, view.rows.state, why=item_key(view.unit.district_code, item.item_code)),
            "className": f"item-tile i-{'quiet' if quiet else level}",
            "data-tip": f"{item.item_code} {item.item_short_name} · {text(f'level.{level}')}",
            "aria-label": f"{item.item_code} {item.item_short_name} {text(f'level.{level}')}",
        },
        item.item_code,
    )


def _dimension(view: DistrictView, code: str, name: str) -> Node:
    members = view.items_of(code)
    is_veto = code == "veto"
    done = sum(1 for i in members if i.is_met is not None and i.is_met != is_veto)
    is_known = all(i.is_met is not None for i in members)
    is_good = not done and is_known if is_veto else done == len(members)
    count: list[Node] = [
        h("b", {"className": "c-ok" if is_good else "c-fail"}, str(done)),
        h("span", {"className": "mut"}, f"/{len(members)}"),
    ]
    if all(i.is_met is None for i in members):
        count = [h("b", {"className": "c-na"}, formatting.NONE)]
    return h(
        "div",
        {"className": "dimension", "key": code},
        h("div", {}, name + " ", *count),
        h("div", {"className": "item-tiles"}, *[_tile(view, i) for i in members]),
    )


def _prerequisite(view: DistrictView, item: DistrictItemRow) -> Node:
    level = level_of(view, item)
    return h(
        "p",
        {"className": "d", "key": item.item_code},
        text("district.prerequisite"),
        h(
            "a",
            {
                "className": f"t-{level} b",
                "data-nav": "1",
                "href": link(DISTRICT, view.rows.state, why=item_key(view.unit.district_code, item.item_code)),
            },
            text(f"level.{level}"),
        ),
    )


def _failing(view: DistrictView) -> Node:
    wanted = [i for i in view.items if i.is_counted and i.is_met is False]
    wanted += [i for i in view.items if i.dimension == "veto" and i.is_met is False]
    wanted += [i for i in view.items if i.is_counted and i.is_met is None]
    if not wanted:
        return h("p", {"className": "d"}, text("actions.nothing"))
    rows = [
        h(
            "li",
            {"key": i.item_code},
            h("b", {"className": f"t-{level_of(view, i)}"}, i.item_code),
            " ",
            _words(view, i),
        )
        for i in wanted[:MOST]
    ]
    if len(wanted) > MOST:
        rows.append(h("li", {"key": "more", "className": "mut"}, text("district.more", count=len(wanted) - MOST)))
    return h("ul", {"className": "failing"}, *rows)


def _words(view: DistrictView, item: DistrictItemRow) -> str:
    if item.is_met is None:
        key = "unreported" if level_of(view, item) == "not_reported" else "unknown"
        key = "not_recast" if item.is_not_recast else key
        return text(f"district.{key}", name=item.item_short_name)
    if item.rule_kind == "resource":
        return item.item_short_name + "：" + "，".join(_resource_words(view, item.item_code))
    if item.amount is not None and item.threshold is not None:
        return text(
            "district.amount",
            name=item.item_short_name,
            unit=item.unit,
            amount=formatting.plain(item.amount),
            line=formatting.plain(item.threshold),
        )
    return item.item_short_name + (f"：{item.note}" if item.note else "")


def _resource_words(view: DistrictView, code: str) -> Sequence[str]:
    """Why a resource item fails: CVs over their limits, and what how many sections need."""
    words = [
        text("district.cv_over", stage=text(f"stage.{c.stage}"), cv=formatting.cv(c.cv, c.cv_limit))
        for c in view.rows.cvs
        if c.district_code == view.unit.district_code and c.indicator_code == code and c.is_within_limit is False
    ]
    key = (view.unit.district_code, code)
    own = [g for g in view.rows.gaps if (g.district_code, g.indicator_code) == key]
    short, spare = sum(g.section_count for g in own), sum(g.spare_section_count for g in own)
    if short:
        amount = formatting.gap(sum(g.gap for g in own), own[0].gap_unit)
        words.append(text("district.sections_short", count=short, gap=amount))
    elif spare:
        words.append(text("supply.spare_sections", count=spare))
    return words or [text("level.unmet")]
