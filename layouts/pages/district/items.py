"""The 32 items by dimension as tiles that open their proof, and the list of what fails."""

from collections.abc import Sequence

from data.proof_key import item_key
from data.rows.proof import DistrictItemRow
from data.text import text
from layouts import formatting
from layouts.components.elements import block, bullet_list, link_to, list_item, paragraph, run, strong
from layouts.markup import Node
from layouts.pages.district.rows import DistrictView
from layouts.parts.frame import section
from layouts.parts.supply import unmet_elsewhere
from layouts.proof.unit import item_level
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
    return [
        section(
            title,
            block(*body, look="dimensions"),
            *[_prerequisite(view, i) for i in view.items_of("prerequisite")],
            _failing(view),
        )
    ]


def level_of(view: DistrictView, item: DistrictItemRow) -> str:
    """The level of an item's tile."""
    return item_level(view.unit, item)


def _proof_href(view: DistrictView, item: DistrictItemRow) -> str:
    return link(DISTRICT, view.rows.state, why=item_key(view.unit.district_code, item.item_code))


def _tile(view: DistrictView, item: DistrictItemRow) -> Node:
    level = level_of(view, item)
    name, word = f"{item.item_code} {item.item_short_name}", text(f"level.{level}")
    quiet = item.dimension == "veto" and level == "met"
    return link_to(
        item.item_code,
        href=_proof_href(view, item),
        look=f"item-tile i-{'quiet' if quiet else level}",
        key=item.item_code,
        data_tip=f"{name} · {word}",
        aria_label=f"{name} {word}",
    )


def _dimension(view: DistrictView, code: str, name: str) -> Node:
    members = view.items_of(code)
    tiles = block(*[_tile(view, i) for i in members], look="item-tiles")
    return block(block(name + " ", *_met_of(members, is_veto=code == "veto")), tiles, look="dimension", key=code)


def _met_of(members: Sequence[DistrictItemRow], *, is_veto: bool) -> list[Node]:
    """How many of a dimension's items are met; of vetoes, how many apply."""
    if all(i.is_met is None for i in members):
        return [strong(formatting.NONE, look="c-na")]
    done = sum(1 for i in members if i.is_met is not None and i.is_met != is_veto)
    is_known = all(i.is_met is not None for i in members)
    is_good = not done and is_known if is_veto else done == len(members)
    return [strong(str(done), look="c-ok" if is_good else "c-fail"), run(f"/{len(members)}", look="mut")]


def _prerequisite(view: DistrictView, item: DistrictItemRow) -> Node:
    level = level_of(view, item)
    verdict = link_to(text(f"level.{level}"), href=_proof_href(view, item), look=f"t-{level} b")
    return paragraph(text("district.prerequisite"), verdict, look="d", key=item.item_code)


def _failing(view: DistrictView) -> Node:
    """What is not met, then what cannot be judged."""
    failing = [i for i in view.items if i.is_counted and i.is_met is False]
    failing += [i for i in view.items if i.dimension == "veto" and i.is_met is False]
    failing += [i for i in view.items if i.is_counted and i.is_met is None]
    if not failing:
        return paragraph(text("actions.nothing"), look="d")
    lines = [
        list_item(strong(i.item_code, look=f"t-{level_of(view, i)}"), " ", _words(view, i), key=i.item_code)
        for i in failing[:MOST]
    ]
    if len(failing) > MOST:
        lines.append(list_item(text("district.more", count=len(failing) - MOST), key="more", look="mut"))
    return bullet_list(lines, look="failing")


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
    reasons = [
        text("district.cv_over", stage=text(f"stage.{c.stage}"), cv=formatting.cv(c.cv, c.cv_limit))
        for c in view.cvs
        if c.indicator_code == code and c.is_within_limit is False
    ]
    key = (view.unit.district_code, code)
    gaps = [g for g in view.rows.gaps if (g.district_code, g.indicator_code) == key]
    short, spare = sum(g.section_count for g in gaps), sum(g.spare_section_count for g in gaps)
    if short:
        amount = formatting.gap(sum(g.gap for g in gaps), gaps[0].gap_unit)
        reasons.append(text("district.sections_short", count=short, gap=amount))
    elif spare:
        reasons.append(text("supply.spare_sections", count=spare))
    return reasons or [unmet_elsewhere(view.rows.state.stage)]
