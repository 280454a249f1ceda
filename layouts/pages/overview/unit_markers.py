"""Each unit's level in the view at hand: progress, one stage, or one CV against its limit."""

from collections.abc import Sequence

from data.rows.context import UnitContext, cv_name, worst_by_unit
from data.rows.overview import GapRow, UnitCvRow, UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.parts.glyph import CV_LEVELS, PROGRESS_LEVELS, STAGE_LEVELS, cv_level
from layouts.parts.unit_views import UnitMark
from layouts.routes import OVERVIEW, link


def levels_of(rows: UnitContext) -> tuple[str, ...]:
    """The levels of the view, best first."""
    if not rows.is_verdict:
        return CV_LEVELS
    return STAGE_LEVELS if rows.has_stage else PROGRESS_LEVELS


def unit_levels(rows: UnitContext) -> dict[str, str]:
    """Level by district code, for every unit of the city."""
    silent = {u.district_code: "not_reported" for u in rows.units if not u.is_reported}
    return _judged_levels(rows) | silent


def _judged_levels(rows: UnitContext) -> dict[str, str]:
    if not rows.is_verdict:
        worst = worst_by_unit(rows.cvs_in_view)
        undefined = {c.district_code for c in rows.cvs_in_view if c.cv is None}
        return {
            u.district_code: _cv_level(worst.get(u.district_code), is_whole=u.district_code not in undefined)
            for u in rows.units
        }
    if rows.has_stage:
        complies = {s.district_code: s.complies for s in rows.stage_status[rows.state.stage]}
        levels = {True: "met", False: "unmet", None: "undecidable"}
        return {u.district_code: levels[complies.get(u.district_code)] for u in rows.units}
    return {u.district_code: u.progress for u in rows.units}


def _cv_level(worst: UnitCvRow | None, *, is_whole: bool) -> str:
    """Where another CV of the unit is undefined, only one over its limit says where it stands."""
    if worst is None or (not is_whole and worst.is_within_limit):
        return "undecidable"
    return cv_level(worst.limit_ratio, is_within=worst.is_within_limit)


def unit_marks(rows: UnitContext) -> list[UnitMark]:
    """Every unit of the city, faded where the filter leaves it out."""
    levels = unit_levels(rows)
    worst = worst_by_unit(rows.cvs_in_view)
    scoped = rows.scoped_codes
    gaps = gap_words(rows)
    return [_mark(rows, u, levels[u.district_code], worst.get(u.district_code), scoped, gaps) for u in rows.units]


def _mark(
    rows: UnitContext, unit: UnitStatusRow, level: str, worst: UnitCvRow | None, scoped: set[str], gaps: dict[str, str]
) -> UnitMark:
    code = unit.district_code
    is_chosen = code == rows.state.district
    worst_words = formatting.NONE
    lines = [f"{unit.name} · {text(f'level.{level}')}"]
    if unit.is_reported:
        lines.append(text("map.tip_items", total=unit.item_count, met=unit.met_count))
    if worst is not None:
        worst_words = formatting.cv(worst.cv, worst.cv_limit)
        lines.append(
            text(
                "map.tip_cv",
                stage="",
                indicator=cv_name(worst, rows.indicator_names),
                cv=worst_words,
                limit=formatting.rounded(worst.cv_limit, 2),
            )
        )
    lacks = lacking(rows, unit, gaps, worst)
    lines.append(text("map.tip_gap", gap=lacks) if unit.is_reported else lacks)
    tile = None
    if unit.tile_column is not None and unit.tile_row is not None:
        tile = (unit.tile_column, unit.tile_row, unit.tile_width, unit.tile_height)
    return UnitMark(
        district_code=code,
        name=unit.name,
        short_name=unit.short_name,
        group_code=unit.group_code,
        level=level,
        word=text(f"level.{level}"),
        href=link(OVERVIEW, rows.state, district="" if is_chosen else code),
        tip="\n".join(lines),
        is_faded=(bool(rows.state.level) and rows.state.level != level)
        or (bool(rows.state.group) and code not in scoped),
        is_selected=is_chosen,
        tile=tile,
        items=f"{unit.met_count}/{unit.item_count}" if unit.is_reported else formatting.NONE,
        worst=worst_words,
    )


