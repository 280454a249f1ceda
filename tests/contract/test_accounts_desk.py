"""账号管理: somebody always keeps the right to it; units are today's; nobody is called like the machine."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.access import MACHINE_NAMES, OPERATOR, Viewer
from data.catalogue.tables import District
from data.clock import day_of
from data.settings import Settings
from data.store.accounts import create_account, disable_account, find_account, list_accounts, reset_password, viewer_of
from data.store.audit import entries
from data.store.engine import Store
from data.store.new_accounts import NewAccount
from data.store.refusals import RefusedError
from data.text import text
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, OWN, PASSWORD, SCHOOL, get, guarded_app, now, signed_in

BASE = "https://localhost"
TODAY = day_of(now())
AFTER_REFORM = datetime.fromisoformat("2025-11-05T16:00")  # UTC: the 6th has begun in Beijing
BEFORE_REFORM = datetime.fromisoformat("2025-11-05T15:59")


def an_administrator(store: Store, name: str) -> Viewer:
    create_account(store, CATALOGUE, CLERK, NewAccount(name, "某人", "administrator"), PASSWORD, now())
    return viewer_of(CATALOGUE, present(find_account(store, name)), must_change=False)


def refusal(work, *arguments: object) -> str:
    try:
        work(*arguments)
    except RefusedError as error:
        return error.code
    return ""


def in_force(store: Store) -> list[str]:
    return [a.account_name for a in list_accounts(store) if not a.is_disabled]


def test_the_last_administrator_stays(store: Store) -> None:
    alone = an_administrator(store, "alone")
    create_account(store, CATALOGUE, CLERK, NewAccount("leader", "某人", "municipal_leader"), PASSWORD, now())
    assert refusal(disable_account, store, CATALOGUE, alone, "alone", now()) == "own_account"
    assert refusal(disable_account, store, CATALOGUE, OPERATOR, "alone", now()) == "last_manager"
    assert in_force(store) == ["alone", "leader"]
    assert not entries(store, action="disable", before=None, most=9)
    second = an_administrator(store, "second")
    assert refusal(disable_account, store, CATALOGUE, second, "second", now()) == "own_account"
    disable_account(store, CATALOGUE, second, "alone", now())
    assert refusal(disable_account, store, CATALOGUE, alone, "second", now()) == "no_permission"
    assert refusal(disable_account, store, CATALOGUE, OPERATOR, "second", now()) == "last_manager"
    disable_account(store, CATALOGUE, second, "leader", now())
    asked = refusal(reset_password, store, CATALOGUE, second, "alone", PASSWORD, now())
    assert asked == "needs_second_administrator"
    reset_password(store, CATALOGUE, OPERATOR, "alone", PASSWORD, now())
    disable_account(store, CATALOGUE, alone, "second", now())
    assert in_force(store) == ["alone"]


def test_two_who_shut_each_other_at_once_leave_one(store: Store) -> None:
    for number in range(8):
        pair = [f"first{number}", f"second{number}"]
        viewers = [an_administrator(store, name) for name in pair]
        for name in in_force(store):
            if name not in pair:
                disable_account(store, CATALOGUE, OPERATOR, name, now())
        together = Barrier(2)

        def shut(n: int, pair=pair, viewers=viewers, together=together) -> str:
            together.wait()
            return refusal(disable_account, store, CATALOGUE, viewers[n], pair[1 - n], now())

        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(shut, range(2)))
        assert len(in_force(store)) == 1
        assert sorted(said)[0] == ""
        assert sorted(said)[1] in ("last_manager", "no_permission")


@pytest.mark.parametrize(
    ("code", "at", "wanted"),
    [
        (OWN, AFTER_REFORM, ""),
        ("P50LJ2", AFTER_REFORM, ""),
        ("P50LJ1", AFTER_REFORM, "unknown_unit"),
        ("500105", AFTER_REFORM, "unknown_unit"),
        ("500105", BEFORE_REFORM, ""),
        ("P50LJ2", BEFORE_REFORM, "unknown_unit"),
        ("999999", AFTER_REFORM, "unknown_unit"),
        ("x" * 1_000_000, AFTER_REFORM, "unknown_unit"),
    ],
    ids=lambda v: str(v)[:20],
)
def test_an_account_gets_a_unit_of_the_day(store: Store, code: str, at: datetime, wanted: str) -> None:
    account = NewAccount("newcomer", "某人", "district_supervisor", (code,))
    assert refusal(create_account, store, CATALOGUE, CLERK, account, PASSWORD, at) == wanted


BAD = {
    "unknown_role": {"role_code": "x" * 1_000_000},
    "bad_school_code": {"role_code": "school_office", "district_codes": (OWN,), "school_codes": ("x" * 1_000_000,)},
    "needs_scope": {"role_code": "school_office", "district_codes": (OWN,)},
}


@pytest.mark.parametrize("wanted", BAD)
def test_what_is_kept_of_an_account_is_bounded(store: Store, wanted: str) -> None:
    account = NewAccount(**{"account_name": "newcomer", "person": "某人", **BAD[wanted]})
    assert refusal(create_account, store, CATALOGUE, CLERK, account, PASSWORD, now()) == wanted
    many = NewAccount("newcomer", "某人", "responsible_inspector", (OWN,), tuple(f"S{n}" for n in range(201)))
    assert refusal(create_account, store, CATALOGUE, CLERK, many, PASSWORD, now()) == "bad_school_code"
    assert not entries(store, action="create", before=None, most=9)


@pytest.mark.parametrize(
    "name", ["", "ab", "Clerk", "cler\u212a", "\uff43lerk", "clerk\n", "clérk", "a" * 41, "clerk\x00", "1ab"]
)
def test_a_name_of_an_account_is_of_plain_letters(store: Store, name: str) -> None:
    account = NewAccount(name, "某人", "auditor")
    assert refusal(create_account, store, CATALOGUE, CLERK, account, PASSWORD, now()) == "bad_account_name"
    assert find_account(store, name) is None


@pytest.mark.parametrize("person", [*sorted(MACHINE_NAMES), " 监 测 ", "监\u3000测", "ｌｏｃａｌ", "LOCAL"])
def test_nobody_is_called_like_the_machine(store: Store, person: str) -> None:
    account = NewAccount("newcomer", person, "auditor")
    assert refusal(create_account, store, CATALOGUE, CLERK, account, PASSWORD, now()) == "machine_name"


@pytest.mark.parametrize("person", ["", "  ", "某" * 41, "某\n人", "某\x00人", "某\u202e人"])
def test_a_person_has_a_name_that_can_be_read(store: Store, person: str) -> None:
    account = NewAccount("newcomer", person, "auditor")
    assert refusal(create_account, store, CATALOGUE, CLERK, account, PASSWORD, now()) == "bad_account_name"


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("desk"), ("clerk",))


def offered(page: str) -> dict[str, str]:
    chosen = present(re.search(r'<select name="district_code">(.*?)</select>', page, re.DOTALL))[1]
    return {
        code: html.unescape(label)
        for code, label in re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', chosen)
        if code
    }


def test_the_desk_offers_the_units_of_today(app: ServerRenderedDash) -> None:
    client, _ = signed_in(app, "clerk")
    found = offered(get(client, "/accounts").text)
    today = {d.district_code for d in CATALOGUE.in_force(District, TODAY)}
    assert set(found) <= today
    assert {d.district_code for d in CATALOGUE.in_force(District, TODAY) if d.is_expected} <= set(found)
    assert not {"500105", "500112", "P50LJ1", "P50GX1", "P50WS1"} & set(found)
    assert found["P50LJ2"] == "两江新区（P50LJ2）"
    assert len(set(found.values())) == len(found)
    assert len({label.split("（")[0] for label in found.values()}) == len(found)  # no twins are left


def test_invented_units_are_offered_only_where_data_of_them_is(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, token = signed_in(app, "clerk")
    invented = [c for c in offered(get(client, "/accounts").text) if c.startswith("X")]
    assert invented == []  # the demonstration has no schools of them
    held = {("2026", "X50002"): None, ("2026", "500105"): None}
    with monkeypatch.context() as patch:
        patch.setattr("callbacks.web.accounts.returned_scopes", lambda *_: held)
        found = offered(get(client, "/accounts").text)
    assert [c for c in found if c.startswith("X")] == ["X50002"]
    assert "500105" not in found
    sent = {
        "csrf_token": token,
        "action": "create",
        "account_name": "invented",
        "person": "某人",
        "role_code": "district_supervisor",
        "district_code": "X50001",
        "password": PASSWORD,
    }
    answer = client.post("/accounts", data=sent, base_url=BASE)
    assert answer.status_code == 400
    assert text("refused.unknown_unit") in answer.text
    assert find_account(app.deps.store, "invented") is None


def test_an_account_of_a_unit_that_is_no_more_says_until_when_it_was(app: ServerRenderedDash) -> None:
    for code, at in (("P50LJ1", BEFORE_REFORM), ("P50LJ2", AFTER_REFORM)):
        account = NewAccount(f"twin.{code.lower()}", "某人", "district_supervisor", (code,))
        create_account(app.deps.store, CATALOGUE, CLERK, account, PASSWORD, at)
    client, _ = signed_in(app, "clerk")
    page = get(client, "/accounts").text
    assert "两江新区（P50LJ1，至2025-11-05）" in page
    assert "两江新区（P50LJ2）" in page


def test_the_only_administrator_is_told_why_not(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "clerk")
    sent = {"csrf_token": token, "action": "disable", "account_name": "clerk"}
    answer = client.post("/accounts", data=sent, base_url=BASE)
    assert answer.status_code == 400
    assert text("refused.own_account") in answer.text
    assert get(client, "/accounts").status_code == 200


@pytest.mark.parametrize(
    ("role", "units", "schools", "code"),
    [
        ("municipal_leader", (OWN,), (), "scope_not_of_role"),
        ("municipal_leader", (), (SCHOOL,), "scope_not_of_role"),
        ("administrator", (OWN,), (), "scope_not_of_role"),
        ("district_supervisor", (OWN,), (SCHOOL,), "scope_not_of_role"),
        ("district_supervisor", (OWN,), (), ""),
        ("school_office", (OWN,), (SCHOOL,), ""),
        ("responsible_inspector", (OWN,), (SCHOOL, "S500242-002"), ""),
    ],
)
def test_an_account_has_the_scope_of_its_role(
    store: Store, role: str, units: tuple[str, ...], schools: tuple[str, ...], code: str
) -> None:
    wanted = NewAccount("anybody", "某人", role, units, schools)
    assert refusal(create_account, store, CATALOGUE, CLERK, wanted, PASSWORD, now()) == code


@pytest.mark.parametrize(("school", "status"), [("不存在", 400), ("S500101-001", 400), (SCHOOL, 302)])
def test_an_account_is_for_a_school_that_the_unit_has(
    demo_settings: Settings, tmp_path: Path, school: str, status: int
) -> None:
    app = guarded_app(demo_settings, tmp_path, ("clerk",))
    client, token = signed_in(app, "clerk")
    answer = client.post(
        "/accounts",
        base_url=BASE,
        data={
            "csrf_token": token,
            "action": "create",
            "account_name": "newoffice",
            "person": "新校办",
            "role_code": "school_office",
            "district_code": OWN,
            "school_codes": school,
            "password": PASSWORD,
        },
    )
    assert answer.status_code == status
    assert (text("refused.unknown_school") in answer.get_data(as_text=True)) is (status == 400)
