"""What a viewer sees when something fails: plain words and a number to quote."""

import flask
from dash.exceptions import DependencyException
from flask import Flask
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from callbacks.binding import NotAllowedError
from callbacks.hosts import UndeclaredProxyError, WrongHostError
from callbacks.limits import TooManyError
from callbacks.logs import log_failure
from data.store.engine import StoreDownError
from data.text import text
from layouts.document import message_document

MISDIRECTED = 421


def add_errors(server: Flask) -> None:
    """Answer every failure."""

    @server.errorhandler(NotAllowedError)
    def refuse(_: NotAllowedError) -> tuple[str, int]:
        return "", 403

    @server.errorhandler(WrongHostError)
    def misdirected(_: WrongHostError) -> tuple[str, int]:
        return _page(text("state.wrong_host"), text("state.wrong_host_body")), MISDIRECTED

    @server.errorhandler(UndeclaredProxyError)
    def handed_on(_: UndeclaredProxyError) -> tuple[str, int]:
        return _page(text("state.undeclared_proxy"), text("state.undeclared_proxy_body")), 403

    @server.errorhandler(DependencyException)
    def no_such_file(_: DependencyException) -> tuple[str, int]:
        return "", 404

    @server.errorhandler(TooManyError)
    def slow_down(error: TooManyError) -> tuple[str, int, dict[str, str]]:
        words = text("state.too_many_body", seconds=error.seconds)
        return _page(text("state.too_many"), words), 429, {"Retry-After": str(error.seconds)}

    @server.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> tuple[str, int]:
        return _page(text("state.too_large"), text("state.too_large_body")), 413

    @server.errorhandler(StoreDownError)
    def store_down(error: StoreDownError) -> tuple[str, int]:
        log_failure(error)
        return _page(text("state.store_down"), text("state.store_down_body")), 503

    @server.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int] | Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        log_failure(error)
        return _page(text("state.failed"), text("state.failed_body")), 500


def _page(title: str, words: str) -> str:
    number = text("state.request_id", request_id=flask.g.get("request_id", ""))
    return message_document(title, words, number)
