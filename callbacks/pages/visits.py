"""走访: the schools that an account visits, with what is to be looked at in each, and the visits of its scope."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from callbacks.dependencies import Dependencies
from callbacks.pages.ledger import ledger_view
from callbacks.rendering.page_context import load_unit_context, units_of_today
from data.catalogue.matter_tables import VisitCheck
from data.catalogue.tables import District
from data.rows.common_dimensions import SchoolOfUnitRow
from data.rows.ledger import CellRow, LedgerRow
from data.rows.visits import Check, FailingLimitRow, SchoolToVisit, VisitRow
from data.store.matter_lists import Asked, count_by_state, part_of_list
from data.store.matters import Matter, find_matter
from data.store.names import account_names
from data.store.steps import open_states
from data.store.visits import MOST_ANSWERS, PLANNED, VISIT, findings_by_visit
from data.text import text
from data.view_state import ViewState
from layouts.office.visit_words import limit_words
from layouts.pages.ledger.rows import LedgerView
from layouts.pages.ledger.table import cell_words, line_words, named_item
from queries import common_dimensions
from queries.duties import term_on, visited_days
from queries.ledger import failing
from queries.reader import Snapshot
from queries.visits import failing_limits

MOST_SCHOOLS = 30
"""Of one account at once; the area of an inspector has 20 at most, who is for a whole unit sees those planned."""
OF_CELL, OF_LIMIT, OF_ISSUE, OF_QUESTION = "cell", "limit", "issue", "asked"


def schools_to_visit(deps: Dependencies, snapshot: Snapshot) -> tuple[list[SchoolToVisit], int]:
    """The planned visits of the viewer's scope, and how many more there are than a device takes.

    Those that are the viewer's own come first, the earliest before; of an area also the schools without one.
    """
    viewer = deps.current_viewer()
    of_scope = Asked(VISIT, snapshot.scope, state=PLANNED)
    to_come = part_of_list(deps.store, of_scope, PLANNED, MOST_SCHOOLS)
    if viewer.account_id:
        of_viewer = replace(of_scope, assignee_id=viewer.account_id)
        to_come += part_of_list(deps.store, of_viewer, PLANNED, MOST_SCHOOLS)
    planned = {visit.school_code or "": visit for visit in to_come}
    places = {
        code: s
        for code, s in schools_today(deps, snapshot).items()
        if snapshot.scope.may_change(s.district_code, s.school_code)
    }
    of_area = places if snapshot.scope.schools is not None else {}
    due = {
        code: (not viewer.is_person(visit.assignee, visit.assignee_id), str(visit.due_on), code)
        for code, visit in planned.items()
        if code in places
    }
    codes = [*sorted(due, key=lambda code: due[code]), *sorted(of_area.keys() - due.keys())]
    chosen = [places[code] for code in codes[:MOST_SCHOOLS]]
    term = term_on(deps.catalogue, deps.today())
    made = visited_days(snapshot, deps.store, codes[:MOST_SCHOOLS], term)
    views = {code: _view_of(deps, snapshot, code) for code in {s.district_code for s in chosen}}
    limits = {code: failing_limits(snapshot, code) for code in views}
    cells = {code: failing(snapshot, code) for code in views}
    issues = {code: list(views[code].by_tab["all"]) for code in views}
    schools = [
        SchoolToVisit(
            school.district_code,
            _unit_name(views[school.district_code], school.district_code),
            school.school_code,
            school.school_name,
            checks_of(
                deps,
                views[school.district_code],
                school.school_code,
                issues[school.district_code],
                cells[school.district_code],
                limits[school.district_code],
            ),
            planned.get(school.school_code),
            len(made[school.school_code]),
            int(deps.catalogue.parameter("visits_a_term_chongqing", deps.today())),
        )
        for school in chosen
    ]
    count = max(len(codes), count_by_state(deps.store, of_scope).get(PLANNED, 0))
    return schools, count - len(chosen)


def checks_of(
    deps: Dependencies,
    view: LedgerView,
    school_code: str,
    issues: Iterable[LedgerRow],
    cells: Iterable[CellRow],
    limits: Iterable[FailingLimitRow],
) -> list[Check]:
    """What is to be looked at in a school: what falls short, what is always asked, and its issues, open ones first."""
    questions = deps.catalogue.rows(VisitCheck)
    of_item = {q.item_code: q for q in questions}
    is_open = open_states(deps.catalogue, "issue")
    of_school = [r for r in issues if r.issue.school_code == school_code]
    checks = [
        *(_of_cell(view, of_item, c) for c in cells if c.subject_code == school_code),
        *(_of_limit(view, of_item, x) for x in limits if x.school_code == school_code),
        *(_of_question(view, q) for q in sorted(questions, key=lambda q: q.display_order) if q.is_always),
        *(_of_issue(view, r) for r in sorted(of_school, key=lambda r: r.issue.status not in is_open)),
    ]
    return checks[:MOST_ANSWERS]


def visit_rows(deps: Dependencies, snapshot: Snapshot, visits: Sequence[Matter]) -> list[VisitRow]:
    """Visits under the names of their units, schools and people."""
    names = {code: s.school_name for code, s in schools_today(deps, snapshot).items()}
    units = {d.district_code: d.short_name for d in deps.catalogue.rows(District)}
    counts, people = findings_by_visit(deps.store, visits), account_names(deps.store)
    return [
        VisitRow(
            people.told_apart(v, "assignee", "done_by", "opened_by"),
            units.get(v.district_code, v.district_code),
            names.get(v.school_code or "", v.subject),
            counts.get(v.matter_code, 0),
        )
        for v in visits
    ]


def visit_in_scope(deps: Dependencies, snapshot: Snapshot, matter_code: str) -> Matter | None:
    """A visit; None where there is none, or it is outside the viewer's scope."""
    visit = find_matter(deps.store, matter_code)
    if visit is None or visit.matter_kind != VISIT:
        return None
    return visit if snapshot.scope.allows(visit.district_code, visit.school_code) else None


