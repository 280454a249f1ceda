"""The nginx example in front of the application, with TLS, as the operations guide says."""

import json
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from data.settings import Settings
from tests.serving import served
from tests.shipped.proxy import proxy

CONTEXT = ssl.create_default_context()
CONTEXT.check_hostname = False
CONTEXT.verify_mode = ssl.CERT_NONE  # the test's own certificate


@pytest.fixture(scope="module")
def proxied(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("proxy")
    store = f"sqlite:///{folder / 'operations.db'}"
    with (
        served(
            demo_settings,
            1,
            OVERSIGHT_LOGIN="local",
            OVERSIGHT_STORE_URL=store,
            OVERSIGHT_PROXY_HOPS="1",
            path="/livez",
        ) as address,
        proxy(folder, address) as found,
    ):
        yield found


def ask(address: str, body: bytes | None = None, **headers: str) -> tuple[int, str, dict[str, str]]:
    request = urllib.request.Request(address, body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10, context=CONTEXT) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


def test_pages_pass_and_private_ones_do_not(proxied: str) -> None:
    status, page, headers = ask(f"{proxied}/login")
    assert status == 200
    assert "max-age" in headers["Strict-Transport-Security"]
    assert "Content-Security-Policy" in headers
    assert re.search("password", page)
    assert ask(f"{proxied}/league")[0] == 401
    assert ask(f"{proxied}/metrics")[0] == 404
    assert json.loads(ask(f"{proxied}/readyz")[1]) == {"snapshot": "ok", "store": "ok", "disk": "ok"}


def test_guesses_are_slowed_down_by_the_proxy(proxied: str) -> None:
    looks = [ask(f"{proxied}/login")[0] for _ in range(200)]
    assert set(looks) == {200}
    body = b"account_name=nobody&password=Wrong-word-1"
    codes = [ask(f"{proxied}/login", body)[0] for _ in range(200)]
    assert codes[0] == 401
    assert codes.count(429) > 100
    assert set(codes) == {401, 429}
