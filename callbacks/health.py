"""For the operator: alive, ready, and figures for Prometheus; never about a unit."""

import ipaddress
import time
from datetime import UTC, datetime

import flask
from flask import Flask, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import text as sql

from callbacks.dependencies import Dependencies
from data.durable import DamagedFileError
from data.store.engine import StoreDownError
from queries import shell
from queries.reader import NoSnapshotError, OutdatedSnapshotError

UNAVAILABLE = 503
METRICS = "/metrics"


def add_health(server: Flask, deps: Dependencies) -> None:
    """Add `/livez`, `/readyz` and, for the host itself, `/metrics`."""
    registry = CollectorRegistry()
    seconds = Histogram("oversight_request_seconds", "Time to answer a request", ["kind"],
                        registry=registry)  # fmt: skip
    answers = Counter("oversight_responses", "Answers by status", ["status"], registry=registry)
    age = Gauge("oversight_snapshot_age_seconds", "Age of the snapshot in force",
                registry=registry)  # fmt: skip

    @server.before_request
    def start() -> None:
        flask.g.started = time.perf_counter()

    @server.after_request
    def count(response: Response) -> Response:
        kind = "callback" if flask.request.path.startswith("/_dash") else "page"
        started = flask.g.get("started")
        if started is not None:
            seconds.labels(kind).observe(time.perf_counter() - started)
        answers.labels(response.status_code).inc()
        return response

    @server.get("/livez")
    def alive() -> str:
        return "ok"

    @server.get("/readyz")
    def ready() -> tuple[dict[str, str], int]:
        found = {"snapshot": _snapshot(deps), "store": _store(deps)}
        return found, 200 if set(found.values()) == {"ok"} else UNAVAILABLE

    @server.get(METRICS)
    def metrics() -> Response:
        address = ipaddress.ip_address(flask.request.remote_addr or "0.0.0.0")  # noqa: S104
        if not address.is_loopback or "X-Forwarded-For" in flask.request.headers:
            flask.abort(404)
        if _snapshot(deps) == "ok":
            made = datetime.fromisoformat(deps.warehouse.current().info.created_at)
            age.set((datetime.now(UTC) - made.astimezone(UTC)).total_seconds())
        return Response(generate_latest(registry), mimetype="text/plain")


def _snapshot(deps: Dependencies) -> str:
    try:
        current = deps.warehouse.current()
        if current.info.is_fallback:
            return "fallback"
        return "ok" if shell.periods(current) else "empty"
    except (NoSnapshotError, OutdatedSnapshotError, DamagedFileError):
        return "missing"


def _store(deps: Dependencies) -> str:
    try:
        with deps.store.read() as connection:
            connection.execute(sql("select 1"))
    except StoreDownError:
        return "down"
    return "ok"
