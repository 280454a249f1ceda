"""Requests that another site makes a signed-in browser send: each write refuses each of them, and nothing changes."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import account_list, rate_limits
from callbacks.web.request_guard import csrf_token
from callbacks.writing import publishing, uploads
from data.access import LOCAL_VIEWER
from data.clock import day_of
from data.importing.batch_records import list_batches
from data.reading.read import read_sheets
from data.settings import Settings
from data.store import audit
from data.store.accounts import create_account, find_account, list_accounts
from data.store.evidence import all_evidence
from data.store.inspector_register import areas
from data.store.ledger import list_issues
from data.store.matters import list_matters
from data.store.second_factor import begun_secret
from data.store.submissions import add_submission, list_submissions
from data.store.surveys import KINDS
from tests import surveys
from tests.depth import record
from tests.evidence_files import PDF
from tests.matters import matter_code, put_matters
from tests.present import present
from tests.small_demo import copied
from tests.stores import an_issue, put
from tests.visitors import CATALOGUE, CLERK, NEXT_PASSWORD, OWN, PASSWORD, ROLES, body, now, signed_in

BASE = "https://localhost"
ISSUE = "F2026-0002"
NO_FINDINGS = {"findings": [], "finding_count": 0, "kinds": [], "changes": [], "preview": {}}
WRITERS = ("city", "district", "clerk")
TODAY = day_of(now()).isoformat()
ABOUT = {"district": OWN, "subject": "体育课", "note": "每周少上1节"}
COUNTED = {"answered.pupils": "9", "satisfied.pupils": "8"}
ROUND = {"period": "2026", "round": "7", "due_on": surveys.DUE, "asked.pupils": "9"}
SAMPLES = {r"<int:\w+>": "1", r"<any\((\w+)[^)]*\):\w+>": r"\1", r"<(?:\w+:)?\w+>": "x1"}
"""What stands for the parts of an address that may be anything."""
FOR_STRANGERS = {"/login", "/oidc/back-channel-logout", "/oidc/front-channel-logout"}


@dataclass(frozen=True)
class Write:
    """A write of somebody: account, address, fields of a form (files as bytes) or a callback's body."""

    account: str
    path: str
    fields: Mapping[str, str | bytes]
    callback: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Browser:
    """A signed-in browser, its own token, and that of somebody else."""

    client: FlaskClient
    token: str
    other: str


@dataclass(frozen=True)
class Attack:
    """What the other site can give with a request; `kind` replaces the type of the body."""

    headers: Mapping[str, str]
    field: str | None = None
    query: str = ""
    kind: str = ""
    has_cookie: bool = True


Make = Callable[[Browser], Attack]
EVIL = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
ATTACKS: dict[str, Make] = {
    "form_without_token": lambda _: Attack({}),
    "form_of_another_origin": lambda _: Attack(EVIL),
    "form_as_plain_text": lambda _: Attack(EVIL, kind="text/plain"),
    "json_without_token": lambda _: Attack(EVIL, kind="application/json"),
    "empty_header": lambda _: Attack({"X-CSRFToken": ""}),
    "empty_field": lambda _: Attack({}, field=""),
    "header_of_zeros": lambda _: Attack({"X-CSRFToken": "0" * 64}),
    "header_not_of_ascii": lambda _: Attack({"X-CSRFToken": "é" * 64}),
    "header_of_another_session": lambda b: Attack({"X-CSRFToken": b.other}),
    "field_of_another_session": lambda b: Attack({}, field=b.other),
    "header_of_no_session": lambda _: Attack({"X-CSRFToken": csrf_token("")}),
    "header_cut_by_one": lambda b: Attack({"X-CSRFToken": b.token[:-1]}),
    "wrong_header_before_the_right_field": lambda b: Attack({"X-CSRFToken": b.other}, field=b.token),
    "right_token_in_the_address_only": lambda b: Attack({}, query=f"?csrf_token={b.token}"),
    "right_token_from_another_site": lambda b: Attack({"X-CSRFToken": b.token, "Sec-Fetch-Site": "cross-site"}),
    "right_token_from_the_same_site": lambda b: Attack({"X-CSRFToken": b.token, "Sec-Fetch-Site": "same-site"}),
    "right_token_from_a_word_unknown": lambda b: Attack({"X-CSRFToken": b.token, "Sec-Fetch-Site": "x"}),
    "right_token_without_the_cookie": lambda b: Attack({"X-CSRFToken": b.token}, has_cookie=False),
    "token_of_nobody_without_the_cookie": lambda _: Attack({"X-CSRFToken": csrf_token("")}, has_cookie=False),
}


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> Iterator[ServerRenderedDash]:
    copied(small_settings, tmp_path)
    app = create_app(Settings(var_folder=tmp_path, login="local"))
    for name in (*WRITERS, "leader"):
        create_account(app.deps.store, CATALOGUE, CLERK, ROLES[name], PASSWORD, now())
    put(app.deps.store, an_issue(ISSUE, district_code=OWN))
    for _ in range(2):
        wanted = {
            "district_code": OWN,
            "period": "2026",
            "file_name": "报表.csv",
            "sha256": "0" * 64,
            "result": NO_FINDINGS,
        }
        add_submission(app.deps.store, LOCAL_VIEWER, wanted, now())
    put_matters(app.deps.store, [OWN], "事")
    surveys.plan(app.deps.store, [OWN], "调查", now())
    yield app


