"""Range strips: every unit's CV as a thin line, the own value as a glyph, the limit as a tick."""

from collections.abc import Sequence

from data.proof_key import cv_key
from data.rows.common_dimensions import IndicatorRow
from data.rows.overview import UnitCvRow
from data.text import text
from data.view_state import STAGES
from layouts import formatting
from layouts.charts.specification import Chart, Scale, Size, Strip
from layouts.charts.svg import svg
from layouts.components.cells import cv_cell
from layouts.components.data_table import Cell, Kind, cell
from layouts.components.elements import paragraph, run
from layouts.components.figure_table import FigureColumn, FigureGroup, FigureLook, figure_table
from layouts.markup import Node
from layouts.pages.district.rows import DistrictView
from layouts.parts.frame import section
from layouts.routes import DISTRICT, link

WIDTH, HEIGHT, MAXIMUM = 190, 30, 0.8


def strips(view: DistrictView) -> list[Node]:
    """The section: one row per indicator, a strip per stage."""
    cvs = view.cvs
    over = [c for c in cvs if c.is_within_limit is False]
    undefined = sum(1 for c in cvs if c.cv is None)
    names = dict.fromkeys(view.rows.indicator_names[c.indicator_code] for c in over)
    stage = view.rows.stage_name
    if over:
        title = text("district.strips_title", stage=stage, count=len(over), names="、".join(names))
    elif any(c.cv is not None for c in cvs):
        key = "known" if undefined else "none_stage" if stage else "none"
        title = text(f"district.strips_{key}", stage=stage)
    else:
        unknown = "district.strips_unknown" if view.unit.is_reported else "sub.not_reported"
        title = text(unknown)
    if 0 < undefined < len(cvs):
        title += text("worst.undefined", count=undefined)
    note = text(
        "district.strips_note" if view.rows.sees_all else "district.strips_note_own",
        name=view.unit.short_name,
        group=view.unit.group_name,
    )
    stages = [s for s in STAGES if s != "both" and view.rows.state.stage in ("both", s) and s in view.rows.cv_limits]
    columns = [_name_column(), *[_stage_column(view, cvs, stage) for stage in stages]]
    table = figure_table(
        columns,
        [FigureGroup(key="indicators", rows=view.rows.indicators)],
        name=text("sheet.strips"),
        label=title,
        key=lambda i: i.indicator_code,
        look=FigureLook(table="strips"),
    )
    return [section(title, paragraph(note, look="d"), table)]


def _name_column() -> FigureColumn[IndicatorRow]:
    head = text("file_head.indicator")
    return FigureColumn(
        name="indicator", head=[], cells=lambda i: [cell(i.short_name)], kinds=[Kind.NAME], file_head=head
    )


def _stage_column(view: DistrictView, cvs: Sequence[UnitCvRow], stage: str) -> FigureColumn[IndicatorRow]:
    name = text(f"stage.{stage}")
    limit = text("trend.limit", limit=formatting.rounded(view.rows.cv_limits[stage], 2))
    return FigureColumn(
        name=stage,
        head=[name + " ", run(limit, look="mut")],
        cells=lambda i: _cells(view, cvs, stage, i.indicator_code),
        kinds=[Kind.PICTURE, Kind.CV],
        file_head=f"{name} {limit}",
    )


def _cells(view: DistrictView, cvs: Sequence[UnitCvRow], stage: str, indicator: str) -> list[Cell]:
    """The strip and its CV, or why there is none."""
    row = next((c for c in cvs if (c.stage, c.indicator_code) == (stage, indicator)), None)
    if row is None:
        reason = "no_stage" if view.unit.is_reported else "not_submitted"
        return [cell(text(f"district.{reason}"), look="mut")]
    name, value = view.rows.indicator_names[indicator], formatting.cv(row.cv, row.cv_limit)
    label = text("district.strip_label", stage=text(f"stage.{stage}"), indicator=name, cv=value)
    href = link(DISTRICT, view.rows.state, why=cv_key(view.unit.district_code, stage, indicator))
    tone = {True: "", False: " c-fail", None: " c-na"}[row.is_within_limit]
    return [cell(_strip(view, row)), cv_cell(row.cv, row.cv_limit, href=href, look=f"num b{tone}", label=label)]


def _strip(view: DistrictView, row: UnitCvRow) -> Node:
    district_code = view.unit.district_code
    others = [
        (c.district_code, c.cv)
        for c in view.rows.cvs
        if (c.stage, c.indicator_code) == (row.stage, row.indicator_code)
        and c.cv is not None
        and c.district_code != district_code
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
    lines = [
        f"{view.unit.short_name}{name} {formatting.cv(row.cv, row.cv_limit)}",
        text("trend.limit", limit=formatting.rounded(row.cv_limit, 2)),
    ]
    if view.rows.sees_all:
        near = [cv for code, cv in others if code in group]
        ranges = ((view.unit.group_name, near), (text("district.strip_others"), [cv for _, cv in others]))
        lines += [_range(name, values, row.cv_limit) for name, values in ranges if values]
    return "\n".join(lines)


def _range(name: str, values: Sequence[float], limit: float) -> str:
    low, high = (formatting.cv(value, limit) for value in (min(values), max(values)))
    return text("district.strip_range", name=name, low=low, high=high)
