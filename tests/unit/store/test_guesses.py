"""Four tries are free, then 15 s, 30 s … ten minutes; an address has sixty in a minute that failed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from data.store import guesses
from data.store.engine import Store
from data.store.guesses import TooSoonError, count_address, count_name, forget_name, give_back, wait_after
from data.store.schema import sign_in_count
from tests.stores import NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (8, 120), (9, 240), (10, 480), (11, 600), (12, 600), (100, 600)],
)
def test_the_waits_of_a_name(failures: int, seconds: int) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


def test_a_name_waits_after_the_fifth_try_and_is_forgotten_after_a_day(store: Store) -> None:
    for _ in range(5):
        count_name(store, "zhang", NOW)
    with pytest.raises(TooSoonError) as waited:
        count_name(store, "zhang", NOW + 5 * SECOND)
    assert waited.value.seconds == 10
    count_name(store, "li", NOW)
    count_name(store, "zhang", NOW + 15 * SECOND)  # the sixth: 30 s more
    with pytest.raises(TooSoonError):
        count_name(store, "zhang", NOW + 44 * SECOND)
    free_at = NOW + 45 * SECOND
    count_name(store, "zhang", free_at + timedelta(days=1))  # a day is not yet more than a day: the seventh
    with pytest.raises(TooSoonError) as waited:
        count_name(store, "zhang", free_at + timedelta(days=1))
    assert waited.value.seconds == 60
    later = free_at + timedelta(days=2, minutes=1, seconds=1)
    for _ in range(5):  # more than a day: counted anew
        count_name(store, "zhang", later)
    with pytest.raises(TooSoonError) as waited:
        count_name(store, "zhang", later)
    assert waited.value.seconds == 15


def test_who_signed_in_starts_anew(store: Store) -> None:
    for name in ("zhang", "li"):
        for _ in range(5):
            count_name(store, name, NOW)
    with store.write() as connection:
        forget_name(store, connection, "zhang")
    count_name(store, "zhang", NOW)
    with pytest.raises(TooSoonError):
        count_name(store, "li", NOW)


def test_an_address_has_sixty_tries_in_a_minute_and_those_that_succeed_are_given_back(store: Store) -> None:
    for _ in range(60):
        count_address(store, "login", "192.0.2.1", NOW)
    with pytest.raises(TooSoonError) as waited:
        count_address(store, "login", "192.0.2.1", NOW + 20 * SECOND)
    assert waited.value.seconds == 40
    count_address(store, "login", "192.0.2.2", NOW)
    count_address(store, "upload", "192.0.2.1", NOW)
    give_back(store, "login", "192.0.2.1")
    count_address(store, "login", "192.0.2.1", NOW + 20 * SECOND)
    with pytest.raises(TooSoonError):
        count_address(store, "login", "192.0.2.1", NOW + 59 * SECOND)
    for _ in range(60):
        count_address(store, "login", "192.0.2.1", NOW + 60 * SECOND)
    with pytest.raises(TooSoonError):
        count_address(store, "login", "192.0.2.1", NOW + 60 * SECOND)


def test_nothing_is_given_back_twice(store: Store) -> None:
    count_address(store, "login", "192.0.2.1", NOW)
    for _ in range(3):
        give_back(store, "login", "192.0.2.1")
    for _ in range(60):
        count_address(store, "login", "192.0.2.1", NOW)
    with pytest.raises(TooSoonError):
        count_address(store, "login", "192.0.2.1", NOW)


def test_one_network_of_ipv6_is_one_address(store: Store) -> None:
    for number in range(60):
        count_address(store, "login", f"2001:db8::{number:x}", NOW)
    with pytest.raises(TooSoonError):
        count_address(store, "login", "2001:db8::ffff", NOW)
    count_address(store, "login", "2001:db8:0:1::1", NOW)


def test_too_many_names_make_room_for_a_new_one_by_what_waits_least(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "MOST_ROWS", 10)
    with store.write() as connection:
        for number in range(12):
            until = NOW - timedelta(minutes=number)
            connection.execute(insert(sign_in_count).values(key=f"k{number:02}", tries=1, until=until))
        connection.execute(
            insert(sign_in_count).values(key="old", tries=9, until=NOW - timedelta(days=1, microseconds=1))
        )
        connection.execute(insert(sign_in_count).values(key="day", tries=9, until=NOW - timedelta(days=1)))
    count_name(store, "zhang", NOW)
    with store.read() as connection:
        kept = set(connection.execute(select(sign_in_count.c.key)).scalars())
        assert connection.execute(select(func.count()).select_from(sign_in_count)).scalar_one() == 10
    assert {f"k{number:02}" for number in range(9)} < kept
    assert not kept & {"old", "day", "k09", "k10", "k11"}
