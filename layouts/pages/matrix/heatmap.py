"""The table of one district: sections by indicators, with the gap in each failing cell."""

from collections import Counter
from collections.abc import Callable, Sequence

from data.proof_key import section_key
from data.rows.common_dimensions import IndicatorRow
from data.rows.context import most_needed
from data.rows.district import SectionRow
from data.text import text
from layouts import formatting
from layouts.components.cells import sign
from layouts.components.cross_table import CrossCell, CrossColumn, CrossLook, cross_table
from layouts.components.data_table import Kind
from layouts.components.elements import block, link_to, paragraph, run, scroll_region, small
from layouts.components.gloss import glossed
from layouts.components.heads import headline
from layouts.components.keys import key, key_bar, key_choice, key_note, swatch
from layouts.markup import Node
from layouts.pages.matrix.heatmap_rows import ALL, FAILING, HeatmapView
from layouts.parts.frame import notice, section
from layouts.parts.supply import is_spare, most_named, owed, total
from layouts.routes import MATRIX, SCHOOL, link

Section = list[SectionRow]
LOOKS = {
    "heat-plain": "",
    "heat-soft": "▲",
    "heat-part": "◆",
    "heat-deep": "◆",
    "heat-na": "",
    "heat-none": "—",
    "heat-out": "",
}
"""The looks of a cell and the mark in it, as the keys list them."""


def headline_panel(view: HeatmapView) -> list[Node]:
    """How many sections fail and what they lack most."""
    if not view.unit.is_reported:
        return headline(text("sub.about_unit", name=view.unit.name, words=text("sub.not_reported")))
    groups = [g for g in view.by_section if g[0].is_in_scope]
    failing = [g for g in groups if g[0].complies is False]
    undecided = sum(1 for g in groups if g[0].complies is None)
    lacks = Counter(cell.indicator_code for group in failing for cell in group if cell.required_gap)
    title: list[Node] = [text("heatmap.title", name=view.unit.name, stage=view.rows.stage_name, count=len(groups))]
    if failing:
        names = view.rows.indicator_names
        counted = [(names[code], lacks[code]) for code in most_needed(lacks, view.rows.indicators)]
        most = most_named(counted, 2, "item")
        title += [run(text("heatmap.failing", count=len(failing)), look="c-fail"), text("heatmap.most", names=most)]
    elif groups:
        title.append(text("heatmap.none_failing"))
    if undecided:
        title.append(text("heatmap.undecided", count=undecided))
    exempt = sum(1 for g in groups if g[0].complies and any(c.is_met is False for c in g))
    unknown = sum(1 for g in groups if not g[0].complies and any(c.is_met is None for c in g))
    sub = _bill(view, groups, lacks, unknown) + (text("heatmap.exempt", count=exempt) if exempt else "")
    if not view.unit.is_recast_complete:
        sub += text("heatmap.partial")
    return [*headline(*title, sub=glossed(sub, "section")), _keys(view)]


def _bill(view: HeatmapView, groups: Sequence[list[SectionRow]], lacks: Counter[str], undecided: int) -> str:
    """What all sections need; whether they then comply can be said only where each is judged."""
    amounts = [
        i.short_name
        + total(
            [c for g in groups for c in g if c.indicator_code == i.indicator_code], i.gap_unit, view.rows.state.stage
        )
        for i in view.rows.indicators
        if i.indicator_code in lacks
    ]
    if not amounts:
        return ""
    items = "、".join(amounts)
    if undecided:
        return text("heatmap.bill_undecided", items=items, count=undecided)
    if view.rows.has_stage:
        return text("heatmap.bill_stage", items=items, stage=view.rows.stage_name)
    return text("heatmap.bill", items=items)


def _keys(view: HeatmapView) -> Node:
    state = view.rows.state
    looks = [
        key(swatch(look, mark), text(f"heatmap.key_{look.replace('-', '_')}"), name=look)
        for look, mark in LOOKS.items()
    ]
    choices = [
        key_choice(
            text(f"heatmap.only_{only or 'due'}"),
            href=link(MATRIX, state, only=only),
            is_chosen=state.only == only,
            name=only or "due",
        )
        for only in ("", FAILING, ALL)
    ]
    return key_bar(*looks, key_note(text("heatmap.rows"), starts_choices=True), *choices)


def table(view: HeatmapView) -> list[Node]:
    """A row per section; the head carries thresholds and the column's total."""
    if not view.by_section:
        return [notice(text("heatmap.empty"), text("sub.not_reported"))]
    indicators = [_indicator_column(view, indicator) for indicator in view.rows.indicators]
    heat = cross_table(
        [*_school_columns(view), *indicators, _met(view)],
        view.shown,
        name=text("heatmap.label"),
        key=lambda group: group[0].school_code + group[0].stage,
        look=CrossLook(table="heat", sort=view.rows.state.sort),
        row_look=lambda group: "" if group[0].is_in_scope else "out",
    )
    shown = text("heatmap.foot", shown=len(view.shown), folded=len(view.by_section) - len(view.shown))
    foot = paragraph(run(shown), run(text("heatmap.keys"), look="mut"), look="grid-foot")
    return [scroll_region(heat, label=text("heatmap.label"), look="heat-scroll"), foot, _folded(view)]


