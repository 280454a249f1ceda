"""Who acts is an account: names may be shared, changed or typed; a number is one person's for ever."""

import hmac
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from flask.testing import FlaskClient
from sqlalchemy import create_engine, select, text, update

from callbacks.rendering.index_document import ServerRenderedDash
from data.access import MONITORING, Actor, Permission, Viewer, is_machine_name, plain_name
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store import audit
from data.store.accounts import NewAccount, create_account, find_account, list_accounts, viewer_of
from data.store.engine import MIGRATIONS, Store, open_at, open_store
from data.store.evidence import add_evidence, list_evidence
from data.store.ledger import Move, find_issue, move
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.store.schema import account as account_table
from data.store.schema import audit_entry
from data.store.submission import Step
from data.store.submissions import may_decide
from tests.stores import NOW, RECTIFIER, REVIEWER, an_issue, put
from tests.visitors import CLERK, PASSWORD, guarded_app, plain, signed_in

CATALOGUE = load_catalogue()
CODE = "T2026-0001"
FIRST, SECOND = "a" * 32, "b" * 32


def holder(store: Store, account_name: str, person: str, role: str = "municipal_supervisor") -> Viewer:
    create_account(store, CATALOGUE, CLERK, NewAccount(account_name, person, role), PASSWORD, NOW)
    account = find_account(store, account_name)
    assert account is not None
    return viewer_of(CATALOGUE, account, must_change=False)


def test_a_name_changed_or_shared_makes_nobody_another_person(store: Store) -> None:
    """张伟 rectifies, is called 张维 from then on, and still does not verify himself; another 张伟 does."""
    rights = frozenset({Permission.LEDGER_RECTIFY, Permission.LEDGER_REVIEW, Permission.LEDGER_SUPERVISE})
    one = Viewer("张伟", rights, account="zhangwei", account_id=FIRST)
    put(store, an_issue())
    move(store, CATALOGUE, one, Move(CODE, 1, "start", measure="调配1人"), NOW)
    add_evidence(store, CATALOGUE, one, CODE, "任职文件.pdf", b"%PDF-1.4", NOW)
    move(store, CATALOGUE, one, Move(CODE, 2, "submit"), NOW)
    with pytest.raises(RefusedError, match="needs_second_person"):
        move(store, CATALOGUE, replace(one, name="张维"), Move(CODE, 3, "close", "核实"), NOW, is_met=True)
    twin = replace(one, account="zhangwei2", account_id=SECOND)
    closed = move(store, CATALOGUE, twin, Move(CODE, 3, "close", "核实"), NOW, is_met=True)
    assert (closed.rectified_by, closed.rectified_by_id) == ("张伟", FIRST)
    assert (closed.reviewer, closed.reviewer_id, closed.updated_by_id) == ("张伟", SECOND, SECOND)
    assert [f.added_by_id for f in list_evidence(store, CODE)] == [FIRST]
    acts = audit.history(store, "issue", CODE)
    assert {(e.action, e.account_id) for e in acts if e.action != "refused"} == {
        ("start", FIRST),
        ("evidence", FIRST),
        ("submit", FIRST),
        ("close", SECOND),
    }
    assert audit.check_chain(store).first_broken is None


def test_without_a_number_the_name_has_to_do(store: Store) -> None:
    """What was done without login, or before accounts had numbers, is compared by name, as it looks."""
    put(store, an_issue(status="awaiting_review", rectified_by="复核 乙"))
    for who in (REVIEWER, replace(REVIEWER, account="fuhe", account_id=FIRST)):
        with pytest.raises(RefusedError, match="needs_second_person"):
            move(store, CATALOGUE, who, Move(CODE, 1, "close", "核实"), NOW, is_met=True)
    other = replace(REVIEWER, name="另一人", account="other", account_id=SECOND)
    assert move(store, CATALOGUE, other, Move(CODE, 1, "close", "核实"), NOW, is_met=True).status == "closed"


def test_every_account_has_a_number_of_its_own(store: Store) -> None:
    numbers = {holder(store, name, "同名").account_id for name in ("one", "two", "three")}
    assert len(numbers) == 3
    assert all(len(n) == 32 for n in numbers)


