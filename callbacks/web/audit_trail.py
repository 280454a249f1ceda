"""What the audit learns of requests: whence they come, what was denied, which files were taken away."""

import flask
from flask import Flask, Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import is_attachment
from callbacks.web.logs import log_failure
from callbacks.web.rate_limits import TooManyError, check_rate_limit
from data.access import Viewer
from data.settings import Settings
from data.store import audit
from data.store.audit_source import NOWHERE, SOURCE, Source
from data.store.engine import StoreDownError

TAKEN, FORBIDDEN = 200, 403
DOWNLOAD, DENIED = "download", "denied"
ANY_PAGE = "/"


def add_audit_trail(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Say of every request whence it comes; record denials and downloads of who signed in."""

    @server.before_request
    def begin() -> None:
        address = (flask.request.remote_addr or "") if settings.audit_address_days else ""
        SOURCE.set(Source(address, flask.g.get("request_id", "")))
        flask.g.is_let_in = True  # what another site made a browser ask does not come this far

    @server.teardown_request
    def end(_: BaseException | None) -> None:
        SOURCE.set(NOWHERE)

    @server.after_request
    def note(answer: Response) -> Response:
        viewer: Viewer | None = flask.g.get("viewer") if "is_let_in" in flask.g else None
        request = flask.request
        is_file = request.method == "GET" and is_attachment(answer)
        if viewer is not None and is_file and answer.status_code == TAKEN:
            _record(deps, viewer, DOWNLOAD)
        if viewer is not None and viewer.account and answer.status_code == FORBIDDEN:
            _record(deps, viewer, DENIED)
        return answer


def _record(deps: Dependencies, viewer: Viewer, action: str) -> None:
    """An entry by the rule of the address, never by what was typed; a store that is down stops nobody."""
    rule = flask.request.url_rule
    named = flask.request.view_args or {}
    is_ours = rule is not None and all(isinstance(value, int) for value in named.values())
    place = flask.request.path if is_ours else ANY_PAGE
    try:
        check_rate_limit(action, viewer.account or flask.request.remote_addr or "")
        act = audit.AuditEvent(viewer.actor, action, "address", place, deps.now())
        with deps.store.write() as connection:
            audit.record(deps.store, connection, act)
    except TooManyError:
        return  # the first of a minute tell what goes on
    except StoreDownError as error:
        log_failure(error)
