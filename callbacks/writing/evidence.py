"""Evidence files: in by multipart upload, out as a download, never through a callback."""

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import ANY, attachment
from callbacks.web.rate_limits import check_rate_limit
from callbacks.web.request_guard import OWN_HEADER
from callbacks.writing.form_fields import actor_of
from callbacks.writing.mutations import changeable_issue
from data.access import Permission
from data.evidence_look import look_at
from data.settings import Settings
from data.store.engine import StoreDownError
from data.store.evidence import MOST_BYTES, add_evidence, check_evidence, find_evidence
from data.store.refusals import RefusedError
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
            code = flask.request.form.get("issue_code", "")
            changeable_issue(scoped, code)
            check_rate_limit("evidence", scoped.current_viewer().account or flask.request.remote_addr or "")
            viewer = actor_of(scoped, flask.request.form.get("actor", "").strip())
            sent = flask.request.files.get("file")
            if sent is None:
                raise RefusedError("evidence_size")
            name, content = sent.filename or "", sent.read(MOST_BYTES + 1)
            check_evidence(deps.store, deps.catalogue, viewer, code, name, content)
            look_at(settings, name, content, int(deps.catalogue.parameter("evidence_pages", deps.today())))
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
        if evidence is None or find_in_scope(scoped.warehouse.current(), scoped.store, evidence[0].issue_code) is None:
            flask.abort(404)
        file, path = evidence
        return attachment(path, file.file_name, ANY)
