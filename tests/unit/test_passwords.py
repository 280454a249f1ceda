"""Which passwords are refused: those that people who know the office and the lists of breaches try first."""

import pytest

from data.catalogue.access_tables import PasswordWord
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import District
from data.store.passwords import check_password, worth_of
from data.store.refusals import RefusedError

CATALOGUE = load_catalogue()
GUESSED = (
    "Password123",
    "P@ssw0rd123",
    "P@$$w0rd2026!",
    "Chongqing2026",
    "Chongqing@2026!",
    "CHONGQING-2026a",
    "Chongqing20261129!",
    "Chongqing2026Chongqing2026",
    "Cq@2026abcd",
    "Cq@2026Cq@2026",
    "CQ-jiaowei-2026",
    "Youyang@2026#",
    "Yubei_Jiaoyu_2026",
    "Dudao2026!!!!",
    "Qwerty123456",
    "QWERTYuiop123!",
    "1qaz@WSX3edc",
    "Zaq1@wsx2026",
    "Admin@123456",
    "Aa123456789!",
    "Abcd@1234567",
    "Woaini@1314520",
    "ｃｑ2026Cq@2026",
)
TAKEN = ("Ganzhou-2026-xy", "Zweite-Tuer-2026", "Correct horse battery staple 1", "Mein-Hund-7-bellt", "Xk7#pq2Lm9vB")


def refusal(password: str, account_name: str = "zhangsan") -> str:
    try:
        check_password(CATALOGUE, account_name, password)
    except RefusedError as error:
        return error.code
    return ""


@pytest.mark.parametrize("password", GUESSED)
def test_a_password_that_is_soon_guessed_is_refused(password: str) -> None:
    assert refusal(password) == "guessed_password"


def test_the_parts_of_the_accounts_name_are_guessed() -> None:
    assert refusal("Wexbrimo@2026", "wexbrimo.cq") == "guessed_password"
    assert refusal("Wexbrimo@2026", "another") == ""


@pytest.mark.parametrize("password", TAKEN)
def test_a_password_that_nobody_guesses_is_taken(password: str) -> None:
    assert refusal(password) == ""


@pytest.mark.parametrize("password", ["Kurz-1a", "nurkleinebuchstaben", "12345678901234"])
def test_a_password_that_is_short_or_of_one_kind_is_refused(password: str) -> None:
    assert refusal(password) == "weak_password"


def test_every_unit_of_the_city_is_a_word_that_is_guessed() -> None:
    meanings = {w.meaning for w in CATALOGUE.rows(PasswordWord)}
    real = {
        d.short_name for d in CATALOGUE.rows(District) if d.kind not in ("fictional",) and d.group_code != "fictional"
    }
    assert real - meanings == set()


def test_what_is_said_twice_is_guessed_once() -> None:
    assert worth_of("sonne", {"sonne"}) == worth_of("sonnesonne", {"sonne"}) == 2
    assert worth_of("s0nn3", {"sonne"}) == 2
    assert worth_of("xx--!!", set()) == 1 + 2
