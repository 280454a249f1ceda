"""A canary in every unit's rows: no page, callback, export or file of anybody shows that of another unit.

In `make faults` for a district's, an inspector's and a school's account of each unit, and for the roles without figures.
"""

import base64
import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from callbacks.web.request_guard import csrf_token
from callbacks.writing.mutations import MUTATIONS
from data.access import LOCAL_VIEWER, Viewer
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.store.evidence import add_evidence
from data.store.register_intake import take_register
from data.store.sessions import sign_in
from data.store.submissions import add_submission
from data.store.verification import change_password
from layouts.routes import ROUTES, address_of
from queries import common_dimensions
from queries.ledger import ledger
from tests import surveys, task_books
from tests.depth import IS_FULL, record, times
from tests.hostile.file_words import file_words
from tests.matters import matter_code, matter_paths, put_look_back, put_matters
from tests.registers import register_paths, registers_of
from tests.stores import an_issue, put
from tests.visitors import CATALOGUE, CLERK, NEXT_PASSWORD, PASSWORD, body, get, now, plain, post, while_in_force

OWN, LISTED = "500242", [r.path for r in ROUTES if not r.keys]
CANARY = re.compile(r"金丝雀([0-9A-Z]{6})")
SCHOOL = re.compile(r"S(?:[0-9]{6}|P50[A-Z0-9]{3})-\d{3}")
DESKS = ("/data", "/data?period=2025", "/accounts", "/audit")
KINDS = ("xlsx", "csv", "docx", "pptx", "issues", "forms")
TOO_MANY = 429
ROLES = ("district_supervisor", "responsible_inspector", "school_office")


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("canaries")
    settings = Settings(
        var_folder=demo_settings.var_folder, login="local", store_url=f"sqlite:///{folder / 'operations.db'}"
    )
    app = create_app(settings)
    everybody = Viewer("某人", LOCAL_VIEWER.permissions)
    for unit in units_of(app):
        word = f"金丝雀{unit}"
        said = dict.fromkeys(("problem", "measure", "responsible_unit", "responsible_person"), word)
        put(app.deps.store, an_issue(f"C-{word}", district_code=unit, school_code=school_of(unit), **said))
        add_evidence(app.deps.store, CATALOGUE, everybody, f"C-{word}", f"{word}.pdf", b"%PDF-", now())
        put_look_back(app.deps.store, f"C-{word}", word)
        worded = ("file_name", "sheet", "column", "value", "message", "suggested_fix")
        finding = {"severity": "query", "finding_code": "x", "row": 1, **dict.fromkeys(worded, word)}
        result: dict[str, Any] = {"findings": [finding], "finding_count": 1, "kinds": [], "changes": [], "preview": {}}
        wanted = {"district_code": unit, "period": "2026", "file_name": f"{word}.csv", "sha256": "0" * 64}
        add_submission(app.deps.store, everybody, {**wanted, "result": result}, now())
    take_register(app.deps.store, everybody, registers_of(units_of(app), "金丝雀"), now())
    put_matters(app.deps.store, units_of(app), "金丝雀")
    surveys.release(app.deps.store, surveys.plan(app.deps.store, units_of(app), "金丝雀", now()), now())
    task_books.released(app.deps.store, units_of(app), "金丝雀", now())
    yield app


def units_of(app: ServerRenderedDash) -> list[str]:
    return sorted(names_of(app))


def school_of(unit: str) -> str:
    return f"S{unit}-001"


def signed_in(app: ServerRenderedDash, role: str, unit: str, prefix: str = "") -> tuple[FlaskClient, str]:
    """A client of a new account, and its CSRF token; that of a former unit was made while there was one."""
    name = f"{prefix or role[:4]}.{unit.lower()}"
    schools = {"responsible_inspector": (school_of(unit),), "school_office": (school_of(unit),)}.get(role, ())
    units = (unit,) if role in ROLES else ()
    made = NewAccount(name, "某人", role, units, schools)
    create_account(app.deps.store, CATALOGUE, CLERK, made, PASSWORD, while_in_force(units))
    change_password(app.deps.store, CATALOGUE, name, PASSWORD, NEXT_PASSWORD, now())
    session = sign_in(app.deps.store, name, NEXT_PASSWORD, now())
    client = app.server.test_client()
    client.set_cookie("__Host-sid", session, domain="localhost", secure=True, path="/")
    return client, csrf_token(session)


