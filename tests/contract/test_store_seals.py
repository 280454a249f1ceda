"""Whoever changes a row past the application, wipes a log or puts a store back is found, and no write of ours is."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from data.access import OPERATOR
from data.backups import backup, restore
from data.safekeeping import verify
from data.settings import Settings
from data.store.accounts import create_account, disable_account
from data.store.column_mappings import keep_mappings
from data.store.engine import Store, open_store
from data.store.new_accounts import NewAccount
from data.store.schema import account, store_seal
from data.store.seals import check_seals, read_head
from data.store.sessions import sign_in
from data.store.verification import change_password
from tests.depth import record
from tests.stores import NOW, RECTIFIER, an_issue, put
from tests.visitors import CATALOGUE, NEXT_PASSWORD, PASSWORD

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(var_folder=tmp_path / "var")
    fill(open_store(settings))
    return settings


def fill(store: Store) -> None:
    """What offices and administrators do in a day."""
    for name in ("leader", "second"):
        create_account(store, CATALOGUE, OPERATOR, NewAccount(name, "某人", "municipal_leader"), PASSWORD, NOW)
    put(store, an_issue("T1"), an_issue("T2"))
    sign_in(store, "leader", PASSWORD, NOW)
    change_password(store, CATALOGUE, "leader", PASSWORD, NEXT_PASSWORD, LATER)
    disable_account(store, CATALOGUE, OPERATOR, "second", LATER)
    keep_mappings(store, RECTIFIER, "500242", {"学生数": "小学在校学生数", "教师": ""}, LATER)
    keep_mappings(store, RECTIFIER, "500242", {"学生数": None}, LATER)


def past_us(settings: Settings, *statements: str) -> None:
    """What somebody with the database file does to it."""
    with sqlite3.connect(settings.var_folder / "operations.db") as connection:
        for statement in statements:
            connection.execute(statement)


def damage(settings: Settings) -> str:
    return "；".join(verify(settings, open_store(settings)).damaged)


def test_what_we_write_fits_its_seal(settings: Settings) -> None:
    assert damage(settings) == ""
    (version, _), (entry, _) = read_head(settings.store_head_file)
    assert version > 1
    with open_store(settings).read() as connection:
        assert connection.execute(select(store_seal.c.version)).scalar_one() == version
    assert entry >= 5
    assert settings.store_head_file.stat().st_mode & 0o077 == 0


EDITS: dict[str, tuple[str, str]] = {
    "another password": ("update account set password_hash = 'x' where account_name = 'leader'", "account"),
    "another role": ("update account set role_code = 'administrator' where account_name = 'leader'", "account"),
    "opened again": ("update account set is_disabled = 0 where account_name = 'second'", "account"),
    "bound to another": ("update account set issuer = 'x', subject = 'y' where account_name = 'leader'", "account"),
    "an account more": (
        "insert into account (account_name, account_id, person, role_code, district_codes, school_codes,"
        " password_hash, password_set_at, must_change, is_disabled, version) select 'evil', 'e', person, role_code,"
        " district_codes, school_codes, password_hash, password_set_at, must_change, is_disabled, version"
        " from account limit 1",
        "account",
    ),
    "an account less": ("delete from account where account_name = 'second'", "account"),
    "an issue closed": ("update issue set status = 'closed' where issue_code = 'T1'", "issue"),
    "an issue's deadline": ("update issue set due_on = '2030-01-01' where issue_code = 'T2'", "issue"),
    "two issues exchanged": ("update issue set problem = case issue_code when 'T1' then 'b' else 'a' end", "issue"),
    "a demand granted": (
        "insert into account_request (account_name, action, asked_by, asked_by_id, asked_at) values ('x', 'create', 'a', 'b', '2026-01-01 00:00:00')",
        "request",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_row_that_is_changed_past_us_names_its_table(settings: Settings, edit: str) -> None:
    statement, table = EDITS[edit]
    past_us(settings, "pragma foreign_keys = off", statement)
    found = damage(settings)
    assert "在本系统之外被改动" in found
    assert table in found
    fill_more(settings)
    assert table in damage(settings)  # later writes of ours do not heal it


def fill_more(settings: Settings) -> None:
    put(open_store(settings), an_issue(f"T{time.monotonic_ns()}"))


def put_back(settings: Settings, between: Callable[[], None]) -> None:
    database, kept = settings.var_folder / "operations.db", settings.var_folder.parent / "kept.db"
    with sqlite3.connect(database) as source, sqlite3.connect(kept) as target:
        source.backup(target)
    between()
    for path in settings.var_folder.glob("operations.db*"):
        path.unlink()
    shutil.copy(kept, database)


def test_a_store_that_is_put_back_is_found_without_a_backup_or_publication(settings: Settings) -> None:
    put_back(settings, lambda: fill_more(settings))
    assert "数据库被换成较早的" in damage(settings)


def test_an_audit_that_is_put_back_is_found_where_no_row_changed(settings: Settings) -> None:
    def enter() -> None:
        sign_in(open_store(settings), "leader", NEXT_PASSWORD, LATER)

    put_back(settings, enter)
    assert "审计链从第" in damage(settings)


def test_a_wiped_log_is_found(settings: Settings) -> None:
    past_us(
        settings,
        "drop trigger audit_entry_no_delete",
        "delete from audit_entry",
        f"update audit_head set sequence = 0, hash = '{'0' * 64}'",
    )
    assert "审计链从第 1 条起断开" in damage(settings)


@pytest.mark.parametrize(
    "statement", ["delete from store_seal", "update store_seal set digests = '{}'", "update store_seal set version = 1"]
)
def test_a_seal_that_is_taken_away_is_not_made_anew(settings: Settings, statement: str) -> None:
    past_us(settings, statement)
    assert "封存不是本机密钥所签，或被删去" in damage(settings)
    fill_more(settings)
    assert damage(settings)


def test_a_store_from_before_is_sealed_at_its_first_start(settings: Settings) -> None:
    past_us(settings, "delete from store_seal")
    settings.store_head_file.unlink()
    assert damage(settings) == ""
    past_us(settings, EDITS["another role"][0])
    assert "account" in damage(settings)


def test_a_backup_brings_its_seal_along(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "backup")
    fresh = Settings(var_folder=tmp_path / "fresh")
    shutil.copytree(settings.audit_key_file.parent, fresh.audit_key_file.parent)
    assert restore(tmp_path / "backup", fresh).damaged == []
    fill_more(fresh)
    assert damage(fresh) == ""
    past_us(fresh, EDITS["another role"][0])
    assert "account" in damage(fresh)


def test_a_refused_or_broken_write_leaves_the_seal(store: Store) -> None:
    fill(store)

    def broken() -> None:
        with store.write() as connection:
            connection.execute(account.update().values(person="x"))
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    put(store, an_issue("T9"))
    with store.read() as connection:
        found = check_seals(connection, store.audit_key)
    assert (found.changed, found.is_ours) == ([], True)


def test_a_seal_costs_little(settings: Settings) -> None:
    store = open_store(settings)
    put(store, *(an_issue(f"M{n:05}") for n in range(3000)))

    def seconds(of: Store) -> float:
        begun = time.perf_counter()
        for n in range(40):
            put(of, an_issue(f"Z{id(of)}-{n}"))
        return (time.perf_counter() - begun) / 40

    sealed = seconds(store)
    begun = time.perf_counter()
    with store.read() as connection:
        check_seals(connection, store.audit_key)
    record("seal", write_ms=round(sealed * 1000, 2), check_of_3000_ms=round((time.perf_counter() - begun) * 1000))
    assert sealed < 0.1
