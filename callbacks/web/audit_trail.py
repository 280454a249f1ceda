"""What the audit learns of requests: whence they come, what was denied, which files were taken away."""

import flask
from flask import Flask, Response

from callbacks.dependencies import Dependencies
from callbacks.web.logs import log_failure
from callbacks.web.rate_limits import TooManyError, check_rate_limit
from data.access import Viewer
from data.settings import Settings
from data.store import audit
from data.store.audit_source import NOWHERE, SOURCE, Source
from data.store.engine import StoreDownError

TAKEN, FORBIDDEN = 200, 403
DOWNLOAD, DENIED = "download", "denied"


def add_audit_trail(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Say of every request whence it comes; record denials and downloads of who signed in."""

    @server.before_request
    def begin() -> None:
        _say_whence(settings)

    @server.teardown_request
    def end(_: BaseException | None) -> None:
        SOURCE.set(NOWHERE)

    @server.after_request
    def note(answer: Response) -> Response:
        viewer: Viewer | None = flask.g.get("viewer")
        request = flask.request
        is_file = "attachment" in answer.headers.get("Content-Disposition", "") and request.method == "GET"
        if viewer is not None and is_file and answer.status_code == TAKEN:
            _record(deps, settings, viewer, DOWNLOAD)
        if viewer is not None and viewer.account and answer.status_code == FORBIDDEN:
            _record(deps, settings, viewer, DENIED)
        return answer


def _say_whence(settings: Settings) -> None:
    address = (flask.request.remote_addr or "") if settings.audit_address_days else ""
    SOURCE.set(Source(address, flask.g.get("request_id", "")))


def _record(deps: Dependencies, settings: Settings, viewer: Viewer, action: str) -> None:
    """An entry by the rule of the address, never by what was typed; a store that is down stops nobody."""
    _say_whence(settings)  # the door may have shut before it was said
    rule = flask.request.url_rule
    named = flask.request.view_args or {}
    numbers = all(isinstance(value, int) for value in named.values())
    place = "" if rule is None else flask.request.path if numbers else rule.rule
    try:
        check_rate_limit(action, viewer.account or flask.request.remote_addr or "")
        act = audit.AuditEvent(viewer.actor, action, "address", place, deps.now())
        with deps.store.write() as connection:
            audit.record(deps.store, connection, act)
    except TooManyError:
        return  # the first of a minute tell what goes on
    except StoreDownError as error:
        log_failure(error)
