"""With more units than a page can show, a parent is chosen first, and only its units are asked for."""

import base64
import dataclasses
import io
import re
from collections.abc import Iterator

import dash
import flask
import openpyxl
import pytest

from callbacks.dependencies import Dependencies
from callbacks.export import export_page
from callbacks.pages import page_of
from data.access import EVERYTHING, Scope
from layouts.markup import to_html
from layouts.page import Panel
from layouts.routes import ROUTES
from queries import parents, shell
from queries.loader import load_query
from queries.reader import Snapshot
from queries.warehouse import Bounded
from tests.contract.test_queries import PAGE_FILES, QUERIES, SAMPLE, asked

AT_ONCE = 10


@pytest.fixture
def many(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dependencies]:
    """The city, as if a page could show ten units."""
    known = shell.parameters

    def few(snapshot: Snapshot, period: str) -> dict[str, float]:
        return {**known(snapshot, period), "units_at_once": AT_ONCE}

    monkeypatch.setattr(shell, "parameters", few)
    yield deps


def html(deps: Dependencies, path: str, search: str = "") -> tuple[str, str]:
    name, _, panels = page_of(deps, path, search)
    return name, "".join(to_html(p.tree) for p in panels if isinstance(p, Panel))


def test_a_parent_is_chosen_first(many: Dependencies, snapshot: Snapshot) -> None:
    name, drawn = html(many, "/league")
    units = shell.units(snapshot, "2026", "as_was")
    assert name == "parents"
    links = set(re.findall(r'href="/league\?group=(\w+)"', drawn))
    assert links == {u.group_code for u in units}
    totals = parents.totals(snapshot, "2026", "as_was")
    assert sum(t.unit_count for t in totals) == len(units)
    assert {t.group_code: t.unit_count for t in totals} == {
        g: sum(u.group_code == g for u in units) for g in links
    }
    tiles = re.findall(r'class="parent-tile"[^>]*><b>([^<]+)</b>.*?<small>(\d+)/(\d+)', drawn)
    assert [(t.name, t.met_count, t.unit_count) for t in totals] == [
        (name, int(met), int(count)) for name, met, count in tiles
    ]
    assert "演示数据" in drawn
    assert 'name="period"' in drawn
    assert html(many, "/method")[0] == "method"


def test_a_page_shows_the_units_of_its_parent_alone(many: Dependencies, snapshot: Snapshot) -> None:
    units = shell.units(snapshot, "2026", "as_was")
    group = next(u.group_code for u in units if u.district_code == "500242")
    own = {u.district_code for u in units if u.group_code == group}
    asked_for: list[str] = []
    for path, search in [(r.path, f"?group={group}") for r in ROUTES if not r.keys] + [
        ("/district/500242", ""), ("/cv/500242/primary/L2", ""), ("/school/S500242-001", ""),
        ("/", "?district=500242"), ("/", f"?group={group}&mode=meeting")]:  # fmt: skip
        name, drawn = html(many, path, search)
        assert name not in ("parents", "message"), path
        if path in ("/", "/league", "/matrix", "/trend", "/plan", "/warn"):
            foreign = set(re.findall(r"(?:district=|/district/)(\w+)", drawn)) - own
            assert foreign == set(), (path, foreign)
            asked_for.append(path)
    assert len(asked_for) >= 7


def test_papers_too_name_the_units_of_the_parent_alone(
    many: Dependencies, snapshot: Snapshot
) -> None:
    units = shell.units(snapshot, "2026", "as_was")
    group = next(u.group_code for u in units if u.district_code == "500242")
    own = {u.name for u in units if u.group_code == group}
    with flask.Flask(__name__).test_request_context():
        (paper,) = export_page(many, {"kind": "issues"}, "/ledger", f"?group={group}")
        (without,) = export_page(many, {"kind": "issues"}, "/ledger", "")
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(paper["content"])))
    cells = {str(v) for row in book.worksheets[0].iter_rows(values_only=True) for v in row}
    named = {u.name for u in units if u.name in cells or u.district_code in cells}
    assert named
    assert named <= own
    assert without is dash.no_update


def test_who_may_see_few_units_is_not_asked(many: Dependencies) -> None:
    scope = Scope(frozenset({"500242"}))
    own = dataclasses.replace(many, warehouse=Bounded(many.warehouse, scope))
    assert html(own, "/league")[0] == "league"
    assert parents.totals(own.warehouse.current(), "2026", "as_was") == ()


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_fewer_rows_are_those_of_all_that_name_these_units(path, snapshot: Snapshot) -> None:
    query = load_query(str(path.relative_to(QUERIES).with_suffix("")))
    row_type = asked()[query.name]
    given = {name: SAMPLE[name] for name in query.parameters}
    kept = frozenset({"500116", "500242", "500103"})
    few, whole = snapshot.narrowed(kept), snapshot.ask(query.name, row_type, **given)
    expected = whole
    if query.scope in ("rows", "rows_or_open"):
        expected = tuple(r for r in whole if r.district_code in (*kept, None))
    assert few.ask(query.name, row_type, **given) == expected
    assert few.scope == EVERYTHING
    one = Scope(frozenset({"500242"}))
    assert snapshot.within(one).narrowed(kept).ask(query.name, row_type, **given) == tuple(
        r for r in snapshot.within(one).ask(query.name, row_type, **given)
    )
