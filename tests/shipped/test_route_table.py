"""Every route and every download, asked through the front door by every role."""

import base64
import json
import re

import pytest
from playwright.sync_api import Browser
from werkzeug.http import parse_options_header

from app import create_app
from callbacks.files.downloads import DOCX
from callbacks.rendering.index_document import ServerRenderedDash
from data.access import Permission
from data.catalogue.desk import DESK_TABLES
from data.settings import Settings
from layouts.forms.sheets import FORMS
from layouts.ids import ShellId
from layouts.routes import ROUTES
from tests.shipped.english import english_words
from tests.shipped.front_door import PASSWORD, PEOPLE, SCHOOL, UNIT, FrontDoor, token_of
from tests.shipped.route_asks import (
    DESK,
    EVERYBODY,
    HTML,
    JSON,
    MATTERS,
    OFFICES,
    READERS,
    SURVEYS,
    TASK_BOOKS,
    VISITS,
    XLSX,
    Ask,
)
from tests.visitors import body

REFUSED, MOVED = (302, 403), (302, 303)
WITH_GLOSSARY = "/method"  # names the identifiers of the code beside their words
UNIT_NAME = "酉阳土家族苗族自治县"

OF_PAGE = {
    Permission.LEADS_READ: frozenset({"city"}),
    Permission.MEETINGS_READ: frozenset({"leader", "city"}),
    Permission.READ_FIGURES: READERS,
}
PAGES = [
    Ask(
        "/".join(
            (r.path, *({"district": UNIT, "school": SCHOOL, "stage": "primary", "indicator": "L5"}[k] for k in r.keys))
        ),
        OF_PAGE[r.needs],
    )
    for r in ROUTES
]
TABLE: dict[str, list[Ask]] = {
    "/": [Ask("/", READERS)],
    "/<path:path>": [*PAGES, Ask("/no-such-page", READERS, 404)],
    "/assets/<path:filename>": [Ask("/assets/css/00-tokens.css", content_type="text/css")],
    "/assets/app.css": [Ask("/assets/app.css", content_type="text/css")],
    "/assets/modules/<version>/<name>": [Ask("/assets/modules/1/main.js", content_type="text/javascript")],
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": [
        Ask("/_dash-component-suites/dash/nothing.js", status=404)
    ],
    "/_dash-layout": [Ask("/_dash-layout", content_type=JSON)],
    "/_dash-dependencies": [Ask("/_dash-dependencies", content_type=JSON)],
    "/_dash-update-component": [Ask("/_dash-update-component", status=400, content_type=JSON, method="POST")],
    "/publication": [Ask("/publication", READERS, content_type=JSON)],
    "/_reload-hash": [Ask("/_reload-hash", content_type=JSON)],
    "/_favicon.ico": [Ask("/_favicon.ico", content_type="image/x-icon")],
    "/livez": [Ask("/livez", content_type=HTML)],
    "/readyz": [Ask("/readyz", content_type=JSON)],
    "/metrics": [Ask("/metrics", status=404)],
    "/login": [
        Ask("/login"),
        Ask("/login", status=401, method="POST", fields={"account_name": "nobody-{who}", "password": "nothing"}),
    ],
    "/password": [
        Ask("/password"),
        Ask("/password", status=400, method="POST", fields={"old": "wrong", "new": "wrong"}),
    ],
    "/second-factor": [
        Ask("/second-factor"),
        Ask("/second-factor", status=400, method="POST", fields={"action": "renew", "code": "wrong"}),
    ],
    "/logout": [],  # asked at the end of `test_signing_out_ends_the_session`
    "/accounts": [
        Ask("/accounts", frozenset({"administrator"})),
        Ask("/accounts", frozenset({"administrator"}), 400, method="POST", fields={"action": "nothing"}),
    ],
    "/accounts/<account_name>": [
        Ask("/accounts/leader", frozenset({"administrator"})),
        Ask("/accounts/nobody", frozenset({"administrator"}), 404),
        Ask("/accounts/leader", frozenset({"administrator"}), 400, method="POST", fields={"action": "nothing"}),
    ],
    "/account-list": [
        Ask("/account-list", frozenset({"administrator"})),
        Ask("/account-list", frozenset({"administrator"}), 400, method="POST"),
    ],
    "/account-list/template": [
        Ask("/account-list/template", frozenset({"administrator"}), 200, XLSX, "从名单开账号.xlsx"),
        Ask("/account-list/template?schools=1", frozenset({"administrator"}), 200, XLSX),
    ],
    "/account-list/passwords": [Ask("/account-list/passwords", frozenset({"administrator"}), 400, method="POST")],
    "/audit": [Ask("/audit", frozenset({"auditor"}))],
    "/audit/export": [Ask("/audit/export", frozenset({"auditor"}), 200, "text/csv")],
    "/catalogue": [Ask("/catalogue", DESK)],
    "/catalogue/<code>": [
        *[Ask(f"/catalogue/{desk.code}", DESK) for desk in DESK_TABLES],
        Ask("/catalogue/no_such_table", DESK, 404),
        Ask("/catalogue/deadlines", frozenset({"administrator"}), 400, method="POST"),
    ],
    "/catalogue/changes/<int:number>": [
        *[Ask(f"/catalogue/changes/{n}", DESK, 404) for n in (999999, 10**30)],
        Ask("/catalogue/changes/999999", DESK, 404, method="POST"),
    ],
    "/.well-known/security.txt": [Ask("/.well-known/security.txt", status=404)],
    "/privacy": [Ask("/privacy")],
    "/privacy/mine": [Ask("/privacy/mine", content_type=JSON, file_name="我的信息.json")],
    "/server": [Ask("/server", frozenset({"administrator"}))],
    "/data": [Ask("/data", OFFICES)],
    "/data/upload": [Ask("/data/upload", OFFICES, 400, method="POST")],
    "/data/<int:number>": [Ask(f"/data/{n}", OFFICES, 404) for n in (999999, 10**30)],
    "/data/<int:number>/marked": [Ask("/data/999999/marked", OFFICES, 404)],
    "/data/progress/<ticket>": [Ask(f"/data/progress/{'0' * 32}", OFFICES, 200, JSON)],
    "/data/<int:number>/<any(submit, decide, map):action>": [
        Ask("/data/999999/map", OFFICES, 404, method="POST"),
        Ask("/data/999999/submit", OFFICES, 404, method="POST"),
        Ask("/data/999999/decide", OFFICES, 404, method="POST"),
    ],
    "/data/template": [
        Ask(f"/data/template?period=2026&district_code={UNIT}", OFFICES, 200, XLSX, f"{UNIT_NAME}_2026.xlsx"),
        Ask("/data/template?kind=school_return", OFFICES, 200, XLSX, "学校基础数据表.xlsx"),
        Ask("/data/template?kind=nothing", OFFICES, 404),
    ],
    "/data/board.xlsx": [Ask("/data/board.xlsx?period=2026", OFFICES, 200, XLSX)],
    "/data/<any(rollback, withdraw):action>": [
        Ask(f"/data/{action}", frozenset({"city"}), 400, method="POST") for action in ("rollback", "withdraw")
    ],
    "/data/remind": [Ask("/data/remind", frozenset({"city", "second"}), 400, method="POST")],
    "/data/publish": [],  # a publication takes seconds: the journey of a return presses its button
    "/inspectors": [Ask("/inspectors", READERS), Ask("/inspectors?list=areas&only=nothing&part=x", READERS)],
    "/inspectors/file.<any(xlsx, csv):kind>": [
        Ask("/inspectors/file.xlsx", READERS, 200, XLSX, "督学与责任区.xlsx"),
        Ask("/inspectors/file.csv", READERS, 200, "text/csv", "督学与责任区.csv"),
    ],
    "/inspectors/new/<any(inspector, area, office):kind>": [
        *[Ask(f"/inspectors/new/{kind}", OFFICES) for kind in ("inspector", "area", "office")],
        *[Ask(f"/inspectors/new/{kind}", OFFICES, 400, method="POST") for kind in ("inspector", "area", "office")],
    ],
    "/inspectors/list": [Ask("/inspectors/list", OFFICES), Ask("/inspectors/list", OFFICES, 400, method="POST")],
    "/inspectors/list/take": [Ask("/inspectors/list/take", OFFICES, 400, method="POST")],
    "/inspectors/list/template": [Ask("/inspectors/list/template", OFFICES, 200, XLSX, "责任区和督学名单.xlsx")],
    "/inspectors/<code>": [
        Ask("/inspectors/A500242-999", READERS, 404),
        Ask("/inspectors/A500242-999", OFFICES, 404, method="POST"),
    ],
    "/evidence": [Ask("/evidence", EVERYBODY, 403, method="POST", content_type=JSON)],
    "/letters/<int:year>/<int:number>": [Ask("/letters/2026/999999", READERS, 404)],
    "/letters/<int:year>/<int:first>-<int:last>.zip": [Ask("/letters/2026/999998-999999.zip", READERS, 404)],
    "/look-back": [Ask("/look-back", READERS), Ask("/look-back?since=x&until=2026-01-01&district=0", READERS)],
    "/look-back/report.docx": [Ask("/look-back/report.docx", READERS, 200, DOCX)],
    "/look-back/list.xlsx": [Ask("/look-back/list.xlsx", READERS, 200, XLSX)],
    **VISITS,
    **MATTERS,
    **SURVEYS,
    **TASK_BOOKS,
    "/evidence/<int:evidence_id>": [Ask(f"/evidence/{n}", READERS, 404) for n in (999999, 10**30)],
}
ASKED = [(rule, ask) for rule, asks in TABLE.items() for ask in asks]


