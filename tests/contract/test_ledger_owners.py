"""Whoever is responsible is counted once: the totals of owners add up to the tabs of the ledger."""

from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.ledger import ledger_view
from callbacks.rendering.page_context import load_unit_context
from data.settings import Settings
from data.view_state import ViewState
from layouts.export.tables import tables_in
from layouts.markup import to_html
from layouts.pages.ledger.owners import MOST_OWNERS, owners, totals_by_owner
from layouts.pages.ledger.rows import LedgerView
from tests.people import UNIT, person
from tests.small_demo import copied
from tests.stores import an_issue, put


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    return create_app(copied(small_settings, tmp_path)).deps


def view_of(deps: Dependencies, name: str, district: str = "") -> LedgerView:
    mine = replace(deps, current_viewer=lambda: person(name)).for_viewer()
    snapshot = mine.warehouse.current()
    return ledger_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(district=district)))


def test_totals_of_owners_add_up_to_the_tabs(deps: Dependencies) -> None:
    put(deps.store, an_issue("NOBODY", responsible_unit=None), an_issue("BUREAU", responsible_unit="县财政局"))
    for name, district in (
        ("municipal_supervisor1", ""),
        ("municipal_supervisor1", UNIT),
        ("district_supervisor1", ""),
    ):
        view = view_of(deps, name, district)
        totals = totals_by_owner(view)
        sums = {key: sum(t.counts[key] for t in totals) for key in ("open", "late", "awaiting", "closed")}
        tabs = {
            key: len(view.by_tab[tab])
            for key, tab in (("open", "open"), ("late", "overdue"), ("awaiting", "awaiting"), ("closed", "closed"))
        }
        assert sums == tabs
        counts = {t.owner: t.counts["open"] for t in totals}
        assert counts[UNIT, "县财政局"] == 1
        assert counts[UNIT, ""] >= 1
        assert "酉阳 未指定责任单位" in to_html([owners(view)])


def test_one_who_sees_one_unit_sees_its_owners_only(deps: Dependencies) -> None:
    put(deps.store, an_issue("MINE"), an_issue("OTHER", district_code="500153", school_code=None))
    assert {t.owner[0] for t in totals_by_owner(view_of(deps, "municipal_supervisor1"))} == {UNIT, "500153"}
    assert {t.owner[0] for t in totals_by_owner(view_of(deps, "district_supervisor1"))} == {UNIT}


def test_a_list_that_is_shown_whole_has_all_owners(deps: Dependencies) -> None:
    """A workbook of `71个责任单位` had forty of them."""
    put(deps.store, *(an_issue(f"N{n}", responsible_unit=f"第{n}单位") for n in range(MOST_OWNERS + 1)))
    cut = view_of(deps, "municipal_supervisor1")
    whole = replace(cut, rows=replace(cut.rows, state=replace(cut.rows.state, measure="all")))
    count = len(totals_by_owner(cut))
    assert count > MOST_OWNERS
    for view, listed, rest in (
        (cut, MOST_OWNERS, f"另有{count - MOST_OWNERS}个责任单位没有列出。"),
        (whole, count, ""),
    ):
        (table,) = tables_in([owners(view)], "")
        assert (len(table.rows) - table.head_rows, table.rest) == (listed, rest)
