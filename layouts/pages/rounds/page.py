"""过程督导 as a list of panels."""

from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.ids import RoundsId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.rounds.rows import RoundsView
from layouts.parts.demonstration import is_invented
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, ROUNDS, SCHOOL, link

MOST_SCHOOLS = 16


def panels(view: RoundsView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = [*header(ROUNDS, rows.state), filter_bar(filters, rows.snapshot, ROUNDS.draws)]
    return [
        Panel(RoundsId.HEAD, "head", head),
        Panel(RoundsId.ANSWER, "answer", _answer(view)),
        Panel(RoundsId.COVERAGE, "coverage-panel", [_coverage(view)]),
        Panel(RoundsId.SIDE, "side-panel", [_weak(view), _levels(view)]),
        Panel(RoundsId.SOURCE, "source-panel", [_source(rows)]),
    ]


def _source(rows: UnitContext) -> Node:
    invented = text("rounds.source_demo") if is_invented(rows.snapshot, ("visit",)) else ""
    return source_line(rows, ROUNDS.draws, invented, text("rounds.source"))


def document_title(view: RoundsView) -> str:
    """Browser tab and history entry."""
    return " · ".join(w for w in (view.rows.scope_name, text("navigation.rounds"), text("app.name")) if w)


def _answer(view: RoundsView) -> list[Node]:
    rows = view.rows
    reached = {c.district_code for c in view.coverage}
    rounds, districts, visits = view.visit_counts
    title = text("rounds.title", rounds=rounds, districts=districts, visits=formatting.count(visits))
    if rows.chosen is not None or rows.own_units:
        name = rows.chosen.name if rows.chosen is not None else rows.own_units
        title = text("rounds.title_district", name=name, rounds=rounds, visits=formatting.count(visits))
    heading: list[Node] = [title, h("span", {"className": "c-fail"}, text("rounds.never", count=view.never_count))]
    sub = text("rounds.sub", weak=view.weak_count, findings=sum(c.finding_count for c in view.coverage))
    if not rows.covered_name or rows.state.group:
        sub = text("rounds.untouched", count=len(rows.scoped) - len(reached)) + sub
    if view.absent_count:
        sub += text("rounds.absent", count=view.absent_count)
    if rows.is_silent:
        heading, sub = [title, text("sub.not_reported")], ""
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, *heading),
        h("p", {"className": "sub"}, sub),
    ]


def _is_known(rows: UnitContext) -> bool:
    """Whether any unit of the filter reported its schools, so that weak ones can be counted."""
    return any(u.is_reported for u in rows.scoped)


def _coverage(view: RoundsView) -> Node:
    numbers = [r.number for r in view.rounds]
    heads = [
        text("rounds.unit"),
        text("rounds.schools"),
        *[text("rounds.round", number=n) for n in numbers],
        text("rounds.covered"),
        text("rounds.findings"),
        text("rounds.weak_never"),
    ]
    units = sorted(view.rows.scoped, key=lambda u: (-_share(view, u), u.district_code))
    days = h(
        "p",
        {"className": "src"},
        text("rounds.dot").join(
            text(
                "rounds.days",
                number=r.number,
                first=formatting.month(r.first_on),
                last=formatting.month(r.last_on),
                districts=r.district_count,
                visits=formatting.count(r.visit_count),
                inspectors=r.inspector_count,
            )
            for r in view.rounds
        ),
    )
    return section(
        text("rounds.coverage_title"),
        days,
        h(
            "table",
            {"className": "mini rounds"},
            h(
                "thead",
                {},
                h(
                    "tr",
                    {},
                    *[
                        h("th", {"scope": "col", "className": "num" if n else None, "key": w}, w)
                        for n, w in enumerate(heads)
                    ],
                ),
            ),
            h("tbody", {}, *[_unit(view, u, numbers) for u in units]),
        ),
    )


def _share(view: RoundsView, unit: UnitStatusRow) -> float:
    if not unit.school_count:
        return 0.0
    visited = sum(c.visited_school_count for c in view.of_unit(unit.district_code))
    return min(1.0, visited / unit.school_count)


