"""Who is let in how far: sizes of bodies, addresses, and what the host itself may ask."""

import dataclasses
import hashlib
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.util import CommandError

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import health
from callbacks.web.request_guard import LARGEST_BODY, LARGEST_UPLOADS
from data.access import Scope
from data.atomic_files import DamagedFileError, NoSpaceError
from data.rows.common_dimensions import PeriodRow
from data.settings import ROOT, Settings
from data.store.engine import open_store
from data.text import text
from queries import reader
from queries.loader import load_query
from queries.warehouse import Warehouse
from tests.present import present
from tests.visitors import OWN, guarded_app, plain, signed_in

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(scope="module")
def guarded(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("door"), ["district"])


class Counted(io.BytesIO):
    """A body that says how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


@pytest.mark.parametrize("path", ["/data/upload", "/evidence", "/_dash-update-component", "/accounts"])
def test_a_strangers_body_is_not_read(guarded: ServerRenderedDash, path: str) -> None:
    body = Counted(b"x" * 200_000)
    answer = guarded.server.test_client().post(
        path,
        input_stream=body,
        content_length=200_000,
        base_url="https://localhost",
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 401
    assert body.taken == 0


@pytest.mark.parametrize("path", ["/data/upload", "/evidence", "/_dash-update-component", "/logout"])
def test_a_body_beyond_the_limit_is_not_taken(guarded: ServerRenderedDash, path: str) -> None:
    client, token = signed_in(guarded, "district")
    length = LARGEST_UPLOADS.get(path, LARGEST_BODY) + 1
    answer = client.post(
        path,
        input_stream=io.BytesIO(b"x" * length),
        content_length=length,
        content_type="multipart/form-data; boundary=x",
        base_url="https://localhost",
        headers={"X-CSRFToken": token} if path.startswith("/_dash") else {},
    )
    assert answer.status_code == 413
    assert text("state.too_large") in plain(answer)
    assert not list(guarded.settings.submissions_folder.glob("*/file/x"))


def test_without_login_only_the_own_host_is_served(demo_settings: Settings) -> None:
    app = create_app(Settings(var_folder=demo_settings.var_folder, login="off", prewarms_pages=False))
    client = app.server.test_client()
    assert client.get("/league").status_code == 200
    assert client.get("/league", environ_overrides=ELSEWHERE).status_code == 403
    assert client.get("/league", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403
    assert client.get("/assets/app.css", environ_overrides=ELSEWHERE).status_code == 200


def test_the_host_itself_reads_the_metrics_and_nobody_else(guarded: ServerRenderedDash) -> None:
    client = guarded.server.test_client()
    client.get("/livez", base_url="https://localhost")
    found = client.get("/metrics", base_url="https://localhost")
    assert found.status_code == 200
    lines = {line.split(" ")[0]: line for line in found.text.splitlines()}
    assert 'oversight_request_seconds_count{kind="page"}' in lines
    assert 'oversight_responses_total{status="200"}' in lines
    assert any(name.startswith("oversight_snapshot_age_seconds") for name in lines)
    assert not any(word in found.text for word in ("500242", "S500242", "district_code"))
    for asked, status in (
        ({"environ_overrides": ELSEWHERE}, 401),
        ({"headers": {"X-Forwarded-For": "203.0.113.7"}}, 403),
    ):
        assert client.get("/metrics", base_url="https://localhost", **asked).status_code == status


def test_readiness_asks_anew(guarded: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch) -> None:
    client = guarded.server.test_client()

    def ready() -> tuple[int, dict[str, str]]:
        answer = client.get("/readyz", base_url="https://localhost")
        return answer.status_code, answer.json

    assert ready() == (200, {"snapshot": "ok", "store": "ok", "disk": "ok"})

    def broken(*_: object) -> None:
        raise DamagedFileError("unreadable block")

    snapshot = guarded.deps.warehouse.current()
    with monkeypatch.context() as patch:
        patch.setattr(type(snapshot), "_rows", broken)
        assert ready()[0] == 503
        assert ready()[1]["snapshot"] == "missing"

    def full(_: Path) -> None:
        raise NoSpaceError

    with monkeypatch.context() as patch:
        patch.setattr(health, "require_space", full)
        assert ready() == (503, {"snapshot": "ok", "store": "ok", "disk": "full"})
    assert ready()[0] == 200


def test_pages_say_that_an_earlier_publication_answers(
    guarded: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = signed_in(guarded, "district")
    snapshot = guarded.deps.warehouse.current()
    info = dataclasses.replace(snapshot.record, is_fallback=True)
    bounded = snapshot.for_scope(Scope(frozenset({OWN})))
    monkeypatch.setattr(snapshot, "record", info)
    monkeypatch.setattr(bounded, "record", info)
    said = text("state.fallback", time="", snapshot=info.snapshot_id)
    page = client.get("/ledger", base_url="https://localhost").text
    assert said.split(info.snapshot_id)[0][-6:] in page
    assert info.snapshot_id in page
    assert present(client.get("/readyz", base_url="https://localhost").json)["snapshot"] == "fallback"


def test_a_question_that_needs_too_much_is_refused_and_the_next_is_answered(
    demo_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = demo_settings.snapshots_folder
    name = (folder / "current").read_text("utf-8").strip()
    for path in (folder / "current", folder / name, (folder / name).with_suffix(".json")):
        shutil.copy2(path, tmp_path / path.name)
    snapshot = Warehouse(tmp_path, "16MB").current()
    wide = dataclasses.replace(
        load_query("common_dimensions/periods"), sql="select list(range) as rows from range(30000000)"
    )
    with monkeypatch.context() as patch:
        patch.setattr(reader, "load_query", lambda _: wide)
        with pytest.raises(reader.TooSlowError):
            snapshot.ask("wide", PeriodRow)
    assert snapshot.answers()


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path)
    store = open_store(settings)
    with store.write() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    store.engine.dispose()
    with pytest.raises(CommandError):
        create_app(Settings(var_folder=tmp_path, login="off", prewarms_pages=False))


def test_the_image_and_the_unit_give_away_nothing() -> None:
    kept_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {"var", ".git", ".venv"} <= set(kept_out)
    image = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
    assert "USER 10001" in image
    assert "--read-only --cap-drop=ALL --security-opt=no-new-privileges" in image
    unit = (ROOT / "deploy" / "oversight.service").read_text("utf-8").splitlines()
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "UMask=0077",
        "CapabilityBoundingSet=",
        "OOMPolicy=continue",
    ):
        assert line in unit


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="a machine without systemd")
def test_the_unit_exposes_little() -> None:
    """At most 2.0 of 10, by systemd's own reckoning."""
    unit = str(ROOT / "deploy" / "oversight.service")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-200:]


def test_a_file_is_kept_by_a_browser_only_under_a_name_that_changes_with_it(guarded: ServerRenderedDash) -> None:
    client = guarded.server.test_client()
    page = client.get("/login", base_url="https://localhost").get_data(as_text=True)
    linked = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
    assert {a.partition("?")[0] for a in linked} >= {"/assets/app.css"}
    for address in linked:
        bare = address.partition("?")[0]
        content = client.get(bare, base_url="https://localhost").data
        assert address == f"{bare}?v={hashlib.sha256(content).hexdigest()[:8]}"
        named = client.get(address, base_url="https://localhost")
        assert "immutable" in named.headers["Cache-Control"]
        assert "no-cache" in client.get(bare, base_url="https://localhost").headers["Cache-Control"]
