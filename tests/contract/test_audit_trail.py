"""The audit knows whence an act came, what was denied, who waited, who left and what was taken away; and streams it."""

import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.access import Actor
from data.settings import Settings
from data.store import audit
from data.store.accounts import create_account
from data.store.audit_source import NOWHERE, SOURCE, Source, forget_addresses
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence, list_evidence
from data.store.guesses import FREE_TRIES, TooSoonError
from data.store.refusals import RefusedError
from data.store.schema import audit_address
from data.store.sessions import sign_in
from tests.stores import NOW, RECTIFIER, an_issue, put
from tests.visitors import CATALOGUE, CLERK, PASSWORD, ROLES, get, now, signed_in

BASE = "https://localhost"


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("trail")
    made = create_app(
        Settings(
            var_folder=demo_settings.var_folder,
            login="local",
            store_url=f"sqlite:///{folder / 'operations.db'}",
            audit_file=folder / "audit.jsonl",
        )
    )
    for role in ("leader", "city", "clerk", "auditor"):
        create_account(made.deps.store, CATALOGUE, CLERK, ROLES[role], PASSWORD, now())
    yield made


def of(app: ServerRenderedDash, action: str) -> list[audit.AuditEntry]:
    return audit.entries(app.deps.store, action=action, before=None, most=1000)


def leave(client: FlaskClient, token: str) -> None:
    client.post("/logout", data={"csrf_token": token}, base_url=BASE)


def test_signing_in_and_out_says_who_in_which_role_from_where(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "leader")
    entered = of(app, "login")[0]
    leave(client, token)
    (left,) = of(app, "logout")
    for entry in (entered, left):
        assert (entry.row.actor, entry.row.role, entry.subject_id) == ("市领导", "municipal_leader", "leader")
        assert entry.row.address == "127.0.0.1"
        assert len(entry.row.request_id) == 16
        assert len(entry.row.account_id) == 32
    leave(client, token)  # nobody is left to go
    assert len(of(app, "logout")) == 1


def test_what_is_denied_is_recorded_but_not_without_end(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "leader")
    before = len(of(app, "denied"))
    for _ in range(25):
        assert get(client, "/accounts?x=<script>").status_code == 403
    noted = of(app, "denied")
    assert len(noted) - before == 10
    assert (noted[0].subject_id, noted[0].row.actor, noted[0].row.role) == ("/accounts", "市领导", "市级领导")
    assert get(app.server.test_client(), "/accounts", Accept="application/json").status_code == 401
    assert len(of(app, "denied")) - before == 10


def test_a_file_that_is_taken_away_is_recorded(app: ServerRenderedDash) -> None:
    store = app.deps.store
    put(store, an_issue())
    add_evidence(store, CATALOGUE, RECTIFIER, "T2026-0001", "照片.pdf", b"%PDF-1.4", NOW)
    (kept,) = list_evidence(store, "T2026-0001")
    client, _ = signed_in(app, "leader")
    assert get(client, f"/evidence/{kept.evidence_id}").status_code == 200
    assert get(client, "/evidence/999999").status_code == 404
    city, _ = signed_in(app, "city")
    assert get(city, "/data/template?kind=issue").status_code == 200
    assert [(e.subject_id, e.row.actor) for e in of(app, "download")] == [
        ("/data/template", "市督导"),
        (f"/evidence/{kept.evidence_id}", "市领导"),
    ]


def test_the_auditor_reads_role_and_source(app: ServerRenderedDash) -> None:
    signed_in(app, "leader")
    client, _ = signed_in(app, "auditor")
    words = get(client, "/audit?action=login").text
    assert "127.0.0.1" in words
    assert "市级领导" in words


