"""`/surveys`: rounds and rehearsals, one of them with its steps, its report, and the list as a file."""

from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, attachment
from callbacks.files.export import note_export
from callbacks.files.matter_lists import MOST_OF_FILE, MatterList, check_export, list_file
from callbacks.pages.matters import terms_of
from callbacks.pages.surveys import history_of, released_sides, steps_on_page, survey_in_scope, survey_rows
from callbacks.pages.visits import unit_names
from callbacks.rendering.binding import for_reader
from callbacks.web.account_bar import office_strip
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.matter_steps import Page, answer_step, refusal_words
from callbacks.writing.survey_forms import plan_from_form, step_from_form
from data.rows.surveys import SurveyRow
from data.settings import Settings
from data.store.matter_lists import Asked, count_by_state, count_late, part_of_list
from data.store.matters import Matter
from data.store.refusals import RefusedError
from data.store.steps import open_states, states_of
from data.store.surveys import KINDS, PLANNED, PLANS, REHEARSAL, SURVEY, groups_of, next_round
from data.text import text
from layouts import formatting
from layouts.documents.survey_report import survey_report
from layouts.office.survey import SurveyView, survey_page
from layouts.office.surveys import (
    FILE,
    PATHS,
    NewSurveyForm,
    SurveysView,
    surveys_count,
    surveys_filter,
    surveys_headline,
    surveys_page,
    surveys_tables,
)
from layouts.routes import SURVEYS
from queries import common_dimensions
from queries.reader import Snapshot
from queries.surveys import reported_recognition

MOST_ROWS = 200