def test_only_who_shares_a_name_is_told_apart(store: Store) -> None:
    one, other = holder(store, "zhangwei", "张伟"), holder(store, "zhangwei2", "张　伟")
    alone = holder(store, "lisi", "李四")
    names = account_names(store)
    assert names.shown("张伟", one.account_id) == "张伟（zhangwei）"
    assert names.shown("张　伟", other.account_id) == "张　伟（zhangwei2）"
    assert names.shown("李四", alone.account_id) == "李四"
    assert names.shown("张伟", "") == "张伟"
    assert names.shown(MONITORING.name, MONITORING.account_id) == "监测"


def test_the_account_of_an_entry_cannot_be_exchanged(store: Store) -> None:
    """Number, role, place and request are under the hash; without them it is what it always was."""
    with store.write() as connection:
        audit.record(store, connection, audit.AuditEvent(Actor("甲", FIRST, "市级督导人员"), "x", "issue", "1", NOW))
    for column, other in (("account_id", SECOND), ("account_id", ""), ("role", ""), ("address_digest", "f" * 64)):
        with store.read() as connection:
            kept = connection.execute(select(audit_entry)).mappings().one()
        _overwrite(store, {column: other})
        assert audit.check_chain(store).first_broken == 1, column
        _overwrite(store, {column: kept[column]})
        assert audit.check_chain(store).first_broken is None


def _overwrite(store: Store, values: dict[str, Any]) -> None:
    with store.write() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(text("alter table audit_entry disable trigger all"))
        else:
            connection.execute(text("drop trigger if exists audit_entry_no_update"))
        connection.execute(update(audit_entry).values(**values))


LOOKS_LIKE = (
    " 监 测 ",
    "监\u200b测",
    "监\ufe0f测",
    "监\U000e0100测",
    "监\u3164测",
    "监\u0335测",
    "監測",
    "系統",
    "導入",
    "ＤＥＭＯ",
    "\u2069系\u2068统",
    "lo\u00adcal",
    "\u24c8ystem",
)


@pytest.mark.parametrize("name", LOOKS_LIKE)
def test_no_spelling_of_a_machine_is_a_persons_name(name: str) -> None:
    assert is_machine_name(name)


@pytest.mark.parametrize("name", ["监测员", "张伟", "local hero", "Ünal", "买买提·吐尔逊"])
def test_names_of_people_are_free(name: str) -> None:
    assert not is_machine_name(name)


@pytest.mark.parametrize("account_name", ["demo", "local", "system"])
def test_no_account_is_called_like_a_machine(store: Store, account_name: str) -> None:
    with pytest.raises(RefusedError, match="machine_name"):
        holder(store, account_name, "张三")


def test_a_kelvin_sign_looks_like_a_k() -> None:
    assert plain_name("\u212aim") == plain_name("Kim")


