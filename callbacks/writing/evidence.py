"""Evidence files: in by multipart upload, out as a download, never through a callback."""

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import ANY, attachment
from callbacks.web.rate_limits import check_rate_limit
from callbacks.web.request_guard import OWN_HEADER
from callbacks.writing.form_fields import actor_of
from callbacks.writing.mutations import answerable_warning, changeable_issue
from data.access import Permission
from data.evidence_look import look_at
from data.settings import Settings
from data.store.answer_files import add_answer_file, check_answer_file
from data.store.engine import StoreDownError
from data.store.evidence import MOST_BYTES, EvidenceFile, add_evidence, check_evidence, find_evidence
from data.store.refusals import RefusedError
from data.store.warnings import unit_of
from data.text import text
from queries.ledger import find_in_scope


def add_evidence_routes(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add `POST /evidence` and `GET /evidence/<id>`."""

    @server.post("/evidence")
    def take() -> tuple[dict[str, str], int]:
        if OWN_HEADER not in flask.request.headers:
            return {"error": text("refused.no_permission")}, 403
        try:
            scoped = deps.for_viewer()
            code, key = (flask.request.form.get(name, "") for name in ("issue_code", "warning_key"))
            if key:
                answerable_warning(scoped, key)
            else:
                changeable_issue(scoped, code)
            check_rate_limit("evidence", scoped.current_viewer().account or flask.request.remote_addr or "")
            viewer = actor_of(scoped, flask.request.form.get("actor", "").strip())
            sent = flask.request.files.get("file")
            if sent is None:
                raise RefusedError("evidence_size")
            name, content = sent.filename or "", sent.read(MOST_BYTES + 1)
            if key:
                check_answer_file(deps.store, viewer, key, name, content)
            else:
                check_evidence(deps.store, deps.catalogue, viewer, code, name, content)
            look_at(settings, name, content, int(deps.catalogue.parameter("evidence_pages", deps.today())))
            if key:
                add_answer_file(deps.store, deps.catalogue, viewer, key, name, content, deps.now())
            else:
                add_evidence(deps.store, deps.catalogue, viewer, code, name, content, deps.now())
        except RefusedError as error:
            reason = text(f"refused.{error.code}", most=error.detail)
            return {"error": text("form.refused", reason=reason)}, 400
        except StoreDownError as error:
            return {"error": text(f"state.{error.state}_body")}, 503
        return {"saved": text("ledger.evidence")}, 200

    @server.get("/evidence/<int:evidence_id>")
    def give(evidence_id: int) -> Response:
        scoped = deps.for_viewer()
        if Permission.READ_FIGURES not in scoped.current_viewer().permissions:
            flask.abort(403)
        evidence = find_evidence(scoped.store, evidence_id)
        if evidence is None or not _is_in_scope(scoped, evidence[0]):
            flask.abort(404)
        file, path = evidence
        return attachment(path, file.file_name, ANY)


def _is_in_scope(deps: Dependencies, evidence: EvidenceFile) -> bool:
    """Whether the viewer sees what a file belongs to: the issue, or the whole unit whose answer it came with."""
    snapshot = deps.warehouse.current()
    if evidence.warning_key is not None:
        return snapshot.scope.may_change(unit_of(evidence.warning_key))
    return find_in_scope(snapshot, deps.store, evidence.issue_code or "") is not None
