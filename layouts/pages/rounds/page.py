"""过程督导: the panels of the page and the title of its document."""

from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.rows.rounds import WeakSchoolRow
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell, file_column, headless_table, linked, share_cell
from layouts.components.data_table import Cell, Column, Kind, RowGroup, TableLook, cell, column, data_table
from layouts.components.elements import disclosure, link_to, list_item, numbered_list, paragraph, run, strong
from layouts.components.heads import headline, page_head, page_title, separated
from layouts.components.rest import rest_note
from layouts.ids import RoundsId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.rounds.rows import RoundsView
from layouts.parts.demonstration import is_invented
from layouts.parts.frame import Filter, section
from layouts.parts.source import source_line
from layouts.routes import COMPLAINTS, DISTRICT, INSPECTORS, OPINIONS, ROUNDS, SCHOOL, VISITS, link

MOST_SCHOOLS = 16


def panels(view: RoundsView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=ROUNDS, state=rows.state, snapshot=rows.snapshot, filters=filters)
    invented = text("rounds.source_demo") if is_invented(rows.snapshot, ("visit",)) else ""
    return [
        Panel(RoundsId.HEAD, "head", head),
        Panel(RoundsId.ANSWER, "answer", _headline(view)),
        Panel(RoundsId.COVERAGE, "coverage-panel", [_coverage(view)]),
        Panel(RoundsId.SIDE, "side-panel", [_weak(view), _levels(view)]),
        Panel(RoundsId.SOURCE, "source-panel", [source_line(rows, ROUNDS.draws, invented, text("rounds.source"))]),
    ]


def document_title(view: RoundsView) -> str:
    """Browser tab and history entry."""
    return page_title(view.rows.scope_name, text("navigation.rounds"))


def _headline(view: RoundsView) -> list[Node]:
    rows = view.rows
    rounds, districts, visits = view.visit_counts
    scope_name = rows.chosen.name if rows.chosen is not None else rows.own_units
    if not visits:
        title = text("rounds.title_none_district", name=scope_name) if scope_name else text("rounds.title_none")
    elif scope_name:
        title = text("rounds.title_district", name=scope_name, rounds=rounds, visits=formatting.count(visits))
    else:
        title = text("rounds.title", rounds=rounds, districts=districts, visits=formatting.count(visits))
    if rows.is_silent:
        return headline(title, text("sub.not_reported"), sub=[""])
    weak, findings = (formatting.count(n) for n in (view.weak_count, sum(c.finding_count for c in view.coverage)))
    sub = text("rounds.sub_none", weak=weak)
    if visits:
        sub = text("rounds.sub", weak=weak, findings=findings)
    if not rows.covered_name or rows.state.group:
        sub = text("rounds.untouched", count=len(rows.scoped) - districts) + sub
    if view.absent_count:
        sub += text("rounds.absent", count=view.absent_count)
    return headline(
        title, run(text("rounds.never", count=formatting.count(view.never_count)), look="c-fail"), sub=[sub]
    )


def _is_known(rows: UnitContext) -> bool:
    """Whether any unit of the filter reported its schools, so that weak ones can be counted."""
    return any(u.is_reported for u in rows.scoped)


def _coverage(view: RoundsView) -> Node:
    """How many of a unit's schools each round visited, and what was found."""
    days = [
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
    ]

    def unit_link(unit: UnitStatusRow) -> Cell:
        href = link(DISTRICT, view.rows.state, district=unit.district_code, group="")
        return linked(unit.short_name, href)

    def never(unit: UnitStatusRow) -> Cell:
        count = view.never_counts.get(unit.district_code, 0)
        return count_cell(count if unit.is_reported else None, look="t-unmet" if count else "mut")

    def covered(unit: UnitStatusRow) -> Cell | str:
        return share_cell(_share(view, unit)) if view.visits_of(unit.district_code) else ""

    columns: list[Column[UnitStatusRow]] = [
        column("rounds.", "unit", unit_link, Kind.NAME),
        column("rounds.", "schools", lambda u: count_cell(u.school_count if u.is_reported else None), Kind.COUNT),
        *[_round_column(view, r.number) for r in view.rounds],
        column("rounds.", "covered", covered, Kind.SHARE),
        column("rounds.", "findings", lambda u: _findings(view, u), Kind.NUMBER),
        column("rounds.", "weak_never", never, Kind.COUNT),
    ]
    by_share = sorted(view.rows.scoped, key=lambda u: (-_share(view, u), u.district_code))
    reached = [u for u in by_share if view.visits_of(u.district_code)]
    groups = [
        RowGroup(title=text(f"rounds.{key}", count=len(units)), rows=units)
        for key, units in (("reached", reached), ("not_reached", [u for u in by_share if u not in reached]))
        if units
    ]
    table = data_table(
        columns,
        [],
        name=text("sheet.coverage"),
        key=lambda u: u.district_code,
        look=TableLook(table="mini rounds"),
        groups=groups,
    )
    return section(
        text("rounds.coverage_title"),
        paragraph(text("rounds.dot").join(days), look="src") if days else None,
        _visits_here(view),
        table,
    )