def lacking(rows: UnitContext, unit: UnitStatusRow, gaps: dict[str, str], worst: UnitCvRow | None) -> str:
    """What a unit lacks in the view: by how much its worst CV is over the limit, and amounts."""
    if not unit.is_reported:
        return text("sub.not_reported")
    parts: list[str] = []
    if worst is not None and worst.cv is not None and worst.is_within_limit is False:
        printed = formatting.cv(worst.cv, worst.cv_limit)
        limit = formatting.rounded(worst.cv_limit, 2)
        over = formatting.difference(limit, printed, worst.cv - worst.cv_limit)
        parts.append(text("supply.cv_over", cv=cv_name(worst, rows.indicator_names), over=over))
    if unit.district_code in gaps:
        parts.append(gaps[unit.district_code])
    if not parts and rows.is_verdict and not rows.has_stage and unit.failing_items:
        parts.append(text("actions.items", items=unit.failing_items))
    return text("actions.dot").join(parts) or text("supply.nothing")


def gaps_in_view(rows: UnitContext) -> list[GapRow]:
    """What sections must be supplied with, of the stages and the indicator that the filters show."""
    return [
        gap
        for gap in rows.gaps
        if gap.section_count
        and rows.state.stage in ("both", gap.stage)
        and (rows.is_verdict or gap.indicator_code == rows.state.indicator)
    ]


def gap_words(rows: UnitContext, most: int = 2, room: int = 99) -> dict[str, str]:
    """What most sections of each unit lack, as many as fit in `room` characters.

    The item that most sections must be supplied with comes first, in official order where equal.
    """
    return {
        code: _fitting([_lacked(gaps) for gaps in items[:most]], room) for code, items in _items_by_need(rows).items()
    }


def blocking_items(rows: UnitContext) -> dict[str, tuple[str, int]]:
    """The item that holds most sections of each unit back: what must be supplied, and how many sections lack it."""
    return {
        code: (_lacked(items[0]), sum(gap.section_count for gap in items[0]))
        for code, items in _items_by_need(rows).items()
    }


def _items_by_need(rows: UnitContext) -> dict[str, list[list[GapRow]]]:
    """The gaps of each unit by item, the item that most sections lack first."""
    by_unit: dict[str, dict[str, list[GapRow]]] = {}
    for gap in gaps_in_view(rows):
        by_unit.setdefault(gap.district_code, {}).setdefault(gap.indicator_code, []).append(gap)
    return {
        code: sorted(gaps.values(), key=lambda g: (-sum(r.section_count for r in g), g[0].display_order))
        for code, gaps in by_unit.items()
    }


def _lacked(gaps: Sequence[GapRow]) -> str:
    return gaps[0].indicator_name + formatting.gap(sum(gap.gap for gap in gaps), gaps[0].gap_unit)


def _fitting(items: Sequence[str], room: int) -> str:
    line = items[0]
    for more in items[1:]:
        if len(line) + len(more) <= room:
            line += text("actions.dot") + more
    return line


def grouped_names(units: Sequence[UnitStatusRow], order: Sequence[UnitStatusRow]) -> str:
    """中，5个在主城新区，3个在渝东北: the two groups with most of these units; 都在渝东北 where it is one of several.

    Nothing where the units in view are of one group anyway.
    """
    counts: dict[str, int] = {}
    for unit in order:
        counts.setdefault(unit.group_name, 0)
    for unit in units:
        counts[unit.group_name] += 1
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if len(counts) == 1:
        return ""
    if ranked[0][1] == len(units):
        return text("map.title_all", group=ranked[0][0])
    parts = "，".join(text("map.title_part", count=count, group=group) for group, count in ranked[:2] if count)
    return text("map.title_parts", parts=parts)
