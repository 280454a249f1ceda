"""Any words in any parameter of any page, and in the search (5,000 in `make faults`): the default with a notice.

An unknown value never reaches a query as its text, never fails, and never shows what the engine said.
"""

import json
import re
import string
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.ledger import ledger_view
from callbacks.rendering.dispatch import page_of
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.rendering.page_context import load_unit_context, read_state
from data.settings import Settings
from data.text import text
from data.view_state import DEFAULTS
from layouts.export.tables import ExportTable, heading_of, tables_of, texts_of
from layouts.ids import ShellId
from layouts.page import AnyPanel
from layouts.routes import LEDGER, ROUTES, Address
from layouts.search.results import pages
from queries.ledger import ledger
from queries.search import entries
from tests.depth import NO_HEALTH_CHECKS, record, times
from tests.visitors import body

EVERY = settings(
    max_examples=times(150, 5000),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=NO_HEALTH_CHECKS,
)
NASTY = (
    "'",
    '"',
    "';--",
    "' or 1=1 --",
    "1; drop table unit_status",
    "${period}",
    "$district",
    "?",
    "%",
    "_",
    "\\",
    "\x00",
    "x' union select * from stg_school --",
    "\"; attach 'x' as y; --",
    "read_csv('/etc/passwd')",
    "(select 1)",
    "null",
    "period desc",
    "1,2",
    "{0}",
    "{name}",
    "%s",
    "%(x)s",
    "../../etc/passwd",
    "constructor",
    "__proto__",
    "verdict'",
    "as_was'",
    "item.G1'",
    "L2 desc",
    "L2;",
    "９",
    "٣",
    "²",
    "0",
    "-1",
    "1e308",
    "nan",
    "9" * 80,
    "a" * 80,
    "é",
    "\u202e",
    "\ud800",
    "🦉",
    "全部",
    "渝中",
)
KEYLIKE = st.text(string.ascii_letters + string.digits + "_.-", min_size=1, max_size=80)
WORDS = st.one_of(
    st.sampled_from(NASTY), KEYLIKE, st.text(max_size=60), st.text("'\";-() %_$", min_size=1, max_size=20)
)
ENGINE = re.compile(
    r"duckdb|sqlite|sqlalchemy|traceback|(binder|parser|catalog|conversion|syntax|invalid input) error", re.I
)
LISTED = [r for r in ROUTES if not r.keys]
PAGES = [r.path for r in LISTED] + ["/district/500242", "/school/S500242-001", "/cv/500242/primary/L2"]
FREE = {"sort", "only", "measure", "origin", "slide", "meeting", "view", "subject", "why", "issue"}
"""Looked up, not listed: what is not known of them leaves the page as it is (school, round: see the ledger)."""
counted = {"addresses": 0, "searches": 0, "paths": 0}


class Held:
    """The dependencies behind a short name, since Hypothesis prints what a test is given."""

    def __init__(self, deps: Dependencies) -> None:
        self.deps = deps


@pytest.fixture(scope="module")
def held(deps: Dependencies) -> Held:
    return Held(deps)


@pytest.fixture(scope="module")
def app(demo_settings: Settings) -> ServerRenderedDash:
    return create_app(Settings(var_folder=demo_settings.var_folder, login="off"))


@pytest.fixture(scope="module")
def client(app: ServerRenderedDash) -> FlaskClient:
    return app.server.test_client()


def engine_said(answer: str, asked: str) -> list[str]:
    """Words of a database in an answer that the asker did not write."""
    return [m[0] for m in ENGINE.finditer(answer) if m[0].lower() not in asked.lower()]


@dataclass(frozen=True)
class Shown:
    """A page's sentence and tables without those of the drawer, its notice, and all it says."""

    heading: str
    tables: list[ExportTable]
    notice: list[str]
    panels: list[AnyPanel]


def shown(deps: Dependencies, path: str, search: str) -> Shown:
    _, _, panels = page_of(replace(deps, keeps_pages=False), path, search)
    own = [p for p in panels if p.identity != ShellId.PROOF]
    return Shown(heading_of(own), tables_of(own, ""), texts_of(panels, "problem"), panels)


defaults: dict[str, tuple[Shown, str]] = {}


def default_of(deps: Dependencies, path: str) -> Shown:
    if path not in defaults:
        found = shown(deps, path, "")
        defaults[path] = (found, "".join(panel.to_html() for panel in found.panels))
    return defaults[path][0]


def known_values(deps: Dependencies, path: str, key: str) -> set[str]:
    """Values that the page offers for a parameter, read from the links that it draws."""
    default_of(deps, path)
    return set(re.findall(rf"[?&;]{key}=([^&\"]*)", defaults[path][1]))