def foreign(app: ServerRenderedDash, unit: str, asked: str, words: str) -> set[str]:
    """What an answer shows of others; a code that the viewer wrote in the address tells nothing."""
    for one in re.finditer(rf"C-{CANARY.pattern}|{SCHOOL.pattern}", asked):
        words = words.replace(one[0], "")
    owners = owners_of(app)
    found = {
        f"金丝雀{other}" for other in CANARY.findall(words) if unit not in (other, *owners.get(school_of(other), ()))
    }
    found |= {code for code in SCHOOL.findall(words) if unit not in owners.get(code, ())}
    own_names = {code[1:7] for code, units in owners.items() if unit in units}
    return found | {short for code, short in names_of(app).items() if code not in own_names and f"{short}示例" in words}


@cache
def owners_of(app: ServerRenderedDash) -> dict[str, set[str]]:
    """The units that ever returned a school: boundaries moved, and schools kept their codes."""
    owners: dict[str, set[str]] = {}
    for path in (app.settings.var_folder / "sources").glob("学校基础数据表_*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                owners.setdefault(row["学校代码"], set()).add(row["区县代码"])
    for unit in units_of(app):  # of a unit that is newer than its schools' codes
        owners.setdefault(school_of(unit), {unit})
    return owners


@cache
def names_of(app: ServerRenderedDash) -> dict[str, str]:
    snapshot = app.deps.warehouse.current()
    return {
        u.district_code: u.short_name
        for period in ("2025", "2026")
        for u in common_dimensions.units(snapshot, period, "as_was")
    }


def answers(
    app: ServerRenderedDash, client: FlaskClient, token: str, role: str, others: list[str], unit: str = OWN
) -> Iterator[tuple[str, str]]:
    """What each way gives that anybody can ask: (what was asked, what came)."""
    neighbour = others[0]
    published = f"snapshot={app.deps.warehouse.current().info.snapshot_id}"
    states = (
        "",
        "?only=all",
        f"?district={unit}",
        f"?district={neighbour}&only=all",
        "?period=2025",
        "?mode=meeting",
        f"?mode=meeting&district={neighbour}",
        f"?school={school_of(neighbour)}&only=all",
        f"?only=all&issue=C-金丝雀{neighbour}",
        f"?why=section.primary.L2.{school_of(neighbour)}",
        f"?{published}&only=all",
        f"?{published}&district={neighbour}",
    )
    chosen = (states if role == ROLES[0] else states[1::3] + states[-1:]) if IS_FULL else states[3:4]
    paths = [p + s for p in LISTED for s in chosen] + [p + states[-2] for p in ("/ledger", "/rounds")]
    for number, one in enumerate((unit, *(others if IS_FULL else others[:3]))):
        ways = (f"/district/{one}", f"/school/{school_of(one)}", f"/cv/{one}/primary/L2")
        paths += [ways[number % 3]] if number else ways
    for number, path in enumerate(paths):
        answer = get(client, path)
        assert answer.status_code < 500, path
        yield path, answer.text
        if number % 5 == 0:
            for part in ("page-root", "said"):
                yield from callback(app, client, token, part, path)
    for one in others if IS_FULL else others[:3]:
        for words in (
            f"S{one}",
            names_of(app)[one],
            *(matter_code(prefix, one, 1)[:-1] for prefix in ("ZF", "YJ", "RD")),
        ):
            yield from callback(app, client, token, "search-results", words)
        for kind in MUTATIONS:
            yield from callback(app, client, token, "said", f"/ledger?only=all&issue=C-金丝雀{one}", kind)
    yield from exports(app, client, token, unit, neighbour)
    for path in (
        *DESKS,
        *matter_paths(unit, others if IS_FULL else others[:3]),
        *(*register_paths(unit, neighbour), *surveys.survey_paths(unit, neighbour)),
        *task_books.task_book_paths(unit, neighbour),
        f"/data/template?period=2026&district_code={neighbour}",
        *[f"/{kind}/{n}" for kind in ("data", "evidence") for n in range(1, 50, times(4, 1))],
    ):
        rate_limits.reset_rate_limits()
        answer = get(client, path)
        assert answer.status_code < 500, path
        assert answer.status_code != TOO_MANY, path
        yield path, file_words(answer.data)


def callback(
    app: ServerRenderedDash, client: FlaskClient, token: str, part: str, asked: str, kind: str = "uploaded"
) -> Iterator[tuple[str, str]]:
    """`said` carries out a write of a `kind`, and shows the page that it says is on screen anew."""
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if part in o)
    path, mark, search = asked.partition("?")
    address = address_of(path, mark + search)
    values: dict[str, list[object]] = {
        "search-results": [asked],
        "page-root": [path, mark + search, None],
        "said": [request(kind, asked), path, mark + search, {"page": address.route.page if address else ""}],
    }
    answer = post(client, token, body(shapes, output, values[part]))
    assert answer.status_code < 500, asked
    yield f"{part} {kind} {asked}", plain(answer)


