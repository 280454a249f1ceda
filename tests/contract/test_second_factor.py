"""两步验证: a code by RFC 6238 beside the password, none twice, none told; recovery codes once; demanded by role."""

import base64
import hashlib
import hmac
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from typer.testing import CliRunner

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from data.access import OPERATOR, Viewer
from data.account_commands import account_app
from data.settings import Settings
from data.store import audit
from data.store.account_changes import clear_factor
from data.store.accounts import Account, create_account, find_account, reset_password, viewer_of
from data.store.engine import Store, open_store
from data.store.guesses import FREE_TRIES, TooSoonError
from data.store.new_accounts import NewAccount
from data.store.one_time_codes import address_of, seal, step_of, unseal
from data.store.schema import metadata, recovery_code, second_factor
from data.store.second_factor import begin_factor, confirm_factor, factor_of, remove_factor, renew_codes
from data.store.sessions import Lifetimes, sign_in, viewer_of_session
from data.text import text
from tests.people import refusal_of
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, PASSWORD, get, guarded_app, now, signed_in

BASE = "https://localhost"
NOON = datetime.fromisoformat("2026-11-29T04:00:10")
MINUTE = timedelta(minutes=1)
HOURS = Lifetimes(timedelta(minutes=30), timedelta(hours=8), None)


def code_at(secret: str, at: datetime) -> str:
    """RFC 6238 by hand: HMAC-SHA-1 of the half minute, six digits."""
    counter = struct.pack(">Q", int(at.replace(tzinfo=UTC).timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def an_account(store: Store, name: str = "holder", role: str = "municipal_leader") -> Account:
    create_account(store, CATALOGUE, CLERK, NewAccount(name, f"{name}某", role), PASSWORD, NOON)
    return present(find_account(store, name))


def with_factor(store: Store, name: str = "holder", role: str = "municipal_leader") -> tuple[Account, str, list[str]]:
    account = an_account(store, name, role)
    secret = begin_factor(store, account)
    return account, secret, confirm_factor(store, account, code_at(secret, NOON), NOON)


def entering(store: Store, code: str, at: datetime, password: str = PASSWORD) -> str:
    """The refusal of a sign-in; empty where it succeeds."""
    return refusal_of(lambda: sign_in(store, "holder", password, at, "", code))


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, SHA-1, the last six digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    at = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    assert step_of(secret, code, 0, at) == seconds // 30
    assert code_at(secret, at) == code


def test_the_picture_holds_what_applications_read() -> None:
    """`otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=…`, with the defaults of applications (SHA-1, 6, 30 s)."""
    address = urlsplit(address_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "wangmin", "优质均衡督导"))
    assert (address.scheme, address.netloc, unquote(address.path)) == ("otpauth", "totp", "/优质均衡督导:wangmin")
    told = {k: v[0] for k, v in parse_qs(address.query).items()}
    assert told["secret"] == "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert told["issuer"] == "优质均衡督导"
    assert told.get("algorithm", "SHA1") == "SHA1"
    assert (told.get("digits", "6"), told.get("period", "30")) == ("6", "30")


def test_the_password_alone_no_longer_opens_it(store: Store) -> None:
    _, secret, _ = with_factor(store)
    later = NOON + MINUTE
    assert entering(store, "", later) == "bad_login"
    assert entering(store, "000000", later) == "bad_login"
    assert entering(store, code_at(secret, later), later, "Wrong-word-2026") == "bad_login"
    assert entering(store, code_at(secret, later), later) == ""
    noted = [e.row.reason for e in audit.entries(store, action="login_failed", before=None, most=9)]
    assert noted == ["bad_password", "bad_code", "bad_code"]
    assert audit.entries(store, action="login", before=None, most=1)[0].row.reason == "second_factor"


def test_no_code_is_used_twice_nor_an_older_one_after_it(store: Store) -> None:
    _, secret, _ = with_factor(store)
    assert entering(store, code_at(secret, NOON), NOON) == "bad_login", "it confirmed the factor"
    at = NOON + 2 * MINUTE
    assert entering(store, code_at(secret, at), at) == ""
    assert entering(store, code_at(secret, at), at) == "bad_login"
    assert entering(store, code_at(secret, at - timedelta(seconds=30)), at) == "bad_login"
    assert entering(store, code_at(secret, at + timedelta(seconds=30)), at) == ""


@pytest.mark.parametrize(("seconds", "code"), [(-61, "bad_login"), (-30, ""), (30, ""), (61, "bad_login")])
def test_a_clock_may_be_half_a_minute_off(store: Store, seconds: int, code: str) -> None:
    _, secret, _ = with_factor(store)
    at = NOON + 5 * MINUTE
    assert entering(store, code_at(secret, at + timedelta(seconds=seconds)), at) == code


def test_wrong_codes_make_the_name_wait_like_wrong_passwords(store: Store) -> None:
    with_factor(store)
    at = NOON + MINUTE
    for _ in range(FREE_TRIES + 1):
        assert entering(store, "000000", at) == "bad_login"
    with pytest.raises(TooSoonError):
        sign_in(store, "holder", PASSWORD, at, "", "000000")


def test_a_recovery_code_opens_once_however_it_is_written(store: Store) -> None:
    account, secret, codes = with_factor(store)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"(?:[a-z2-9]{5}-){2}[a-z2-9]{5}", c) for c in codes)
    assert entering(store, codes[3].upper().replace("-", " "), NOON) == ""
    assert entering(store, codes[3], NOON) == "bad_login"
    assert entering(store, codes[4], NOON, "Wrong-word-2026") == "bad_login"
    assert present(factor_of(store, "holder")).recovery_left == 9, "a wrong password uses none up"
    renewed = renew_codes(store, account, code_at(secret, NOON + MINUTE), NOON + MINUTE)
    assert entering(store, codes[5], NOON) == "bad_login"
    assert entering(store, renewed[0], NOON) == ""


