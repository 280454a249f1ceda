"""The gap bill, the schools that lack most, and the anatomy of the worst CV."""

from collections.abc import Sequence

from data.proof_key import section_key
from data.rows.common_dimensions import IndicatorRow
from data.rows.district import SectionRow
from data.rows.proof import CvShareRow
from data.text import text
from layouts import formatting
from layouts.components.bars import BarPart, glyph_on_fill, row_bar
from layouts.components.cells import file_column, linked, picture_column, share_cell
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, data_table
from layouts.components.elements import block, link_to, paragraph, small, strong
from layouts.components.gloss import glossed
from layouts.markup import Node
from layouts.pages.district.rows import CvBreakdown, DistrictView
from layouts.parts.frame import section
from layouts.parts.spread import spread_words
from layouts.parts.supply import is_spare, total
from layouts.parts.task_coverage import unit_coverage
from layouts.routes import CV, DISTRICT, MATRIX, SCHOOL, link

SHOWN_SCHOOLS, SHOWN_SHARES = 10, 6
SHARE_WIDTH = 76
PLAIN_LINK = "plain-link"


def bill(view: DistrictView) -> list[Node]:
    """What is missing in all, by indicator, and where most of it."""
    if not view.unit.is_reported:
        return [section(text("sub.not_reported"))]
    in_scope = [s for s in view.sections if s.is_in_scope]
    short = [s for s in in_scope if s.required_gap]
    kind, stage = "_own" if view.is_partial else "", view.rows.stage_name
    title = text(f"gaps.title_none{kind}", scope=view.unit.name, stage=stage, indicator="")
    if short:
        title = text(f"district.bill_title{kind}", stage=stage, count=_places(short))
    note = text(f"district.bill_note{'_stage' if stage else ''}", stage=stage)
    exempt = _places([s for s in in_scope if s.is_exempt])
    if exempt:
        note += text("district.bill_exempt", count=exempt)
    unknown = view.unknown_count
    if unknown:
        note += text("gaps.sections", count=unknown) + text("sub.stop")
    return [
        section(
            title,
            *[_bill_row(view, i, short) for i in view.rows.indicators],
            paragraph(*glossed(note, "section"), look="d"),
        )
    ]


def covered(view: DistrictView) -> list[Node]:
    """What of the bill tasks cover; nothing where that is not known, or nothing is known of the unit."""
    if view.coverage is None or not view.unit.is_reported:
        return []
    return [unit_coverage(view.coverage, {i.indicator_code: i.short_name for i in view.rows.indicators})]


def _places(sections: Sequence[SectionRow]) -> int:
    """How many sections of schools the rows are about."""
    return len({(s.school_code, s.stage) for s in sections})


def _bill_row(view: DistrictView, indicator: IndicatorRow, short: Sequence[SectionRow]) -> Node:
    """What an indicator lacks in all, and the school that lacks most; nothing where nobody lacks it."""
    sections = [s for s in short if s.indicator_code == indicator.indicator_code]
    if not sections:
        return None
    most = max(sections, key=lambda s: s.school_gap)
    as_much = {s.school_code for s in sections if s.school_gap == most.school_gap}
    proof = section_key(most.school_code, most.stage, most.indicator_code)
    school = link(SCHOOL, view.rows.state, school=most.school_code, why=proof)
    where = small(
        text("district.bill_sections", count=len(sections)),
        link_to(most.school_name, href=school, look=PLAIN_LINK),
        text("district.bill_most_tied", count=len(as_much)) if len(as_much) > 1 else text("district.bill_most"),
    )
    amount = strong(total(sections, indicator.gap_unit, view.rows.state.stage), look="c-fail")
    return block(block(indicator.short_name, where), amount, look="bill-row", key=indicator.indicator_code)


def anatomy(view: DistrictView) -> list[Node]:
    """Each section's share of S² of the worst CV; what raising low ones would do."""
    parts = view.anatomy
    if not view.unit.is_reported:
        return [section(text("sub.not_reported"))]
    if parts is None:
        name = "anatomy_partial" if view.is_partial else "anatomy_none"
        why = text(f"district.{name}_body")
        if not view.is_partial and not view.unit.is_recast_complete:
            why = text("sub.no_data_recast") + text("sub.stop")
        return [section(text(f"district.{name}"), paragraph(why, look="d"))]
    first, rest = parts.spread.first_count, parts.shares[SHOWN_SHARES:]
    title = text(
        "district.anatomy_title",
        count=first,
        stage=text(f"stage.{parts.stage}"),
        indicator=parts.indicator_name,
        share=formatting.share(_sum(parts.shares[:first])),
    )
    tail = text(
        "district.anatomy_rest",
        count=len(rest),
        share=formatting.share(_sum(rest)),
        mean=formatting.value(parts.district_mean),
        unit=parts.unit,
    )
    spread_note = "".join(spread_words(parts.cv, parts.cv_limit, parts.spread, is_within=parts.is_within_limit))
    place = {"district": view.unit.district_code, "stage": parts.stage, "indicator": parts.indicator_code}
    href = link(CV, view.rows.state, **place, why="")
    return [
        section(
            title,
            _share_table(view, parts),
            paragraph(tail, look="d"),
            paragraph(spread_note, look="what-if") if spread_note else None,
            lead=link_to(text("district.anatomy_all"), href=href, look=PLAIN_LINK),
        )
    ]


