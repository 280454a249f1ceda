"""What a viewer sees when something is refused or fails: plain words, and a number to quote."""

from collections.abc import Mapping
from urllib.parse import urlencode

import flask
from dash.exceptions import DependencyException
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from callbacks.rendering.binding import NotAllowedError
from callbacks.web.hosts import UndeclaredProxyError, WrongHostError
from callbacks.web.logs import log_failure
from callbacks.web.quotas import QuotaError
from callbacks.web.rate_limits import TooManyError
from callbacks.web.request_guard import CALLBACK, FIRST_CHANGE, OWN_HEADER, StepDueError
from callbacks.writing.plain_forms import page_of_form
from data.atomic_files import is_full
from data.store.engine import StoreDownError
from data.text import text
from layouts.document import message_document

FAILED = "failed"
STATES: Mapping[int, str] = {
    400: "bad_request",
    401: "signed_out",
    403: "not_permitted",
    404: "not_there",
    405: "wrong_way",
    413: "too_large",
    503: "unavailable",
}
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY, FAILURE, DOWN, FULL = 401, 403, 404, 429, 500, 503, 507
MISDIRECTED = 421


def add_errors(server: Flask) -> None:
    """Answer every failure."""
    _add_limits(server)

    @server.errorhandler(NotAllowedError)
    def refuse(_: NotAllowedError) -> Response:
        return _said(FORBIDDEN, STATES[FORBIDDEN])

    @server.errorhandler(StepDueError)
    def do_first(error: StepDueError) -> Response:
        is_password = error.place == FIRST_CHANGE
        title = text("login.change_title") if is_password else text("second_factor.title")
        why = text("login.must_change") if is_password else text("second_factor.due")
        return _answer(FORBIDDEN, title, why, (title, error.place))

    @server.errorhandler(WrongHostError)
    def misdirected(_: WrongHostError) -> Response:
        return _said(MISDIRECTED, "wrong_host")

    @server.errorhandler(UndeclaredProxyError)
    def handed_on(_: UndeclaredProxyError) -> Response:
        return _said(FORBIDDEN, "undeclared_proxy")

    @server.errorhandler(DependencyException)
    def no_such_file(_: DependencyException) -> Response:
        return _said(NOT_FOUND, STATES[NOT_FOUND])

    @server.errorhandler(StoreDownError)
    def store_down(error: StoreDownError) -> Response:
        log_failure(error)
        return _said(FULL if error.state == "disk_full" else DOWN, error.state)

    @server.errorhandler(OSError)
    def no_room(error: OSError) -> Response:
        log_failure(error)
        return _said(FULL, "disk_full") if is_full(error) else _said(FAILURE, FAILED)

    @server.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException:
        if not isinstance(error, HTTPException):
            log_failure(error)
            return _said(FAILURE, FAILED)
        if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
            return error
        answer = _said(error.code, STATES.get(error.code, FAILED))
        answer.headers.extend({k: v for k, v in error.get_headers(flask.request.environ) if k != "Content-Type"})
        return answer


def _add_limits(server: Flask) -> None:
    """Answer what is asked for too often."""

    @server.errorhandler(QuotaError)
    def used_up(error: QuotaError) -> Response:
        answer = _said(TOO_MANY, "quota_of_unit" if error.of_unit else "quota_of_account", most=error.most)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer

    @server.errorhandler(TooManyError)
    def slow_down(error: TooManyError) -> Response:
        answer = _said(TOO_MANY, "too_many", seconds=error.seconds)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer


def _said(status: int, state: str, **values: object) -> Response:
    explanation = text(f"state.{state}_body", **values)
    form_page = "" if _asks_json() else page_of_form()
    link = (text("state.back_to_form"), form_page) if form_page else None
    if status == UNAUTHORIZED:
        asked = f"?{urlencode({'next': form_page})}" if form_page else ""
        link = (text("login.enter"), f"/login{asked}")
        explanation = text("state.signed_out_form") if form_page else explanation
    return _answer(status, text(f"state.{state}"), explanation, link)


def _answer(status: int, title: str, explanation: str, link: tuple[str, str] | None = None) -> Response:
    """A page; for a script JSON: `error`, `request_id`, and `link` with `label` and `href`."""
    number = flask.g.get("request_id", "")
    if _asks_json():
        way = {"link": {"label": link[0], "href": link[1]}} if link else {}
        said = {"error": text("state.in_short", title=title, words=explanation), "request_id": number}
        return flask.make_response(said | way, status)
    told = text("state.request_id", request_id=number)
    page = message_document(title, explanation, told, link or (text("state.back"), "/"))
    return flask.make_response(page, status)


def _asks_json() -> bool:
    request = flask.request
    if request.path == CALLBACK or OWN_HEADER in request.headers:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]
