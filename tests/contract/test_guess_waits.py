"""Tries to sign in: a name waits longer each time, known or not, whichever worker is asked; an address seldom."""

import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from data.settings import ROOT, Settings
from data.store import guesses
from data.store.accounts import NewAccount, create_account, reset_password
from data.store.audit import entries
from data.store.engine import Store, open_at
from data.store.guesses import MOST_PER_WINDOW, TooSoonError, count_address, give_back
from data.store.refusals import RefusedError
from data.store.schema import sign_in_count
from data.store.sessions import sign_in
from data.store.verification import change_password
from data.text import text
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, NEXT_PASSWORD, PASSWORD, guarded_app, now

BASE = "https://localhost"
WAITS = (0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 600, 600)  # after the nth failure in a row, s


def an_account(store: Store, name: str = "victim") -> None:
    wanted = NewAccount(name, "某人", "municipal_leader")
    create_account(store, CATALOGUE, CLERK, wanted, PASSWORD, now())


def refused(store: Store, name: str, password: str, at, address: str = "") -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        sign_in(store, name, password, at, address)
    return caught.value


def told_to_wait(store: Store, name: str, password: str, at, address: str = "") -> TooSoonError:
    found = refused(store, name, password, at, address)
    assert isinstance(found, TooSoonError)
    return found


def test_a_name_waits_longer_each_time_whether_anybody_has_it_or_not(store: Store) -> None:
    an_account(store)
    for number, name in enumerate(("victim", "nobody", "Not a name", "空", "a" * 200)):
        at, address = now(), f"203.0.113.{number}"
        for wait in WAITS:
            assert refused(store, name, "Wrong-word-1", at, address).code == "bad_login"
            if wait:
                early = told_to_wait(store, name, PASSWORD, at + timedelta(seconds=wait - 1), address)
                assert (early.code, early.seconds) == ("too_soon", 1), (name, wait)
            at += timedelta(seconds=wait)
    assert sign_in(store, "victim", PASSWORD, at)


def test_the_right_password_after_the_wait_enters_and_starts_anew(store: Store) -> None:
    an_account(store)
    at = now()
    for _ in range(5):
        refused(store, "victim", "Wrong-word-1", at)
    assert refused(store, "victim", PASSWORD, at + timedelta(seconds=14)).code == "too_soon"
    assert sign_in(store, "victim", PASSWORD, at + timedelta(seconds=15))
    for _ in range(4):
        refused(store, "victim", "Wrong-word-1", at + timedelta(seconds=16))
    assert sign_in(store, "victim", PASSWORD, at + timedelta(seconds=16))


def test_a_new_password_ends_the_wait(store: Store) -> None:
    an_account(store)
    at = now()
    for _ in range(7):
        with pytest.raises(RefusedError):
            sign_in(store, "victim", "Wrong-word-1", at)
    reset_password(store, CATALOGUE, CLERK, "victim", NEXT_PASSWORD, at)
    assert sign_in(store, "victim", NEXT_PASSWORD, at)


def test_tries_at_the_change_of_a_password_count_too(store: Store) -> None:
    an_account(store)
    at = now()
    for _ in range(5):
        with pytest.raises(RefusedError, match="bad_login"):
            change_password(store, CATALOGUE, "victim", "Wrong-word-1", NEXT_PASSWORD, at)
    with pytest.raises(TooSoonError):
        change_password(store, CATALOGUE, "victim", PASSWORD, NEXT_PASSWORD, at)