def _sum(shares: Sequence[CvShareRow]) -> float:
    return sum(s.contribution or 0 for s in shares)


def _share_table(view: DistrictView, parts: CvBreakdown) -> Node:
    rows = parts.shares[:SHOWN_SHARES]
    first = {s.school_code for s in parts.shares[: parts.spread.first_count]}
    largest = max((s.contribution or 0 for s in parts.shares), default=0) or 1

    def school(row: CvShareRow) -> Cell:
        proof = section_key(row.school_code, parts.stage, parts.indicator_code)
        return linked(row.school_name, link(DISTRICT, view.rows.state, why=proof))

    def bar(row: CvShareRow) -> Node:
        look = "share-bar" if row.school_code in first else "share-rest"
        return row_bar([BarPart(SHARE_WIDTH * (row.contribution or 0) / largest, look)], width=SHARE_WIDTH, height=13)

    columns: list[Column[CvShareRow]] = [
        file_column("file_head.school", school),
        picture_column("bar", bar),
        file_column("file_head.share", lambda row: share_cell(row.contribution or 0, look="b"), Kind.SHARE),
        file_column("file_head.beside_mean", lambda row: cell(_beside_mean(row, parts.district_mean), look="mut")),
    ]
    look = TableLook[CvShareRow](
        table="mini shares", row=lambda row: "b" if row.school_code in first else "", has_head=False
    )
    return data_table(columns, rows, name=text("sheet.shares"), key=lambda row: row.school_code, look=look)


def _beside_mean(row: CvShareRow, mean: float) -> str:
    if row.section_value is None:
        return formatting.NONE
    where = "above" if row.is_above(mean) else "below"
    return text(f"district.{where}", value=formatting.value(row.section_value, mean))


def schools(view: DistrictView) -> list[Node]:
    """The sections that fail most items, as a small heatmap."""
    if not view.unit.is_reported:
        return [section(text("sub.not_reported"))]
    failing: dict[tuple[str, str], list[SectionRow]] = {}
    for row in view.sections:
        if row.is_in_scope and row.complies is False:
            failing.setdefault((row.school_code, row.stage), []).append(row)
    ordered = sorted(
        failing.values(), key=lambda cells: (cells[0].met_count, -sum(bool(c.required_gap) for c in cells))
    )
    rows = ordered[:SHOWN_SCHOOLS]
    stage = view.rows.stage_name
    title = text("district.schools_title_all", stage=stage, count=len(rows))
    if not rows:
        title = text(f"district.schools_none{'_stage' if stage else ''}", stage=stage)
    if len(rows) < len(ordered):
        title = text("district.schools_title", stage=stage, count=len(rows), total=len(ordered))
    href = link(MATRIX, view.rows.state, why="", district=view.unit.district_code)
    to_all = link_to(text("district.schools_all"), href=href, look=PLAIN_LINK)
    key = paragraph(text("district.schools_key"), to_all, look="d")
    return [section(title, _heat_table(view, rows) if rows else None, key)]


def _heat_table(view: DistrictView, rows: list[list[SectionRow]]) -> Node:
    """A row for each section of a school, which is the list of its indicators."""
    state = view.rows.state

    def school(sections: list[SectionRow]) -> Cell:
        first = sections[0]
        href = link(SCHOOL, state, school=first.school_code, why="")
        return cell(link_to(first.school_name, href=href), small(" " + text(f"stage.{first.stage}")))

    def met(sections: list[SectionRow]) -> Cell:
        count = sections[0].met_count
        return cell(f"{count}/{len(sections)}", value=(count, len(sections)), look="b c-fail")

    columns: list[Column[list[SectionRow]]] = [
        file_column("file_head.school", school, Kind.NAME),
        *[_heat_column(view, i.indicator_code) for i in view.rows.indicators],
        Column(name="met", head=text("district.met_items"), cell=met, kind=Kind.PARTS),
    ]
    look = TableLook[list[SectionRow]](table="heat-mini")
    return data_table(columns, rows, name=text("sheet.schools"), key=lambda s: s[0].school_code + s[0].stage, look=look)


def _heat_column(view: DistrictView, code: str) -> Column[list[SectionRow]]:
    def square(sections: list[SectionRow]) -> Cell:
        return _heat_cell(view, next(s for s in sections if s.indicator_code == code))

    return Column(name=code, head=code, cell=square, kind=Kind.VERDICT)


def _heat_cell(view: DistrictView, row: SectionRow) -> Cell:
    """A square with its shape where the item is missed; files say its word."""
    look, level, word = "heat-met", "", "level.met"
    if row.is_met is None:
        look, word = "heat-na", "level.undecidable"
    elif row.is_met is False:
        is_exempt = is_spare(row)
        look, level = ("heat-soft", "near") if is_exempt else ("heat-deep", "unmet")
        word = "supply.spare" if is_exempt else "level.unmet"
    proof = section_key(row.school_code, row.stage, row.indicator_code)
    label = f"{row.school_name} {row.indicator_code} {text(word)}"
    mark = glyph_on_fill(level) if level else None
    href = link(DISTRICT, view.rows.state, why=proof)
    return cell(link_to(mark, href=href, aria_label=label), look=look, label=text(word))
