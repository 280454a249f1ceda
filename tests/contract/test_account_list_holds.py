"""A list of accounts is one short write: others write meanwhile, and it is there whole or not at all."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from data.access import OPERATOR
from data.store import audit
from data.store.account_changes import AccountChange
from data.store.account_lists import Handed, plan_of, take_list
from data.store.accounts import create_account, find_account, list_accounts
from data.store.engine import Store
from data.store.new_accounts import NewAccount
from data.store.refusals import RefusedError
from data.store.schema import login_session
from data.store.seals import check_seals
from data.store.sessions import sign_in
from data.store.verification import verify_password
from tests.depth import record
from tests.present import present
from tests.stores import NOW
from tests.visitors import CATALOGUE, OWN, PASSWORD, SCHOOL

ROWS = 300
LONGEST_SECONDS = 0.1
LISTS = 3
"""As many are tried: a busy host may take the processor away from any one of them."""


def offices(prefix: str, count: int = ROWS, **values: Any) -> list[AccountChange]:
    return [
        AccountChange(f"{prefix}.{n:04}", 0, f"校办{n}", "school_office", (OWN,), (SCHOOL,), **values)
        for n in range(count)
    ]


def take(store: Store, rows: list[AccountChange], *, renews: bool = False) -> list[Handed]:
    mark = plan_of(store, CATALOGUE, OPERATOR, rows, NOW, renews=renews).mark
    return take_list(store, CATALOGUE, OPERATOR, rows, mark, NOW)


def is_sound(store: Store) -> bool:
    with store.read() as connection:
        seals = check_seals(connection, store.audit_key)
    return audit.check_chain(store).first_broken is None and seals.is_ours and not seals.changed


def longest_hold(store: Store, monkeypatch: pytest.MonkeyPatch, rows: list[AccountChange]) -> float:
    """How long the longest write of a list took from its begin to its commit."""
    held: list[float] = []
    begin = store.write

    @contextmanager
    def timed() -> Generator[Connection]:
        with begin() as connection:
            start = time.perf_counter()
            yield connection
        held.append(time.perf_counter() - start)

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", timed)
        assert len(take(store, rows)) == len(rows)
    return max(held)


def test_a_list_holds_the_store_for_a_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    holds = [longest_hold(store, monkeypatch, offices(f"list{number}")) for number in range(LISTS)]
    record(f"account_list_{store.engine.dialect.name}", rows=ROWS, seconds=min(holds))
    assert min(holds) <= LONGEST_SECONDS


def test_others_write_while_a_list_is_made_ready(store: Store) -> None:
    """A write that begins while passwords are drawn and hashed comes in before the list does."""
    rows, at_work = offices("school"), threading.Event()
    mark = plan_of(store, CATALOGUE, OPERATOR, rows, NOW, renews=False).mark
    written: list[bool] = []

    def take_it() -> None:
        at_work.set()
        take_list(store, CATALOGUE, OPERATOR, rows, mark, NOW)

    worker = threading.Thread(target=take_it)
    worker.start()
    at_work.wait()
    with store.write() as connection:
        audit.record(store, connection, audit.AuditEvent(OPERATOR.actor, "unlock", "account", "another", NOW))
    written.append(find_account(store, rows[0].account_name) is None)
    worker.join()
    assert written == [True]
    assert len(list_accounts(store)) == ROWS
    assert is_sound(store)


def test_a_list_that_breaks_off_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(audit, "record_all", fails)
    with pytest.raises(OSError, match="no space"):
        take(store, offices("school"))
    assert list_accounts(store) == []
    assert audit.check_chain(store).entry_count == 0
    assert is_sound(store)


def test_what_became_of_an_account_meanwhile_stops_the_list(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = offices("school", 3)
    mark = plan_of(store, CATALOGUE, OPERATOR, rows, NOW, renews=False).mark

    def drawn_while_another_writes(*_: object) -> str:
        if find_account(store, "school.0001") is None:
            one = NewAccount("school.0001", "别人", "municipal_leader")
            create_account(store, CATALOGUE, OPERATOR, one, PASSWORD, NOW)
        return PASSWORD

    monkeypatch.setattr("data.store.account_lists.draw_password", drawn_while_another_writes)
    with pytest.raises(RefusedError) as refusal:
        take_list(store, CATALOGUE, OPERATOR, rows, mark, NOW)
    assert refusal.value.code == "list_changed"
    assert [a.person for a in list_accounts(store)] == ["别人"]


def test_a_list_of_every_kind_is_kept_and_recorded_row_by_row(store: Store) -> None:
    first = {h.change.account_name: h.password for h in take(store, offices("school", 3))}
    sign_in(store, "school.0000", first["school.0000"], NOW)
    sign_in(store, "school.0001", first["school.0001"], NOW)
    moved = offices("school", 1, valid_to=date(2030, 8, 31)) + offices("school", 3)[1:] + offices("newone", 1)
    second = {h.change.account_name: h.password for h in take(store, moved, renews=True)}
    assert second.keys() == {"school.0001", "school.0002", "newone.0000"}
    kept = {a.account_name: a for a in list_accounts(store)}
    assert kept["school.0000"].valid_to == date(2030, 8, 31)
    assert {name: a.version for name, a in kept.items()} == {
        "school.0000": 2,
        "school.0001": 2,
        "school.0002": 2,
        "newone.0000": 1,
    }
    assert len({a.account_id for a in kept.values()}) == 4
    for name, word in {**second, "school.0000": first["school.0000"]}.items():
        assert verify_password(store, name, word, NOW).must_change
    with store.read() as connection:
        sessions = connection.execute(select(login_session.c.account_name, login_session.c.ended_at)).all()
    assert {name: ended is None for name, ended in sessions} == {"school.0000": True, "school.0001": False}
    told = [(r.action, r.after) for r in audit.history(store, "account", "school.0000") if r.action != "login"]
    assert told[1] == ("change", {"valid_to": "2030-08-31"})
    assert [r.action for r in audit.history(store, "account", "school.0002")] == ["create", "reset_password"]
    assert present(find_account(store, "newone.0000")).must_change
    assert is_sound(store)