def writes(app: ServerRenderedDash) -> list[Write]:
    shapes = app.server.config["CALLBACK_SHAPES"]
    said = next(o for o in shapes if "said" in o)
    moved = {"kind": "ledger", "issue_code": ISSUE, "version": "1", "action": "start", "measure": "改", "at": 1}
    person = present(find_account(app.deps.store, "district")).account_id
    visit = {"round": "1", "due_on": surveys.DUE}
    exported = next(o for o in shapes if "download.data" in o)
    return [
        Write("district", "/_dash-update-component", {}, body(shapes, said, [moved, "/ledger", "", None])),
        Write("city", "/_dash-update-component", {}, body(shapes, exported, [{"kind": "csv", "at": 1}, "/funds", ""])),
        Write("district", "/data/upload", {"period": "2026", "district_code": OWN, "file": b"x"}),
        Write("district", "/data/1/submit", {"version": "1", "words": "更正"}),
        Write("city", "/data/1/decide", {"version": "2", "status": "returned", "words": "退回"}),
        Write("city", "/data/publish", {}),
        Write("district", "/evidence", {"issue_code": ISSUE, "file": PDF}),
        Write(
            "clerk",
            "/accounts",
            {
                "action": "create",
                "account_name": "mallory",
                "person": "某人",
                "role_code": "municipal_leader",
                "password": PASSWORD,
            },
        ),
        Write("clerk", "/accounts", {"action": "disable", "account_name": "leader"}),
        Write("clerk", "/accounts/leader", {"action": "unlock"}),
        Write("clerk", "/account-list", {"file": "账号名,姓名,角色\nmallory2,某人,市级领导\n".encode()}),
        Write(
            "district",
            "/inspectors/new/area",
            {"action": "save", "version": "0", "district_code": OWN, "name": "责任区", "school_codes": f"S{OWN}-001"},
        ),
        Write("district", f"/inspectors/A{OWN}-001", {"action": "dissolve", "version": "1"}),
        Write("city", "/complaints", {**ABOUT, "school_code": "", "channel": "letter", "item_code": ""}),
        Write(
            "city", f"/complaints/{matter_code('RD', OWN, 1)}", {"version": "1", "action": "pass_on", "reason": "转"}
        ),
        Write("city", "/opinions", {**ABOUT, "school_code": "", "scale": "full", "ended_on": TODAY}),
        Write("city", "/visits/plan", {**visit, "district": OWN, "school": f"S{OWN}-002", "assignee": person}),
        Write("district", f"/surveys/DC{OWN}-2026-0001", {"version": "2", "action": "enter_answers", **COUNTED}),
        Write("district", "/surveys/rehearsals", {**ROUND, "district": OWN}),
        Write("city", "/surveys", {**ROUND, "district": OWN}),
        Write("district", "/second-factor", {"action": "begin"}),
        Write("district", "/password", {"old": NEXT_PASSWORD, "new": "Ganzhou-2028-xy"}),
        Write("city", "/logout", {}),
    ]


def send(client: FlaskClient, write: Write, attack: Attack) -> int:
    """The answer's status; refusals before the limit, so that it is not the limit that refuses."""
    rate_limits.reset_rate_limits()
    headers = {"X-Oversight": "1", **attack.headers}
    sent: dict[str, Any] = {"json": write.callback} if write.callback else {"data": _form(write, attack)}
    if attack.kind and not write.callback:
        sent = {"data": "&".join(f"{k}={v!s}" for k, v in write.fields.items()), "content_type": attack.kind}
    elif attack.kind:
        sent["content_type"] = attack.kind
    return client.post(write.path + attack.query, base_url=BASE, headers=headers, **sent).status_code


