"""The table of one district: sections by indicators, with the gap in each failing cell."""

from collections.abc import Sequence

from data.rows.context import most_needed
from data.rows.district import SectionRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.matrix.heatmap_rows import ALL, FAILING, HeatmapView
from layouts.parts.frame import notice
from layouts.parts.supply import is_spare, owed, total
from layouts.proof.key import section_key
from layouts.routes import MATRIX, SCHOOL, link


def answer(view: HeatmapView) -> list[Node]:
    """How many sections fail and what they lack most."""
    if not view.unit.is_reported:
        words = text("sub.about_unit", name=view.unit.name, words=text("sub.not_reported"))
        return [h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, words)]
    groups = [g for g in view.by_section if g[0].is_in_scope]
    failing = [g for g in groups if g[0].complies is False]
    undecided = sum(1 for g in groups if g[0].complies is None)
    short: dict[str, int] = {}
    for group in failing:
        for cell in group:
            if cell.required_gap:
                short[cell.indicator_code] = short.get(cell.indicator_code, 0) + 1
    names = view.rows.indicator_names
    most = "、".join(names[c] for c in most_needed(short, view.rows.indicators)[:2])
    key = "title" if view.unit.is_reported else "title_unreported"
    heading: list[Node] = [text(f"heatmap.{key}", name=view.unit.name, count=len(groups))]
    if failing:
        heading += [
            h("span", {"className": "c-fail"}, text("heatmap.failing", count=len(failing))),
            text("heatmap.most", names=most),
        ]
    elif groups:
        heading.append(text("heatmap.none_failing"))
    if undecided:
        heading.append(text("heatmap.undecided", count=undecided))
    bill = [
        i.short_name
        + total(
            [c for g in groups for c in g if c.indicator_code == i.indicator_code], i.gap_unit, view.rows.state.stage
        )
        for i in view.rows.indicators
        if i.indicator_code in short
    ]
    exempt = sum(1 for g in groups if g[0].complies and any(c.is_met is False for c in g))
    items = "、".join(bill)
    sub = ""
    if bill and undecided:
        sub = text("heatmap.bill_undecided", items=items, count=undecided)
    elif bill:
        sub = text("heatmap.bill", items=items)
    sub += text("heatmap.exempt", count=exempt) if exempt else ""
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, sub),
        _keys(view),
    ]


def _keys(view: HeatmapView) -> Node:
    state = view.rows.state
    swatches = [
        h(
            "span",
            {"key": k, "className": "key"},
            h("span", {"className": f"key-swatch {k}"}, mark),
            text(f"heatmap.key_{k.replace('-', '_')}"),
        )
        for k, mark in (
            ("heat-plain", ""),
            ("heat-soft", "▲"),
            ("heat-part", "◆"),
            ("heat-deep", "◆"),
            ("heat-na", ""),
            ("heat-none", "—"),
            ("heat-out", ""),
        )
    ]
    choices = [
        h(
            "a",
            {
                "key": only or "due",
                "className": "key",
                "data-nav": "1",
                "href": link(MATRIX, state, only=only),
                "aria-current": "true" if state.only == only else None,
            },
            text(f"heatmap.only_{only or 'due'}"),
        )
        for only in ("", FAILING, ALL)
    ]
    return h(
        "div",
        {"className": "keys"},
        *swatches,
        h("span", {"className": "mut keys-sort"}, text("heatmap.rows")),
        *choices,
    )


def table(view: HeatmapView) -> list[Node]:
    """A row per section; the head carries thresholds and the column's total."""
    if not view.by_section:
        return [notice(text("heatmap.empty"), text("sub.not_reported"))]
    folded = len(view.by_section) - len(view.shown)
    return [
        h(
            "div",
            {"className": "heat-scroll", "tabIndex": 0, "role": "region", "aria-label": text("heatmap.label")},
            h(
                "table",
                {"className": "heat", "data-grid": "1"},
                h("thead", {}, _head(view)),
                h("tbody", {}, *[_row(view, g) for g in view.shown]),
            ),
        ),
        h(
            "p",
            {"className": "grid-foot"},
            h("span", {}, text("heatmap.foot", shown=len(view.shown), folded=folded)),
            h("span", {"className": "mut"}, text("heatmap.keys")),
        ),
    ]


