"""督导履职: what of the term's visits is not made, by unit, by inspector and by school, and what is past its day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from data.rows.duties import Duties, PersonDutyRow, SchoolDutyRow, UnitDutyRow
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell, day_cell, linked
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, link_to, paragraph, run
from layouts.components.forms import choice_field, hidden_field, query_form, submit_button
from layouts.components.rest import no_rows, rest_note
from layouts.components.sections import heading, region
from layouts.components.segments import Segment, segments
from layouts.document import document
from layouts.markup import Node
from layouts.office.supervision_ways import supervision_ways
from layouts.office.table import long_words, office_table
from layouts.routes import COMPLAINTS, DUTIES, INSPECTORS, OPINIONS, VISITS

THIS_TERM, LAST_TERM = "", "last"
TERMS = (THIS_TERM, LAST_TERM)
MOST_ROWS = 100


@dataclass(frozen=True)
class DutiesAsked:
    """What the address says: the unit, empty for all; the term."""

    district_code: str
    term: str

    def address(self, path: str = DUTIES.path) -> str:
        """A path that asks for the same."""
        asked = {"district": self.district_code, "term": self.term}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class DutiesView:
    """How far the duties are, for the filter; `names` are those of the units by code."""

    asked: DutiesAsked
    duties: Duties
    units: Sequence[tuple[str, str]]
    names: dict[str, str]
    may_plan: bool
    is_demonstration: bool
    today: date

    @property
    def is_running(self) -> bool:
        """Whether the term is the one that runs."""
        return self.asked.term == THIS_TERM


def duties_page(view: DutiesView, account_bar: Node) -> str:
    """The sentence, the filter, the three tables."""
    return document(
        text("duties.title"),
        [
            supervision_ways(DUTIES.path),
            *duties_head(view),
            _tools(view),
            _unit_filter(view),
            _terms(view),
            *duties_tables(view, MOST_ROWS),
            paragraph(text("duties.source", due=view.duties.due), look="src"),
        ],
        "office duties",
        account_bar=account_bar,
    )


def duties_head(view: DutiesView) -> list[Node]:
    """How many schools were visited too seldom, how many never, and what is past its day."""
    duties = view.duties
    counts = {
        "count": formatting.count(sum(u.school_count for u in duties.units)),
        "short": formatting.count(sum(u.short_count for u in duties.units)),
        "never": formatting.count(sum(u.never_count for u in duties.units)),
        "due": duties.due,
    }
    late = sum(u.late_count for u in duties.units)
    days = {"begins": formatting.day(duties.term.begins_on), "ends": formatting.day(duties.term.ends_on)}
    if view.is_running:
        left = (duties.term.ends_on - view.today).days
        said = text("duties.headline", **counts) + (text("duties.late", count=formatting.count(late)) if late else "")
        return [heading(said, level=1), paragraph(text("duties.running", left=left, **days), look="sub")]
    return [
        heading(text("duties.headline_last", **counts), level=1),
        paragraph(text("duties.over", **days), look="sub"),
    ]


def duties_filter(view: DutiesView) -> list[tuple[str, str]]:
    """What is chosen, in words: the unit and the term with its days."""
    asked, term = view.asked, view.duties.term
    days = {"begins": formatting.day(term.begins_on), "ends": formatting.day(term.ends_on)}
    return [
        (text("filter.district"), view.names.get(asked.district_code) or text("visit.all_units")),
        (text("duties.term"), text("duties.term_running" if view.is_running else "duties.over", **days)),
    ]


def duties_tables(view: DutiesView, most: int, *, is_file: bool = False) -> list[Node]:
    """By unit, by inspector, by school; `most` rows of the latter two, in a file nothing to click."""
    return [_by_unit(view, is_file=is_file), _by_person(view, most), _by_school(view, most)]


def _tools(view: DutiesView) -> Node:
    file = link_to(text("duties.xlsx"), href=view.asked.address(f"{DUTIES.path}/file.xlsx"), look="plain", stays=False)
    mark = run(text("app.demo"), look="demo") if view.is_demonstration else None
    return block(block(file, mark, look="filter-end"), look="register-tools")


def _unit_filter(view: DutiesView) -> Node:
    if len(view.units) == 1:
        return None
    units = [("", text("visit.all_units")), *view.units]
    return query_form(
        DUTIES.path,
        choice_field("district", text("filter.district"), units, chosen=view.asked.district_code),
        hidden_field("term", view.asked.term) if view.asked.term else None,
        submit_button(text("audit.show"), look="button"),
        look="in-row",
    )


def _terms(view: DutiesView) -> Node:
    named = {THIS_TERM: text("duties.this_term"), LAST_TERM: text("duties.last_term")}
    choices = [
        Segment(
            label=named[term],
            href=replace(view.asked, term=term).address(),
            is_chosen=term == view.asked.term,
            look="on" if term == view.asked.term else "",
        )
        for term in TERMS
    ]
    return segments(choices, label=text("duties.term"))


def _by_unit(view: DutiesView, *, is_file: bool) -> Node:
    columns: list[Column[UnitDutyRow]] = [
        column("duties.column.", "unit", lambda u: _unit_link(view, u), Kind.NAME),
        column("duties.column.", "schools", lambda u: count_cell(u.school_count), Kind.COUNT),
        column("duties.column.", "short", lambda u: count_cell(u.short_count), Kind.COUNT),
        column("duties.column.", "never", lambda u: count_cell(u.never_count), Kind.COUNT),
    ]
    late: list[Column[UnitDutyRow]] = [
        column("duties.column.", "late_visits", lambda u: _late(VISITS.path, u, u.late_visits), Kind.COUNT),
        column("duties.column.", "late_opinions", lambda u: _late(OPINIONS.path, u, u.late_opinions), Kind.COUNT),
        column("duties.column.", "late_complaints", lambda u: _late(COMPLAINTS.path, u, u.late_complaints), Kind.COUNT),
    ]
    columns += late if view.is_running else []
    if view.may_plan and view.is_running and not is_file:
        columns.append(column("duties.column.", "plan", _plan))
    title = text("duties.by_unit")
    table = office_table(columns, view.duties.units, name=title, key=lambda u: u.district_code)
    return region(heading(title), table)


def _unit_link(view: DutiesView, unit: UnitDutyRow) -> Cell:
    if unit.district_code not in dict(view.units):
        return cell(view.names[unit.district_code])
    return linked(view.names[unit.district_code], replace(view.asked, district_code=unit.district_code).address())


def _late(path: str, unit: UnitDutyRow, count: int) -> Cell:
    if not count:
        return count_cell(0)
    way = link_to(formatting.count(count), href=f"{path}?{urlencode({'district': unit.district_code})}")
    return cell(way, value=count)


def _plan(unit: UnitDutyRow) -> Cell:
    if not unit.short_count:
        return cell("")
    return linked(text("duties.plan"), f"{VISITS.path}?{urlencode({'plan': unit.district_code})}")


def _by_person(view: DutiesView, most: int) -> Node:
    people, title = view.duties.people, text("duties.by_person")
    if not people:
        way = link_to(text("navigation.inspectors"), href=INSPECTORS.path, stays=False)
        return region(heading(title), no_rows(text("duties.no_people")), paragraph(way))
    columns: list[Column[PersonDutyRow]] = [
        column(
            "duties.column.", "person", lambda p: linked(p.name, f"{INSPECTORS.path}/{p.inspector_code}"), Kind.NAME
        ),
        column("duties.column.", "unit", lambda p: view.names.get(p.district_code, p.district_code)),
        column("duties.column.", "area", lambda p: long_words(p.area_name)),
        column("duties.column.", "schools", lambda p: count_cell(p.school_count), Kind.COUNT),
        column("duties.column.", "short", lambda p: count_cell(p.short_count), Kind.COUNT),
        column("duties.column.", "never", lambda p: count_cell(p.never_count), Kind.COUNT),
    ]
    table = office_table(columns, people[:most], name=title, key=lambda p: p.inspector_code)
    return region(heading(title), table, rest_note("duties.more", len(people) - most))


def _by_school(view: DutiesView, most: int) -> Node:
    schools, title = view.duties.schools, text("duties.by_school", due=view.duties.due)
    if not any(u.school_count for u in view.duties.units):
        return region(heading(title), no_rows(text("duties.no_returns")))
    if not schools:
        return region(heading(title), no_rows(text("duties.no_schools", due=view.duties.due)))
    columns: list[Column[SchoolDutyRow]] = [
        column("duties.column.", "school", lambda s: long_words(s.school_name), Kind.NAME),
        column("duties.column.", "unit", lambda s: view.names.get(s.district_code, s.district_code)),
        column("duties.column.", "visits", lambda s: count_cell(s.visit_count), Kind.COUNT)
        if view.is_running
        else column("duties.column.", "visits_last", lambda s: count_cell(s.visit_count), Kind.COUNT),
        column("duties.column.", "last", lambda s: day_cell(s.last_visited_on), Kind.DATE),
        column("duties.column.", "inspectors", lambda s: long_words("、".join(s.inspectors) or formatting.NONE)),
    ]
    table = office_table(columns, schools[:most], name=title, key=lambda s: f"{s.district_code} {s.school_code}")
    return region(heading(title), table, rest_note("duties.more", len(schools) - most))
