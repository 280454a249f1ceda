"""A disk that is full is said in words, whichever folder it is; what was written before is there, reading goes on."""

import errno
import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data import atomic_files
from data.settings import Settings
from data.store import kept_content
from data.store.engine import Store, StoreFullError, open_store
from data.store.evidence import add_evidence, list_evidence
from data.store.ledger import Move, list_issues, move
from data.text import text
from tests.present import present
from tests.stores import NOW, RECTIFIER, an_issue, put
from tests.visitors import CATALOGUE, guarded_app, signed_in

BASE = "https://localhost"


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> Iterator[ServerRenderedDash]:
    yield guarded_app(small_settings, tmp_path, ("district", "clerk"))
    rate_limits.reset_rate_limits()


def fill_up(store: Store) -> Any:
    """From now on the store's file must not grow by a page; the listener, to make room again."""

    def hold(connection: Any, *_: object) -> None:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")
        free = connection.execute("pragma freelist_count").fetchone()[0]
        assert free == 0

    event.listen(store.engine, "checkout", hold)
    return hold


def test_a_full_store_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    store = open_store(Settings(var_folder=tmp_path))
    put(store, an_issue("A"))
    before = list_issues(store)
    fill_up(store)
    with pytest.raises(StoreFullError):
        put(store, *(an_issue(f"B{number}", problem="长" * 400) for number in range(500)))
    assert list_issues(store) == before, "all of it or nothing"
    with pytest.raises(StoreFullError):
        start_all(store)
    assert before[0].issue_code in {issue.issue_code for issue in list_issues(store)}


def start_all(store: Store) -> None:
    """Begin one issue after the other until there is no room for another entry of the audit."""
    for number in range(500):
        put(store, an_issue(f"C{number}"))
        move(store, CATALOGUE, RECTIFIER, Move(f"C{number}", 1, "start", measure="措" * 400), NOW)


def no_room(*_: object) -> SimpleNamespace:
    return SimpleNamespace(f_bavail=10, f_frsize=4096, f_blocks=10**6)


def asked(app: ServerRenderedDash, path: str, **fields: object) -> TestResponse:
    client, token = signed_in(app, "district")
    rate_limits.reset_rate_limits()
    return client.post(path, data={"csrf_token": token, **fields}, base_url=BASE, headers={"X-Oversight": "1"})


def test_a_return_that_finds_no_room_is_told_so(app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_files.os, "statvfs", no_room)
    answer = asked(app, "/data/upload", period="2026", district_code="500242", file=(io.BytesIO(b"x,y"), "表.csv"))
    assert answer.status_code == 507
    assert text("state.disk_full_body") in present(answer.json)["error"]


def test_a_write_that_ends_in_the_middle_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(Settings(var_folder=tmp_path))
    put(store, an_issue("A"))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(kept_content.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            add_evidence(store, CATALOGUE, RECTIFIER, "A", "a.pdf", b"%PDF-1.7 x", NOW)
    assert list_evidence(store, "A") == []
    assert list((tmp_path / "evidence").iterdir()) == []
    add_evidence(store, CATALOGUE, RECTIFIER, "A", "a.pdf", b"%PDF-1.7 x", NOW)
    assert [f.file_name for f in list_evidence(store, "A")] == ["a.pdf"]


def test_an_error_of_a_full_disk_anywhere_is_a_page_of_its_own(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/var/lib/oversight/x")

    client, _ = signed_in(app, "clerk")
    monkeypatch.setattr("callbacks.web.server_desk.view_of", full)
    answer = client.get("/server", base_url=BASE)
    assert answer.status_code == 507
    assert text("state.disk_full") in answer.text
    assert "oversight/x" not in answer.text


def test_pages_are_read_while_the_store_is_full(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "district")
    fill_up(app.deps.store)
    assert client.get("/league", base_url=BASE).status_code == 200
