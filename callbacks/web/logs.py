"""Logs as JSON lines: when, which request, who, what kind, how long; never a value or a name."""

import logging
import time
import traceback

import flask
from flask import Flask, Response
from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger("oversight")
FIELDS = ("levelname", "name", "message")
CALLBACK = "/_dash"


def write_json_lines() -> None:
    """Send the application's log to standard error as JSON lines."""
    if log.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(FIELDS, timestamp="time", json_ensure_ascii=False))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def log_failure(error: BaseException) -> None:
    """Where it happened and of what type; the message may hold values and is left out."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    log.error(
        "request failed",
        extra={
            **_request(),
            "error": type(error).__name__,
            "frames": [f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in frames],
        },
    )


def add_access_log(server: Flask) -> None:
    """One line for each answer but those of static files."""

    @server.after_request
    def note(response: Response) -> Response:
        if flask.request.path.startswith(("/assets/", "/_dash-component-suites/")):
            return response
        started = flask.g.get("started")
        spent = None if started is None else round((time.perf_counter() - started) * 1000)
        extra = {**_request(), "status": response.status_code, "milliseconds": spent}
        log.info("answered", extra=extra)
        return response


def _request() -> dict[str, str]:
    """The rule, not the address: addresses hold codes and words of search."""
    rule = flask.request.url_rule
    kind = "callback" if flask.request.path.startswith(CALLBACK) else "page"
    viewer = flask.g.get("viewer")
    return {
        "request_id": flask.g.get("request_id", ""),
        "method": flask.request.method,
        "route": kind if rule is None or "<path" in rule.rule else rule.rule,
        "account": viewer.account if viewer else "",
    }
