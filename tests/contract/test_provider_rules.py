"""What the organisation's provider decides: roles and units, how people proved themselves, and when they are out."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from joserfc.jwk import OctKey, RSAKey
from pydantic import SecretStr

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from data.settings import Settings
from data.store.accounts import create_account, find_account
from data.store.audit import entries
from data.store.guesses import MOST_PER_WINDOW
from data.text import text
from tests.identity_provider import CLIENT, EVENT, Provider, identity_provider
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, OWN, PASSWORD, ROLES, SCHOOL, now

BASE = "http://localhost"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with identity_provider() as one:
        yield one


def app_with(provider: Provider, settings: Settings, folder: Path, **more: Any) -> ServerRenderedDash:
    app = create_app(
        Settings(
            var_folder=settings.var_folder,
            login="oidc",
            secure_cookies=False,
            store_url=f"sqlite:///{folder / 'operations.db'}",
            oidc_issuer=provider.address,
            oidc_client_id=CLIENT,
            oidc_client_secret=SecretStr("a secret of the test"),
            **more,
        )
    )
    for role in ("leader", "clerk", "auditor"):
        create_account(app.deps.store, CATALOGUE, CLERK, ROLES[role], PASSWORD, now())
    return app


def enter(app: ServerRenderedDash, person: str) -> tuple[Any, FlaskClient]:
    client = app.server.test_client()
    to_provider = client.get("/oidc/start", base_url=BASE).headers["Location"]
    back = requests.post(to_provider, data={"sub": person}, allow_redirects=False, timeout=10)
    return client.get(back.headers["Location"].removeprefix(BASE), base_url=BASE), client


ROLE_RULES = {
    "oidc_role_claim": "realm_access.roles",
    "oidc_roles": "教委督导室=municipal_supervisor,区县督导室=district_supervisor,学校=school_office",
    "oidc_unit_claim": "org",
    "oidc_school_claim": "schools",
}


@pytest.fixture
def ruled(provider: Provider, demo_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return app_with(provider, demo_settings, tmp_path, **ROLE_RULES)


def says(provider: Provider, person: str, *roles: str, org: object = None, schools: object = None) -> None:
    provider.say(person, preferred_username=person, realm_access={"roles": roles}, org=org, schools=schools)


def test_role_and_unit_are_the_providers(ruled: ServerRenderedDash, provider: Provider) -> None:
    store = ruled.deps.store
    says(provider, "leader", "default", "区县督导室", org="酉阳土家族苗族自治县")
    answer, client = enter(ruled, "leader")
    assert answer.status_code == 302
    account = present(find_account(store, "leader"))
    assert (account.role_code, account.district_codes, account.school_codes) == ("district_supervisor", (OWN,), ())
    assert client.get("/league", base_url=BASE).status_code == 200
    (entry,) = entries(store, action="change", before=None, most=9)
    assert (entry.subject_id, entry.row.reason) == ("leader", "oidc_claims")
    assert entry.row.after == {"role_code": "district_supervisor", "district_codes": OWN}
    assert enter(ruled, "leader")[0].status_code == 302
    assert len(entries(store, action="change", before=None, most=9)) == 1  # as it was: nothing is written
    assert client.get("/league", base_url=BASE).status_code == 200
    says(provider, "leader", "学校", org=[OWN], schools=[SCHOOL])
    assert enter(ruled, "leader")[0].status_code == 302
    assert present(find_account(store, "leader")).school_codes == (SCHOOL,)
    assert client.get("/league", base_url=BASE).status_code == 401  # what it saw before is no longer seen


@pytest.mark.parametrize(
    ("roles", "org"),
    [((), None), (("校长",), OWN), (("区县督导室",), None), (("区县督导室",), "500112"), (("区县督导室",), "北京市")],
)
def test_claims_that_say_nothing_usable_let_nobody_in(
    ruled: ServerRenderedDash, provider: Provider, roles: tuple[str, ...], org: str | None
) -> None:
    says(provider, "leader", *roles, org=org)
    answer, client = enter(ruled, "leader")
    assert answer.status_code == 403
    assert text("refused.bad_claims") in answer.text
    assert present(find_account(ruled.deps.store, "leader")).role_code == "municipal_leader"
    assert client.get("/league", base_url=BASE).status_code == 401
    (noted,) = entries(ruled.deps.store, action="login_failed", before=None, most=1)
    assert (noted.subject_id, noted.row.reason) == ("leader", "bad_claims")


def test_a_provider_makes_nobody_an_administrator(provider: Provider, demo_settings: Settings, tmp_path: Path) -> None:
    for role in ("administrator", "auditor", "nothing"):
        with pytest.raises(ValueError, match="OVERSIGHT_OIDC_ROLES"):
            app_with(provider, demo_settings, tmp_path, oidc_role_claim="roles", oidc_roles=f"x={role}")
    with pytest.raises(ValueError, match="is no pair"):
        Settings(oidc_roles="municipal_leader")


PROOF = {"oidc_acr_values": "urn:two-factor urn:smart-card", "oidc_max_age_minutes": 30}


@pytest.mark.parametrize(
    ("acr", "age", "status"),
    [
        ("urn:two-factor", 0, 302),
        ("urn:smart-card", 29, 302),
        ("urn:two-factor", 33, 403),
        ("urn:password", 0, 403),
        (None, 0, 403),
        ("urn:two-factor", True, 403),  # no instant
        ("urn:two-factor urn:smart-card", 0, 403),
    ],
)
def test_how_people_proved_themselves_is_looked_at(
    provider: Provider, demo_settings: Settings, tmp_path: Path, acr: str | None, age: int | bool, status: int
) -> None:
    app = app_with(provider, demo_settings, tmp_path, **PROOF)

    proven = age if isinstance(age, bool) else int(time.time()) - age * 60
    said = {"acr": acr, "auth_time": proven}
    provider.say("leader", preferred_username="leader", **{k: v for k, v in said.items() if v is not None})
    started = app.server.test_client().get("/oidc/start", base_url=BASE).headers["Location"]
    assert "max_age=1800" in started
    assert "acr_values=urn" in started
    answer, client = enter(app, "leader")
    assert answer.status_code == status, answer.text
    assert client.get("/league", base_url=BASE).status_code == (200 if status == 302 else 401)
    if status != 302:
        assert text("refused.weak_proof") in answer.text


@pytest.fixture
def plain(provider: Provider, demo_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return app_with(provider, demo_settings, tmp_path)


def signed_in_twice(app: ServerRenderedDash, provider: Provider) -> list[FlaskClient]:
    clients: list[FlaskClient] = []
    for number in ("one", "two"):
        provider.say("leader", preferred_username="leader", sid=f"session-{number}")
        answer, client = enter(app, "leader")
        assert answer.status_code == 302
        clients.append(client)
    return clients


def told(app: ServerRenderedDash, token: str) -> int:
    answer = app.server.test_client().post("/oidc/back-channel-logout", data={"logout_token": token}, base_url=BASE)
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.status_code


def inside(clients: list[FlaskClient]) -> list[bool]:
    return [c.get("/league", base_url=BASE).status_code == 200 for c in clients]


def test_the_provider_ends_one_session_or_all(plain: ServerRenderedDash, provider: Provider) -> None:
    clients = signed_in_twice(plain, provider)
    assert told(plain, provider.token(sid="session-one", sub="somebody-else")) == 200
    assert inside(clients) == [True, True]
    token = provider.token(sid="session-one", sub="leader")
    assert told(plain, token) == 200
    assert inside(clients) == [False, True]
    (noted,) = entries(plain.deps.store, action="logout", before=None, most=9)
    assert (noted.subject_id, noted.row.reason) == ("leader", "oidc_back_channel")
    clients = signed_in_twice(plain, provider)
    assert told(plain, token) == 400  # once
    assert inside(clients) == [True, True]
    assert told(plain, provider.token(sub="leader", typ="JWT")) == 200
    assert inside(clients) == [False, False]


STRANGE = RSAKey.generate_key(2048)
FORGED: dict[str, dict[str, Any]] = {
    "another key": {"key": STRANGE},
    "another issuer": {"iss": "https://another.example"},
    "another audience": {"aud": "another-client"},
    "no audience": {"aud": None},
    "too old": {"iat": 1_700_000_000, "exp": None},
    "from the future": {"iat": 4_000_000_000, "exp": None},
    "no instant": {"iat": None},
    "over": {"exp": 1_700_000_000},
    "no number": {"jti": None},
    "no event": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "an event that is no object": {"events": {EVENT: "yes"}},
    "a nonce": {"nonce": "n"},
    "nobody": {"sub": None},
    "an id token": {"typ": "at+jwt"},
    "a secret that we know": {"key": OctKey.import_key("a secret of the test"), "algorithm": "HS256"},
}


@pytest.mark.parametrize("fault", FORGED)
def test_a_logout_token_that_is_none_ends_nothing(plain: ServerRenderedDash, provider: Provider, fault: str) -> None:
    clients = signed_in_twice(plain, provider)
    assert told(plain, provider.token(**{"sub": "leader", **FORGED[fault]})) == 400
    assert inside(clients) == [True, True]


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "e30.e30.", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJsZWFkZXIifQ.", "x" * 99_999]
)
def test_words_that_are_no_token_end_nothing(plain: ServerRenderedDash, token: str) -> None:
    assert told(plain, token) == 400


def test_who_sends_tokens_that_do_not_hold_is_told_to_wait(plain: ServerRenderedDash, provider: Provider) -> None:
    """Each that names an unknown key would have us ask the provider anew."""
    for _ in range(MOST_PER_WINDOW + 3):  # those that hold are given back
        assert told(plain, provider.token(sub="nobody-here")) == 200
    assert [told(plain, "x") for _ in range(MOST_PER_WINDOW + 1)] == [400] * MOST_PER_WINDOW + [429]


def test_the_browser_ends_the_session_that_the_provider_names(plain: ServerRenderedDash, provider: Provider) -> None:
    clients = signed_in_twice(plain, provider)

    def framed(**asked: str) -> int:
        anybody = plain.server.test_client()
        return anybody.get("/oidc/front-channel-logout", query_string=asked, base_url=BASE).status_code

    assert framed() == 400
    assert framed(iss="https://another.example", sid="session-one") == 400
    assert framed(iss=provider.address) == 400
    assert framed(iss=provider.address, sid="session-none") == 200
    assert inside(clients) == [True, True]
    assert framed(iss=provider.address, sid="session-one") == 200
    assert inside(clients) == [False, True]


def test_these_addresses_are_not_there_with_local_accounts(demo_settings: Settings, tmp_path: Path) -> None:
    app = create_app(
        Settings(
            var_folder=demo_settings.var_folder, login="local", store_url=f"sqlite:///{tmp_path / 'operations.db'}"
        )
    )
    client = app.server.test_client()
    assert client.post("/oidc/back-channel-logout", base_url="https://localhost").status_code in (401, 403, 404, 405)
    assert client.get("/oidc/front-channel-logout", base_url="https://localhost").status_code in (401, 403, 404)