def schools_today(deps: Dependencies, snapshot: Snapshot) -> dict[str, SchoolOfUnitRow]:
    """Each school under the unit that has it today; under a former one only where no other does."""
    today = {u.district_code for u in units_of_today(deps, snapshot)}
    places = common_dimensions.school_places(snapshot)
    return {s.school_code: s for s in sorted(places, key=lambda s: s.district_code in today)}


def unit_names(deps: Dependencies, snapshot: Snapshot) -> dict[str, str]:
    """The units of the viewer's scope as they are today, by code."""
    units = units_of_today(deps, snapshot)
    return {u.district_code: u.short_name for u in units if snapshot.scope.allows(u.district_code)}


def _view_of(deps: Dependencies, snapshot: Snapshot, district: str) -> LedgerView:
    """The issues of a unit with what names its values."""
    return ledger_view(deps, snapshot, load_unit_context(deps, snapshot, ViewState(district=district)))


def _unit_name(view: LedgerView, district: str) -> str:
    return next((u.short_name for u in view.rows.units if u.district_code == district), district)


def _of_cell(view: LedgerView, of_item: dict[str, VisitCheck], value: CellRow) -> Check:
    printed, line, gap = cell_words(view, value)
    reported = text("visit.reported", value=printed, line=line_words(value, line))
    return Check(
        f"{OF_CELL}.{value.stage}.{value.item_code}",
        "hard",
        named_item(view, value.item_code, value.stage),
        "，".join(w for w in (reported, gap) if w),
        of_item[value.item_code].look_at if value.item_code in of_item else "",
    )


def _of_limit(view: LedgerView, of_item: dict[str, VisitCheck], limit: FailingLimitRow) -> Check:
    question = of_item.get(limit.item_code)
    return Check(
        f"{OF_LIMIT}.{limit.item_code}.{limit.kind}",
        "hard",
        named_item(view, limit.item_code, ""),
        limit_words(limit),
        question.look_at if question else "",
    )


def _of_issue(view: LedgerView, row: LedgerRow) -> Check:
    issue = row.issue
    return Check(
        f"{OF_ISSUE}.{issue.issue_code}",
        "hard" if issue.stage else "soft",
        text("visit.issue", code=issue.issue_code, state=view.status_names[issue.status]),
        issue.problem,
        text("visit.issue_look_at"),
    )


def _of_question(view: LedgerView, question: VisitCheck) -> Check:
    return Check(
        f"{OF_QUESTION}.{question.check_code}",
        question.side,
        named_item(view, question.item_code, ""),
        "",
        question.look_at,
    )
