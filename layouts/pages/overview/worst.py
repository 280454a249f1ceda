"""The largest CVs against their limits, and what is missing in natural units."""

from collections.abc import Sequence

from data.rows.context import UnitContext, cv_name, largest_first, most_needed, worst_by_unit
from data.rows.overview import ANY_INDICATOR, GapRow, UnitCvRow
from data.text import text
from layouts import formatting
from layouts.components.cells import amount_cell, cv_cell, file_column, headless_table, linked, picture_column
from layouts.components.data_table import Cell, Column, Kind, cell
from layouts.components.elements import link_to, paragraph
from layouts.components.gloss import glossed
from layouts.components.rest import rest_note
from layouts.markup import Node
from layouts.pages.overview.unit_markers import gaps_in_view
from layouts.parts.double_red import DOUBLE_RED, rest_words, unknown_words
from layouts.parts.frame import section
from layouts.parts.left_out import left_out
from layouts.parts.small_charts import bullet
from layouts.parts.supply import most_named
from layouts.routes import CV, DISTRICT, LEAGUE, MATRIX, link

MOST, MOST_NAMES, MOST_OF_ONE_UNIT = 5, 3, 6


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
        is_known = any(c.cv is not None for c in in_view)
        key = "district" if is_known else "unknown" if rows.chosen.is_reported else "unreported"
        title = text(f"worst.title_{key}", name=rows.chosen.short_name, of=rows.staged_indicator, count=over)
        undefined = sum(1 for c in in_view if c.cv is None)
        title += text("worst.undefined", count=undefined) if is_known and undefined else ""
        shown = shown[:MOST_OF_ONE_UNIT]
    else:
        by_unit = worst_by_unit(in_view)
        shown = largest_first(sorted(by_unit.values(), key=lambda c: c.district_code))
        title = _city_title(rows, shown)
        shown = shown[:MOST]
    names = {u.district_code: u.short_name for u in rows.units}
    table = headless_table(_cv_columns(rows, names), shown, name=text("sheet.worst_cvs"), key=_cv_identity)
    note = text(
        "worst.note",
        primary=formatting.rounded(rows.cv_limits["primary"], 2),
        junior=formatting.rounded(rows.cv_limits["junior"], 2),
        compared=text("worst.compared", period=rows.previous_word) if rows.previous else "",
    )
    lead: list[Node] = []
    if rows.chosen is None and rows.is_verdict:
        where = link(MATRIX, rows.state, only=DOUBLE_RED)
        lead = [link_to(text("matrix.double_red"), href=where), text("worst.double_red")]
    if any(c.compared_basis != rows.state.basis for c in shown):
        note += text("worst.recast")
    count = sum(1 for u in rows.units if rows.state.group in ("", u.group_code))
    more = link_to(text("worst.all", count=count), href=link(LEAGUE, rows.state, district=""))
    return [section(title, table, paragraph(*lead, *glossed(note, "cv"), more, look="src"))]


def _city_title(rows: UnitContext, by_unit: Sequence[UnitCvRow]) -> str:
    if not rows.is_verdict:
        over = sum(1 for c in by_unit if c.is_within_limit is False)
        return text("worst.title_indicator", indicator=rows.staged_indicator, count=over)
    stage = rows.state.stage
    unknown = unknown_words(rows, stage)
    if unknown:
        return unknown
    rest = rest_words(rows, stage)
    cells = [c for c in rows.double_red if stage in ("both", c.stage)]
    if not cells:
        return text("worst.title_city_none", stage=rows.stage_name) + rest
    units = {c.district_code for c in cells}
    return text("worst.title_city", stage=rows.stage_name, count=len(units), cells=len(cells)) + rest


def _cv_identity(row: UnitCvRow) -> str:
    return f"{row.district_code}{row.stage}{row.indicator_code}"


