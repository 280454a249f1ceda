"""The headline of a unit's schools says how many cannot be judged, and promises nothing beyond."""

from types import SimpleNamespace
from typing import Any

import pytest

from layouts.pages.matrix import heatmap
from layouts.pages.matrix.heatmap_rows import HeatmapView


def cell(school: str, complies: bool | None, gap: float | None) -> Any:
    return SimpleNamespace(
        school_code=school,
        stage="primary",
        is_in_scope=True,
        complies=complies,
        indicator_code="L5",
        is_met=complies,
        required_gap=gap or 0,
        school_gap=gap or 0,
        binding_gap=gap or 0,
    )


def headline(monkeypatch: pytest.MonkeyPatch, *cells: Any) -> str:
    monkeypatch.setattr(heatmap, "_keys", lambda _: "")
    return str(heatmap.headline_panel(HeatmapView(_rows(), _unit(), cells, ())))


def _rows(only: str = "") -> Any:
    indicator = SimpleNamespace(indicator_code="L5", short_name="运动场馆", gap_unit="㎡")
    return SimpleNamespace(
        indicators=[indicator],
        indicator_names={"L5": "运动场馆"},
        state=SimpleNamespace(sort="", only=only, stage="both"),
        has_stage=False,
        stage_name="",
    )


def _unit() -> Any:
    return SimpleNamespace(name="甲区", is_reported=True, is_recast_complete=True)


def test_what_is_out_of_scope_stands_under_all_alone() -> None:
    """Under `未达标和留1项` stood special schools, whose sections are neither."""
    out = cell("c", None, None)
    out.is_in_scope, out.is_met = False, False
    cells = [cell("a", False, 40.0), cell("b", True, None), out]
    shown = {
        only: [g[0].school_code for g in HeatmapView(_rows(only), _unit(), cells, ()).shown] for only in ("", "all")
    }
    assert shown == {"": ["a"], "all": ["a", "b", "c"]}


def test_a_missing_cell_is_not_all_met(monkeypatch: pytest.MonkeyPatch) -> None:
    words = headline(monkeypatch, cell("a", None, None))
    assert "1所（部）无法判定" in words
    assert "校校达标" not in words


def test_a_bill_promises_compliance_only_where_every_section_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "即可校校达标" in headline(monkeypatch, cell("a", False, 40.0), cell("b", True, None))
    words = headline(monkeypatch, cell("a", False, 40.0), cell("b", None, None))
    assert "即可校校达标" not in words
    assert "1所（部）无法判定" in words
