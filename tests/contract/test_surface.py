"""What the server answers to at all: a pinned list of routes, no debugger, no plugin, no MCP."""

import dataclasses
import importlib.metadata
import json
import logging
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from callbacks.web.logs import log
from data.access import Permission
from data.catalogue.access_tables import Capability, Role, RoleCapability
from data.catalogue.loader import load_catalogue
from data.settings import ROOT, Settings
from data.text import text
from queries.loader import load_query
from queries.reader import HARDENED
from queries.warehouse import Warehouse
from tests.doors import DOORS
from tests.visitors import body


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> ServerRenderedDash:
    folder = tmp_path_factory.mktemp("surface")
    return create_app(
        Settings(var_folder=demo_settings.var_folder, login="local", store_url=f"sqlite:///{folder / 'operations.db'}")
    )


def test_the_doors_are_those_written_down(app: ServerRenderedDash) -> None:
    found = {
        f"{rule.rule} {method}"
        for rule in app.server.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert sorted(found) == sorted(DOORS.split("\n")[1:-1])


def test_no_debugger_no_plugin_no_mcp(app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.server.debug is False
    assert list(importlib.metadata.entry_points(group="dash_hooks")) == []
    monkeypatch.setenv("DASH_MCP_ENABLED", "true")
    again = create_app(Settings(var_folder=app.settings.var_folder, login="off"))
    assert not [r.rule for r in again.server.url_map.iter_rules() if "mcp" in r.rule]


def test_every_answer_carries_the_headers(app: ServerRenderedDash) -> None:
    client = app.server.test_client()
    for path in ("/login", "/livez", "/nothing", "/assets/app.css"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        if not path.startswith("/assets"):
            assert headers["Cache-Control"] == "private, no-store"


@pytest.fixture
def logged(app: ServerRenderedDash) -> Iterator[StringIO]:
    """What the application's own handler would write, in its own format."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(log.handlers[0].formatter)
    log.addHandler(handler)
    yield stream
    log.removeHandler(handler)


def lines(logged: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logged.getvalue().splitlines()]


def test_a_failure_says_a_number_and_nothing_of_the_inside(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch, logged: StringIO
) -> None:
    other = create_app(Settings(var_folder=app.settings.var_folder, login="off"))

    def broken(*_: object) -> None:
        raise RuntimeError("秘密学校 12345")

    monkeypatch.setattr("callbacks.rendering.index_document.page_of", broken)
    answer = other.server.test_client().get("/league?district=500103")
    assert answer.status_code == 500
    number = answer.headers["X-Request-Id"]
    assert re.fullmatch("[0-9a-f]{16}", number)
    page = answer.get_data(as_text=True)
    assert number in page
    assert text("state.failed") in page
    told, answered = (line for line in lines(logged) if line["request_id"] == number)
    assert (told["error"], told["levelname"], answered["status"]) == ("RuntimeError", "ERROR", 500)
    assert [f for f in told["frames"] if f.startswith("test_surface.py:")]
    assert "秘密" not in page + logged.getvalue()
    assert "500103" not in logged.getvalue()


def test_a_line_for_each_answer_and_no_word_that_anybody_typed(app: ServerRenderedDash, logged: StringIO) -> None:
    rate_limits.reset_rate_limits()
    other = create_app(Settings(var_folder=app.settings.var_folder, login="off"))
    shapes = other.server.config["CALLBACK_SHAPES"]
    search, said = (next(o for o in shapes if part in o) for part in ("search-results", "said"))
    moved = {
        "kind": "ledger",
        "issue_code": "秘密编号",
        "version": "1",
        "action": "start",
        "measure": "秘密措施",
        "actor": "秘密人",
    }
    client, guarded = other.server.test_client(), app.server.test_client()
    login = {"account_name": "secret.name", "password": "Secret-word-1"}
    upload = {"period": "2026", "district_code": "500242", "file": (BytesIO("秘密".encode()), "秘密报表.pdf")}
    answers = [
        client.get("/school/S500242-001?district=500103&why=secret.why"),
        client.post("/_dash-update-component", json=body(shapes, search, ["秘密学校"])),
        client.post("/_dash-update-component", json=body(shapes, said, [moved, "/ledger", "?only=secret", None])),
        client.post("/data/upload", data=upload),
        client.post("/evidence", data={"issue_code": "秘密编号"}, headers={"X-Oversight": "1"}),
        client.get("/data?period=secret"),
        client.get("/secret/page"),
        guarded.post("/login", data=login, base_url="https://localhost"),
        guarded.get("/league?district=500103", base_url="https://localhost"),
    ]
    found = {line["request_id"]: line for line in lines(logged)}
    for answer in answers:
        line = found[answer.headers["X-Request-Id"]]
        assert (line["message"], line["status"]) == ("answered", answer.status_code)
        assert line["milliseconds"] >= 0
    assert {answer.status_code for answer in answers} == {200, 400, 401, 404}
    for typed in ("秘密", "secret", "Secret", "S500242-001", "500103", "500242"):
        assert typed not in logged.getvalue(), typed


def test_costly_requests_are_counted() -> None:
    rate_limits.reset_rate_limits()
    for _ in range(10):
        rate_limits.check_rate_limit("upload", "someone")
    with pytest.raises(rate_limits.TooManyError) as refused:
        rate_limits.check_rate_limit("upload", "someone")
    assert 0 < refused.value.seconds <= 60
    rate_limits.check_rate_limit("upload", "another")
    rate_limits.reset_rate_limits()


def test_a_query_that_runs_away_is_stopped(demo_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from queries import reader

    monkeypatch.setattr(reader, "QUERY_SECONDS", 0.2)
    sql = "select count(*) as n from range(100000000) a, range(1000000) b where a.range % 7 = b.range % 11"
    endless = dataclasses.replace(load_query("common_dimensions/periods"), sql=sql)
    monkeypatch.setattr(reader, "load_query", lambda _: endless)
    snapshot = Warehouse(demo_settings.snapshots_folder, demo_settings.reader_memory).current()
    with pytest.raises(reader.TooSlowError):
        snapshot.ask("endless", dict)


def test_the_engine_is_opened_closed() -> None:
    assert HARDENED["enable_external_access"] == "false"
    assert HARDENED["lock_configuration"] == "true"


def test_the_matrix_in_security_md_is_the_table() -> None:
    catalogue = load_catalogue()
    may = {(r.role_code, r.permission) for r in catalogue.rows(RoleCapability)}
    capabilities = sorted(catalogue.rows(Capability), key=lambda c: c.display_order)
    roles = sorted(catalogue.rows(Role), key=lambda r: r.display_order)
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    for role in roles:
        marks = ["●" if (role.role_code, c.permission) in may else "" for c in capabilities]
        row = "| " + " | ".join([f"{role.name} `{role.role_code}`", role.scope_kind, *marks]) + " |"
        assert row in lines, f"python -m data account matrix writes it: {role.role_code}"
    assert {c.permission for c in capabilities} | {str(Permission.LEDGER_MONITOR)} == set(Permission)


def test_weak_settings_are_refused_at_start(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::"):
        with pytest.raises(ValueError, match="without login"):
            create_app(Settings(var_folder=tmp_path, host=host, login="off"))
    key = Settings(var_folder=tmp_path).audit_key_file
    key.parent.mkdir(parents=True)
    for weak in ("", "00", "changeme", "0" * 64, "ab" * 8, "a" * 64):
        key.write_text(weak)
        with pytest.raises(ValueError, match=r"audit\.key"):
            create_app(Settings(var_folder=tmp_path, login="local"))