def test_neither_secret_nor_codes_stand_in_the_store_or_the_audit(store: Store) -> None:
    account, secret, codes = with_factor(store)
    sign_in(store, "holder", PASSWORD, NOON, "", codes[0])
    renew_codes(store, account, codes[1], NOON)
    with store.read() as connection:
        kept = str([connection.execute(select(t)).all() for t in metadata.sorted_tables])
        (sealed,) = connection.execute(select(second_factor.c.secret)).scalars()
        assert len(connection.execute(select(recovery_code)).all()) == 10
    for told in (secret, *codes, *(c.replace("-", "") for c in codes)):
        assert told not in kept
    assert unseal(store, "holder", sealed) == secret
    assert unseal(store, "another", sealed) is None, "of use for its own account alone"
    assert unseal(Store(store.engine, b"x" * 32, Path()), "holder", sealed) is None


def test_a_secret_from_another_account_or_key_opens_nothing(store: Store) -> None:
    with_factor(store)
    own = seal(store, "intruder", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    with store.write() as connection:
        connection.execute(update(second_factor).values(secret=own))
    at = NOON + MINUTE
    assert entering(store, code_at("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", at), at) == "bad_login"


def test_what_was_begun_and_not_confirmed_is_not_asked_for(store: Store) -> None:
    account = an_account(store)
    secret = begin_factor(store, account)
    assert refusal_of(lambda: confirm_factor(store, account, "000000", NOON)) == "bad_code"
    assert entering(store, "", NOON) == ""
    assert refusal_of(lambda: renew_codes(store, account, code_at(secret, NOON), NOON)) == "no_factor"
    confirm_factor(store, account, code_at(secret, NOON), NOON)
    assert refusal_of(lambda: begin_factor(store, account)) == "has_factor"


def test_its_holder_gives_it_up_by_a_code_and_tries_are_counted(store: Store) -> None:
    account, secret, _ = with_factor(store)
    at = NOON + MINUTE
    for _ in range(FREE_TRIES + 1):
        assert refusal_of(lambda: remove_factor(store, account, "000000", at)) == "bad_code"
    with pytest.raises(TooSoonError):
        remove_factor(store, account, code_at(secret, at), at)
    later = at + MINUTE
    remove_factor(store, account, code_at(secret, later), later)
    assert entering(store, "", later) == ""


def test_a_lost_factor_is_taken_off_by_another_and_of_an_administrator_by_two(store: Store) -> None:
    with_factor(store)
    token = sign_in(store, "holder", PASSWORD, NOON + MINUTE, "", code_of(store, NOON + MINUTE))
    first, second = (an_administrator(store, n) for n in ("first", "second"))
    clear_factor(store, CATALOGUE, first, "holder", NOON)
    assert viewer_of_session(store, CATALOGUE, token, NOON + MINUTE, HOURS) is None
    assert entering(store, "", NOON) == ""
    assert refusal_of(lambda: clear_factor(store, CATALOGUE, first, "holder", NOON)) == "no_factor"
    with_factor(store, "third", "administrator")
    assert refusal_of(lambda: clear_factor(store, CATALOGUE, first, "third", NOON)) == "needs_second_administrator"
    assert factor_of(store, "third")
    clear_factor(store, CATALOGUE, second, "third", NOON)
    assert factor_of(store, "third") is None
    assert refusal_of(lambda: clear_factor(store, CATALOGUE, first, "first", NOON)) == "own_edit"
    with_factor(store, "fourth", "administrator")
    clear_factor(store, CATALOGUE, OPERATOR, "fourth", NOON)


def an_administrator(store: Store, name: str) -> Viewer:
    return viewer_of(CATALOGUE, an_account(store, name, "administrator"), must_change=False)


def code_of(store: Store, at: datetime) -> str:
    """The holder's code, from what the store holds."""
    with store.read() as connection:
        (sealed,) = connection.execute(select(second_factor.c.secret)).scalars()
    return code_at(present(unseal(store, "holder", sealed)), at)


def test_the_command_line_takes_a_lost_factor_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSIGHT_VAR_FOLDER", str(tmp_path))
    store = open_store(Settings())
    with_factor(store, "holder", "administrator")
    assert CliRunner().invoke(account_app, ["drop-factor", "holder"]).exit_code == 0
    assert factor_of(store, "holder") is None
    assert entering(store, "", NOON) == ""
    again = CliRunner().invoke(account_app, ["drop-factor", "holder"])
    assert again.exit_code == 1
    assert text("refused.no_factor") in again.stderr


def test_another_password_does_not_take_the_factor_off(store: Store) -> None:
    with_factor(store)
    reset_password(store, CATALOGUE, CLERK, "holder", PASSWORD, NOON)
    assert entering(store, "", NOON) == "bad_login"


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERSIGHT_SECOND_FACTOR_ROLES", "municipal_leader, auditor")
        yield guarded_app(demo_settings, tmp_path_factory.mktemp("factor"), ("leader", "clerk"))


def secret_on(page: str) -> str:
    """The secret that a page shows for typing by hand."""
    return present(re.search(r"((?:[A-Z2-7]{4} ?){8})", page))[1].replace(" ", "")


def send(client: FlaskClient, token: str, **fields: str):
    return client.post("/second-factor", data={"csrf_token": token, **fields}, base_url=BASE)


def test_a_role_that_must_have_one_sees_nothing_before(app: ServerRenderedDash) -> None:
    stranger = app.server.test_client()
    assert "one-time-code" not in get(stranger, "/login").text, "nobody has a code yet"
    client, token = signed_in(app, "leader")
    for path in ("/league", "/", "/evidence/1", "/_dash-layout", "/password"):
        assert get(client, path).headers["Location"] == "/second-factor", path
    refused = client.post("/evidence", data={"csrf_token": token}, base_url=BASE)
    assert refused.status_code == 403
    assert text("second_factor.due") in refused.text
    assert text("second_factor.due") in get(client, "/second-factor").text
    begun = send(client, token, action="begin").text
    secret = secret_on(begun)
    wrong = send(client, token, action="confirm", code="000000")
    assert wrong.status_code == 400
    assert secret_on(wrong.text) == secret
    done = send(client, token, action="confirm", code=code_at(secret, now()))
    codes = re.findall(r"<li>([a-z2-9-]{17})</li>", done.text)
    assert len(codes) == 10
    assert get(client, "/league").status_code == 200
    assert "one-time-code" in get(stranger, "/login").text
    assert codes[0] not in get(client, "/second-factor").text, "shown once"
    assert secret not in get(client, "/second-factor").text
    refused = send(client, token, action="remove", code=codes[0])
    assert (refused.status_code, text("refused.factor_demanded") in refused.text) == (400, True)
    clerk, _ = signed_in(app, "clerk")
    assert get(clerk, "/accounts").status_code == 200, "its role need not"


def test_a_setting_that_names_no_role_stops_the_start(demo_settings: Settings, tmp_path: Path) -> None:
    wrong = Settings(
        var_folder=demo_settings.var_folder,
        login="local",
        store_url=f"sqlite:///{tmp_path / 'operations.db'}",
        second_factor_roles="administrators",
    )
    with pytest.raises(ValueError, match="administrators"):
        create_app(wrong)