def _unit(view: RoundsView, unit: UnitStatusRow, numbers: list[int]) -> Node:
    own = view.of_unit(unit.district_code)
    visits = sum(c.visit_count for c in own)
    findings = sum(c.finding_count for c in own)
    never = view.never_counts.get(unit.district_code, 0)
    cells: list[Node] = []
    for number in numbers:
        found = view.by_place.get((unit.district_code, number))
        words = formatting.NONE if found is None else formatting.count(found.visit_count)
        name = "num mut" if found is None else "num visited"
        cells.append(h("td", {"className": name, "key": str(number)}, words))
    per_visit = formatting.rounded(findings / visits, 1) if visits else formatting.NONE
    return h(
        "tr",
        {"key": unit.district_code},
        h(
            "th",
            {"scope": "row"},
            h(
                "a",
                {"href": link(DISTRICT, view.rows.state, district=unit.district_code, group=""), "data-nav": "1"},
                unit.short_name,
            ),
        ),
        h("td", {"className": "num"}, formatting.count(unit.school_count) if unit.is_reported else formatting.NONE),
        *cells,
        h("td", {"className": "num"}, formatting.share(_share(view, unit)) if visits else text("rounds.not_reached")),
        h("td", {"className": "num"}, per_visit),
        h(
            "td",
            {"className": "num t-unmet" if never else "num mut"},
            formatting.count(never) if unit.is_reported else formatting.NONE,
        ),
    )


def _weak(view: RoundsView) -> Node:
    names = {u.district_code: u.short_name for u in view.rows.units}
    rows = [
        h(
            "tr",
            {"key": w.school_code},
            h("td", {}, names.get(w.district_code, "")),
            h(
                "th",
                {"scope": "row"},
                h(
                    "a",
                    {
                        "href": link(SCHOOL, view.rows.state, school=w.school_code, district="", group=""),
                        "data-nav": "1",
                    },
                    w.school_name,
                ),
            ),
            h("td", {"className": "num t-unmet"}, text("rounds.missed", count=w.missed_count)),
        )
        for w in view.never[:MOST_SCHOOLS]
    ]
    kind = "_own" if view.rows.own_schools else ""
    if not rows:
        key = "weak_none" + kind if _is_known(view.rows) else "weak_unreported"
        return section(text(f"rounds.{key}"))
    more = len(view.never) - len(rows)
    note = h("p", {"className": "src"}, text("rounds.more", count=more)) if more > 0 else None
    return section(
        text("rounds.weak_title" + kind, count=len(view.never)),
        h("table", {"className": "mini"}, h("tbody", {}, *rows)),
        note,
    )


def _levels(view: RoundsView) -> Node:
    """The four levels, and under each its kind of inspector with who covers what."""
    by_level = {k.level_code: k for k in view.kinds}
    blocks: list[Node] = []
    for level in view.levels:
        kind = by_level.get(level.level_code)
        blocks.append(
            h(
                "li",
                {"key": level.level_code},
                h("b", {}, level.name),
                _kind(view, kind.inspector_kind, kind.name) if kind else None,
            )
        )
    unnamed = view.of_kind("")
    if unnamed:
        blocks.append(h("li", {"key": "unnamed"}, _kind(view, "", text("rounds.no_kind"))))
    return section(text("rounds.levels_title"), h("ol", {"className": "levels"}, *blocks))


def _kind(view: RoundsView, kind: str, name: str) -> Node:
    people = view.of_kind(kind)
    rows = [row for own in people.values() for row in own]
    words = text(
        "rounds.kind_words",
        kind=name,
        people=len(people),
        units=len({r.district_code for r in rows}),
        visits=sum(r.visit_count for r in rows),
        findings=sum(r.finding_count for r in rows),
    )
    if not people:
        return h("p", {"className": "src"}, text("rounds.kind_none", kind=name))
    names = {u.district_code: u.short_name for u in view.rows.units}
    lines = [
        h(
            "tr",
            {"key": person},
            h("th", {"scope": "row"}, person),
            h("td", {}, "、".join(dict.fromkeys(names.get(r.district_code, r.district_code) for r in own))),
            h("td", {"className": "num"}, text("rounds.visits", count=sum(r.visit_count for r in own))),
            h("td", {"className": "num"}, text("rounds.found", count=sum(r.finding_count for r in own))),
        )
        for person, own in people.items()
    ]
    return h("details", {}, h("summary", {}, words), h("table", {"className": "mini"}, h("tbody", {}, *lines)))
