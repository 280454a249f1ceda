"""With more units than a page can show, a parent is chosen first, and only its units are asked for."""

import base64
import dataclasses
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import dash
import flask
import openpyxl
import pytest

from callbacks.dependencies import Dependencies
from callbacks.files.export import export_page
from callbacks.rendering.dispatch import MESSAGES, NOT_THERE, page_of
from callbacks.rendering.parent_scope import scoped_to_parent
from data.access import EVERYTHING, LOCAL_VIEWER, Scope
from data.settings import Settings
from data.store.agenda import add_slide
from data.store.engine import open_store
from data.store.meetings import create_meeting
from layouts.routes import ROUTES, address_of
from queries import common_dimensions, parents, rounds
from queries.loader import PLACES, load_query
from queries.reader import Snapshot
from queries.warehouse import ScopedWarehouse
from tests.contract.test_queries import PAGE_FILES, QUERIES, SAMPLE, asked

AT_ONCE = 10


@pytest.fixture
def many(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dependencies]:
    """The city, as if a page could show ten units."""
    known = common_dimensions.parameters

    def few(snapshot: Snapshot, period: str) -> dict[str, float]:
        return {**known(snapshot, period), "units_at_once": AT_ONCE}

    monkeypatch.setattr(common_dimensions, "parameters", few)
    yield deps


def html(deps: Dependencies, path: str, search: str = "") -> tuple[str, str]:
    name, _, panels = page_of(deps, path, search)
    return name, "".join(p.to_html() for p in panels)


def test_a_parent_is_chosen_first(many: Dependencies, snapshot: Snapshot) -> None:
    name, drawn = html(many, "/league")
    units = common_dimensions.units(snapshot, "2026", "as_was")
    assert name == "parents"
    links = set(re.findall(r'href="/league\?group=(\w+)"', drawn))
    assert links == {u.group_code for u in units}
    totals = parents.totals(snapshot, "2026", "as_was")
    assert sum(t.unit_count for t in totals) == len(units)
    assert {t.group_code: t.unit_count for t in totals} == {g: sum(u.group_code == g for u in units) for g in links}
    tiles = re.findall(r'class="parent-tile"[^>]*><b>([^<]+)</b>.*?<small>(\d+)/(\d+)', drawn)
    assert [(t.name, t.met_count, t.unit_count) for t in totals] == [
        (name, int(met), int(count)) for name, met, count in tiles
    ]
    assert "演示数据" in drawn
    assert 'name="period"' in drawn
    assert html(many, "/method")[0] == "method"
    assert html(many, "/meeting")[0] == "meeting"
    assert html(many, "/meeting", "?mode=meeting")[0] == "parents"


def test_a_page_shows_the_units_of_its_parent_alone(many: Dependencies, snapshot: Snapshot) -> None:
    units = common_dimensions.units(snapshot, "2026", "as_was")
    group = next(u.group_code for u in units if u.district_code == "500242")
    own = {u.district_code for u in units if u.group_code == group}
    asked_for: list[str] = []
    for path, search in [(r.path, f"?group={group}") for r in ROUTES if not r.keys] + [
        ("/district/500242", ""),
        ("/cv/500242/primary/L2", ""),
        ("/school/S500242-001", ""),
        ("/", "?district=500242"),
        ("/", f"?group={group}&mode=meeting"),
    ]:
        name, drawn = html(many, path, search)
        assert name not in ("parents", *MESSAGES), path
        if path in ("/", "/league", "/matrix", "/trend", "/plan", "/warn"):
            foreign = set(re.findall(r"(?:district=|/district/)(\w+)", drawn)) - own
            assert foreign == set(), (path, foreign)
            asked_for.append(path)
    assert len(asked_for) >= 7


def test_papers_too_name_the_units_of_the_parent_alone(many: Dependencies, snapshot: Snapshot) -> None:
    units = common_dimensions.units(snapshot, "2026", "as_was")
    group = next(u.group_code for u in units if u.district_code == "500242")
    own = {u.name for u in units if u.group_code == group}
    with flask.Flask(__name__).test_request_context():
        (paper,) = export_page(many, {"kind": "issues"}, "/ledger", f"?group={group}")
        (without,) = export_page(many, {"kind": "issues"}, "/ledger", "")
    assert isinstance(paper, dict)
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(str(paper["content"]))))
    cells = {str(v) for row in book.worksheets[0].iter_rows(values_only=True) for v in row}
    named = {u.name for u in units if u.name in cells or u.district_code in cells}
    assert named
    assert named <= own
    assert without is dash.no_update


