"""A person is given everything that stands under their number, and let go of it: all names but the signed audit's."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Date

from data.access import OPERATOR
from data.catalogue.keeping_tables import KeptRecord
from data.catalogue.loader import load_catalogue
from data.store import audit
from data.store.account_changes import change_account, change_of
from data.store.accounts import create_account, disable_account, find_account, reset_password, viewer_of
from data.store.engine import Store
from data.store.evidence import add_evidence, list_evidence
from data.store.identities import bind_account
from data.store.ledger import Move, find_issue, move
from data.store.names import account_names
from data.store.new_accounts import NewAccount
from data.store.outlived import old_accounts
from data.store.personal import data_of, erase_person, person_columns
from data.store.refusals import RefusedError
from data.store.schema import metadata
from data.store.sessions import sign_in
from tests.present import present
from tests.stores import NOW, an_issue, put

CATALOGUE = load_catalogue()
PASSWORD = "Ganzhou-2026-xy"
NAME = "尤县督"


@pytest.fixture
def store(store: Store) -> Store:
    for account in (
        NewAccount("district", NAME, "district_supervisor", ("500242",)),
        NewAccount("first.admin", "甘管理", "administrator"),
        NewAccount("second.admin", "甘二", "administrator"),
    ):
        create_account(store, CATALOGUE, OPERATOR, account, PASSWORD, NOW)
    put(store, an_issue("A", "under_way"))
    acting = viewer_of(CATALOGUE, present(find_account(store, "district")), must_change=False)
    add_evidence(store, CATALOGUE, acting, "A", "a.pdf", b"%PDF-1.7", NOW)
    move(store, CATALOGUE, acting, Move("A", 1, "submit"), NOW)
    sign_in(store, "district", PASSWORD, NOW, "198.51.100.9")
    return store


def refusal(store: Store, name: str) -> str:
    try:
        erase_person(store, CATALOGUE, OPERATOR, name, NOW)
    except RefusedError as error:
        return error.code
    return ""


def test_a_person_gets_everything_under_the_own_number(store: Store) -> None:
    kept = data_of(store, "district")
    number = present(find_account(store, "district")).account_id
    assert kept["account"]["person"] == NAME
    assert len(kept["sessions"]) == 1
    assert {row["action"] for row in kept["audit"]} >= {"evidence", "submit", "login"}
    assert [row["issue_code"] for row in kept["issue.rectified_by"]] == ["A"]
    assert [row["file_name"] for row in kept["evidence_file.added_by"]] == ["a.pdf"]
    assert all(row["account_id"] == number for row in kept["audit"])
    words = json.dumps(kept, ensure_ascii=False, default=str)
    assert "argon2" not in words
    assert "password_hash" not in words
    assert "甘二" not in words
    with pytest.raises(RefusedError, match="unknown_account"):
        data_of(store, "nobody")


def test_who_is_let_go_of_is_named_nowhere_but_in_the_signed_audit(store: Store) -> None:
    assert refusal(store, "district") == "still_in_use"
    disable_account(store, CATALOGUE, OPERATOR, "district", NOW)
    before = present(find_account(store, "district"))
    gone = present(erase_person(store, CATALOGUE, OPERATOR, "district", NOW))
    assert find_account(store, "district") is None
    assert (gone.account_id, gone.subject, gone.password_hash, gone.is_disabled) == (before.account_id, None, "", True)
    with store.read() as connection:
        for table in metadata.sorted_tables:
            if not table.name.startswith("audit_"):
                rows = connection.execute(table.select()).all()
                assert NAME not in str(rows), table.name
                assert "'district'" not in str(rows), table.name
    assert present(find_issue(store, "A")).rectified_by_id == before.account_id, "the number still tells who it was"
    assert list_evidence(store, "A")[0].added_by == gone.person
    assert audit.check_chain(store).first_broken is None
    shown = account_names(store).of_history(audit.history(store, "issue", "A"))
    assert {row.actor for row in shown if row.account_id == before.account_id} == {gone.person}
    assert refusal(store, gone.account_name) == "erased_before"
    assert audit.entries(store, action="erase", before=None, most=9)[0].subject_id == gone.account_name


def test_nobody_erases_himself_or_without_the_right(store: Store) -> None:
    disable_account(store, CATALOGUE, OPERATOR, "district", NOW)
    admin = viewer_of(CATALOGUE, present(find_account(store, "first.admin")), must_change=False)
    with pytest.raises(RefusedError, match="own_edit"):
        erase_person(store, CATALOGUE, admin, "first.admin", NOW)
    with pytest.raises(RefusedError, match="no_permission"):
        erase_person(store, CATALOGUE, replace(admin, permissions=frozenset()), "district", NOW)


def test_of_administrators_two_let_go_of_a_person(store: Store) -> None:
    first, second = (
        viewer_of(CATALOGUE, present(find_account(store, f"{n}.admin")), must_change=False) for n in ("first", "second")
    )
    with pytest.raises(RefusedError, match="still_in_use"):
        erase_person(store, CATALOGUE, first, "district", NOW)
    disable_account(store, CATALOGUE, OPERATOR, "district", NOW)
    for _ in range(2):  # the same one twice is one
        assert erase_person(store, CATALOGUE, first, "district", NOW) is None
        assert present(find_account(store, "district")).person == NAME
    gone = present(erase_person(store, CATALOGUE, second, "district", NOW))
    assert find_account(store, gone.account_name) == replace(gone, version=gone.version + 1)
    assert (find_account(store, "district"), NAME in gone.person) == (None, False)


def test_nothing_brings_an_erased_account_back_or_gives_it_to_somebody(store: Store) -> None:
    disable_account(store, CATALOGUE, OPERATOR, "district", NOW)
    gone = present(erase_person(store, CATALOGUE, OPERATOR, "district", NOW)).account_name
    stands = present(find_account(store, gone))
    other = replace(change_of(stands), person="别人")
    for step in (
        lambda: reset_password(store, CATALOGUE, OPERATOR, gone, "Fremde-Tuer-2026", NOW),
        lambda: bind_account(store, CATALOGUE, OPERATOR, gone, "https://login.example", "7", NOW),
        lambda: change_account(store, CATALOGUE, OPERATOR, other, NOW),
        lambda: disable_account(store, CATALOGUE, OPERATOR, gone, NOW),
    ):
        with pytest.raises(RefusedError, match="erased_before"):
            step()
    assert find_account(store, gone) == stands
    looks_like = NewAccount("erased-0123456789ab", "别人", "municipal_leader")
    with pytest.raises(RefusedError, match="machine_name"):
        create_account(store, CATALOGUE, OPERATOR, looks_like, PASSWORD, NOW)


def test_every_name_in_the_store_stands_beside_a_number_or_is_said_to_be_kept() -> None:
    """A new column that names who acted is erased too, or this list says why it is not."""
    named = {f"{table.name}.{column}" for table, column, _ in person_columns()}
    acting = {
        f"{t.name}.{c.name}"
        for t in metadata.sorted_tables
        for c in t.columns
        if (c.name.endswith("_by") or c.name in ("reviewer", "actor")) and not isinstance(c.type, Date)
    }
    assert acting - named == {"audit_entry.actor"}, "signed, shown by its number"


def test_each_kind_of_record_is_told_with_its_time() -> None:
    rows = {r.record_code: r for r in CATALOGUE.rows(KeptRecord)}
    for row in rows.values():
        assert row.purpose, row
        assert row.afterwards, row
        assert (row.keep_days is None) == (not row.counted_from), row
    assert {"account", "session", "audit", "evidence", "submission"} <= set(rows)
    assert rows["audit"].keep_days is None


def test_a_long_disabled_account_has_outlived_its_time(store: Store) -> None:
    disable_account(store, CATALOGUE, OPERATOR, "district", NOW)
    assert old_accounts(store, NOW) == []
    assert old_accounts(store, NOW + timedelta(seconds=1)) == ["district"]
    erase_person(store, CATALOGUE, OPERATOR, "district", NOW)
    assert old_accounts(store, NOW + timedelta(seconds=1)) == []
