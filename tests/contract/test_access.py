"""Who may see and do what: every role against every page, callback and foreign unit."""

import json
import random
import re

import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.catalogue.access_tables import RoleCapability
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.store.ledger import find_issue
from data.store.refusals import RefusedError
from layouts.routes import ROUTES, address_of
from queries import common_dimensions
from tests.depth import record, times
from tests.present import present
from tests.stores import an_issue, put
from tests.visitors import (
    CATALOGUE,
    CLERK,
    OWN,
    PASSWORD,
    ROLES,
    SCHOOL,
    body,
    get,
    guarded_app,
    now,
    plain,
    post,
    signed_in,
)

PAGES = [r.path for r in ROUTES if not r.keys]


@pytest.fixture(scope="module")
def guarded(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> ServerRenderedDash:
    return guarded_app(demo_settings, tmp_path_factory.mktemp("access"))


def test_nobody_gets_in_without_a_session(guarded: ServerRenderedDash) -> None:
    client = guarded.server.test_client()
    for path in (*PAGES, "/district/500242", "/_dash-layout", "/_dash-dependencies", "/evidence/1", "/x"):
        assert get(client, path).status_code == 401, path
        assert get(client, path, Accept="text/html").status_code == 302, path
    variants = [
        "//",
        "/./",
        "/%2e/",
        "/%5fdash-layout",
        "/_DASH-layout",
        "/_dash-layout/",
        "//_dash-layout",
        "/login/../",
        "/login/..%2f",
        "/login;/..",
        "/assets/..%2f",
        "/assets/../",
        "/Assets/../league",
        "/assets/%2e%2e/league",
        "/livez/../league",
        "/league/",
        "/LEAGUE",
        "/league%00",
        "/league?x=/login",
        "/league;/login",
        "/./league",
        "/%6ceague",
        "/_dash-update-component/",
        "/login/league",
        "/readyz/x",
    ]
    for path in variants:
        answer = get(client, path)
        assert answer.status_code in (301, 302, 308, 401, 404, 405), (path, answer.status_code)
    assert client.post("/_dash-update-component", json={}).status_code in (401, 403)
    assert get(client, "/livez").text == "ok"


def test_a_first_password_has_to_be_changed(guarded: ServerRenderedDash) -> None:
    fresh = NewAccount("fresh", "新人", "municipal_leader")
    create_account(guarded.deps.store, CATALOGUE, CLERK, fresh, PASSWORD, now())
    client = guarded.server.test_client()
    client.post("/login", data={"account_name": "fresh", "password": PASSWORD}, base_url="https://localhost")
    assert get(client, "/").headers["Location"] == "/password"
    with pytest.raises(RefusedError, match="weak_password"):
        create_account(guarded.deps.store, CATALOGUE, CLERK, NewAccount("weak", "弱", "auditor"), "aaaaaaaaaa", now())


def status_for(role: str, path: str, *, is_bounded: bool) -> int:
    """403 where the role may not open the page, 404 where the thing is another's, else 200."""
    needs = present(address_of(path.partition("?")[0], "")).route.needs
    granted = {c.permission for c in CATALOGUE.rows(RoleCapability) if c.role_code == ROLES[role].role_code}
    if needs not in granted:
        return 403
    is_foreign = is_bounded and "500103" in path.partition("?")[0] and "mode=meeting" not in path
    return 404 if is_foreign else 200


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_no_foreign_unit(guarded: ServerRenderedDash, role: str) -> None:
    client, _ = signed_in(guarded, ROLES[role].account_name)
    snapshot = guarded.deps.warehouse.current()
    foreign = [u for u in common_dimensions.units(snapshot, "2026", "as_was") if u.district_code != OWN]
    is_bounded = role in ("district", "area", "school", "clerk", "auditor")
    states = ["", "?period=2024", "?basis=current&indicator=L2&stage=primary", "?district=500103", "?mode=meeting"]
    states += [f"?snapshot={snapshot.info.snapshot_id}"] * is_bounded
    for path in (
        *PAGES,
        "/district/500242",
        "/district/500103",
        f"/school/{SCHOOL}",
        "/school/S500103-001",
        "/cv/500103/primary/L2",
        "/cv/500242/primary/L2",
    ):
        for state in states:
            answer = get(client, path + state)
            if path == "/" and role in ("clerk", "auditor"):
                assert answer.headers["Location"] in ("/accounts", "/audit")
                continue
            wanted = status_for(role, path + state, is_bounded=is_bounded)
            assert answer.status_code == wanted, (path, state)
            if is_bounded and path not in ("/method", "/library"):
                words = answer.text.partition('id="first-paint">')[2].partition("<footer>")[0]
                named = [
                    u.name
                    for u in foreign
                    if f"{u.short_name}示例" in words
                    or f'"{u.district_code}"' in words
                    or f"district={u.district_code}" in words
                ]
                asked = "渝中区" if "500103" in path + state else ""
                assert [n for n in named if n != asked] == [], (path, state)
                if "500103" in path:
                    assert "渝中示例" not in words
                    assert "没有" in words or "不能打开" in words
    if role in ("clerk", "auditor"):
        assert "您的角色不能打开这一页" in get(client, "/league").text
    assert ("您的角色不能打开这一页" in get(client, "/leads").text) == (role != "city")


def test_a_school_sees_no_other_school(guarded: ServerRenderedDash) -> None:
    client, _ = signed_in(guarded, "office")
    for path in ("/district/500242", "/matrix?district=500242", "/cv/500242/primary/L2", "/rounds", "/ledger?only=all"):
        words = get(client, path).text
        schools = set(re.findall(r"/school/(S\d{6}-\d+)", words))
        assert schools <= {SCHOOL}, path


def test_callbacks_obey_the_same_scope(guarded: ServerRenderedDash) -> None:
    shapes = guarded.server.config["CALLBACK_SHAPES"]
    page = next(o for o in shapes if "page-root" in o)
    search = next(o for o in shapes if "search-results" in o)
    client, token = signed_in(guarded, "district")
    units = common_dimensions.units(guarded.deps.warehouse.current(), "2026", "as_was")
    checked = 0
    for unit in units:
        if unit.district_code == OWN:
            continue
        for path, state in (
            (f"/district/{unit.district_code}", ""),
            ("/", f"?district={unit.district_code}"),
            ("/matrix", f"?district={unit.district_code}"),
            ("/ledger", f"?district={unit.district_code}&only=all"),
        ):
            answer = post(client, token, body(shapes, page, [path, state, None]))
            assert answer.status_code == 200
            assert f"{unit.short_name}示例" not in plain(answer)
            assert f"S{unit.district_code}-" not in plain(answer)
            checked += 1
        found = post(client, token, body(shapes, search, [unit.short_name]))
        assert f"district/{unit.district_code}" not in plain(found)
        assert f"S{unit.district_code}-" not in plain(found)
    assert checked >= 4 * 35
    own = post(client, token, body(shapes, page, [f"/district/{OWN}", "", None]))
    assert "酉阳示例" in plain(own)
    everyone, own_token = signed_in(guarded, "city")
    seen = post(everyone, own_token, body(shapes, page, ["/district/500103", "", None]))
    assert "渝中示例" in plain(seen)


def test_a_foreign_issue_can_be_neither_moved_nor_given_evidence(guarded: ServerRenderedDash) -> None:
    issue = an_issue("F2026-0001", district_code="500103", school_code="S500103-001")
    put(guarded.deps.store, issue)
    shapes = guarded.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if "said" in o)
    client, token = signed_in(guarded, "district")
    request = {
        "kind": "ledger",
        "issue_code": issue.issue_code,
        "version": str(issue.version),
        "action": "start",
        "measure": "改",
        "at": 1,
    }
    answer = post(client, token, body(shapes, output, [request, "/ledger", "", None]))
    assert "没有这条问题" in plain(answer)
    sent = client.post(
        "/evidence",
        data={"issue_code": issue.issue_code},
        base_url="https://localhost",
        headers={"X-Oversight": "1", "X-CSRFToken": token},
    )
    assert sent.status_code == 400
    assert "没有这条问题" in plain(sent)
    assert find_issue(guarded.deps.store, issue.issue_code) == issue