def request(kind: str, asked: str) -> dict[str, object]:
    """A write about the unit that an address names, of one of the kinds that a page sends."""
    other = CANARY.search(asked)
    code = other[1] if other else OWN
    return {
        "kind": kind,
        "at": 1,
        "issue_code": f"C-金丝雀{code}",
        "version": "1",
        "action": "start",
        "measure": "改",
        "warning_key": f"target_missed.{code}",
        "shown_state": "new",
        "what": "好",
        "title": "会",
        "held_on": "2026-11-23",
        "meeting_code": "20261123-1",
    }


def exports(
    app: ServerRenderedDash, client: FlaskClient, token: str, unit: str, neighbour: str
) -> Iterator[tuple[str, str]]:
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if "download.data" in o)
    published = f"snapshot={app.deps.warehouse.current().info.snapshot_id}"
    places = (
        ("/ledger", "?only=all"),
        ("/ledger", f"?district={neighbour}&only=all"),
        ("/rounds", ""),
        (f"/district/{neighbour}", ""),
        (f"/cv/{unit}/primary/L2", ""),
        (f"/district/{unit}", ""),
        ("/ledger", f"?{published}&only=all"),
    )
    for number, kind in enumerate((*KINDS, f"letter.{neighbour}")):
        for path, search in (places[1], places[0], places[number % len(places)])[: times(1, 3)]:
            rate_limits.reset_rate_limits()
            answer = post(client, token, body(shapes, output, [{"kind": kind, "at": 1}, path, search]))
            sent = (answer.get_json(silent=True) or {}).get("response", {}).get("download", {})
            asked = f"{kind} {path}{search}"
            assert answer.status_code < 500, asked
            if "data" in sent:
                yield f"file {asked}", file_words(base64.b64decode(sent["data"]["content"]))
            yield asked, plain(answer)


@pytest.mark.parametrize("role", ROLES)
def test_an_account_of_a_unit_meets_no_foreign_canary(app: ServerRenderedDash, role: str) -> None:
    """Former units too: their issues went with the schools, so only the others meet their own."""
    counted = Counter[str]()
    units = units_of(app)
    today = {r.district_code for r in ledger(app.deps.warehouse.current(), app.deps.store)}
    for unit in units if IS_FULL else [OWN]:
        others = [u for u in units if u != unit]
        others = others[units.index(unit) % len(others) :] + others[: units.index(unit) % len(others)]
        client, token = signed_in(app, role, unit)
        seen: set[str] = set()
        for asked, words in answers(app, client, token, role, others, unit):
            assert foreign(app, unit, asked, words) == set(), (role, unit, asked)
            seen |= set(CANARY.findall(words))
            counted["answers"] += 1
            counted["files"] += asked.startswith("file ")
        counted["accounts"] += 1
        counted["own"] += unit in seen
        assert unit in seen or unit not in today
    assert counted["own"]
    assert counted["files"]
    record(f"canaries_{role}", **counted, foreign=0)


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_an_account_without_figures_meets_no_canary(app: ServerRenderedDash, role: str) -> None:
    client, token = signed_in(app, role, OWN)
    others = [u for u in units_of(app) if u != OWN]
    for asked, words in answers(app, client, token, role, others):
        if asked != {"auditor": "/audit", "administrator": "/accounts"}[role]:
            assert foreign(app, "", asked, words) == set(), (role, asked)


def test_the_city_meets_every_canary(app: ServerRenderedDash) -> None:
    """So that the tests above do not pass because nobody is shown anything."""
    client, _ = signed_in(app, "municipal_supervisor", OWN)
    words = get(client, "/ledger?only=all").text + get(client, "/data").text
    assert set(CANARY.findall(words)) == set(units_of(app))
    assert set(CANARY.findall(get(client, "/inspectors").text)) == set(units_of(app))
    lists = [f"/{kind}/list.xlsx" for kind in ("visits", "opinions", "complaints", "look-back")]
    for path in (*lists, f"/letters/{now().year}/1-46.zip"):
        rate_limits.reset_rate_limits()
        assert set(CANARY.findall(file_words(get(client, path).data))) == set(units_of(app)), path