@pytest.fixture(scope="module")
def app(shipped: FrontDoor) -> ServerRenderedDash:
    """The same application in this process, for its own list of routes and callbacks."""
    return create_app(
        Settings(var_folder=shipped.settings.var_folder, login="local", store_url=shipped.settings.store_url)
    )


def test_the_table_names_every_route(app: ServerRenderedDash) -> None:
    """A new route belongs into TABLE: who may ask for it, and what comes back."""
    assert {rule.rule for rule in app.server.url_map.iter_rules()} == set(TABLE)


@pytest.mark.parametrize(("rule", "ask"), ASKED, ids=[f"{a.method} {a.path}" for _, a in ASKED])
def test_each_role_gets_what_the_table_says(shipped: FrontDoor, rule: str, ask: Ask) -> None:
    for who in sorted(EVERYBODY):
        answer = (
            shipped.get(who, ask.path)
            if ask.method == "GET"
            else shipped.post(who, ask.path, {k: v.format(who=who) for k, v in ask.fields.items()})
        )
        place = (rule, who, answer.status_code)
        assert answer.status_code < 500, place
        if who not in ask.may:
            assert answer.status_code in (*REFUSED, 404), place
        else:
            assert answer.status_code == ask.status, (place, answer.text[:300])
            assert answer.headers.get("Content-Type", "").startswith(ask.content_type), place
        is_shown = answer.status_code not in MOVED and ask.path not in ("/livez", WITH_GLOSSARY)
        if is_shown and answer.headers.get("Content-Type", "").startswith(HTML):
            assert english_words(answer.text, shipped) == [], place
        if ask.file_name and who in ask.may:
            _, options = parse_options_header(answer.headers["Content-Disposition"])
            assert options["filename"] == ask.file_name, place


