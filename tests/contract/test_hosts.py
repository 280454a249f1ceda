"""Which requests are for this installation: by name, and not through a proxy that nobody declared."""

from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from data.settings import Settings
from data.text import text
from tests.visitors import guarded_app, signed_in

LOOPBACK = ("localhost", "localhost:8050", "127.0.0.1", "127.0.0.1:8050", "[::1]", "[::1]:8050", "LOCALHOST")
FOREIGN = (
    "oversight.example",
    "evil.example:8050",
    "localhost.evil.example",
    "evil.localhost",
    "127.0.0.1.evil.example",
    "127.0.0.2",
    "0.0.0.0",
    "[::2]",
    "localhost.",
    "localhost@evil.example",
    "evil.example@localhost",
    "",
    "localhost/",
    "localhost\\",
    "localhost:8050:1",
    "localhost:port",
    "[::1",
    "ｌocalhost",
    "a" * 5000,
)
HANDED_ON = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Host": "localhost",
    "X-Forwarded-Proto": "https",
    "X-Forwarded": "for=203.0.113.7",
    "X-Forwarded-Server": "proxy",
    "Forwarded": "for=203.0.113.7",
    "Via": "1.1 proxy",
    "X-Real-IP": "203.0.113.7",
}
PATHS = ("/", "/league", "/login", "/livez", "/metrics", "/assets/app.css")


@pytest.fixture(scope="module")
def local(demo_settings: Settings) -> ServerRenderedDash:
    return create_app(Settings(var_folder=demo_settings.var_folder, login="off", prewarms_pages=False))


@pytest.fixture(scope="module")
def guarded(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("hosts"), ["city"])


def status(app: ServerRenderedDash, path: str, host: str, **environ: str) -> int:
    client = app.server.test_client()
    return client.get(path, headers={"Host": host}, environ_overrides=environ).status_code


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_names_are_ours(local: ServerRenderedDash, host: str) -> None:
    assert [status(local, p, host) for p in ("/league", "/metrics", "/livez")] == [200] * 3


@pytest.mark.parametrize("host", FOREIGN, ids=lambda h: ascii(h[:30]))
def test_any_other_host_is_told_that_it_is_wrong(
    local: ServerRenderedDash, guarded: ServerRenderedDash, host: str
) -> None:
    for app in (local, guarded):
        client = app.server.test_client()
        for path in PATHS:
            raw = host.encode().decode("latin-1")  # as a server hands bytes over
            answer = client.get(path, environ_overrides={"HTTP_HOST": raw})
            assert answer.status_code == 421, (path, host)
            assert text("state.wrong_host") in answer.text
            assert text("state.wrong_host_body") in answer.text
            assert "evil" not in answer.text


@pytest.mark.parametrize("name", HANDED_ON)
def test_what_an_undeclared_proxy_hands_on_is_refused(
    local: ServerRenderedDash, guarded: ServerRenderedDash, name: str
) -> None:
    for app in (local, guarded):
        client = app.server.test_client()
        for path in PATHS:
            answer = client.get(path, headers={name: HANDED_ON[name]})
            assert answer.status_code == 403, path
            assert text("state.undeclared_proxy") in answer.text


def test_a_proxy_as_it_comes_from_the_package_is_refused(local: ServerRenderedDash) -> None:
    """nginx without a line of ours asks in HTTP/1.0 for the address that it was given."""
    for path in ("/league", "/metrics"):
        assert status(local, path, "127.0.0.1:8050", SERVER_PROTOCOL="HTTP/1.0") == 403
        assert status(local, path, "127.0.0.1:8050", SERVER_PROTOCOL="HTTP/1.1") == 200


def test_without_login_a_declared_proxy_opens_nothing(demo_settings: Settings) -> None:
    app = create_app(Settings(var_folder=demo_settings.var_folder, login="off", prewarms_pages=False, proxy_hops=1))
    client = app.server.test_client()
    assert client.get("/league", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 403
    assert client.get("/league", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403


@pytest.fixture(scope="module")
def behind(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    """As shipped: login, one proxy of ours, and the name that viewers type."""
    store = f"sqlite:///{tmp_path_factory.mktemp('behind') / 'operations.db'}"
    yield create_app(
        Settings(
            var_folder=demo_settings.var_folder,
            login="local",
            store_url=store,
            proxy_hops=1,
            allowed_hosts="oversight.example, Other.example:8443",
        )
    )


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("oversight.example", 200),
        ("oversight.example:443", 200),
        ("OTHER.example", 200),
        ("localhost", 200),
        ("evil.example", 421),
        ("x.oversight.example", 421),
    ],
)
def test_behind_our_proxy_the_name_that_viewers_typed_decides(
    behind: ServerRenderedDash, asked: str, wanted: int
) -> None:
    headers = {
        "Host": "127.0.0.1:8050",
        "X-Forwarded-Host": asked,
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
    }
    client = behind.server.test_client()
    assert client.get("/login", headers=headers).status_code == wanted
    assert client.get("/metrics", headers=headers).status_code == (401 if wanted == 200 else 421)
    assert client.get("/livez", headers={"Host": asked}).status_code == wanted


def test_a_write_from_a_page_of_another_name_is_refused(guarded: ServerRenderedDash) -> None:
    client, token = signed_in(guarded, "city")
    for origin, wanted in (("https://evil.example", 403), ("null", 403), ("https://localhost", 302)):
        answer = client.post(
            "/logout", data={"csrf_token": token}, base_url="https://localhost", headers={"Origin": origin}
        )
        assert answer.status_code == wanted, origin


@pytest.mark.parametrize("words", ["https://oversight.example", "a/b", "*", "a b", "a,b/c", "[::1"])
def test_what_is_no_host_name_is_refused_at_start(words: str) -> None:
    with pytest.raises(ValidationError, match="no host name"):
        Settings(allowed_hosts=words)