@EVERY
@given(path=st.sampled_from(PAGES), key=st.sampled_from(sorted(DEFAULTS)), words=WORDS)
@example(path="/matrix", key="sort", words="item.G1")
def test_an_unknown_value_is_the_default_with_a_notice(
    held: Held, client: FlaskClient, path: str, key: str, words: str
) -> None:
    search = "?" + urlencode({key: words}, errors="surrogatepass")
    page, default = shown(held.deps, path, search), default_of(held.deps, path)
    counted["addresses"] += 1
    state = read_state(held.deps.warehouse.current(), Address(LEDGER, {}, search))
    is_taken = getattr(state, key) != DEFAULTS[key]
    if key == "snapshot":  # another publication in its place would be a lie
        assert page.heading.startswith("没有数据版本") or (page.heading == default.heading and not words), search
    elif not is_taken or (key in FREE and words not in known_values(held.deps, path, key)):
        assert (page.heading, page.tables) == (default.heading, default.tables), (path, search)
    if state.problems and key != "snapshot":
        assert page.notice == [text("state.bad_link", names=text(f"link_key.{key}"))], (path, search)
    if counted["addresses"] % 5 == 0:
        answer = client.get(path + search)
        assert answer.status_code < 500
        assert not engine_said(answer.text, words)


@EVERY
@given(words=st.lists(WORDS, min_size=1, max_size=4))
def test_any_path_is_a_page_or_none(client: FlaskClient, words: list[str]) -> None:
    path = "/" + "/".join(quote(w, safe="", errors="surrogatepass") for w in words)
    path = "/." + path if path.startswith("//") else path  # the client would take it for a host
    others = (f"/school{path}", f"/district{path}", f"/cv/500242{path}")
    for place in (path, others[counted["paths"] % 3]):
        answer = client.get(place)
        assert answer.status_code < 500, place
        assert not engine_said(answer.text, place), place
        counted["paths"] += 1


@EVERY
@given(words=WORDS)
@example(words="渝中")
@example(words="yuzhong")
@example(words="\ud800")
def test_the_search_finds_what_a_plain_look_finds(
    held: Held, app: ServerRenderedDash, client: FlaskClient, words: str
) -> None:
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if "search-results" in o)
    answer = client.post(
        "/_dash-update-component",
        data=json.dumps(body(shapes, output, [words])),
        content_type="application/json",
        base_url="https://localhost",
    )
    assert answer.status_code == 200
    assert not engine_said(answer.text, words)
    counted["searches"] += 1
    wanted = words[:40].lower().split()
    if not wanted:
        return
    known = entries(held.deps.warehouse.current())
    plain = [e for e in known if all(w in e.name.lower() for w in wanted)]
    tree = json.loads(answer.get_json()["response"][ShellId.SEARCH_RESULTS]["tree"])
    found = re.findall(r"data-nav", json.dumps(tree))
    assert len(found) >= min(len(plain), 12)
    written = "".join(f"{e.name}{e.code}" for e in known) + "".join(map("".join, pages()))
    spelt = {*written.lower(), *string.ascii_lowercase}  # pinyin has no other letters
    if not set("".join(wanted)) <= spelt:
        assert found == [], words


@settings(parent=EVERY, max_examples=times(30, 1000))
@given(
    key=st.sampled_from(["school", "round", "origin", "issue"]),
    words=st.one_of(WORDS, st.sampled_from(["1", "2", "3", "S500242-001", "S500103-002", "monitoring", "visit"])),
)
def test_filters_of_the_ledger_are_the_plain_filter(held: Held, key: str, words: str) -> None:
    snapshot = held.deps.warehouse.current()
    state = read_state(snapshot, Address(LEDGER, {}, "?" + urlencode({key: words}, errors="surrogatepass")))
    view = ledger_view(held.deps, snapshot, load_unit_context(held.deps, snapshot, state))
    everything = ledger(snapshot, held.deps.store)
    columns = {
        "school": lambda i: i.school_code,
        "round": lambda i: str(i.round or ""),
        "origin": lambda i: next((c for c, n in view.origins.items() if n == i.origin), None),
    }
    taken = (
        re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", words)
        and key != "issue"
        and not (key == "origin" and words not in view.origins)
    )
    plain = [r for r in everything if not taken or columns[key](r.issue) == words]
    assert sorted(r.issue.issue_code for r in view.by_tab["all"]) == [r.issue.issue_code for r in plain]


def test_counts_are_kept() -> None:
    record("hostile_words", **counted, server_errors=0, sql_errors_shown=0)