KINDS: dict[str, str] = {
    **{kind: kind for kind in ("xlsx", "csv", "docx", "pptx", "pdf")},
    **dict.fromkeys((*FORMS, "forms", "issues"), "xlsx"),
    f"letter.{UNIT}": "docx",
}
MAGIC = {"xlsx": b"PK", "docx": b"PK", "pptx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_leaves_for_each_role_that_reads(shipped: FrontDoor, app: ServerRenderedDash, kind: str) -> None:
    shapes = app.server.config["CALLBACK_SHAPES"]
    (output,) = [o for o in shapes if ShellId.DOWNLOAD in o]
    path = {"issues": "/ledger", f"letter.{UNIT}": "/warn"}.get(kind, f"/district/{UNIT}")
    for who in sorted(READERS):
        client = shipped.client(who)
        sent = body(shapes, output, [{"kind": kind}, path, ""])
        answer = client.post(
            shipped.address + "/_dash-update-component",
            data=json.dumps(sent),
            headers={"Content-Type": "application/json", "X-CSRFToken": token_of(client)},
        )
        assert answer.status_code == 200, (who, answer.status_code)
        given = answer.json()["response"][str(ShellId.DOWNLOAD)]["data"]
        assert given["filename"].endswith(f".{KINDS[kind]}"), who
        assert re.search(r"[\u4e00-\u9fff]", given["filename"]), who
        assert base64.b64decode(given["content"]).startswith(MAGIC[KINDS[kind]]), who


def test_a_stranger_is_sent_to_the_sign_in_page_and_nowhere_else(shipped: FrontDoor) -> None:
    client = shipped.anonymous()
    for _, ask in ASKED:
        if ask.method != "GET" or ask.path in OPEN or ask.path.startswith(("/assets", "/_dash-component")):
            continue
        answer = client.get(shipped.address + ask.path, headers={"Accept": HTML}, allow_redirects=False)
        assert answer.status_code in (302, 401, 404), ask.path
        if answer.status_code in MOVED:
            continue
        assert UNIT_NAME not in answer.text
        assert english_words(answer.text, shipped) == [], ask.path


OPEN = ("/login", "/livez", "/readyz")


def test_every_page_of_every_reader_is_quiet_in_a_browser(shipped: FrontDoor, browser: Browser) -> None:
    for who in sorted(READERS - {"leader"}):  # whose pages have a journey of their own
        tab = shipped.tab(browser, who)
        for ask in PAGES:
            if who in ask.may:
                tab.open(ask.path)
        tab.close()


def test_signing_out_ends_the_session(shipped: FrontDoor) -> None:
    client = shipped.sign_in(PEOPLE["second"].account_name, PASSWORD)
    cookies, token = client.cookies.copy(), {"csrf_token": token_of(client)}
    assert client.post(shipped.address + "/logout", data=token, allow_redirects=False).headers["Location"] == "/login"
    late = shipped.anonymous().get(shipped.address + "/league", cookies=cookies, allow_redirects=False)
    assert late.status_code == 401