def test_guesses_at_once_are_compared_no_more_often(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is counted before it is compared: forty at once are five comparisons."""
    an_account(store)
    compared: list[str] = []
    monkeypatch.setattr("data.store.verification.is_right_password", lambda _, word: bool(compared.append(word)))
    at = now()
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda n: refused(store, "victim", f"Wrong-word-{n}", at).code, range(40)))
    assert len(compared) == 5
    assert sorted(codes) == ["bad_login"] * 5 + ["too_soon"] * 35


def test_workers_count_together(store: Store) -> None:
    """Two processes have two engines on one store."""
    other = open_at(store.engine.url.render_as_string(hide_password=False), store.audit_key, Path())
    an_account(store)
    at = now()
    for number in range(5):
        assert refused((store, other)[number % 2], "victim", "Wrong-word-1", at).code == "bad_login"
    assert {refused(s, "victim", PASSWORD, at).code for s in (store, other)} == {"too_soon"}
    other.engine.dispose()


def test_a_building_behind_one_address_gets_in_and_a_machine_there_is_slowed(store: Store) -> None:
    an_account(store)
    at, building = now(), "203.0.113.7"
    for _ in range(3 * MOST_PER_WINDOW):  # who signs in does not count
        count_address(store, "login", building, at)
        give_back(store, "login", building)
    for number in range(MOST_PER_WINDOW):
        assert refused(store, f"person{number}", "Wrong-word-1", at, building).code == "bad_login"
    stopped = told_to_wait(store, "victim", PASSWORD, at + timedelta(seconds=20), building)
    assert (stopped.code, stopped.seconds) == ("too_soon", 40)
    assert sign_in(store, "victim", PASSWORD, at, "203.0.113.8")
    assert sign_in(store, "victim", PASSWORD, at + timedelta(seconds=60), building)


def test_one_holder_of_a_network_of_ipv6_is_one_address(store: Store) -> None:
    at = now()
    for number in range(MOST_PER_WINDOW):
        count_address(store, "login", f"2001:db8:1:2::{number:x}", at)
    with pytest.raises(TooSoonError):
        count_address(store, "login", "2001:db8:1:2:ffff::1", at)
    count_address(store, "login", "2001:db8:1:3::1", at)
    count_address(store, "oidc", "2001:db8:1:2::1", at)


def test_made_up_names_fill_neither_the_store_nor_push_a_wait_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "MOST_ROWS", 20)
    monkeypatch.setattr(guesses, "MOST_PER_WINDOW", 10_000)
    an_account(store)
    at = now()
    for _ in range(5):
        refused(store, "victim", "Wrong-word-1", at)
    for number in range(60):
        refused(store, f"made.up{number}", "Wrong-word-1", at + timedelta(seconds=1))
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(sign_in_count)).scalar_one() <= 20
    assert refused(store, "victim", PASSWORD, at + timedelta(seconds=2)).code == "too_soon"
    refused(store, "late", "Wrong-word-1", at + timedelta(days=2))
    with store.read() as connection:  # the rest is forgotten: what is left is the last try
        assert connection.execute(select(func.count()).select_from(sign_in_count)).scalar_one() == 2


def test_neither_typed_names_nor_addresses_are_kept(store: Store) -> None:
    an_account(store)
    at = now()
    refused(store, "My-Passw0rd-typed-as-name", "x", at, "203.0.113.7")
    refused(store, "victim", "x", at)
    with store.read() as connection:
        kept = str(connection.execute(select(sign_in_count)).all())
    noted = entries(store, action="login_failed", before=None, most=10)
    assert [(e.subject_id, e.row.actor, e.row.reason) for e in noted] == [
        ("victim", "victim", "bad_password"),
        ("", "", "unknown_account"),
    ]
    for typed in ("My-Passw0rd", "203.0.113", "victim"):
        assert typed not in kept


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("waits"), ("leader",))


def enter(app: ServerRenderedDash, name: str, password: str, address: str = "198.51.100.1"):
    return app.server.test_client().post(
        "/login",
        data={"account_name": name, "password": password},
        base_url=BASE,
        environ_overrides={"REMOTE_ADDR": address},
    )


def test_looking_at_the_page_counts_nothing(app: ServerRenderedDash) -> None:
    client = app.server.test_client()
    for _ in range(3 * MOST_PER_WINDOW):
        assert client.get("/login", base_url=BASE).status_code == 200
    assert enter(app, "leader", PASSWORD, "127.0.0.1").status_code == 302


def test_the_wait_is_said_in_seconds_and_tells_nobody_who_has_an_account(app: ServerRenderedDash) -> None:
    pages: dict[str, str] = {}
    for name in ("leader", "nobody.at.all"):
        assert [enter(app, name, "Wrong-word-1").status_code for _ in range(5)] == [401] * 5
        answer = enter(app, name, PASSWORD)
        assert answer.status_code == 429
        seconds = int(answer.headers["Retry-After"])
        assert 10 <= seconds <= 15
        assert text("refused.too_soon", seconds=seconds) in answer.text
        assert f"{seconds} 秒" in answer.text
        pages[name] = re.sub(r"\d+ 秒", "", answer.text)
    assert len(set(pages.values())) == 1


def test_a_name_that_nobody_has_takes_as_long(app: ServerRenderedDash) -> None:
    """Medians of both; argon2 is nearly all of it, and a missing one would take a tenth."""
    spent: dict[str, list[float]] = {"leader": [], "nobody.here": []}
    store = app.deps.store
    for round_ in range(9):
        for name, found in spent.items():
            start = time.perf_counter()
            with pytest.raises(RefusedError, match="bad_login"):
                sign_in(store, name, "Wrong-word-1", now() + timedelta(days=2 * round_ + 2))
            found.append(time.perf_counter() - start)
    known, unknown = (statistics.median(found) for found in spent.values())
    assert 0.6 < known / unknown < 1.67


def test_the_proxy_counts_what_the_application_counts_and_lets_no_less_through() -> None:
    words = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    zone = present(re.search(r"limit_req_zone \$tries_password zone=login:\d+m rate=(\d+)r/m;", words))
    burst = present(re.search(r"limit_req zone=login burst=(\d+) nodelay;", words))
    assert int(zone[1]) >= MOST_PER_WINDOW
    assert int(burst[1]) >= MOST_PER_WINDOW
    methods = present(re.search(r"map \$request_method \$tries_password \{(.*?)\}", words, re.DOTALL))[1]
    assert dict(line.strip(" ;").split() for line in methods.strip().splitlines()) == {
        "POST": "$binary_remote_addr",
        "default": '""',
    }


def test_every_worker_says_the_same(demo_settings: Settings, tmp_path: Path) -> None:
    settings = Settings(
        var_folder=demo_settings.var_folder,
        login="local",
        prewarms_pages=False,
        store_url=f"sqlite:///{tmp_path / 'operations.db'}",
    )
    workers = [create_app(settings) for _ in range(2)]
    create_account(
        workers[0].deps.store,
        CATALOGUE,
        CLERK,
        replace(NewAccount("victim", "某人", "municipal_leader")),
        PASSWORD,
        now(),
    )
    for number in range(5):
        assert enter(workers[number % 2], "victim", "Wrong-word-1").status_code == 401
    assert [enter(w, "victim", PASSWORD).status_code for w in workers] == [429, 429]