def _form(write: Write, attack: Attack) -> dict[str, object]:
    given: dict[str, object] = {
        k: (io.BytesIO(v), "证据.pdf" if write.path == "/evidence" else "报表.csv") if isinstance(v, bytes) else v
        for k, v in write.fields.items()
    }
    return given if attack.field is None else {**given, "csrf_token": attack.field}


def state(app: ServerRenderedDash, published: list[object]) -> tuple[object, ...]:
    """Everything that one of the writes would change."""
    settings, store = app.settings, app.deps.store
    pointer = (settings.snapshots_folder / "current").read_text(encoding="utf-8")
    kept, lists = settings.var_folder / "submissions", settings.var_folder / "account_lists"
    return (
        audit.check_chain(store),
        list_issues(store),
        all_evidence(store),
        list_accounts(store),
        areas(store),
        [list_matters(store, kind) for kind in ("visit", "opinion", "complaint", *KINDS)],
        begun_secret(store, "district"),
        list_submissions(store, LOCAL_VIEWER),
        len(list_batches(settings.batches_folder)),
        pointer,
        sorted(kept.iterdir()) if kept.exists() else [],
        sorted(lists.iterdir()) if lists.exists() else [],
        len(published),
    )


def test_no_write_is_carried_out_for_another_site(app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same writes from our own pages are carried out afterwards: it was the site that was refused."""
    published: list[object] = []
    monkeypatch.setattr(uploads, "check_in_subprocess", lambda *_: (NO_FINDINGS, b""))
    monkeypatch.setattr(account_list, "read_in_child", read_sheets)
    monkeypatch.setattr(publishing.subprocess, "run", lambda *a, **_: (published.append(a), _done())[1])
    browsers: dict[str, Browser] = {}
    for name in WRITERS:
        _, other = signed_in(app, name)
        client, token = signed_in(app, name)
        browsers[name] = Browser(client, token, other)
    before = state(app, published)
    requests = carried_out = 0
    for write in writes(app):
        for name, make in ATTACKS.items():
            browser = browsers[write.account]
            attack = make(browser)
            client = browser.client if attack.has_cookie else app.server.test_client()
            assert send(client, write, attack) in (401, 403), (write.path, name)
            requests += 1
        carried_out += state(app, published) != before
    record("cross_site", cases=len(ATTACKS), writes=len(writes(app)), requests=requests, effects=carried_out)
    assert carried_out == 0
    assert all(is_signed_in(b) for b in browsers.values())
    for write in writes(app):
        browser, earlier = browsers[write.account], state(app, published)
        own = Attack({"X-CSRFToken": browser.token})
        assert send(browser.client, write, own) in (200, 302), write.path
        assert state(app, published) != earlier or not is_signed_in(browser), write.path


def written_doors(app: ServerRenderedDash) -> list[str]:
    """Every address that takes a form or a body of somebody who has come in, with something in its variable parts."""
    doors = sorted(str(rule) for rule in app.server.url_map.iter_rules() if "POST" in (rule.methods or ()))
    for pattern, sample in SAMPLES.items():
        doors = [re.sub(pattern, sample, door) for door in doors]
    return [door for door in doors if door not in FOR_STRANGERS]


def test_every_door_that_takes_a_write_refuses_another_site(app: ServerRenderedDash) -> None:
    """By the table of routes itself, so that no new page is forgotten; the right token gets past that refusal."""
    browsers: dict[str, Browser] = {}
    for name in WRITERS:
        _, other = signed_in(app, name)
        browsers[name] = Browser(*signed_in(app, name), other)
    doors = written_doors(app)
    assert {"/complaints/x1", "/visits/photo", "/catalogue/changes/1", "/letters/1"} & {*doors} == {
        "/complaints/x1",
        "/visits/photo",
        "/catalogue/changes/1",
    }
    for door in doors:
        for name, browser in browsers.items():
            for attack_name, make in ATTACKS.items():
                attack = make(browser)
                client = browser.client if attack.has_cookie else app.server.test_client()
                assert send(client, Write(name, door, {}), attack) in (401, 403), (door, name, attack_name)
    own = Attack({"X-CSRFToken": browsers["city"].token})
    for door in ("/complaints", "/opinions", "/surveys", "/visits/plan", "/visits/record", "/visits/photo"):
        assert send(browsers["city"].client, Write("city", door, {}), own) not in (401, 403), door


def is_signed_in(browser: Browser) -> bool:
    return browser.client.get("/password", base_url=BASE).status_code == 200


def _done() -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], 0, b"", b"")
