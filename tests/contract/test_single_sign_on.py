"""Sign-in at a real OpenID Connect provider on loopback: code flow, PKCE, and our own roles."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from flask.testing import FlaskClient

from app import create_app
from callbacks import limits
from callbacks.first_paint import FirstPaintDash
from data.settings import Settings
from data.store.accounts import create_account, disable_account
from data.text import text
from tests.visitors import CATALOGUE, CLERK, PASSWORD, ROLES, now

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

BASE = "http://localhost"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    people = [oidc_provider_mock.User(sub=name, claims={"preferred_username": name})
              for name in ("Leader", "stranger", "gone")]  # fmt: skip
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def app(
    provider: str, demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> FirstPaintDash:
    folder = tmp_path_factory.mktemp("oidc")
    settings = Settings(var_folder=demo_settings.var_folder, login="oidc", secure_cookies=False,
                        store_url=f"sqlite:///{folder / 'operations.db'}", oidc_issuer=provider,
                        oidc_client_id="oversight", oidc_client_secret="a secret of the test")  # fmt: skip
    app = create_app(settings)
    create_account(app.deps.store, CATALOGUE, CLERK, ROLES["leader"], PASSWORD, now())
    gone = type(ROLES["leader"])("gone", "离职", "municipal_leader")
    create_account(app.deps.store, CATALOGUE, CLERK, gone, PASSWORD, now())
    disable_account(app.deps.store, CLERK, "gone", now())
    return app


def answer_of_provider(client: FlaskClient, person: str) -> str:
    """Go to the provider as a browser would; returns the path that it sends the browser back to."""
    to_provider = client.get("/oidc/start?next=/league", base_url=BASE).headers["Location"]
    assert "code_challenge_method=S256" in to_provider
    assert "nonce=" in to_provider
    back = requests.post(to_provider, data={"sub": person}, allow_redirects=False, timeout=10)
    assert back.status_code in (302, 303), back.text
    return back.headers["Location"].removeprefix(BASE)


def test_a_known_person_gets_the_role_that_we_gave(app: FirstPaintDash) -> None:
    client = app.server.test_client()
    answer = client.get(answer_of_provider(client, "Leader"), base_url=BASE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/league")
    page = client.get("/league", base_url=BASE).text
    assert "市领导" in page
    assert 'href="/password"' not in page
    assert client.get("/accounts", base_url=BASE).status_code == 403


@pytest.mark.parametrize("person", ["stranger", "gone"])
def test_a_person_without_an_account_here_stays_outside(app: FirstPaintDash, person: str) -> None:
    client = app.server.test_client()
    answer = client.get(answer_of_provider(client, person), base_url=BASE)
    assert answer.status_code == 403
    assert text("refused.no_account_here") in answer.text
    assert client.get("/league", base_url=BASE).status_code == 401


def test_a_forged_or_replayed_answer_is_refused(app: FirstPaintDash) -> None:
    client = app.server.test_client()
    path = answer_of_provider(client, "Leader")
    stranger = app.server.test_client()
    assert stranger.get(path, base_url=BASE).status_code == 401
    assert client.get(path.replace("state=", "state=x"), base_url=BASE).status_code == 401
    other = client.get(
        "/oidc/callback?" + urlencode({"code": "made-up", "state": "made-up"}), base_url=BASE
    )
    assert other.status_code == 401
    assert client.get("/league", base_url=BASE).status_code == 401


def test_who_starts_again_and_again_is_told_to_wait(app: FirstPaintDash) -> None:
    limits.forget()
    client, most = app.server.test_client(), limits.LIMITS["login"].amount
    found = [client.get("/oidc/start", base_url=BASE).status_code for _ in range(most + 1)]
    limits.forget()
    assert found == [302] * most + [429]


def test_sign_ins_that_were_begun_and_left_do_not_fill_the_cookie(app: FirstPaintDash) -> None:
    client = app.server.test_client()
    for _ in range(40):
        limits.forget()
        assert client.get("/oidc/start", base_url=BASE).status_code == 302
    assert len(client.get_cookie("oidc", domain="localhost").value) < 2000
    limits.forget()


def test_the_local_form_is_not_there(app: FirstPaintDash) -> None:
    client = app.server.test_client()
    sent = {"account_name": "leader", "password": PASSWORD}
    assert client.post("/login", data=sent, base_url=BASE).status_code == 405
    assert text("login.single") in client.get("/login", base_url=BASE).text


def test_the_session_key_has_to_be_random(tmp_path: Path, provider: str) -> None:
    settings = Settings(var_folder=tmp_path, login="oidc", oidc_issuer=provider)
    settings.session_key_file.parent.mkdir(parents=True)
    settings.session_key_file.write_text("secret")
    with pytest.raises(ValueError, match=r"session\.key"):
        create_app(settings)