def _visits_here(view: RoundsView) -> Node:
    """How many visits the system holds beside those of the returns, and the ways to what is done in the field."""
    to_come, recorded = view.visits_here
    said = ""
    if to_come or recorded:
        said = text("rounds.visits_here", to_come=formatting.count(to_come), recorded=formatting.count(recorded))
    ways = [
        link_to(text(f"navigation.{page.page}"), href=page.path, stays=False) for page in (VISITS, OPINIONS, COMPLAINTS)
    ]
    return paragraph(said, *separated(ways, text("rounds.dot")), look="src")


def _round_column(view: RoundsView, number: int) -> Column[UnitStatusRow]:
    def visits(unit: UnitStatusRow) -> Cell | str:
        coverage = view.by_place.get((unit.district_code, number))
        return count_cell(coverage.visit_count, look="visited") if coverage else ""

    return Column(name=f"round{number}", head=text("rounds.round", number=number), cell=visits, kind=Kind.COUNT)


def _share(view: RoundsView, unit: UnitStatusRow) -> float:
    if not unit.school_count:
        return 0.0
    visited = sum(c.visited_school_count for c in view.of_unit(unit.district_code))
    return min(1.0, visited / unit.school_count)


def _findings(view: RoundsView, unit: UnitStatusRow) -> Cell | str:
    """Findings per visit."""
    visits = view.visits_of(unit.district_code)
    if not visits:
        return ""
    per_visit = sum(c.finding_count for c in view.of_unit(unit.district_code)) / visits
    return cell(formatting.rounded(per_visit, 1), value=per_visit)


def _weak(view: RoundsView) -> Node:
    """Weak schools that no round has reached."""
    kind = "_own" if view.rows.own_schools else ""
    if not view.never:
        key = "weak_none" + kind if _is_known(view.rows) else "weak_unreported"
        return section(text(f"rounds.{key}"))
    names = {u.district_code: u.short_name for u in view.rows.units}

    def school(row: WeakSchoolRow) -> Cell:
        href = link(SCHOOL, view.rows.state, school=row.school_code, district="", group="")
        return linked(row.school_name, href)

    def missed(row: WeakSchoolRow) -> Cell:
        printed = text("rounds.missed", count=row.missed_count)
        if row.has_several_sections:
            printed = text("rounds.missed_sections", sections=row.section_count, count=row.missed_count)
        return cell(printed, value=row.missed_count, look="t-unmet")

    columns: list[Column[WeakSchoolRow]] = [
        file_column("file_head.unit", lambda w: names.get(w.district_code, "")),
        file_column("file_head.school", school, Kind.NAME),
        file_column("file_head.missed_items", missed, Kind.COUNT),
    ]
    is_cut = view.rows.chosen is None
    rows, name = view.never[: MOST_SCHOOLS if is_cut else None], text("sheet.weak_schools")
    table = headless_table(columns, rows, name=name, key=lambda w: w.school_code)
    title = text("rounds.weak_title" + kind, count=formatting.count(len(view.never)))
    return section(title, table, rest_note("rounds.more", len(view.never) - len(rows)))


def _levels(view: RoundsView) -> Node:
    """The four levels, and under each its kind of inspector with who covers what."""
    kinds = {k.level_code: _inspectors(view, k.inspector_kind, k.name) for k in view.kinds}
    items = [list_item(strong(level.name), kinds.get(level.level_code), key=level.level_code) for level in view.levels]
    if view.of_kind(""):
        items.append(list_item(_inspectors(view, "", text("rounds.no_kind")), key="unnamed"))
    registers = link_to(text("registers.title"), href=INSPECTORS.path, stays=False)
    return section(text("rounds.levels_title"), numbered_list(items, look="levels"), lead=registers)


def _inspectors(view: RoundsView, kind: str, name: str) -> Node:
    people = view.of_kind(kind)
    if not people:
        return paragraph(text("rounds.kind_none", kind=name), look="src")
    rows = [row for visits in people.values() for row in visits]
    summary = text(
        "rounds.kind_words",
        kind=name,
        people=len(people),
        units=len({r.district_code for r in rows}),
        visits=formatting.count(sum(r.visit_count for r in rows)),
        findings=sum(r.finding_count for r in rows),
    )
    names = {u.district_code: u.short_name for u in view.rows.units}

    def units(person: str) -> str:
        return "、".join(dict.fromkeys(names.get(r.district_code, r.district_code) for r in people[person]))

    def visits(person: str) -> Cell:
        count = sum(r.visit_count for r in people[person])
        return cell(text("rounds.visits", count=count), value=count)

    def findings(person: str) -> Cell:
        count = sum(r.finding_count for r in people[person])
        return cell(text("rounds.found", count=count), value=count)

    columns: list[Column[str]] = [
        file_column("file_head.inspector", str, Kind.NAME),
        file_column("file_head.units", units),
        file_column("file_head.visits", visits, Kind.COUNT),
        file_column("file_head.findings", findings, Kind.COUNT),
    ]
    return disclosure(summary, headless_table(columns, list(people), name=name, key=str))
