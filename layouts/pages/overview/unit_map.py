"""The map in its three views, with legend and timeline."""

from collections import Counter

from data.catalogue.map_tables import MapLabel
from data.rows.context import UnitContext
from data.text import text
from data.view_state import AUTOMATIC, MAP_VIEWS
from layouts import formatting
from layouts.components.elements import block, link_to, run
from layouts.components.segments import Segment, segments
from layouts.markup import Node
from layouts.pages.overview.answer import BEHIND
from layouts.pages.overview.unit_markers import grouped_names, levels_of
from layouts.parts.district_map import MapUnit, district_map
from layouts.parts.frame import section
from layouts.parts.glyph import MISSING_LEVELS
from layouts.parts.unit_views import TALL_STEP_Y, UnitMark, legend, tile_grid, timeline, unit_list
from layouts.routes import OVERVIEW, link

ONLY_WHERE_THERE = ("veto", "uncertain", *MISSING_LEVELS)


def where(rows: UnitContext, marks: list[UnitMark]) -> list[Node]:
    """Title that says where the trouble is, view switch, picture, legend and timeline.

    Units that no map and no grid has a place for are a list.
    """
    if not any(u.geometry_code in rows.labels for u in rows.units) and all(m.tile is None for m in marks):
        shown = [m for m in marks if not rows.state.group or not m.is_faded]
        return [section(_title(rows, marks), block(unit_list(shown), _controls(rows, marks), look="where where-list"))]
    pictures = [*_pictures(rows, marks), _functional(rows, marks), _controls(rows, marks)]
    return [section(_title(rows, marks), block(*pictures, look=f"where where-{rows.state.map}"), lead=_views(rows))]


def _views(rows: UnitContext) -> Node:
    choices = [
        Segment(
            label=text(f"map.{view}"),
            href=link(OVERVIEW, rows.state, map=view),
            is_chosen=rows.state.map == view,
            look=f"view-{view}",
        )
        for view in MAP_VIEWS
    ]
    return segments(choices, label=text("map.views"), look=f"segments segments-{rows.state.map}")


def _controls(rows: UnitContext, marks: list[UnitMark]) -> Node:
    return block(_legend(rows, marks), _timeline(rows), look="map-controls")


def _title(rows: UnitContext, marks: list[UnitMark]) -> str:
    if rows.chosen is not None:
        return text("map.title_district", name=rows.chosen.name, group=rows.chosen.group_name)
    levels = {m.district_code: m.level for m in marks}
    if all(levels[u.district_code] in MISSING_LEVELS for u in rows.scoped):
        return text("map.title_unknown")
    if not rows.is_verdict:
        bad, key, subject = ("cv4", "cv5"), "title_indicator", {"indicator": rows.staged_indicator}
    elif rows.has_stage:
        stage = text(f"stage.{rows.state.stage}")
        bad, key, subject = ("unmet",), "title_stage", {"stage": stage}
    else:
        bad, key, subject = BEHIND, "title_behind", {}
    units = [u for u in rows.scoped if levels[u.district_code] in bad]
    if not units:
        none = "title_none_behind" if key == "title_behind" else f"{key}_none"
        return text(f"map.{none}", **subject)
    return text(f"map.{key}", count=len(units), parts=grouped_names(units, rows.scoped), **subject)


def _pictures(rows: UnitContext, marks: list[UnitMark]) -> list[Node]:
    """The chosen view; without a choice both, and the width of the screen shows one."""
    if rows.state.map == "list":
        return [unit_list([m for m in marks if not rows.state.group or not m.is_faded])]
    if rows.state.map == "tiles":
        return [block(tile_grid(marks, text("map.tiles")), look="as-tiles")]
    tiles = block(tile_grid(marks, text("map.tiles"), TALL_STEP_Y), look="as-tiles")
    geographic = block(_geographic(rows, marks), look="as-map")
    return [geographic, tiles] if rows.state.map == AUTOMATIC else [geographic]


def _geographic(rows: UnitContext, marks: list[UnitMark]) -> Node:
    geometry = {u.district_code: u.geometry_code for u in rows.units}
    on_map = [
        _map_unit(m, geometry[m.district_code], rows.labels) for m in marks if geometry[m.district_code] in rows.labels
    ]
    return district_map(on_map, rows.map_vintage, text("map.inset"))


def _map_unit(mark: UnitMark, geometry_code: str, labels: dict[str, MapLabel]) -> MapUnit:
    label = labels[geometry_code]
    return MapUnit(
        district_code=mark.district_code,
        geometry_code=geometry_code,
        short_name=mark.short_name,
        level=mark.level,
        href=mark.href,
        tip=mark.tip,
        label=text("map.select_district", name=mark.name, word=mark.word),
        x=float(label.x),
        y=float(label.y),
        nudge=(float(label.nudge_x), float(label.nudge_y)),
        is_in_inset=label.is_in_inset,
        inset_nudge=(float(label.inset_nudge_x), float(label.inset_nudge_y)),
        is_faded=mark.is_faded,
        is_selected=mark.is_selected,
    )


def _functional(rows: UnitContext, marks: list[UnitMark]) -> Node:
    """Units that have no area of their own on the map are offered beside it."""
    if rows.state.map not in (AUTOMATIC, "geographic"):
        return None
    geometry = {u.district_code: u.geometry_code for u in rows.units}
    others = [m for m in marks if geometry[m.district_code] not in rows.labels]
    if not others:
        return None
    return block(run(text("map.functional")), *[_flat_tile(m) for m in others], look="functional")


def _flat_tile(mark: UnitMark) -> Node:
    return link_to(
        mark.short_name,
        href=mark.href,
        look=f"strip-tile flat s-{mark.level}" + (" chosen" if mark.is_selected else ""),
        key=mark.district_code,
        data_tip=mark.tip,
        data_district=mark.district_code,
        aria_label=text("map.select_district", name=mark.name, word=mark.word),
    )


def _legend(rows: UnitContext, marks: list[UnitMark]) -> Node:
    counts = Counter(m.level for m in marks if not rows.state.group or m.district_code in rows.scoped_codes)
    levels = [lv for lv in levels_of(rows) if counts[lv] or lv not in ONLY_WHERE_THERE]
    hrefs = {lv: link(OVERVIEW, rows.state, level="" if rows.state.level == lv else lv) for lv in levels}
    entries = [(lv, text(f"level.{lv}"), counts[lv]) for lv in levels]
    return legend(entries, rows.state.level, hrefs, text("map.legend"))


def _timeline(rows: UnitContext) -> Node:
    dots = [
        (
            p.period,
            formatting.month(p.snapshot_date),
            link(OVERVIEW, rows.state, period="" if p is rows.periods[-1] else p.period),
        )
        for p in rows.periods
    ]
    return timeline(dots, rows.period.period, play_label=text("map.play"), label=text("map.timeline"))