def _folded(view: HeatmapView) -> Node:
    """The names of those that lack nothing."""
    if not view.folded:
        return None
    names = [
        link_to(
            group[0].school_name,
            small(f" {text(f'stage.{group[0].stage}')}"),
            href=link(SCHOOL, view.rows.state, school=group[0].school_code, sort="", only=""),
            key=group[0].school_code + group[0].stage,
        )
        for group in view.folded
    ]
    return section(text("heatmap.folded", count=len(names)), block(*names, look="folded"))


def _sorting(view: HeatmapView, sort: str) -> tuple[str, bool]:
    """Where a head leads, and whether its column orders the rows now."""
    is_sorted = view.rows.state.sort == sort
    return link(MATRIX, view.rows.state, sort="" if is_sorted else sort), is_sorted


def _school_columns(view: HeatmapView) -> list[CrossColumn[Section]]:
    def name(group: Section) -> CrossCell:
        href = link(SCHOOL, view.rows.state, school=group[0].school_code, sort="", only="")
        return CrossCell(shown=[link_to(group[0].school_name, href=href)])

    def stage(group: Section) -> CrossCell:
        return CrossCell(shown=[text(f"stage.{group[0].stage}")], look="left")

    def pupils(group: Section) -> CrossCell:
        count = group[0].pupils
        printed = formatting.NONE if count is None else formatting.count(count)
        return CrossCell(shown=[printed], value=count, look="num")

    def sorted_by(
        sort: str, head: str, *unit: Node, cell: Callable[[Section], CrossCell], kind: Kind, look: str = ""
    ) -> CrossColumn[Section]:
        href, is_sorted = _sorting(view, sort)
        return CrossColumn(
            name=sort,
            head=[head, *unit],
            file_head=head,
            cell=cell,
            kind=kind,
            head_look=look,
            sort_href=href,
            is_sorted=is_sorted,
        )

    stages = text("heatmap.stage")
    return [
        sorted_by("name", text("heatmap.school"), cell=name, kind=Kind.NAME, look="left"),
        CrossColumn(name="stage", head=[stages], file_head=stages, cell=stage, head_look="left"),
        sorted_by("pupils", text("heatmap.pupils"), small(text("unit.person")), cell=pupils, kind=Kind.COUNT),
    ]


def _indicator_column(view: HeatmapView, indicator: IndicatorRow) -> CrossColumn[Section]:
    code = indicator.indicator_code
    thresholds = [
        small(
            text("heatmap.at_least", stage=text(f"stage.{t.stage}"), value=formatting.plain(t.threshold)), key=t.stage
        )
        for t in view.thresholds
        if t.indicator_code == code
    ]
    due = [c for g in view.by_section for c in g if c.is_in_scope and c.indicator_code == code and c.required_gap]
    shortfall = text("heatmap.column_none")
    if due:
        amount = total(due, indicator.gap_unit, view.rows.state.stage)
        shortfall = text("heatmap.column_total", count=len(due), gap=amount)
    href, is_sorted = _sorting(view, code)

    def value(group: Section) -> CrossCell:
        cell = next((c for c in group if c.indicator_code == code), None)
        return (
            CrossCell(shown=[formatting.NONE])
            if cell is None
            else _cell(cell, indicator.gap_unit, view.rows.state.stage)
        )

    return CrossColumn(
        name=code,
        head=[indicator.short_name, *thresholds, small(shortfall, look="c-fail b" if due else "", key="total")],
        file_head=f"{code} {indicator.short_name}",
        cell=value,
        kind=Kind.NUMBER,
        sort_href=href,
        is_sorted=is_sorted,
    )


def _met(view: HeatmapView) -> CrossColumn[Section]:
    def met(group: Section) -> CrossCell:
        first = group[0]
        look = {True: "num b", False: "num b c-fail", None: "num b c-na"}[first.complies]
        if not first.is_in_scope:
            return CrossCell(shown=[text("heatmap.out")], look=look)
        return CrossCell(shown=[f"{first.met_count}/{len(group)}"], value=(first.met_count, len(group)), look=look)

    head = text("district.met_items")
    count = small(text("heatmap.of", count=len(view.rows.indicators)))
    return CrossColumn(name="met", head=[head, count], file_head=head, cell=met, kind=Kind.PARTS)


def _cell(cell: SectionRow, gap_unit: str, stage: str) -> CrossCell:
    """The value where it is met, what is owed where not, or why neither can be said."""
    why = section_key(cell.school_code, cell.stage, cell.indicator_code)
    if cell.is_met is None:
        if cell.is_not_applicable:
            return CrossCell(shown=[text("heatmap.na")], look="heat-none", why=why)
        if cell.pupils:
            return CrossCell(shown=[""], look="heat-na", label=text("heatmap.unreported"), why=why)
        return CrossCell(shown=[formatting.NONE], look="num", why=why)
    if cell.is_met or not cell.is_in_scope:
        value = cell.section_value
        return CrossCell(shown=[formatting.value(value)], value=value, look="num mut", why=why)
    look = "heat-soft" if is_spare(cell) else "heat-part" if cell.is_floor_met else "heat-deep"
    mark = sign(LOOKS[look], is_decoration=True)
    return CrossCell(shown=[mark, owed(cell, gap_unit, stage)], look=f"num {look}", why=why)
