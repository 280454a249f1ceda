"""`/visits`: the visits of a scope, the plan of a round, one visit with its steps, and the table as a file."""

from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, attachment
from callbacks.files.export import note_export
from callbacks.files.matter_lists import MOST_OF_FILE, MatterList, check_export, list_file
from callbacks.pages.visits import unit_names, visit_in_scope, visit_rows
from callbacks.rendering.binding import for_reader
from callbacks.web.account_bar import office_strip
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.form_fields import actor_of, text_field_of
from callbacks.writing.matter_steps import answer_step, asked_step, refusal_words
from callbacks.writing.visit_plan import plan_round, proposal_of
from data.access import Permission
from data.catalogue.input_tables import InputColumn
from data.catalogue.matter_tables import Transition
from data.rows.visits import VisitRow
from data.settings import Settings
from data.store import audit
from data.store.matter_lists import Asked, count_by_state, count_late, part_of_list
from data.store.matters import Matter, step_matter
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.store.steps import may_take, states_of, transitions_from
from data.store.visit_photos import photos_of
from data.store.visits import PLANNED, RECORDED, VISIT, answers_of
from data.text import text
from layouts import formatting
from layouts.export.template import Value, template_workbook
from layouts.office.visit import VisitView, visit_page
from layouts.office.visits import (
    MOST_ROWS,
    VisitsView,
    visits_count,
    visits_filter,
    visits_headline,
    visits_page,
    visits_table,
)
from queries.reader import Snapshot

MOST_OF_TABLE = 100_000
SHIFT = "shift"


