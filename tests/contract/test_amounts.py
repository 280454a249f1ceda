"""What must be supplied, on pages and in the ledger: no red cell without a figure, no gap in an item that may stay."""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from callbacks.pages.league import show_league
from callbacks.pages.matrix import show_matrix
from data.settings import Settings
from layouts.page import ComponentPanel, Panel
from layouts.routes import LEAGUE, MATRIX, Address
from queries import overview
from queries.reader import HARDENED, Snapshot

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "memory_limit": Settings().reader_memory,
    **HARDENED,
}
PERIODS = ("2019", "2025", "2026-03", "2026")


def trees(panels: Any) -> Iterator[Any]:
    """What the panels of a page draw."""
    for panel in panels:
        yield from panel.tree if isinstance(panel, Panel) else ()


def cells(node: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Attributes and text of every table cell of a tree."""
    if isinstance(node, list | tuple):
        if len(node) == 3 and node[0] == "td":
            yield (node[1], "".join(re.findall(r'"([^"]*)"', json.dumps(node[2][:1], ensure_ascii=False))))
        for child in node:
            yield from cells(child)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("basis", ["as_was", "current"])
@pytest.mark.parametrize("stage", ["both", "primary"])
def test_a_red_resource_cell_of_the_matrix_says_a_figure(
    deps: Dependencies, period: str, basis: str, stage: str
) -> None:
    search = f"?period={period}&basis={basis}" + (f"&stage={stage}" if stage != "both" else "")
    _, panels = show_matrix(deps, Address(MATRIX, {}, search))
    red = [
        words
        for tree in trees(panels)
        for attributes, words in cells(tree)
        if re.fullmatch(r"item\.\d+\.L\d", attributes.get("data-why", "")) and "m-unmet" in attributes["className"]
    ]
    assert red
    if stage == "both":
        assert [words for words in red if not re.search(r"\d", words)] == []


@pytest.mark.parametrize("period", PERIODS)
def test_the_league_never_says_nothing_is_missing_beside_a_red_cv(deps: Dependencies, period: str) -> None:
    _, panels = show_league(deps, Address(LEAGUE, {}, f"?period={period}"))
    [grid] = [p for p in panels if isinstance(p, ComponentPanel)]
    updated: Any = grid.updated
    rows = [r for r in updated if not r["heading"]]
    over = [r for r in rows if (r["worst_ratio"] or 0) > 1]
    assert over
    assert all("差异系数超上限" in r["gap"] for r in over)
    ranked = [r["met_count"] for r in rows if r["rank"] is not None]
    assert ranked == sorted(ranked, reverse=True)


def test_a_section_that_complies_is_never_accused(snapshot: Snapshot) -> None:
    """The ledger's cells follow the school rule: a permitted item holds, and owes nothing."""
    with duckdb.connect(str(snapshot.path), read_only=True, config=CONFIG) as connection:
        rows = connection.execute(
            "select section_verdict.complies, section_indicator.is_met, latest_cell.is_met,"
            " latest_cell.is_spare, coalesce(latest_cell.gap, 0)"
            " from latest_cell inner join stg_school"
            " on latest_cell.subject_code = stg_school.school_code and stg_school.period = '2026'"
            " inner join section_verdict on stg_school.return_id = section_verdict.return_id"
            " and latest_cell.stage = section_verdict.stage"
            " inner join section_indicator on stg_school.return_id = section_indicator.return_id"
            " and latest_cell.stage = section_indicator.stage"
            " and latest_cell.item_code = section_indicator.indicator_code"
        ).fetchall()
    spared = [r for r in rows if r[0] and r[1] is False]
    assert len(spared) > 50
    assert {(held, spare, gap) for _, _, held, spare, gap in spared} == {(True, True, 0)}
    assert all(gap > 0 for _, _, held, _, gap in rows if held is False)


def test_an_item_that_fails_has_a_reason(snapshot: Snapshot) -> None:
    """Never 0 CVs over, 0 sections to supply, and 未达标 without a word."""
    for period in PERIODS:
        gaps = overview.gaps(snapshot, period, "as_was")
        named = {(g.district_code, g.indicator_code) for g in gaps if g.section_count or g.spare_section_count}
        named |= {
            (c.district_code, c.indicator_code)
            for c in overview.unit_cv(snapshot, period, "as_was")
            if c.is_within_limit is False
        }
        failing = {
            (u.district_code, code)
            for u in overview.unit_status(snapshot, period, "as_was")
            for code in (u.failing_items or "").split()
            if code.startswith("L")
        }
        assert failing
        assert failing <= named