def test_writes_from_another_site_are_refused(guarded: ServerRenderedDash) -> None:
    client, token = signed_in(guarded, "city")
    shapes = guarded.server.config["CALLBACK_SHAPES"]
    page = next(o for o in shapes if "page-root" in o)
    sent = body(shapes, page, ["/", "", None])
    assert post(client, token, sent).status_code == 200
    assert post(client, "0" * 64, sent).status_code == 403
    assert post(client, "", sent).status_code == 403
    assert post(client, token, sent, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/logout", base_url="https://localhost").status_code == 403


def test_the_browsers_own_callbacks_are_no_questions_to_the_server(guarded: ServerRenderedDash) -> None:
    client, token = signed_in(guarded, "city")
    own = [o for o, entry in guarded.callback_map.items() if "callback" not in entry]
    assert own
    for output in own:
        entry = guarded.callback_map[output]
        named, prop = output.rsplit(".", 1)
        sent = {
            "output": output,
            "outputs": {"id": named, "property": prop},
            "changedPropIds": [],
            "inputs": [{**i, "value": None} for i in entry["inputs"]],
            "state": [{**s, "value": None} for s in entry["state"]],
        }
        assert post(client, token, sent).status_code == 400, output


def test_malformed_callback_bodies_are_turned_away(guarded: ServerRenderedDash) -> None:
    """Bodies that no page sends (5,000 in `make faults`): 2xx or 4xx, never a server error."""
    client, token = signed_in(guarded, "city")
    shapes = guarded.server.config["CALLBACK_SHAPES"]
    page = next(o for o in shapes if "page-root" in o)
    good = json.dumps(body(shapes, page, ["/", "", None]))
    randomness = random.Random(20261124)
    odd = [None, True, 1e308, -1, [], {}, "x" * 5000, {"a": {"b": 1}}, [[]], "500242", 0, "\u0000"]
    for number in range(times(1000, 5000)):
        sent = json.loads(good)
        kind = number % 5
        if kind == 0:
            sent[randomness.choice(list(sent))] = randomness.choice(odd)
        elif kind == 1:
            sent["inputs"][randomness.randrange(2)][randomness.choice(["id", "property", "value"])] = randomness.choice(
                odd
            )
        elif kind == 2:
            sent.pop(randomness.choice(list(sent)))
        elif kind == 3:
            cut = randomness.randrange(len(good))
            answer = post(client, token, (good[:cut] + chr(randomness.randrange(32, 127)) + good[cut + 1 :]).encode())
            assert answer.status_code < 500, number
            continue
        else:
            sent["state"] = [randomness.choice(odd) for _ in range(randomness.randrange(4))]
        assert post(client, token, sent).status_code < 500, (number, sent)
    assert post(client, token, b"[" * 100_000).status_code == 400
    record("malformed_callbacks", bodies=times(1000, 5000), server_errors=0)


def test_the_administrator_keeps_accounts_and_the_auditor_reads(guarded: ServerRenderedDash) -> None:
    clerk, token = signed_in(guarded, "clerk")
    for name, wanted in (("newcomer", 302), ("newcomer", 400), ("BAD", 400)):
        sent = {
            "csrf_token": token,
            "action": "create",
            "account_name": name,
            "person": "<b>某人",
            "role_code": "municipal_leader",
            "password": PASSWORD,
        }
        answer = clerk.post("/accounts", data=sent, base_url="https://localhost")
        assert answer.status_code == wanted
    page = get(clerk, "/accounts").text
    assert "newcomer" in page
    assert "<b>某人" not in page
    assert get(clerk, "/audit").status_code == 403
    auditor, _ = signed_in(guarded, "auditor")
    log = get(auditor, "/audit?action=create").text
    assert "审计链完整" in log
    assert "newcomer" in log
    assert PASSWORD not in log
    assert get(auditor, "/accounts").status_code == 403
    for name in ("leader", "city", "district", "office"):
        client, _ = signed_in(guarded, name)
        assert get(client, "/accounts").status_code == 403
        assert get(client, "/audit").status_code == 403
