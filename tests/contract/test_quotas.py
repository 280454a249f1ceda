"""Limits count across processes, quotas of a day by account and unit, and forwarded addresses are the proxy's alone."""

import io
from decimal import Decimal
from pathlib import Path

import pytest

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from callbacks.web.quotas import QuotaError, check_quota
from data.access import EVERYTHING, Scope, Viewer
from data.catalogue.loader import Catalogue
from data.settings import Settings
from data.store import audit
from data.text import text
from tests.visitors import OWN, guarded_app, signed_in

BASE = "https://localhost"


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(small_settings, tmp_path, ("city", "district"))


def upload(client, token: str):
    sent = {"csrf_token": token, "period": "2026", "district_code": OWN, "file": (io.BytesIO(b"x"), "a.pdf")}
    return client.post("/data/upload", data=sent, base_url=BASE)


def test_what_another_process_counted_counts(app: ServerRenderedDash) -> None:
    client, token = signed_in(app, "district")
    rate_limits.reset_rate_limits()
    most = rate_limits.LIMITS["upload"].amount
    assert {upload(client, token).status_code for _ in range(most)} == {400}
    rate_limits._limiter.storage.reset()  # as a process that has counted nothing
    refused = upload(client, token)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    rate_limits.reset_rate_limits()
    assert upload(client, token).status_code == 400


def test_a_day_has_so_many_of_an_account_and_of_a_unit(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = {"exports_account": 2, "exports_unit": 5}
    known = Catalogue.parameter
    monkeypatch.setattr(
        Catalogue, "parameter", lambda self, code, day: Decimal(most[code]) if code in most else known(self, code, day)
    )

    def asked(number: str, scope: Scope) -> str:
        try:
            check_quota(app.deps, "exports", Viewer("某人", frozenset(), scope, account_id=number))
        except QuotaError as error:
            return f"{error.most} {'unit' if error.of_unit else 'account'}"
        return ""

    own, other = Scope(frozenset({OWN})), Scope(frozenset({"500103"}))
    assert [asked("a", own) for _ in range(3)] == ["", "", "2 account"]
    assert [asked("b", own) for _ in range(2)] == ["", ""]
    assert [asked("c", own) for _ in range(2)] == ["", "5 unit"]
    assert asked("d", other) == ""
    assert [asked("e", EVERYTHING), asked("f", EVERYTHING)] == ["", ""]


def test_whose_day_is_used_up_is_told_so(app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Catalogue.parameter
    monkeypatch.setattr(
        Catalogue,
        "parameter",
        lambda self, code, day: Decimal(1) if code == "uploads_account" else known(self, code, day),
    )
    client, token = signed_in(app, "district")
    rate_limits.reset_rate_limits()
    assert upload(client, token).status_code == 400
    refused = upload(client, token)
    assert refused.status_code == 429
    assert text("state.quota_of_account_body", most=1) in refused.text


@pytest.mark.parametrize(
    ("peer", "named", "status", "kept"),
    [
        ("127.0.0.1", "", 401, "198.51.100.9"),
        ("203.0.113.7", "", 403, ""),
        ("10.88.0.1", "", 403, ""),
        ("10.88.0.1", "10.88.0.0/16, ::1", 401, "198.51.100.9"),
        ("127.0.0.1", "10.88.0.0/16", 403, ""),
    ],
)
def test_a_forwarded_address_is_believed_of_the_declared_proxy_alone(
    small_settings: Settings, tmp_path: Path, peer: str, named: str, status: int, kept: str
) -> None:
    settings = Settings(
        var_folder=small_settings.var_folder,
        login="local",
        proxy_hops=1,
        store_url=f"sqlite:///{tmp_path / 'operations.db'}",
        prewarms_pages=False,
        proxy_addresses=named or Settings().proxy_addresses,
    )
    app = create_app(settings)
    answer = app.server.test_client().post(
        "/login",
        data={"account_name": "nobody", "password": "x"},
        base_url=BASE,
        headers={"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"},
        environ_overrides={"REMOTE_ADDR": peer},
    )
    assert answer.status_code == status
    entries = audit.entries(app.deps.store, action="login_failed", before=None, most=9)
    assert [e.row.address for e in entries] == ([kept] if kept else [])


def test_networks_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Settings(proxy_addresses="nowhere")