@pytest.fixture(params=["sqlite", "postgresql"])
def older_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store as version 0.5 left it: accounts without numbers, acts by name."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'operations.db'}" if is_sqlite else request.getfixturevalue("postgres_url")
    engine, config = create_engine(url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        for statement in ARRANGED:
            connection.execute(text(statement))
    engine.dispose()
    yield url
    if not is_sqlite:
        with create_engine(url).begin() as connection:
            connection.execute(text("drop schema public cascade"))
            connection.execute(text("create schema public"))


ACCOUNT = (
    "insert into account (account_name, person, role_code, district_codes, school_codes, password_hash,"
    " password_set_at, must_change, is_disabled, version) values ('{0}', '{1}', 'municipal_supervisor', '', '', 'x',"
    " '2026-01-01 00:00:00', false, false, 1)"
)
ISSUE = (
    "insert into issue (issue_code, district_code, problem, origin, found_on, status, rectified_by, reviewer, was_met,"
    " is_demonstration, version, updated_by, updated_at) values ('{0}', '500242', '骨干教师差1人', '监测', '2026-01-01',"
    " 'awaiting_review', '{1}', null, false, false, 3, '{2}', '2026-01-01 00:00:00')"
)
SUBMISSION = (
    "insert into submission (submission_id, district_code, period, file_name, sha256, status, result, explanations,"
    " reason, note, submitted_by, decided_by, batch_id, version, updated_at) values (7, '500242', '2026', 'a.xlsx',"
    " 'x', 'submitted', '{\"findings\": []}', '{}', '', '', '李四', '', '', 2, '2026-01-01 00:00:00')"
).replace(":", "\\:")
ENTRY = (
    "insert into audit_entry (sequence, at, actor, action, subject_kind, subject_id, before, after, reason,"
    " previous_hash, hash) values (1, 'x', '李四', 'submit', 'issue', 'A', '{}', '{}', '', 'x', 'x')"
)
ARRANGED = (
    ACCOUNT.format("lisi", "李四"),
    ACCOUNT.format("zhangwei", "张伟"),
    ACCOUNT.format("zhangwei2", "张伟"),
    ISSUE.format("A", "李四", "李四"),
    ISSUE.format("B", "张伟", "监测"),
    ISSUE.format("C", "某人", "导入"),
    SUBMISSION,
    ENTRY,
)


def test_a_store_of_an_older_form_learns_the_accounts(older_store: str, tmp_path: Path) -> None:
    """Acts of a name that one account bears are that account's; of twins and strangers only the name is known."""
    store = open_at(older_store, b"k" * 32, tmp_path)
    numbers = {a.account_name: a.account_id for a in list_accounts(store)}
    assert len(set(numbers.values()) - {""}) == 3
    kept = {code: find_issue(store, code) for code in "ABC"}
    assert {c: (i.rectified_by_id, i.updated_by_id) for c, i in kept.items() if i} == {
        "A": (numbers["lisi"], numbers["lisi"]),
        "B": ("", ""),
        "C": ("", ""),
    }
    account = find_account(store, "lisi")
    assert account is not None
    who = viewer_of(CATALOGUE, account, must_change=False)
    with pytest.raises(RefusedError, match="own_return"):
        may_decide(store, who, Step(7, 2, ""))
    with store.read() as connection:
        assert connection.execute(select(audit_entry.c.account_id, audit_entry.c.hash)).one() == ("", "x")
    store.engine.dispose()
    again = open_at(older_store, b"k" * 32, tmp_path)
    assert {a.account_name: a.account_id for a in list_accounts(again)} == numbers
    again.engine.dispose()


def test_entries_of_an_older_form_keep_their_hashes(tmp_path: Path) -> None:
    """An entry without account, role, place and request is hashed as it was before there were any."""
    settings = Settings(var_folder=tmp_path)
    store = open_store(settings)
    with store.write() as connection:
        audit.record(store, connection, audit.AuditEvent(Actor("甲"), "x", "issue", "1", NOW, "理由"))
    with store.read() as connection:
        entry = connection.execute(select(audit_entry)).mappings().one()
    content = (
        audit.START
        + '{"action":"x","actor":"甲","after":"{}","at":"2026-11-23T02:00:00.000000","before":"{}",'
        + '"reason":"理由","sequence":1,"subject_id":"1","subject_kind":"issue"}'
    )
    expected = hmac.new(store.audit_key, content.encode(), "sha256").hexdigest()
    assert entry["hash"] == expected


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("twins"), ("city", "auditor"))


def shown(client: FlaskClient, path: str) -> str:
    return plain(client.get(path, base_url="https://localhost"))


def test_twins_are_told_apart_where_acts_are_shown(app: ServerRenderedDash) -> None:
    store = app.deps.store
    city, _ = signed_in(app, "city")
    put(store, an_issue())
    account = find_account(store, "city")
    assert account is not None
    who = viewer_of(CATALOGUE, account, must_change=False)
    acting = replace(who, permissions=who.permissions | RECTIFIER.permissions)
    add_evidence(store, CATALOGUE, acting, CODE, "照片.pdf", b"%PDF-1.4", NOW)
    alone = shown(city, f"/ledger?issue={CODE}&only=all")
    assert "市督导" in alone
    assert "市督导（city）" not in alone
    holder(store, "city2", "市督导")
    assert "市督导（city）" in shown(city, f"/ledger?issue={CODE}&only=all")
    auditor, _ = signed_in(app, "auditor")
    assert "市督导（city）" in shown(auditor, "/audit?action=evidence")


def test_a_disabled_twin_is_still_told_apart(store: Store) -> None:
    one, other = holder(store, "zhangwei", "张伟"), holder(store, "zhangwei2", "张伟")
    with store.write() as connection:
        connection.execute(
            update(account_table).where(account_table.c.account_name == "zhangwei2").values(is_disabled=True)
        )
    names = account_names(store)
    assert names.shown("张伟", one.account_id) == "张伟（zhangwei）"
    assert names.shown("张伟", other.account_id) == "张伟（zhangwei2）"