def _cv_columns(rows: UnitContext, names: dict[str, str]) -> list[Column[UnitCvRow]]:
    def unit(row: UnitCvRow) -> Cell:
        return linked(names[row.district_code], link(DISTRICT, rows.state, district=row.district_code), look="b")

    def subject(row: UnitCvRow) -> Cell:
        return cell(cv_name(row, rows.indicator_names), look="mut")

    def value(row: UnitCvRow) -> Cell:
        place = {"district": row.district_code, "stage": row.stage, "indicator": row.indicator_code}
        label = text("worst.open_cv", name=names[row.district_code], cv=cv_name(row, rows.indicator_names))
        look = "b" if row.is_within_limit else "b c-fail"
        return cv_cell(row.cv, row.cv_limit, href=link(CV, rows.state, **place), look=look, label=label)

    def change(row: UnitCvRow) -> Cell:
        change_text, tone = change_words(row)
        pair = row.before_and_now if row.change_kind else None
        by = None if pair is None else pair[1] - pair[0]
        return cell(change_text, value=by, look=f"c-{tone}", tip=change_tip(rows, row))

    return [
        file_column("league.district", unit),
        file_column("filter.indicator", subject),
        picture_column("bullet", lambda row: bullet(row.cv, row.cv_limit, is_within=row.is_within_limit is True)),
        file_column("league.worst", value, Kind.CV),
        file_column("league.change", change, Kind.NUMBER),
    ]


def missing(rows: UnitContext) -> list[Node]:
    """What the units in view lack, by indicator, with those that lack most."""
    if rows.is_silent:
        return [section(text("sub.not_reported"))]
    scope = rows.covered_name or text("gaps.city")
    by_indicator: dict[str, list[GapRow]] = {}
    for gap in gaps_in_view(rows):
        if gap.district_code in rows.scoped_codes:
            by_indicator.setdefault(gap.indicator_code, []).append(gap)
    sections = {code: sum(g.section_count for g in gaps) for code, gaps in by_indicator.items()}
    needy = [by_indicator[code] for code in most_needed(sections, rows.indicators)]
    counted = [(gaps[0].indicator_name, sections[gaps[0].indicator_code]) for gaps in needy]
    key = ("title_none", "title_one", "title_city")[min(len(counted), 2)]
    title = text(
        f"gaps.{key}",
        scope=scope,
        stage=rows.stage_name,
        indicator=rows.indicator_name,
        names=most_named(counted, 2, "item"),
    )
    table, rest = _gap_table(rows, needy[:MOST]), rest_note("gaps.rest", len(needy) - MOST)
    notes = left_out(rows, ANY_INDICATOR if rows.is_verdict else rows.state.indicator)
    whole = "complete" if rows.chosen is None else "complete_stage" if rows.has_stage else "complete_unit"
    held = text("sub.join").join(notes) or text(f"gaps.{whole}", stage=rows.stage_name)
    note = paragraph(*glossed(text("gaps.note", undecidable=held), "remainder"), look="src")
    return [section(title, table, rest, note)]


def _gap_table(rows: UnitContext, needy: Sequence[list[GapRow]]) -> Node:
    """One line per indicator; its gaps are those of the units that lack it."""

    def amount(gaps: list[GapRow]) -> Cell:
        return amount_cell(sum(g.gap for g in gaps), gaps[0].gap_unit, look="b")

    columns: list[Column[list[GapRow]]] = [
        file_column("filter.indicator", lambda gaps: gaps[0].indicator_name),
        file_column("sheet.gap", amount, Kind.AMOUNT),
        file_column("method.col_note", lambda gaps: cell(_where_most(rows, gaps), look="mut")),
    ]
    return headless_table(columns, needy, name=text("sheet.gaps"), key=lambda gaps: gaps[0].indicator_code)


def _where_most(rows: UnitContext, gaps: Sequence[GapRow]) -> str:
    """The units that lack most; of one unit, in how many sections."""
    if rows.chosen is not None:
        return text("gaps.schools", count=sum(g.section_count for g in gaps))
    by_unit: dict[str, float] = {}
    for gap in gaps:
        by_unit[gap.short_name] = by_unit.get(gap.short_name, 0.0) + gap.gap
    counted = sorted(by_unit.items(), key=lambda unit: -unit[1])
    return text("gaps.most", names=most_named(counted, MOST_NAMES, "unit"))
