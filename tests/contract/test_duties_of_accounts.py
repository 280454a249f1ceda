"""Returns, publications and accounts: nobody ends alone what is about himself; the auditor is changed by two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from data.access import OPERATOR, Permission, Viewer
from data.settings import Settings
from data.store import audit
from data.store.accounts import NewAccount, create_account, disable_account, find_account, reset_password, viewer_of
from data.store.engine import Store, open_store
from data.store.identities import bind_account
from data.store.passwords import is_right_password
from data.store.submission import Step
from data.store.submissions import add_submission, find_submission, may_decide, submit
from tests.people import CATALOGUE, OF_UNIT, PEOPLE, UNIT, refusal_of
from tests.present import present
from tests.stores import NOW
from tests.visitors import CLERK, PASSWORD

AT_THE_DESK = {Permission.ACCOUNTS_MANAGE, Permission.CATALOGUE_PROPOSE, Permission.CATALOGUE_RELEASE}
FIRST_WORD, NEXT_WORD = "Ein-Wort-fuer-2", "Noch-ein-Wort-3"
ISSUER, SUBJECT = "https://id.example", "248289761001"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


def test_nobody_takes_over_what_he_handed_in(store: Store) -> None:
    """Two of every role hand in and decide: never one and the same person, whatever he is called."""
    ended: list[tuple[str, str]] = []
    for giver in PEOPLE:
        wanted = {
            "district_code": UNIT,
            "period": "2026",
            "file_name": "a.xlsx",
            "sha256": "x",
            "result": {"findings": []},
        }
        number = 0

        def hand_in(giver: Viewer = giver, wanted: dict[str, object] = wanted) -> None:
            nonlocal number
            number = add_submission(store, giver, wanted, NOW)
            submit(store, giver, Step(number, 1, ""), {}, NOW, is_correction=False)

        if refusal_of(hand_in):
            continue
        for decider in (*PEOPLE, replace(giver, name="改了名的人")):
            refusal = refusal_of(partial(may_decide, store, decider, Step(number, 2, "")))
            ended += [] if refusal else [(giver.account_id, decider.account_id)]
        assert present(find_submission(store, giver, number)).submitted_by_id == giver.account_id
    assert ended
    assert [pair for pair in ended if pair[0] == pair[1]] == []
    assert {p.account_id for p in OF_UNIT} & {decider for _, decider in ended} == set()


def test_publications_are_nobodys_who_is_bound_to_a_unit() -> None:
    able = {p.role for p in PEOPLE if Permission.RETURNS_APPROVE in p.permissions and p.scope.districts is None}
    assert able == {"municipal_supervisor"}
    assert not [p.name for p in OF_UNIT if Permission.RETURNS_APPROVE in p.permissions]


def test_no_role_manages_accounts_and_sees_data() -> None:
    held = {p.role: p.permissions for p in PEOPLE}
    for role, permissions in held.items():
        if Permission.ACCOUNTS_MANAGE in permissions:
            assert permissions == AT_THE_DESK, role
        if Permission.AUDIT_READ in permissions:
            assert permissions == {Permission.AUDIT_READ}, role


def an_account(store: Store, name: str, role: str) -> Viewer:
    create_account(store, CATALOGUE, CLERK, NewAccount(name, f"{name}的人", role), PASSWORD, NOW)
    return viewer_of(CATALOGUE, present(find_account(store, name)), must_change=False)


def test_the_auditors_password_needs_two_administrators(store: Store) -> None:
    first, second = (an_account(store, n, "administrator") for n in ("first", "second"))
    an_account(store, "auditor", "auditor")

    def reset(who: Viewer, word: str, days: float = 0) -> str:
        at = NOW + timedelta(days=days)
        return refusal_of(lambda: reset_password(store, CATALOGUE, who, "auditor", word, at))

    def opens(word: str) -> bool:
        return is_right_password(present(find_account(store, "auditor")).password_hash, word)

    assert [reset(first, FIRST_WORD) for _ in range(3)] == ["needs_second_administrator"] * 3
    assert opens(PASSWORD)
    assert reset(second, NEXT_WORD, days=8) == "needs_second_administrator"  # the first one's request has lapsed
    assert reset(first, FIRST_WORD, days=8.5) == ""
    assert opens(FIRST_WORD)
    assert reset(second, NEXT_WORD, days=9) == "needs_second_administrator"  # used up
    asked = [e.row for e in audit.entries(store, action="ask_second", before=None, most=9)]
    assert {(e.account_id, e.after["action"]) for e in asked} == {
        (first.account_id, "reset_password"),
        (second.account_id, "reset_password"),
    }
    reset_password(store, CATALOGUE, OPERATOR, "auditor", NEXT_WORD, NOW)
    assert opens(NEXT_WORD)


def test_an_identity_of_the_auditor_needs_two_and_ones_own_another(store: Store) -> None:
    first, second = (an_account(store, n, "administrator") for n in ("first", "second"))
    an_account(store, "auditor", "auditor")
    an_account(store, "leader", "municipal_leader")

    def bind(who: Viewer, name: str) -> str:
        return refusal_of(lambda: bind_account(store, CATALOGUE, who, name, ISSUER, SUBJECT, NOW))

    assert bind(first, "first") == "own_binding"
    assert bind(first, "auditor") == "needs_second_administrator"
    assert present(find_account(store, "auditor")).subject is None
    assert bind(second, "auditor") == ""
    assert present(find_account(store, "auditor")).subject == SUBJECT
    assert bind_account(store, CATALOGUE, first, "leader", ISSUER, "another", NOW) is None


def test_no_administrator_gives_himself_data_or_a_puppet(store: Store) -> None:
    first, second = (an_account(store, n, "administrator") for n in ("first", "second"))

    def create(who: Viewer, name: str, person_name: str, role: str) -> str:
        units = (UNIT,) if role == "district_supervisor" else ()
        wanted = NewAccount(name, person_name, role, units)
        return refusal_of(lambda: create_account(store, CATALOGUE, who, wanted, PASSWORD, NOW))

    for number, role in enumerate(("municipal_leader", "municipal_supervisor", "district_supervisor")):
        for name in (first.name, f" {first.name}", first.name.upper()):
            assert create(first, f"own{number}", name, role) == "own_role"
    assert create(second, "own9", first.name, "municipal_leader") == ""
    assert create(first, "puppet", "某人", "administrator") == "needs_second_administrator"
    assert create(first, "puppet", "某人", "administrator") == "needs_second_administrator"
    assert find_account(store, "puppet") is None
    assert create(second, "puppet", "某人", "administrator") == ""
    assert refusal_of(lambda: disable_account(store, CATALOGUE, first, "first", NOW)) == "own_account"


@pytest.mark.parametrize("who", PEOPLE, ids=lambda p: p.name)
def test_only_administrators_change_accounts(store: Store, who: Viewer) -> None:
    an_account(store, "target", "municipal_leader")
    new = NewAccount("newcomer", "某人", "municipal_leader")
    tries: list[Callable[[], object]] = [
        lambda: create_account(store, CATALOGUE, who, new, PASSWORD, NOW),
        lambda: reset_password(store, CATALOGUE, who, "target", NEXT_WORD, NOW),
        lambda: bind_account(store, CATALOGUE, who, "target", ISSUER, SUBJECT, NOW),
        lambda: disable_account(store, CATALOGUE, who, "target", NOW),
    ]
    may = who.role == "administrator"
    assert [refusal_of(one) for one in tries] == ["" if may else "no_permission"] * len(tries)
