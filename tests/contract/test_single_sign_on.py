"""Sign-in at a real OpenID Connect provider on loopback: code flow, PKCE, and our own roles."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
import requests
from flask.testing import FlaskClient
from pydantic import SecretStr

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web.request_guard import csrf_token
from data.access import OPERATOR
from data.settings import Settings
from data.store.accounts import create_account, disable_account, find_account
from data.store.audit import entries
from data.store.guesses import MOST_PER_WINDOW
from data.store.identities import bind_account
from data.store.refusals import RefusedError
from data.store.sessions import Identity, sign_in_as
from data.text import text
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, PASSWORD, ROLES, now

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

BASE = "http://localhost"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    named = {
        "leader": "leader",
        "stranger": "stranger",
        "gone": "gone",
        "kelvin": "cler\u212a",
        "upper": "Clerk",
        "wide": "\uff43lerk",
        "spaced": "clerk ",
        "renamed": "director",
        "taker": "leader",
        "bound": "x",
        "none": "",
    }
    people = [oidc_provider_mock.User(sub=sub, claims={"preferred_username": name}) for sub, name in named.items()]
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def app(provider: str, demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> ServerRenderedDash:
    folder = tmp_path_factory.mktemp("oidc")
    settings = Settings(
        var_folder=demo_settings.var_folder,
        login="oidc",
        secure_cookies=False,
        store_url=f"sqlite:///{folder / 'operations.db'}",
        oidc_issuer=provider,
        oidc_client_id="oversight",
        oidc_client_secret=SecretStr("a secret of the test"),
    )
    app = create_app(settings)
    for role in ("leader", "clerk", "auditor"):
        create_account(app.deps.store, CATALOGUE, CLERK, ROLES[role], PASSWORD, now())
    gone = type(ROLES["leader"])("gone", "离职", "municipal_leader")
    create_account(app.deps.store, CATALOGUE, CLERK, gone, PASSWORD, now())
    disable_account(app.deps.store, CATALOGUE, CLERK, "gone", now())
    return app


def answer_of_provider(client: FlaskClient, person: str) -> str:
    """Go to the provider as a browser would; returns the path that it sends the browser back to."""
    to_provider = client.get("/oidc/start?next=/league", base_url=BASE).headers["Location"]
    assert "code_challenge_method=S256" in to_provider
    assert "nonce=" in to_provider
    back = requests.post(to_provider, data={"sub": person}, allow_redirects=False, timeout=10)
    assert back.status_code in (302, 303), back.text
    return back.headers["Location"].removeprefix(BASE)


def test_a_known_person_gets_the_role_that_we_gave(app: ServerRenderedDash) -> None:
    client = app.server.test_client()
    answer = client.get(answer_of_provider(client, "leader"), base_url=BASE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/league")
    page = client.get("/league", base_url=BASE).text
    assert "市领导" in page
    assert 'href="/password"' not in page
    assert client.get("/accounts", base_url=BASE).status_code == 403


@pytest.mark.parametrize("person", ["stranger", "gone"])
def test_a_person_without_an_account_here_stays_outside(app: ServerRenderedDash, person: str) -> None:
    client = app.server.test_client()
    answer = client.get(answer_of_provider(client, person), base_url=BASE)
    assert answer.status_code == 403
    assert text("refused.no_account_here") in answer.text
    assert client.get("/league", base_url=BASE).status_code == 401


def test_a_forged_or_replayed_answer_is_refused(app: ServerRenderedDash) -> None:
    client = app.server.test_client()
    path = answer_of_provider(client, "leader")
    stranger = app.server.test_client()
    assert stranger.get(path, base_url=BASE).status_code == 401
    assert client.get(path.replace("state=", "state=x"), base_url=BASE).status_code == 401
    other = client.get("/oidc/callback?" + urlencode({"code": "made-up", "state": "made-up"}), base_url=BASE)
    assert other.status_code == 401
    assert client.get("/league", base_url=BASE).status_code == 401


def enter(app: ServerRenderedDash, person: str) -> tuple[int, FlaskClient]:
    client = app.server.test_client()
    return client.get(answer_of_provider(client, person), base_url=BASE).status_code, client


@pytest.mark.parametrize("person", ["kelvin", "upper", "wide", "spaced", "none"])
def test_a_name_that_only_looks_like_an_account_is_not_it(app: ServerRenderedDash, person: str) -> None:
    """U+212A (the Kelvin sign) is k in small letters: names are compared as they are written."""
    assert "cler\u212a".lower() == "clerk"
    status, client = enter(app, person)
    assert status == 403
    assert client.get("/accounts", base_url=BASE).status_code == 401
    assert present(find_account(app.deps.store, "clerk")).subject is None


def test_an_account_is_bound_to_who_came_first_and_to_nobody_else(app: ServerRenderedDash) -> None:
    assert enter(app, "leader")[0] == 302
    bound = present(find_account(app.deps.store, "leader"))
    assert (bound.issuer, bound.subject) == (app.settings.oidc_issuer, "leader")
    assert enter(app, "taker")[0] == 403  # another person, to whom the provider gave the same name
    assert enter(app, "leader")[0] == 302
    noted = entries(app.deps.store, action="login_failed", before=None, most=1)
    assert (noted[0].subject_id, noted[0].row.reason) == ("leader", "other_identity")
    first = entries(app.deps.store, action="bind", before=None, most=50)
    assert [e.row.after["subject"] for e in first if e.subject_id == "leader"] == ["leader"]


def test_another_provider_with_the_same_number_is_another_person(app: ServerRenderedDash) -> None:
    assert enter(app, "leader")[0] == 302
    elsewhere = Identity("https://another.example", "leader", "leader")
    with pytest.raises(RefusedError, match="no_account_here"):
        sign_in_as(app.deps.store, CATALOGUE, elsewhere, now())


def test_the_administrator_binds_an_account_at_the_desk(app: ServerRenderedDash) -> None:
    store, issuer = app.deps.store, app.settings.issuer
    with pytest.raises(RefusedError, match="no_account_here"):
        sign_in_as(store, CATALOGUE, Identity(issuer, "the-clerk", "clerk"), now())
    noted = entries(store, action="login_failed", before=None, most=1)
    assert (noted[0].subject_id, noted[0].row.reason) == ("clerk", "not_bound")
    create_account(store, CATALOGUE, OPERATOR, replace(ROLES["clerk"], account_name="clerk2"), PASSWORD, now())
    desks: list[tuple[FlaskClient, str]] = []
    for name in ("clerk", "clerk2"):
        bind_account(store, CATALOGUE, OPERATOR, name, issuer, f"the-{name}", now())
        session = sign_in_as(store, CATALOGUE, Identity(issuer, f"the-{name}", "renamed"), now())
        desk = app.server.test_client()
        desk.set_cookie("sid", session, domain="localhost")
        desks.append((desk, csrf_token(session)))
    client = desks[0][0]

    def send(desk: int = 0, /, **fields: str) -> int:
        browser, token = desks[desk]
        return browser.post("/accounts", data={"csrf_token": token, **fields}, base_url=BASE).status_code

    assert text("accounts.column.identity") in client.get("/accounts", base_url=BASE).text
    assert send(action="bind", account_name="clerk", subject="mine-too") == 400
    assert send(action="bind", account_name="auditor", subject="bound") == 400
    assert enter(app, "bound")[0] == 403  # one administrator alone makes nobody an auditor
    assert send(1, action="bind", account_name="auditor", subject="bound") == 302
    assert send(action="bind", account_name="leader", subject="bound") == 400  # another's already
    assert send(action="bind", account_name="leader", subject="有空格 的") == 400
    status, auditor = enter(app, "bound")  # whatever the provider calls this person
    assert status == 302
    assert auditor.get("/audit", base_url=BASE).status_code == 200
    bind_account(store, CATALOGUE, OPERATOR, "auditor", issuer, "", now())
    assert auditor.get("/audit", base_url=BASE).status_code == 401
    assert enter(app, "bound")[0] == 403
    new = {
        "action": "create",
        "account_name": "fresh",
        "person": "新人",
        "role_code": "auditor",
        "password": PASSWORD,
        "subject": "renamed",
    }
    assert send(**new) == 302
    assert enter(app, "renamed")[0] == 302
    assert present(find_account(app.deps.store, "fresh")).subject == "renamed"


def test_who_starts_again_and_again_is_told_to_wait_by_every_worker(app: ServerRenderedDash) -> None:
    other = create_app(app.settings)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    found = [
        (app, other)[n % 2].server.test_client().get("/oidc/start", base_url=BASE, environ_overrides=elsewhere)
        for n in range(MOST_PER_WINDOW + 1)
    ]
    assert [a.status_code for a in found] == [302] * MOST_PER_WINDOW + [429]
    seconds = int(found[-1].headers["Retry-After"])
    assert 0 < seconds <= 60
    assert text("refused.too_soon", seconds=seconds) in found[-1].text
    client = app.server.test_client()
    assert client.get("/oidc/start", base_url=BASE).status_code == 302


def test_sign_ins_that_were_begun_and_left_do_not_fill_the_cookie(app: ServerRenderedDash) -> None:
    client = app.server.test_client()
    for number in range(40):
        elsewhere = {"REMOTE_ADDR": f"198.51.100.{number}"}
        started = client.get("/oidc/start", base_url=BASE, environ_overrides=elsewhere)
        assert started.status_code == 302
    assert len(client.get_cookie("oidc", domain="localhost").value) < 2000


def test_the_way_back_leads_to_a_page_of_ours(app: ServerRenderedDash) -> None:
    for wanted in ("//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r\nX: y", "/\\evil.example"):
        client = app.server.test_client()
        asked = client.get("/oidc/start?" + urlencode({"next": wanted}), base_url=BASE)
        assert asked.status_code == 302, ascii(wanted)
        back = requests.post(asked.headers["Location"], data={"sub": "leader"}, allow_redirects=False, timeout=10)
        answer = client.get(back.headers["Location"].removeprefix(BASE), base_url=BASE)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), ascii(wanted)


def test_the_way_back_from_the_provider_is_the_one_that_is_set(
    provider: str, demo_settings: Settings, tmp_path: Path
) -> None:
    settings = Settings(
        var_folder=demo_settings.var_folder,
        login="oidc",
        store_url=f"sqlite:///{tmp_path / 'operations.db'}",
        oidc_issuer=provider,
        oidc_client_id="oversight",
        public_address="https://oversight.example.gov.cn/",
    )
    client = create_app(settings).server.test_client()
    for host in ("http://localhost", "https://127.0.0.1:8443"):
        to_provider = client.get("/oidc/start", base_url=host).headers["Location"]
        (way_back,) = parse_qs(to_provider.partition("?")[2])["redirect_uri"]
        assert way_back == "https://oversight.example.gov.cn/oidc/callback"


@pytest.mark.parametrize("words", ["oversight.example", "javascript://x", "https://a b", "https://a/path", "https://"])
def test_an_address_that_is_none_refuses_to_start(words: str) -> None:
    with pytest.raises(ValueError, match="is no address"):
        Settings(public_address=words)


def test_the_local_form_is_not_there(app: ServerRenderedDash) -> None:
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
