"""For the operator: alive, ready, and figures for Prometheus; never about a unit."""

import os
import tempfile
import time
from pathlib import Path

import flask
from flask import Flask, Response
from sqlalchemy import text as sql

from callbacks.dependencies import Dependencies
from callbacks.web.hosts import is_from_this_host
from callbacks.web.measures import MEASURES, measure
from callbacks.web.rate_limits import watch_jobs
from callbacks.web.request_guard import METRICS
from data.atomic_files import DamagedFileError, NoSpaceError, require_space
from data.settings import Settings, set_library_default
from data.store.engine import StoreDownError
from data.warehouse.snapshots import in_force, newest_first
from queries.reader import NoSnapshotError, OutdatedSnapshotError, TooSlowError

UNAVAILABLE = 503
NO_DATA = "no_data"
SHARED = "PROMETHEUS_MULTIPROC_DIR"


def _share_figures() -> None:
    """One folder of counters for all workers of a server, to be known before the import.

    Raises:
        PermissionError: somebody else made a folder of this name.
    """
    folder = Path(tempfile.gettempdir()) / f"oversight-metrics-{os.getppid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.lstat().st_uid != os.getuid():
        raise PermissionError(str(folder))
    set_library_default(SHARED, str(folder))


def add_health(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add `/livez`, `/readyz` (free disk too) and, for the host itself, `/metrics`."""
    _share_figures()
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry, everyone = CollectorRegistry(), CollectorRegistry()
    MultiProcessCollector(everyone)
    seconds = Histogram("oversight_request_seconds", "Time to answer a request", ["kind"], registry=registry)
    answers = Counter("oversight_responses", "Answers by status", ["status"], registry=registry)
    sign_ins = Counter("oversight_sign_ins", "Tries to sign in", ["outcome"], registry=registry)
    publications = Counter("oversight_publications", "Publications by the button", ["outcome"], registry=registry)
    jobs = Gauge(
        "oversight_jobs",
        "Examinations and publications at work or waiting",
        registry=registry,
        multiprocess_mode="livesum",
    )
    gauges = {
        name: Gauge(name, description, registry=registry, multiprocess_mode="mostrecent")
        for name, description in MEASURES.items()
    }
    watch_jobs(jobs.inc)

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
        if flask.request.method == "POST":
            is_done = response.status_code < 400  # noqa: PLR2004
            if flask.request.path == "/login":
                sign_ins.labels("done" if is_done else "refused").inc()
            if flask.request.path == "/data/publish":
                publications.labels("done" if is_done else "failed").inc()
        return response

    @server.get("/livez")
    def alive() -> str:
        return "ok"

    @server.get("/readyz")
    def ready() -> tuple[dict[str, str], int]:
        states = {
            "snapshot": _snapshot(deps, settings.snapshots_folder),
            "store": _store(deps),
            "disk": _disk(settings.var_folder),
        }
        return states, 200 if set(states.values()) <= {"ok", NO_DATA} else UNAVAILABLE

    @server.get(METRICS)
    def metrics() -> Response:
        if not is_from_this_host():
            flask.abort(404)
        for name, value in measure(deps, settings).items():
            gauges[name].set(value)
        return Response(generate_latest(everyone), mimetype="text/plain")


def _snapshot(deps: Dependencies, folder: Path) -> str:
    if not in_force(folder) and not newest_first(folder):
        return NO_DATA  # nothing was published yet: ready for the first return
    try:
        current = deps.warehouse.current()
        if current.record.is_fallback:
            return "fallback"
        return "ok" if current.answers() else "empty"
    except (NoSnapshotError, OutdatedSnapshotError, DamagedFileError, TooSlowError):
        return "missing"


def _disk(folder: Path) -> str:
    try:
        require_space(folder)
    except NoSpaceError:
        return "full"
    return "ok"


def _store(deps: Dependencies) -> str:
    try:
        with deps.store.read() as connection:
            connection.execute(sql("select 1"))
    except StoreDownError:
        return "down"
    return "ok"
