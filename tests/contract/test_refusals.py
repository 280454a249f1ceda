"""No door shuts without a word: pages are the product's own and Chinese, scripts get the words as JSON."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.store.engine import StoreDownError
from data.store.evidence import list_evidence
from data.store.ledger import find_issue
from data.text import text
from tests.evidence_files import PDF
from tests.stores import an_issue, put
from tests.visitors import CATALOGUE, CLERK, PASSWORD, get, guarded_app, now, signed_in

BASE = "https://localhost"
ENGLISH = re.compile(r"[A-Za-z]{4,}")


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("refusals")
    yield guarded_app(demo_settings, folder, ("district", "city", "clerk"))


def spoken(answer) -> str:
    """The words of a plain page."""
    assert answer.mimetype == "text/html"
    assert text("app.name") in answer.text
    return re.sub(r"<[^>]+>|编号 [0-9a-f]{16}", " ", answer.text.partition("<body>")[2])


def json_of(answer) -> dict[str, Any]:
    assert answer.is_json
    return answer.json


def test_every_plain_refusal_is_a_page_of_ours(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "district")
    stranger = app.server.test_client()
    asked = [
        (401, stranger.get("/league", base_url=BASE), "signed_out"),
        (403, client.post("/data/upload", data={}, base_url=BASE), "not_permitted"),
        (403, client.get("/accounts", base_url=BASE), "not_permitted"),
        (404, client.get("/evidence/999999", base_url=BASE), "not_there"),
        (404, client.get("/assets/nothing.css", base_url=BASE), "not_there"),
        (404, client.get("/_dash-component-suites/dash/nothing.js", base_url=BASE), "not_there"),
        (405, client.delete("/login", base_url=BASE, headers={"X-CSRFToken": token}), "wrong_way"),
        (413, client.post("/accounts", base_url=BASE, data={"csrf_token": "x" * 2**21}), "too_large"),
    ]
    for status, answer, state in asked:
        assert answer.status_code == status, state
        words = spoken(answer)
        assert text(f"state.{state}") in words
        assert text(f"state.{state}_body") in words
        assert not ENGLISH.search(words), words
    assert asked[-2][1].headers["Allow"]


def test_a_script_gets_the_same_words_and_where_to_go(app: ServerRenderedDash) -> None:
    stranger, (client, token) = app.server.test_client(), signed_in(app, "district")
    answers = [
        (401, stranger.post("/_dash-update-component", json={}, base_url=BASE), "signed_out"),
        (401, stranger.get("/league", base_url=BASE, headers={"Accept": "application/json"}), "signed_out"),
        (403, client.post("/_dash-update-component", json={}, base_url=BASE), "not_permitted"),
        (403, client.post("/evidence", data={}, base_url=BASE, headers={"X-Oversight": "1"}), "not_permitted"),
        (
            400,
            client.post("/_dash-update-component", json={}, base_url=BASE, headers={"X-CSRFToken": token}),
            "bad_request",
        ),
    ]
    for status, answer, state in answers:
        assert (answer.status_code, answer.is_json) == (status, True)
        said = text(f"state.{state}") + "：" + text(f"state.{state}_body")
        assert json_of(answer)["error"] == said
        assert json_of(answer)["request_id"] == answer.headers["X-Request-Id"]
        assert json_of(answer).get("link") == ({"label": "登录", "href": "/login"} if status == 401 else None)


def test_a_first_password_is_asked_for_in_words(app: ServerRenderedDash) -> None:
    create_account(app.deps.store, CATALOGUE, CLERK, NewAccount("fresh", "新人", "municipal_leader"), PASSWORD, now())
    client = app.server.test_client()
    rate_limits.reset_rate_limits()
    client.post("/login", data={"account_name": "fresh", "password": PASSWORD}, base_url=BASE)
    token = client.get_cookie("_csrf_token").value
    answer = client.post("/_dash-update-component", json={}, base_url=BASE, headers={"X-CSRFToken": token})
    assert answer.status_code == 403
    assert text("login.must_change") in json_of(answer)["error"]
    assert json_of(answer)["link"]["href"] == "/password"


def test_failures_and_a_store_that_is_down_are_said_to_scripts_too(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = signed_in(app, "clerk")
    for error, status, state in ((StoreDownError("x"), 503, "store_down"), (RuntimeError("x"), 500, "failed")):

        def broken(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("callbacks.web.accounts.list_accounts", broken)
        asks = {"Accept": "application/json"}
        page = client.get("/accounts", base_url=BASE)
        told = client.get("/accounts", base_url=BASE, headers=asks)
        assert (page.status_code, told.status_code) == (status, status)
        assert text(f"state.{state}") in spoken(page)
        assert text(f"state.{state}_body") in json_of(told)["error"]


def hand_in(client, token: str, code: str):
    rate_limits.reset_rate_limits()
    sent = {"issue_code": code, "file": (io.BytesIO(PDF), "任职文件.pdf")}
    return client.post("/evidence", data=sent, base_url=BASE, headers={"X-Oversight": "1", "X-CSRFToken": token})


def test_who_is_signed_in_hands_in_evidence_and_nobody_else_is_named(app: ServerRenderedDash) -> None:
    put(app.deps.store, an_issue("T-open", "under_way"), an_issue("T-shut", "closed"))
    client, token = signed_in(app, "district")
    assert hand_in(client, token, "T-open").status_code == 200
    (kept,) = list_evidence(app.deps.store, "T-open")
    assert (kept.added_by, kept.file_name) == ("区督导", "任职文件.pdf")
    refused = hand_in(client, token, "T-shut")
    assert refused.status_code == 400
    assert text("refused.evidence_closed") in json_of(refused)["error"]
    assert list_evidence(app.deps.store, "T-shut") == []


@pytest.mark.parametrize(
    ("who", "address"),
    [("district", "/ledger?only=all&issue=T-form"), ("city", "/warn?issue={warning}"), ("city", "/meeting")],
)
def test_with_login_no_form_asks_who_acts(
    app: ServerRenderedDash, demo_settings: Settings, who: str, address: str
) -> None:
    settings = Settings(var_folder=demo_settings.var_folder, login="off", store_url=str(app.settings.store_url))
    if find_issue(app.deps.store, "T-form") is None:
        put(app.deps.store, an_issue("T-form", "under_way"))
    opened = create_app(settings).server.test_client()
    client, _ = signed_in(app, who)
    warning = re.search(r'issue=([a-z_]+\.500242)"', get(client, "/warn?district=500242").text)
    assert warning is not None
    path = address.format(warning=warning[1])
    signed, alone = get(client, path).text, opened.get(path).text
    assert 'class="send"' in signed
    assert 'name="actor"' not in signed
    assert text("form.no_login") not in signed
    assert 'name="actor"' in alone
    assert (text("form.no_login") in alone) is (address != "/meeting")
