"""`/data`: offices hand in returns, the city takes them over and publishes."""

from pathlib import Path

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, ZIP, attachment
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit, exclusive_job
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.departures import explanations_of
from callbacks.writing.publication_board import withdrawn_words
from callbacks.writing.publishing import at_a_look, office_board
from callbacks.writing.return_board import is_changed_since, names_of, replaces_invented, unit_names
from callbacks.writing.uploads import map_columns, marked_file, progress_of, receive
from data.acceptance import accept
from data.access import Permission, Viewer
from data.catalogue.input_tables import InputKind, SchoolDeparture
from data.importing.previous_return import last_return, returned_rows
from data.importing.template import kind_template, return_template
from data.settings import Settings
from data.store.names import account_names
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.submission import APPROVED, CHECKED, RETURNED, SUBMITTED, Step, Submission
from data.store.submissions import find_submission, send_back, submit
from data.text import text
from layouts import formatting
from layouts.office.submission import Reply, Rights, submission_page

NO_REPLY = Reply()


def add_returns(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the board, the upload, one submission's page and its steps, and the template."""
    pages = _Pages(deps, settings)
    submission_path = "/data/<int:number>"
    server.get("/data")(pages.show_returns)
    server.post("/data/upload")(pages.take_return)
    server.get("/data/progress/<ticket>")(pages.show_progress)
    server.get(submission_path)(pages.show_submission)
    server.get(f"{submission_path}/marked")(pages.give_marked)
    server.post(f"{submission_path}/<any(submit, decide, map):action>")(pages.step)
    server.get("/data/template")(pages.give_template)


class _Pages:
    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self.deps, self.settings = deps, settings

    def _token(self) -> str:
        return csrf_token(flask.request.cookies.get(session_cookie(self.settings), ""))

    def _viewer(self, *permissions: Permission) -> Viewer:
        viewer = self.deps.current_viewer()
        if not viewer.permissions & set(permissions):
            raise NotAllowedError(permissions)
        return viewer

    def _board(self, said: str = "") -> str:
        viewer = self._viewer(Permission.RETURNS_SUBMIT, Permission.RETURNS_APPROVE)
        return office_board(self.deps, self.settings, viewer, said)

    def _page(self, submission: Submission, viewer: Viewer, reply: Reply = NO_REPLY) -> str:
        before = returned_rows(self.settings.batches_folder, submission.period, submission.district_code)
        rights = Rights(
            may_submit=Permission.RETURNS_SUBMIT in viewer.permissions,
            may_approve=Permission.RETURNS_APPROVE in viewer.permissions,
            is_correction=before is not None,
            has_marked_file=marked_file(self.settings, submission).is_file(),
            is_compared_with_demonstration=replaces_invented(self.settings, submission),
        )
        withdrawn = withdrawn_words(self.settings, self.deps.store, submission.batch_id)
        is_open = submission.status in (CHECKED, SUBMITTED) and not reply.message
        changed = text("returns.changed_since") if is_open and is_changed_since(self.settings, submission) else ""
        message = " ".join(filter(None, (reply.message, withdrawn, changed)))
        name = unit_names(self.deps)[submission.district_code]
        strip = office_strip(self.deps, self.settings)
        departures = self.deps.catalogue.rows(SchoolDeparture)
        return submission_page(submission, name, rights, self._token(), strip, Reply(message, reply.typed), departures)

    def _found(self, number: int) -> tuple[Submission, Viewer]:
        viewer = self._viewer(Permission.RETURNS_SUBMIT, Permission.RETURNS_APPROVE)
        at_a_look(self.deps, self.settings)
        submission = find_submission(self.deps.store, viewer, number)
        if submission is None:
            flask.abort(404)
        return submission, viewer

    def show_returns(self) -> str:
        return self._board()

    def take_return(self) -> Response | tuple[str, int]:
        viewer = self._viewer(Permission.RETURNS_SUBMIT)
        check_rate_limit("upload", viewer.account or flask.request.remote_addr or "")
        check_quota(self.deps, "uploads", viewer)
        try:
            number = receive(self.deps, self.settings, viewer)
        except RefusedError as error:
            return self._board(text(f"refused.{error.code}", names=error.detail)), 400
        return flask.redirect(f"/data/{number}")

    def show_submission(self, number: int) -> str:
        return self._page(*self._found(number))

    def give_marked(self, number: int) -> Response:
        submission, _ = self._found(number)
        path = marked_file(self.settings, submission)
        name = f"{Path(submission.file_name).stem}_{text('returns.marked_file')}{path.suffix}"
        return attachment(path, name, XLSX if path.suffix == ".xlsx" else ZIP)

    def show_progress(self, ticket: str) -> dict[str, str]:
        return progress_of(self.settings, self._viewer(Permission.RETURNS_SUBMIT), ticket)

    def step(self, number: int, action: str) -> Response | tuple[str, int]:
        submission, viewer = self._found(number)
        try:
            {"submit": _submit, "decide": _decide, "map": _map}[action](self.deps, self.settings, viewer, submission)
        except RefusedError as error:
            return self._page(submission, viewer, Reply(text(f"refused.{error.code}"), flask.request.form)), 400
        except ChangedMeanwhileError as error:
            message = text(
                "form.changed",
                who=account_names(self.deps.store).shown(error.by, error.by_id),
                time=formatting.moment(error.at),
            )
            return self._page(*self._found(number), Reply(message, flask.request.form)), 409
        return flask.redirect(f"/data/{number}")

    def give_template(self) -> Response:
        viewer = self._viewer(Permission.RETURNS_SUBMIT, Permission.RETURNS_SUBMIT_CITY)
        if input_kind := flask.request.args.get("kind", "")[:20]:
            names = {
                k.input_kind: k.name for k in self.deps.catalogue.rows(InputKind) if k.permission in viewer.permissions
            }
            if input_kind not in names:
                flask.abort(404)
            return attachment(kind_template(input_kind), f"{names[input_kind]}.xlsx", XLSX)
        period, district = (flask.request.args.get(n, "")[:12] for n in ("period", "district_code"))
        if district not in names_of(self.deps) or not viewer.scope.allows(district):
            flask.abort(404)
        register = last_return(self.settings.batches_folder, period, district)
        name = f"{names_of(self.deps)[district]}_{period}.xlsx"
        return attachment(return_template(period, district, register), name, XLSX)


def _map(deps: Dependencies, settings: Settings, viewer: Viewer, submission: Submission) -> None:
    check_rate_limit("upload", viewer.account or flask.request.remote_addr or "")
    map_columns(deps, settings, viewer, submission, _step(submission))


def _step(submission: Submission) -> Step:
    version = flask.request.form.get("version", type=int)
    note = flask.request.form.get("words", "").strip()[:500]
    return Step(submission.submission_id, version if version is not None else -1, note)


def _submit(deps: Dependencies, settings: Settings, viewer: Viewer, submission: Submission) -> None:
    form = flask.request.form
    said = explanations_of(deps.catalogue, submission, form)
    before = returned_rows(settings.batches_folder, submission.period, submission.district_code)
    submit(
        deps.store,
        viewer,
        _step(submission),
        said,
        deps.now(),
        is_correction=before is not None,
        is_agreed=bool(form.get("agreed")),
    )


def _decide(deps: Dependencies, settings: Settings, viewer: Viewer, submission: Submission) -> None:
    status = flask.request.form.get("status", "")
    if status not in (APPROVED, RETURNED):
        raise RefusedError("unknown_action")
    if status == RETURNED:
        send_back(deps.store, viewer, _step(submission), deps.now())
        return
    with exclusive_job():
        accept(settings, deps.store, viewer, _step(submission), deps.now())