def add_visits(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the list, the plan, one visit and the file."""

    def listed(message: str = "", *, is_failure: bool = False) -> str:
        scoped = for_reader(deps)
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        view = _view(scoped, scoped.warehouse.current(), asks_actor=not settings.has_login)
        return visits_page(view, token, office_strip(scoped, settings), message, is_failure=is_failure)

    def shown(visit: Matter, message: str = "", *, is_failure: bool = False) -> str:
        scoped = for_reader(deps)
        token = csrf_token(flask.request.cookies.get(session_cookie(settings), ""))
        view = _one(scoped, scoped.warehouse.current(), visit, asks_actor=not settings.has_login)
        return visit_page(view, token, office_strip(scoped, settings), message, is_failure=is_failure)

    @server.get("/visits")
    def show_visits() -> str:
        done = flask.request.args.get("planned", "")
        return listed(text("visit.planned", count=done) if done.isdecimal() else "")

    @server.post("/visits/plan")
    def plan_visits_of_round() -> str | Response | tuple[str, int]:
        scoped = for_reader(deps)
        try:
            count = len(plan_round(scoped))
        except RefusedError as error:
            return listed(refusal_words(error), is_failure=True), 400
        asked = {"district": flask.request.form.get("district", ""), "planned": str(count)}
        return flask.redirect(f"/visits?{urlencode(asked)}")

    @server.get("/visits/<matter_code>")
    def show_visit(matter_code: str) -> str:
        done = flask.request.args.get("done", "")
        return shown(_known(deps, matter_code), text("form.saved", what=matter_code) if done else "")

    @server.post("/visits/<matter_code>")
    def step_visit(matter_code: str) -> str | Response | tuple[str, int]:
        visit = _known(deps, matter_code)
        return answer_step(
            f"/visits/{matter_code}",
            lambda: _step(for_reader(deps), visit),
            lambda said: shown(visit, said, is_failure=True),
            lambda said: shown(_known(deps, matter_code), said, is_failure=True),
        )

    @server.get("/visits/file.xlsx")
    def give_visits() -> Response:
        scoped = for_reader(deps)
        check_export(scoped)
        note_export(scoped, "visits", "/visits")
        return _file(scoped, scoped.warehouse.current())

    @server.get("/visits/list.xlsx")
    def give_visits_listed() -> Response:
        scoped = for_reader(deps)
        check_export(scoped)
        view = _view(scoped, scoped.warehouse.current(), asks_actor=False, most=MOST_OF_FILE)
        listed = MatterList(
            text("visit.title"),
            visits_headline(view),
            visits_filter(view),
            visits_table(view),
            len(view.rows),
            visits_count(view),
            is_demonstration=any(r.visit.is_demonstration for r in view.rows),
        )
        return list_file(scoped, listed)


def _step(deps: Dependencies, visit: Matter) -> None:
    """Take the step that the form says."""
    if not deps.warehouse.current().scope.may_change(visit.district_code, visit.school_code):
        raise RefusedError("matter_of_unit")
    asked = asked_step(visit)
    if asked.action == SHIFT and (asked.due_on is None or asked.due_on < deps.today()):
        raise RefusedError("visit_day")
    if asked.action not in {t.action for t in _steps(deps, visit)}:
        raise RefusedError("no_transition")
    viewer = actor_of(deps, text_field_of(dict[str, object](flask.request.form.items()), "actor"))
    step_matter(deps.store, deps.catalogue, viewer, asked, deps.now())


def _known(deps: Dependencies, matter_code: str) -> Matter:
    scoped = for_reader(deps)
    visit = visit_in_scope(scoped, scoped.warehouse.current(), matter_code)
    if visit is None:
        flask.abort(404)
    return visit


def _view(deps: Dependencies, snapshot: Snapshot, *, asks_actor: bool, most: int = MOST_ROWS) -> VisitsView:
    asked, viewer = flask.request.args, deps.current_viewer()
    units = unit_names(deps, snapshot)
    district = asked.get("district", "") if asked.get("district", "") in units else ""
    states = states_of(deps.catalogue, VISIT)
    state = asked.get("state", "") if asked.get("state", "") in {s.state_code for s in states} else ""
    listed_part = Asked(VISIT, snapshot.scope, district, state)
    may_plan = Permission.VISITS_PLAN in viewer.permissions
    refused = flask.request.form if flask.request.method == "POST" else None
    unit = asked.get("plan", "") if refused is None else refused.get("district", "")
    planned_for = unit if may_plan and unit in units else ""
    return VisitsView(
        visit_rows(deps, snapshot, part_of_list(deps.store, listed_part, PLANNED, most)),
        count_by_state(deps.store, listed_part),
        count_late(deps.store, listed_part, PLANNED, deps.today()),
        states,
        state,
        district,
        sorted(units.items()),
        proposal_of(deps, snapshot, planned_for, units[planned_for], refused) if planned_for else None,
        deps.today(),
        may_plan,
        Permission.VISITS_RECORD in viewer.permissions,
        asks_actor,
    )


def _one(deps: Dependencies, snapshot: Snapshot, visit: Matter, *, asks_actor: bool) -> VisitView:
    (row,) = visit_rows(deps, snapshot, [visit])
    names = account_names(deps.store)
    may_act = snapshot.scope.may_change(visit.district_code, visit.school_code)
    return VisitView(
        row,
        states_of(deps.catalogue, VISIT),
        answers_of(deps.store, visit),
        photos_of(deps.store, visit),
        names.of_history(audit.history(deps.store, VISIT, visit.matter_code)),
        _steps(deps, visit) if may_act else [],
        may_act and visit.state == PLANNED and Permission.VISITS_RECORD in deps.current_viewer().permissions,
        asks_actor,
    )


def _steps(deps: Dependencies, visit: Matter) -> list[Transition]:
    """The steps that stand on the page of a visit: those that are given a reason, by who may take them."""
    viewer = deps.current_viewer()
    return [t for t in transitions_from(deps.catalogue, VISIT, visit.state) if t.needs_reason and may_take(t, viewer)]


def _file(deps: Dependencies, snapshot: Snapshot) -> Response:
    """The recorded visits as a 走访表 that can be handed in."""
    asked = flask.request.args.get("district", "")
    listed = Asked(VISIT, snapshot.scope, asked, RECORDED)
    recorded = visit_rows(deps, snapshot, part_of_list(deps.store, listed, PLANNED, MOST_OF_TABLE))
    columns = [c for c in deps.catalogue.rows(InputColumn) if c.input_kind == VISIT]
    rows = [[_values(r)[c.field_code] for c in columns] for r in recorded]
    title = text("visit.file")
    note = text("visit.file_note", day=formatting.day(deps.today()))
    mark = f"_{text('app.demo')}" if any(r.visit.is_demonstration for r in recorded) else ""
    content = template_workbook(title, [c.header for c in columns], rows, note)
    return attachment(content, f"{title}_{deps.today().isoformat()}{mark}.xlsx", XLSX)


def _values(row: VisitRow) -> dict[str, Value]:
    visit = row.visit
    return {
        "round": visit.round,
        "district_code": visit.district_code,
        "school_code": visit.school_code,
        "visited_on": visit.done_on,
        "inspector": visit.done_by,
        "finding_count": row.findings,
        "remark": visit.note,
    }