def test_the_stream_is_the_log_line_by_line(app: ServerRenderedDash) -> None:
    path = app.settings.audit_file
    assert path is not None
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = audit.entries(app.deps.store, action="", before=None, most=100_000)[::-1]
    assert [(line["sequence"], line["action"], line["actor"]) for line in lines] == [
        (e.sequence, e.row.action, e.row.actor) for e in kept
    ]
    assert {line["address"] for line in lines} >= {"127.0.0.1"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD not in path.read_text(encoding="utf-8")


def test_nothing_is_streamed_of_what_did_not_happen(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    store = open_store(Settings(var_folder=tmp_path / "var", audit_file=path))

    def write(number: int, *, fails: bool) -> None:
        with store.write() as connection:
            audit.record(store, connection, audit.AuditEvent(Actor("甲"), "x", "issue", str(number), NOW))
            if fails:
                raise RefusedError("no_permission")

    for number in range(4):
        if number % 2:
            with pytest.raises(RefusedError):
                write(number, fails=True)
        else:
            write(number, fails=False)
    assert [json.loads(line)["subject_id"] for line in path.read_text(encoding="utf-8").splitlines()] == ["0", "2"]
    path.unlink()
    path.mkdir()  # cannot be written: what was done is kept all the same
    write(9, fails=False)
    assert audit.check_chain(store).entry_count == 3


def entries_from(store: Store, address: str, count: int = 1) -> None:
    SOURCE.set(Source(address, "r" * 16))
    try:
        for number in range(count):
            with store.write() as connection:
                audit.record(store, connection, audit.AuditEvent(Actor("甲"), "x", "issue", str(number), NOW))
    finally:
        SOURCE.set(NOWHERE)


def test_an_address_goes_after_its_time_and_the_chain_stays_whole(store: Store) -> None:
    entries_from(store, "10.1.2.3", 3)
    assert [e.row.address for e in audit.entries(store, action="", before=None, most=9)] == ["10.1.2.3"] * 3
    forget_addresses(store, 180, NOW + timedelta(days=179))
    assert audit.entries(store, action="", before=None, most=9)[0].row.address == "10.1.2.3"
    forget_addresses(store, 180, NOW + timedelta(days=181))
    assert [e.row.address for e in audit.entries(store, action="", before=None, most=9)] == [""] * 3
    assert audit.check_chain(store).first_broken is None
    with store.read() as connection:
        assert connection.execute(select(audit_address)).all() == []


def test_an_address_that_was_exchanged_is_found(store: Store) -> None:
    entries_from(store, "10.1.2.3", 3)
    with store.write() as connection:
        connection.execute(update(audit_address).where(audit_address.c.sequence == 2).values(address="10.9.9.9"))
    assert audit.check_chain(store).first_broken == 2


def test_no_address_is_kept_where_none_is_wanted(demo_settings: Settings, tmp_path: Path) -> None:
    made = create_app(
        Settings(
            var_folder=demo_settings.var_folder,
            login="local",
            store_url=f"sqlite:///{tmp_path / 'operations.db'}",
            audit_address_days=0,
        )
    )
    create_account(made.deps.store, CATALOGUE, CLERK, ROLES["leader"], PASSWORD, now())
    rate_limits.reset_rate_limits()
    signed_in(made, "leader")
    found = of(made, "login")
    assert found
    assert {e.row.address for e in found} == {""}
    assert all(e.row.request_id for e in found)


@pytest.mark.parametrize("name", ["leader", "nobody"])
def test_a_wait_is_recorded_once_and_a_name_that_nobody_has_never(store: Store, name: str) -> None:
    """Who types a password as a name is not written down, nor does a guesser fill the log with waits."""
    create_account(store, CATALOGUE, CLERK, ROLES["leader"], PASSWORD, NOW)
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(RefusedError):
            sign_in(store, name, "Falsch-geraten-1", NOW)
    for second in range(10):
        with pytest.raises(TooSoonError):
            sign_in(store, name, "Falsch-geraten-1", NOW + timedelta(seconds=second))
    failed = audit.entries(store, action="login_failed", before=None, most=99)
    assert [e.row.reason for e in failed].count("too_soon") == 1
    assert {e.subject_id for e in failed} == {"leader" if name == "leader" else ""}
    later = NOW + timedelta(seconds=16)
    with pytest.raises(RefusedError, match="bad_login"):
        sign_in(store, name, "Falsch-geraten-1", later)
    for second in range(3):
        with pytest.raises(TooSoonError):
            sign_in(store, name, "Falsch-geraten-1", later + timedelta(seconds=second))
    failed = audit.entries(store, action="login_failed", before=None, most=99)
    assert [e.row.reason for e in failed].count("too_soon") == 2
