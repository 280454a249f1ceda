"""The page of returns publishes, goes back and withdraws, and says what happened; a new installation is ready."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from callbacks.writing import publishing
from data.importing.batch_records import valid_batches
from data.settings import Settings
from data.store import audit
from data.text import text
from data.warehouse.snapshots import POINTER, in_force
from tests.faults.arrangement import prepared, publish_at, take
from tests.visitors import CATALOGUE, CLERK, PASSWORD, ROLES, create_account, now, signed_in

BASE = "https://localhost"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("publishing")
    settings = Settings(var_folder=folder / "var", login="local")
    take(settings, prepared(folder / "in"))
    publish_at(settings, 0)
    take(settings, prepared(folder / "in", rooms=50))
    publish_at(settings, 1)
    app = create_app(settings)
    for role in ("city", "district", "leader"):
        create_account(app.deps.store, CATALOGUE, CLERK, ROLES[role], PASSWORD, now())
    yield app


def send(client, token: str, path: str, **fields: str):
    rate_limits.reset_rate_limits()
    return client.post(path, data={"csrf_token": token, **fields}, base_url=BASE)


def board(client) -> str:
    return client.get("/data", base_url=BASE).get_data(as_text=True)


def test_a_fresh_installation_is_alive_and_ready_and_says_that_it_has_no_data(tmp_path: Path) -> None:
    app = create_app(Settings(var_folder=tmp_path / "var"))
    client = app.server.test_client()
    assert client.get("/livez").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"snapshot": "no_data", "store": "ok", "disk": "ok"})
    folder = app.settings.snapshots_folder
    folder.mkdir(exist_ok=True)
    (folder / POINTER).write_text("snapshot_20260101-000000-00000000.duckdb")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["snapshot"]) == (503, "missing")


def test_only_who_publishes_may_take_back(app: ServerRenderedDash) -> None:
    before = in_force(app.settings.snapshots_folder)
    for name in ("district", "leader"):
        client, token = signed_in(app, name)
        for path in ("/data/rollback", "/data/withdraw", "/data/publish"):
            answer = send(client, token, path, snapshot_id="", batch_id="", reason="x", confirmed="1")
            assert answer.status_code == 403, (name, path)
    client, token = signed_in(app, "district")
    assert text("publications.title") not in board(client)
    assert in_force(app.settings.snapshots_folder) == before


def test_the_city_goes_back_withdraws_and_publishes_anew(app: ServerRenderedDash) -> None:
    settings, (client, token) = app.settings, signed_in(app, "city")
    wrong = in_force(settings.snapshots_folder)
    for fields in ({"reason": "有误"}, {"confirmed": "1", "reason": " "}):
        answer = send(client, token, "/data/rollback", snapshot_id="", **fields)
        assert answer.status_code == 400
    assert in_force(settings.snapshots_folder) == wrong
    earlier = next(s for s in re.findall(r'name="snapshot_id"[^>]*value="([^"]+)"', board(client)))
    answer = send(client, token, "/data/rollback", snapshot_id=earlier, reason="数据有误", confirmed="1")
    assert answer.status_code == 302
    assert in_force(settings.snapshots_folder) == earlier
    assert app.deps.warehouse.current().info.snapshot_id == earlier
    shown = board(client)
    assert f"现行数据版本 {earlier}，由市督导退回" in shown
    assert "已回退（市督导" in shown
    (entry,) = audit.history(app.deps.store, "snapshot", earlier)
    assert (entry.actor, entry.reason) == ("市督导", "数据有误")

    answer = send(client, token, "/data/publish")
    assert answer.status_code == 409
    said = answer.get_data(as_text=True)
    assert wrong in said
    assert "请先撤回有误的批次" in said
    batch = valid_batches(settings.batches_folder)[-1].batch_id
    answer = send(client, token, "/data/withdraw", batch_id=batch, reason="填错", confirmed="1")
    assert answer.status_code == 302
    assert "已撤回（市督导" in board(client)
    assert send(client, token, "/data/publish").status_code == 302
    assert in_force(settings.snapshots_folder) > wrong
    assert batch not in [b.batch_id for b in valid_batches(settings.batches_folder)]
    assert text("returns.waits") not in board(client)


def test_who_publishes_what_another_has_just_published_is_told(app: ServerRenderedDash) -> None:
    settings, (client, token) = app.settings, signed_in(app, "city")
    shown = in_force(settings.snapshots_folder)
    assert send(client, token, "/data/publish", after=shown).status_code == 302
    now_there = in_force(settings.snapshots_folder)
    assert now_there > shown
    answer = send(client, token, "/data/publish", after=shown)
    assert answer.status_code == 409
    assert f"已有人在此期间发布（数据版本 {now_there}）" in answer.get_data(as_text=True)
    assert in_force(settings.snapshots_folder) == now_there


def test_a_reason_is_not_longer_than_the_form_takes(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "city")
    before = in_force(app.settings.snapshots_folder)
    answer = send(client, token, "/data/rollback", snapshot_id="", reason="长" * 501, confirmed="1")
    assert answer.status_code == 400
    assert text("refused.too_long") in answer.get_data(as_text=True)
    assert in_force(app.settings.snapshots_folder) == before


def test_a_failure_has_its_reason_on_screen_and_in_the_log_with_one_number(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, (client, token) = app.settings, signed_in(app, "city")
    told: list[dict[str, object]] = []
    monkeypatch.setattr(publishing.log, "error", lambda _, extra: told.append(extra))
    before = in_force(settings.snapshots_folder)
    own = settings.batches_folder / valid_batches(settings.batches_folder)[0].batch_id
    kept = shutil.move(own, settings.var_folder / "kept")
    answer = send(client, token, "/data/publish")
    shutil.move(kept, own)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f"批次 {own.name} 不见了" in said
    (line,) = told
    assert f"批次 {own.name} 不见了" in str(line["reason"])
    assert text("state.request_id", request_id=line["request_id"]) in said
    assert in_force(settings.snapshots_folder) == before

    def too_long(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("publish", 120)

    monkeypatch.setattr(publishing.subprocess, "run", too_long)
    answer = send(client, token, "/data/publish")
    assert answer.status_code == 500
    assert "超过120秒没有完成" in answer.get_data(as_text=True)