def test_a_unit_of_former_times_is_shown_with_its_parent(many: Dependencies) -> None:
    name, drawn = html(many, "/district/500105", "?period=2024")
    assert name == "district"
    assert "江北区" in drawn
    _, tiles = html(many, "/", "?group=central_city&period=2024")
    assert "江北区" in tiles
    name, drawn = html(many, "/district/999999")
    assert name == NOT_THERE
    assert "parent-tile" not in drawn


def test_the_issues_of_a_school_are_reached_from_its_page(many: Dependencies) -> None:
    name, drawn = html(many, "/ledger", "?school=S500242-001&only=all")
    assert name == "ledger"
    assert "group=southeast" in drawn


def test_figures_of_a_parent_carry_its_name(many: Dependencies, snapshot: Snapshot) -> None:
    _, leads = html(many, "/leads", "?group=southeast")
    assert "在渝东南各区县之间进行" in leads
    assert "全市各区县" not in leads
    assert "在全市各区县之间进行" in html_of_all(snapshot, many, "/leads")
    _, drawn = html(many, "/rounds", "?group=southeast")
    own = {u.district_code for u in common_dimensions.units(snapshot, "2026", "as_was") if u.group_code == "southeast"}
    latest = common_dimensions.periods(snapshot)[-1].period
    rows = [c for c in rounds.coverage(snapshot, latest, "as_was") if c.district_code in own]
    numbers = (
        len({c.round_number for c in rows}),
        len({c.district_code for c in rows}),
        sum(c.visit_count for c in rows),
    )
    assert "{}轮督导走访{}个区县{}所".format(*numbers) in drawn
    _, slides = html(many, "/school/S500242-001", "?mode=meeting")
    assert "渝东南" in slides
    assert "全市" not in re.sub(r"<select.*?</select>", "", slides)


def html_of_all(snapshot: Snapshot, deps: Dependencies, path: str) -> str:
    """A page as in a city, where all units are shown at once."""
    few = common_dimensions.parameters
    common_dimensions.parameters = lambda s, p: {**few(s, p), "units_at_once": 1000}
    try:
        return html(deps, path)[1]
    finally:
        common_dimensions.parameters = few


def test_each_entry_of_a_running_order_shows_its_own_units(
    many: Dependencies, snapshot: Snapshot, tmp_path: Path
) -> None:
    store = open_store(Settings(var_folder=tmp_path))
    at = datetime.fromisoformat("2026-10-01")
    code = create_meeting(store, LOCAL_VIEWER, "例会", at.date(), snapshot.info.snapshot_id, at)
    for address in ("/district/500103", "/?group=central_city"):
        add_slide(store, LOCAL_VIEWER, code, address, "页", at)
    deps = dataclasses.replace(many, store=store)
    _, drawn = html(deps, "/", f"?group=southeast&mode=meeting&meeting={code}")
    assert "渝中" in drawn
    assert len(re.findall(r'<section class="slide[ "]', drawn)) == 2
    own = {u.short_name for u in common_dimensions.units(snapshot, "2026", "as_was") if u.group_code == "southeast"}
    assert not [name for name in own if f">{name}<" in re.sub(r"<select.*?</select>", "", drawn)]


def test_who_may_see_few_units_is_not_asked(many: Dependencies) -> None:
    scope = Scope(frozenset({"500242"}))
    own = dataclasses.replace(many, warehouse=ScopedWarehouse(many.warehouse, scope))
    assert html(own, "/league")[0] == "league"
    address = address_of("/league", "")
    assert address is not None
    fewer = scoped_to_parent(own, address)
    assert fewer is not None
    assert fewer.warehouse.current().narrowed_to == scope.districts
    assert not fewer.warehouse.current().is_of_parent
    assert parents.totals(own.warehouse.current(), "2026", "as_was") == ()


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_fewer_rows_are_those_of_all_that_name_these_units(path, snapshot: Snapshot) -> None:
    query = load_query(str(path.relative_to(QUERIES).with_suffix("")))
    row_type = asked()[query.name]
    given = {name: SAMPLE[name] for name in query.parameters}
    kept = frozenset({"500116", "500242", "500103"})
    few, whole = snapshot.narrowed(kept), snapshot.ask(query.name, row_type, **given)
    expected = whole
    if query.scope in ("rows", "rows_or_open") and query.name not in PLACES:
        expected = tuple(r for r in whole if r.district_code in (*kept, None))
    assert few.ask(query.name, row_type, **given) == expected
    assert few.scope == EVERYTHING
    one = Scope(frozenset({"500242"}))
    assert snapshot.for_scope(one).narrowed(kept).ask(query.name, row_type, **given) == tuple(
        r for r in snapshot.for_scope(one).ask(query.name, row_type, **given)
    )