def _head(view: HeatmapView) -> Node:
    state = view.rows.state
    cells = [
        _sortable(view, "name", [text("heatmap.school")], "left"),
        h("th", {"key": "stage", "scope": "col", "className": "left"}, text("heatmap.stage")),
        _sortable(view, "pupils", [text("heatmap.pupils"), h("small", {}, text("unit.person"))], ""),
    ]
    for indicator in view.rows.indicators:
        lines = [
            h(
                "small",
                {"key": t.stage},
                text("heatmap.at_least", stage=text(f"stage.{t.stage}"), value=formatting.plain(t.threshold)),
            )
            for t in view.thresholds
            if t.indicator_code == indicator.indicator_code
        ]
        due = [
            c
            for g in view.by_section
            for c in g
            if c.is_in_scope and c.indicator_code == indicator.indicator_code and c.required_gap
        ]
        column = (
            text("heatmap.column_total", count=len(due), gap=total(due, indicator.gap_unit, state.stage))
            if due
            else text("heatmap.column_none")
        )
        cells.append(
            _sortable(
                view,
                indicator.indicator_code,
                [
                    indicator.short_name,
                    *lines,
                    h("small", {"key": "total", "className": "c-fail b" if due else None}, column),
                ],
                "",
            )
        )
    cells.append(
        h(
            "th",
            {"key": "met", "scope": "col"},
            text("district.met_items"),
            h("small", {}, text("heatmap.of", count=len(view.rows.indicators))),
        )
    )
    return h("tr", {"data-sort": state.sort or None}, *cells)


def _sortable(view: HeatmapView, sort: str, inner: list[Node], name: str) -> Node:
    state = view.rows.state
    href = link(MATRIX, state, sort="" if state.sort == sort else sort)
    return h(
        "th",
        {
            "key": sort,
            "scope": "col",
            "className": name or None,
            "aria-sort": "descending" if state.sort == sort else None,
        },
        h("a", {"href": href, "data-nav": "1"}, *inner),
    )


def _row(view: HeatmapView, group: Sequence[SectionRow]) -> Node:
    first = group[0]
    href = link(SCHOOL, view.rows.state, school=first.school_code, sort="", only="")
    met = f"{first.met_count}/{len(group)}" if first.is_in_scope else text("heatmap.out")
    tone = {True: "", False: " c-fail", None: " c-na"}[first.complies]
    return h(
        "tr",
        {"key": first.school_code + first.stage, "className": None if first.is_in_scope else "out"},
        h("th", {"scope": "row"}, h("a", {"href": href, "data-nav": "1"}, first.school_name)),
        h("td", {"className": "left"}, text(f"stage.{first.stage}")),
        h("td", {"className": "num"}, formatting.NONE if first.pupils is None else formatting.count(first.pupils)),
        *[_cell(view, c) for c in group],
        h("td", {"className": "num b" + tone}, met),
    )


def _cell(view: HeatmapView, cell: SectionRow) -> Node:
    key = section_key(cell.school_code, cell.stage, cell.indicator_code)
    attributes = {"key": cell.indicator_code, "data-why": key}
    if cell.is_met is None:
        if cell.is_not_applicable:
            return ["td", {**attributes, "className": "heat-none"}, [text("heatmap.na")]]
        if cell.pupils:
            return ["td", {**attributes, "className": "heat-na", "aria-label": text("heatmap.unreported")}, [""]]
        return ["td", {**attributes, "className": "num"}, [formatting.NONE]]
    if cell.is_met or not cell.is_in_scope:
        return ["td", {**attributes, "className": "num mut"}, [formatting.value(cell.section_value)]]
    unit = next(i.gap_unit for i in view.rows.indicators if i.indicator_code == cell.indicator_code)
    words = owed(cell, unit)
    if is_spare(cell):
        name, mark = "heat-soft", "▲"
    else:
        name, mark = ("heat-part" if cell.is_floor_met else "heat-deep"), "◆"
    return ["td", {**attributes, "className": f"num {name}"}, [h("i", {"aria-hidden": "true"}, mark), words]]
