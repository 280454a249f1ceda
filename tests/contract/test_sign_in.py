"""Sessions as a browser meets them: cookies, another number at each sign-in, shut accounts, old passwords."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.http import parse_cookie

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.access import Viewer
from data.settings import Settings
from data.store.accounts import NewAccount, create_account, disable_account
from data.store.schema import login_session
from data.store.sessions import Lifetimes, sign_in, viewer_of_session
from data.store.verification import change_password
from tests.visitors import CATALOGUE, CLERK, NEXT_PASSWORD, PASSWORD, body, get, guarded_app, now, post, signed_in

BASE = "https://localhost"
SESSION, TOKEN = "__Host-sid", "_csrf_token"


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("sign-in"), ("leader", "clerk"))


def an_account(app: ServerRenderedDash, name: str, days_ago: int = 0) -> None:
    """A leader who chose a password some days ago."""
    at = now() - timedelta(days=days_ago)
    create_account(app.deps.store, CATALOGUE, CLERK, NewAccount(name, "某人", "municipal_leader"), PASSWORD, at)
    change_password(app.deps.store, CATALOGUE, name, PASSWORD, NEXT_PASSWORD, at)


def enter(client: FlaskClient, name: str):
    rate_limits.reset_rate_limits()
    fields = {"account_name": name, "password": NEXT_PASSWORD}
    return client.post("/login", data=fields, base_url=BASE)


def test_an_account_that_the_administrator_shuts_is_out_at_its_next_request(app: ServerRenderedDash) -> None:
    clerk, clerk_token = signed_in(app, "clerk")
    page = next(o for o in app.server.config["CALLBACK_SHAPES"] if "page-root" in o)
    sent = body(app.server.config["CALLBACK_SHAPES"], page, ["/league", "", None])
    for number, ask in enumerate(
        (lambda c, _: get(c, "/league"), lambda c, t: post(c, t, sent), lambda c, _: get(c, "/evidence/1"))
    ):
        name = f"leaver{number}"
        an_account(app, name)
        client = app.server.test_client()
        enter(client, name)
        token = client.get_cookie(TOKEN).value
        assert get(client, "/league").status_code == 200
        fields = {"csrf_token": clerk_token, "action": "disable", "account_name": name}
        assert clerk.post("/accounts", data=fields, base_url=BASE).status_code == 302
        assert ask(client, token).status_code == 401
        assert get(client, "/", Accept="text/html").headers["Location"].startswith("/login")
        assert enter(client, name).status_code == 401


def test_each_sign_in_has_a_number_that_nobody_knew_before(app: ServerRenderedDash) -> None:
    an_account(app, "visitor")
    client = app.server.test_client()
    planted = "A" * 43
    client.set_cookie(SESSION, planted, domain="localhost", secure=True, path="/")
    numbers = [planted]
    for _ in range(3):
        assert enter(client, "visitor").status_code == 302
        numbers.append(client.get_cookie(SESSION).value)
        assert get(client, "/league").status_code == 200
    assert len(set(numbers)) == 4
    for left in numbers[:-1]:  # planted, or of a sign-in before this one
        thief = app.server.test_client()
        thief.set_cookie(SESSION, left, domain="localhost", secure=True, path="/")
        assert get(thief, "/league").status_code == 401


def test_a_session_that_was_left_cannot_be_used_again(app: ServerRenderedDash) -> None:
    an_account(app, "goer")
    client = app.server.test_client()
    enter(client, "goer")
    number, token = client.get_cookie(SESSION).value, client.get_cookie(TOKEN).value
    assert client.post("/logout", data={"csrf_token": token}, base_url=BASE).status_code == 302
    assert client.get_cookie(SESSION) is None
    client.set_cookie(SESSION, number, domain="localhost", secure=True, path="/")
    assert get(client, "/league").status_code == 401


def test_the_cookies_are_for_this_host_over_tls_alone(app: ServerRenderedDash) -> None:
    an_account(app, "baker")
    given = {
        next(iter(parse_cookie(line))): {part.strip() for part in line.split(";")[1:]}
        for line in enter(app.server.test_client(), "baker").headers.getlist("Set-Cookie")
    }
    assert given == {
        SESSION: {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"},  # no Domain: `__Host-` forbids it
        TOKEN: {"Secure", "Path=/", "SameSite=Lax"},  # read by our own script
    }


@pytest.mark.parametrize(("days", "is_old"), [(179, False), (181, True)])
def test_a_password_of_half_a_year_has_to_be_changed(app: ServerRenderedDash, days: int, is_old: bool) -> None:
    name = f"keeper{days}"
    an_account(app, name, days_ago=days)
    client = app.server.test_client()
    enter(client, name)
    answer = get(client, "/league")
    page = next(o for o in app.server.config["CALLBACK_SHAPES"] if "page-root" in o)
    sent = body(app.server.config["CALLBACK_SHAPES"], page, ["/league", "", None])
    called = post(client, client.get_cookie(TOKEN).value, sent)
    if not is_old:
        assert (answer.status_code, called.status_code) == (200, 200)
        return
    assert (answer.status_code, answer.headers["Location"]) == (302, "/password")
    assert called.status_code == 403
    fields = {"csrf_token": client.get_cookie(TOKEN).value, "old": NEXT_PASSWORD, "new": PASSWORD}
    assert client.post("/password", data=fields, base_url=BASE).headers["Location"] == "/login"
    fresh = app.server.test_client()
    fresh.post("/login", data={"account_name": name, "password": PASSWORD}, base_url=BASE)
    assert get(fresh, "/league").status_code == 200


def test_a_page_that_looks_for_news_by_itself_keeps_no_session_alive(app: ServerRenderedDash) -> None:
    an_account(app, "sleeper")
    client = app.server.test_client()
    enter(client, "sleeper")
    own, left = login_session.c.account_name == "sleeper", now() - timedelta(minutes=20)
    with app.deps.store.write() as connection:
        connection.execute(update(login_session).where(own).values(seen_at=left))

    def seen_at() -> datetime:
        with app.deps.store.read() as connection:
            return connection.execute(select(login_session.c.seen_at).where(own)).scalar_one()

    assert get(client, "/publication").status_code == 200
    assert seen_at() == left
    assert get(client, "/league").status_code == 200
    assert seen_at() > left


def test_a_session_ends_without_use_at_the_latest_and_with_its_account(app: ServerRenderedDash) -> None:
    store = app.deps.store
    victim = NewAccount("victim", "某人", "municipal_leader")
    create_account(store, CATALOGUE, CLERK, victim, PASSWORD, now())
    later = now()
    session = sign_in(store, "victim", PASSWORD, later)
    rate_limits = Lifetimes(timedelta(minutes=30), timedelta(hours=8), timedelta(days=180))

    def look(minutes: int) -> Viewer | None:
        return viewer_of_session(store, CATALOGUE, session, later + timedelta(minutes=minutes), rate_limits)

    assert look(1) is not None
    assert look(33) is None
    for minute in range(20, 480, 20):
        assert look(minute) is not None, minute
    assert look(481) is None
    fresh = sign_in(store, "victim", PASSWORD, later)
    disable_account(store, CATALOGUE, CLERK, "victim", later)
    assert viewer_of_session(store, CATALOGUE, fresh, later, rate_limits) is None
