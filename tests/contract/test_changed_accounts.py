"""账号修改: nobody changes himself, two want the same, outside its days an account is shut, sessions are ended."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from data.access import OPERATOR, Viewer
from data.store import audit
from data.store.account_changes import AccountChange, change_account, change_of, unlock_account
from data.store.accounts import create_account, disable_account, find_account, viewer_of
from data.store.engine import Store
from data.store.guesses import FREE_TRIES, TooSoonError, wait_of
from data.store.identities import bind_account
from data.store.new_accounts import NewAccount
from data.store.open_sessions import end_open_sessions, open_sessions
from data.store.sessions import Identity, Lifetimes, sign_in, sign_in_as, viewer_of_session
from tests.people import refusal_of
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, OWN, PASSWORD, SCHOOL

NOON = datetime.fromisoformat("2026-11-29T04:00")  # UTC: the 29th in Beijing
LATE = datetime.fromisoformat("2026-11-29T16:30")  # UTC: the 30th has begun in Beijing
DAY, NEXT_DAY = NOON.date(), NOON.date() + timedelta(days=1)
HOURS = Lifetimes(timedelta(minutes=30), timedelta(hours=8), None)


def an_account(store: Store, name: str, role: str, units: tuple[str, ...] = (), person: str = "某人") -> Viewer:
    create_account(store, CATALOGUE, CLERK, NewAccount(name, person, role, units), PASSWORD, NOON)
    return viewer_of(CATALOGUE, present(find_account(store, name)), must_change=False)


def as_it_is(store: Store, name: str) -> AccountChange:
    return change_of(present(find_account(store, name)))


def refusal(store: Store, who: Viewer, change: AccountChange, at: datetime = NOON) -> str:
    return refusal_of(lambda: change_account(store, CATALOGUE, who, change, at))


def test_an_account_becomes_another_at_once_and_the_audit_says_from_what_to_what(store: Store) -> None:
    an_account(store, "wangmin", "district_supervisor", (OWN,), person="王敏")
    token = sign_in(store, "wangmin", PASSWORD, NOON)
    wanted = replace(as_it_is(store, "wangmin"), role_code="school_office", school_codes=(SCHOOL,))
    assert refusal(store, CLERK, wanted) == ""
    account = present(find_account(store, "wangmin"))
    assert (account.role_code, account.district_codes, account.school_codes) == ("school_office", (OWN,), (SCHOOL,))
    assert viewer_of_session(store, CATALOGUE, token, NOON, HOURS) is None, "another role signs in anew"
    (entry,) = audit.entries(store, action="change", before=None, most=9)
    assert entry.row.before == {"role_code": "district_supervisor", "school_codes": ""}
    assert entry.row.after == {"role_code": "school_office", "school_codes": SCHOOL}
    assert refusal(store, CLERK, wanted) == "account_changed"  # it was looked at before
    assert refusal(store, CLERK, as_it_is(store, "wangmin")) == "nothing_changes"


def test_another_name_alone_ends_no_session(store: Store) -> None:
    an_account(store, "wangmin", "municipal_leader", person="王敏")
    token = sign_in(store, "wangmin", PASSWORD, NOON)
    assert refusal(store, CLERK, replace(as_it_is(store, "wangmin"), person="王明")) == ""
    assert present(viewer_of_session(store, CATALOGUE, token, NOON, HOURS)).name == "王明"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"district_codes": ("500105",)}, "unknown_unit"),
        ({"district_codes": ()}, "needs_scope"),
        ({"school_codes": (SCHOOL,)}, "scope_not_of_role"),
        ({"role_code": "nothing"}, "unknown_role"),
        ({"person": "监 测"}, "machine_name"),
        ({"person": " "}, "bad_account_name"),
        ({"valid_from": NEXT_DAY, "valid_to": DAY}, "bad_validity"),
        ({"account_name": "nobody"}, "unknown_account"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_and_leaves_nothing(store: Store, changes: dict[str, object], code: str) -> None:
    an_account(store, "wangmin", "district_supervisor", (OWN,))
    before = find_account(store, "wangmin")
    assert refusal(store, CLERK, replace(as_it_is(store, "wangmin"), **changes)) == code
    assert find_account(store, "wangmin") == before
    assert not audit.entries(store, action="change", before=None, most=9)


def test_nobody_changes_himself_or_gives_himself_data(store: Store) -> None:
    first = an_account(store, "first", "administrator", person="甲")
    an_account(store, "second", "administrator", person="乙")
    an_account(store, "leader", "municipal_leader", person="丙")
    own = replace(as_it_is(store, "first"), role_code="municipal_leader")
    assert refusal(store, first, own) == "own_edit"
    assert refusal(store, first, replace(as_it_is(store, "leader"), person="甲")) == "own_role"
    reader = viewer_of(CATALOGUE, present(find_account(store, "leader")), must_change=False)
    assert refusal(store, reader, replace(as_it_is(store, "leader"), person="丁")) == "no_permission"
    assert refusal_of(lambda: unlock_account(store, reader, "leader", NOON)) == "no_permission"
    assert refusal_of(lambda: end_open_sessions(store, reader, "leader", "", NOON)) == "no_permission"


def test_administrators_and_auditors_are_changed_by_two_who_want_the_same(store: Store) -> None:
    first, second = (an_account(store, n, "administrator", person=n) for n in ("first", "second"))
    an_account(store, "auditor", "auditor")
    reader = replace(as_it_is(store, "auditor"), role_code="municipal_leader")
    assert refusal(store, first, reader) == "needs_second_administrator"
    other = replace(reader, role_code="district_supervisor", district_codes=(OWN,))
    assert refusal(store, second, other) == "needs_second_administrator", "another change than was asked for"
    assert present(find_account(store, "auditor")).role_code == "auditor"
    assert refusal(store, second, reader) == ""
    an_account(store, "leader", "municipal_leader")
    assert refusal(store, first, replace(as_it_is(store, "leader"), role_code="administrator")) == (
        "needs_second_administrator"
    )


def test_a_binding_by_two_is_to_the_number_that_both_named(store: Store) -> None:
    first, second = (an_account(store, n, "administrator", person=n) for n in ("first", "second"))
    an_account(store, "auditor", "auditor")

    def bind(who: Viewer, subject: str) -> str:
        return refusal_of(lambda: bind_account(store, CATALOGUE, who, "auditor", "https://id.example", subject, NOON))

    assert bind(first, "1") == "needs_second_administrator"
    assert bind(second, "2") == "needs_second_administrator"
    assert present(find_account(store, "auditor")).subject is None
    assert bind(second, "1") == ""
    assert present(find_account(store, "auditor")).subject == "1"


def test_somebody_always_keeps_the_right_to_manage_and_without_an_end(store: Store) -> None:
    an_account(store, "alone", "administrator")
    alone = as_it_is(store, "alone")
    for change in (
        replace(alone, role_code="municipal_leader"),
        replace(alone, valid_to=DAY + timedelta(days=300)),
        replace(alone, valid_from=NEXT_DAY),
    ):
        assert refusal(store, OPERATOR, change) == "last_manager"
    an_account(store, "guest", "administrator")
    assert refusal(store, OPERATOR, replace(as_it_is(store, "guest"), valid_to=NEXT_DAY)) == ""
    assert refusal(store, OPERATOR, replace(alone, role_code="municipal_leader")) == "last_manager"
    assert refusal_of(lambda: disable_account(store, CATALOGUE, OPERATOR, "alone", NOON)) == "last_manager"
    assert refusal(store, OPERATOR, replace(as_it_is(store, "guest"), valid_to=None)) == ""
    assert refusal(store, OPERATOR, replace(alone, role_code="municipal_leader")) == ""


def test_the_last_day_ends_at_midnight_in_beijing(store: Store) -> None:
    an_account(store, "guest", "municipal_leader")
    assert refusal(store, CLERK, replace(as_it_is(store, "guest"), valid_from=DAY, valid_to=DAY)) == ""
    early = NOON - timedelta(days=1)
    assert refusal_of(lambda: sign_in(store, "guest", PASSWORD, early)) == "not_yet_valid"
    before_midnight = LATE - timedelta(minutes=31)
    token = sign_in(store, "guest", PASSWORD, before_midnight)
    assert viewer_of_session(store, CATALOGUE, token, before_midnight, HOURS)
    assert viewer_of_session(store, CATALOGUE, token, LATE - timedelta(minutes=29), HOURS) is None
    assert refusal_of(lambda: sign_in(store, "guest", PASSWORD, LATE)) == "no_longer_valid"
    assert refusal_of(lambda: sign_in(store, "guest", "Wrong-word-2026", LATE)) == "bad_login", "only who knows it"
    noted = [e.row.reason for e in audit.entries(store, action="login_failed", before=None, most=9)]
    assert noted == ["bad_password", "no_longer_valid", "not_yet_valid"]


def test_at_the_provider_too_an_account_has_its_days(store: Store) -> None:
    an_account(store, "guest", "municipal_leader")
    assert refusal(store, CLERK, replace(as_it_is(store, "guest"), valid_from=NEXT_DAY)) == ""
    who = Identity("https://id.example", "77", "guest")
    assert refusal_of(lambda: sign_in_as(store, CATALOGUE, who, NOON)) == "no_account_here"  # not bound by name yet
    assert present(find_account(store, "guest")).subject is None
    assert sign_in_as(store, CATALOGUE, who, LATE)
    assert refusal(store, CLERK, replace(as_it_is(store, "guest"), valid_from=None, valid_to=DAY), LATE) == ""
    assert refusal_of(lambda: sign_in_as(store, CATALOGUE, who, LATE)) == "no_longer_valid"


def test_an_account_whose_days_are_over_opens_nothing_by_setting_a_password(store: Store) -> None:
    an_account(store, "guest", "municipal_leader")
    assert refusal(store, CLERK, replace(as_it_is(store, "guest"), valid_to=DAY)) == ""
    token = sign_in(store, "guest", PASSWORD, NOON)
    early = replace(as_it_is(store, "guest"), valid_to=DAY - timedelta(days=1))
    assert refusal(store, CLERK, early) == ""
    assert viewer_of_session(store, CATALOGUE, token, NOON, HOURS) is None
    assert open_sessions(store, "guest", NOON, HOURS) == []


def test_a_wait_is_lifted_at_the_desk(store: Store) -> None:
    an_account(store, "wangmin", "municipal_leader")
    for _ in range(FREE_TRIES + 1):
        assert refusal_of(lambda: sign_in(store, "wangmin", "Wrong-word-2026", NOON)) == "bad_login"
    with pytest.raises(TooSoonError):
        sign_in(store, "wangmin", PASSWORD, NOON)
    assert wait_of(store, "wangmin", NOON) == timedelta(seconds=15)
    unlock_account(store, CLERK, "wangmin", NOON)
    assert wait_of(store, "wangmin", NOON) == timedelta(0)
    assert sign_in(store, "wangmin", PASSWORD, NOON)
    assert [e.subject_id for e in audit.entries(store, action="unlock", before=None, most=9)] == ["wangmin"]


def test_one_session_ends_or_all_of_them_and_nobody_elses(store: Store) -> None:
    for name in ("wangmin", "another"):
        an_account(store, name, "municipal_leader")
    tokens = [sign_in(store, "wangmin", PASSWORD, NOON + timedelta(minutes=n)) for n in range(3)]
    foreign = sign_in(store, "another", PASSWORD, NOON)
    at = NOON + timedelta(minutes=5)
    newest, middle, _ = open_sessions(store, "wangmin", at, HOURS)
    assert (newest.started_at, middle.started_at) == (NOON + timedelta(minutes=2), NOON + timedelta(minutes=1))
    (stranger,) = open_sessions(store, "another", at, HOURS)
    assert refusal_of(lambda: end_open_sessions(store, CLERK, "wangmin", stranger.handle, at)) == "no_session"
    end_open_sessions(store, CLERK, "wangmin", middle.handle, at)
    alive = [bool(viewer_of_session(store, CATALOGUE, t, at, HOURS)) for t in tokens]
    assert alive == [True, False, True]
    assert refusal_of(lambda: end_open_sessions(store, CLERK, "wangmin", middle.handle, at)) == "no_session"
    end_open_sessions(store, CLERK, "wangmin", "", at)
    assert open_sessions(store, "wangmin", at, HOURS) == []
    assert viewer_of_session(store, CATALOGUE, foreign, at, HOURS)
    assert [e.row.after["sessions"] for e in audit.entries(store, action="end_sessions", before=None, most=9)] == [2, 1]


def test_what_ran_out_is_no_open_session(store: Store) -> None:
    an_account(store, "wangmin", "municipal_leader")
    sign_in(store, "wangmin", PASSWORD, NOON)
    assert len(open_sessions(store, "wangmin", NOON + timedelta(minutes=30), HOURS)) == 1
    assert open_sessions(store, "wangmin", NOON + timedelta(minutes=31), HOURS) == []