def add_surveys(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the lists of both kinds, one survey, its report, and the file."""
    pages = SurveyPages(deps, settings)
    for kind, path in PATHS.items():
        server.add_url_rule(path, f"show_{kind}s", pages.show_list, defaults={"kind": kind})
        server.add_url_rule(path, f"plan_{kind}s", pages.plan, methods=["POST"], defaults={"kind": kind})
    path_of_one = f"{SURVEYS.path}/<matter_code>"
    server.add_url_rule(path_of_one, "show_survey", pages.show_one)
    server.add_url_rule(path_of_one, "step_survey", pages.step, methods=["POST"])
    server.add_url_rule(f"{path_of_one}/report.docx", "give_survey_report", pages.report)
    server.add_url_rule(FILE, "give_surveys", pages.file)


class SurveyPages:
    """The pages of surveys and of their rehearsals."""

    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self._deps, self._settings = deps, settings

    def show_list(self, kind: str) -> str:
        """The list of a kind; after planning it says how many."""
        planned = flask.request.args.get("planned", "")
        return self._listed(kind, text(f"survey.planned_{kind}", count=planned) if planned.isdecimal() else "")

    def plan(self, kind: str) -> Page:
        """Plan a round or a rehearsal, and show the list."""
        try:
            count = plan_from_form(for_reader(self._deps), kind)
        except RefusedError as error:
            return self._listed(kind, refusal_words(error), is_failure=True), 400
        return flask.redirect(f"{PATHS[kind]}?{urlencode({'planned': count})}")

    def show_one(self, matter_code: str) -> str:
        """One survey."""
        done = flask.request.args.get("done", "")
        return self._shown(self._known(matter_code), text("form.saved", what=matter_code) if done else "")

    def step(self, matter_code: str) -> Page:
        """Take a step, and show the survey."""
        survey = self._known(matter_code)
        return answer_step(
            f"{SURVEYS.path}/{matter_code}",
            lambda: step_from_form(for_reader(self._deps), survey),
            lambda said: self._shown(survey, said, is_failure=True),
            lambda said: self._shown(self._known(matter_code), said, is_failure=True),
        )

    def report(self, matter_code: str) -> Response:
        """The report of a survey whose result the viewer may know."""
        scoped, survey = for_reader(self._deps), self._known(matter_code)
        snapshot = scoped.warehouse.current()
        (row,) = survey_rows(scoped, [survey])
        if row.result is None:
            flask.abort(404)
        check_export(scoped)
        reported = reported_recognition(snapshot, row.period, survey.district_code)
        content = survey_report(row, row.result, reported, scoped.today())
        note_export(scoped, survey.matter_kind, f"{SURVEYS.path}/{matter_code}")
        name = "_".join([text(f"survey.report_{survey.matter_kind}"), matter_code, *_marks(row)])
        return attachment(content, f"{name}.docx", DOCX)

    def file(self) -> Response:
        """The list of a kind and filter, and the groups of each survey, as a workbook."""
        scoped = for_reader(self._deps)
        asked_kind = flask.request.args.get("kind", "")
        kind = asked_kind if asked_kind in KINDS else SURVEY
        check_export(scoped)
        view = self._view(scoped, scoped.warehouse.current(), kind, most=MOST_OF_FILE)
        means = [text("survey.rehearsal_means")] if kind == REHEARSAL else []
        listed = MatterList(
            text(f"survey.title_{kind}"),
            surveys_headline(view),
            surveys_filter(view),
            surveys_tables(view),
            len(view.rows),
            surveys_count(view),
            is_demonstration=any(r.survey.is_demonstration for r in view.rows),
            notes=[*means, text("survey.file_note", day=formatting.day(view.today))],
        )
        return list_file(scoped, listed)

    def _known(self, matter_code: str) -> Matter:
        scoped = for_reader(self._deps)
        survey = survey_in_scope(scoped, scoped.warehouse.current(), matter_code)
        if survey is None:
            flask.abort(404)
        return survey

    def _token(self) -> str:
        return csrf_token(flask.request.cookies.get(session_cookie(self._settings), ""))

    def _listed(self, kind: str, message: str, *, is_failure: bool = False) -> str:
        scoped = for_reader(self._deps)
        view = self._view(scoped, scoped.warehouse.current(), kind, most=MOST_ROWS)
        return surveys_page(view, self._token(), office_strip(scoped, self._settings), message, is_failure=is_failure)

    def _shown(self, survey: Matter, message: str, *, is_failure: bool = False) -> str:
        scoped = for_reader(self._deps)
        snapshot = scoped.warehouse.current()
        (row,) = survey_rows(scoped, [survey])
        transitions, withheld = steps_on_page(scoped, survey, is_entered=row.is_complete)
        view = SurveyView(
            row,
            groups_of(scoped.catalogue),
            states_of(scoped.catalogue, survey.matter_kind),
            reported_recognition(snapshot, row.period, survey.district_code),
            terms_of(scoped, survey) if survey.state in open_states(scoped.catalogue, survey.matter_kind) else [],
            history_of(scoped, survey),
            transitions,
            withheld,
            not self._settings.has_login,
        )
        return survey_page(view, self._token(), office_strip(scoped, self._settings), message, is_failure=is_failure)

    def _asked(self, deps: Dependencies, snapshot: Snapshot, kind: str) -> Asked:
        args = flask.request.args
        district, state = args.get("district", ""), args.get("state", "")
        known = {s.state_code for s in states_of(deps.catalogue, kind)}
        return Asked(
            kind,
            snapshot.scope,
            district if district in unit_names(deps, snapshot) else "",
            state if state in known else "",
        )

    def _view(self, deps: Dependencies, snapshot: Snapshot, kind: str, *, most: int) -> SurveysView:
        asked = self._asked(deps, snapshot, kind)
        units = sorted(unit_names(deps, snapshot).items())
        of_unit = {k: Asked(k, snapshot.scope, asked.district_code) for k in KINDS}
        of_kind = {k: sum(count_by_state(deps.store, of_unit[k]).values()) for k in KINDS}
        late = sum(count_late(deps.store, asked, code, deps.today()) for code in open_states(deps.catalogue, kind))
        may_plan = PLANS[kind] in deps.current_viewer().permissions and units
        return SurveysView(
            kind,
            survey_rows(deps, part_of_list(deps.store, asked, PLANNED, most)),
            count_by_state(deps.store, asked),
            of_kind,
            late,
            released_sides(deps, snapshot, asked.district_code) if kind == SURVEY else {},
            states_of(deps.catalogue, kind),
            asked.state,
            asked.district_code,
            units,
            self._form(deps, snapshot, kind, units) if may_plan else None,
            not self._settings.has_login,
            deps.today(),
        )

    def _form(self, deps: Dependencies, snapshot: Snapshot, kind: str, units: list[tuple[str, str]]) -> NewSurveyForm:
        periods = [p.period for p in common_dimensions.periods(snapshot)]
        chosen = flask.request.form.getlist("district")
        number = next_round(deps.store, deps.catalogue, Asked(kind, snapshot.scope), periods[-1])
        return NewSurveyForm(units, periods[::-1], groups_of(deps.catalogue), periods[-1], number, chosen)


def _marks(row: SurveyRow) -> list[str]:
    """What a report is called besides: that figures are invented, and that it is a rehearsal."""
    is_demonstration, is_rehearsal = row.survey.is_demonstration, row.is_rehearsal
    return [*([text("app.demo")] if is_demonstration else []), *([text("survey.rehearsal")] if is_rehearsal else [])]
