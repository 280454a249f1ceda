"""On the wall the matrix has the items and units that fail, and says in words which it leaves out."""

from types import SimpleNamespace
from typing import Any

import pytest

from layouts.components.cross_table import CrossCell, CrossColumn
from layouts.export.tables import node_text, tables_in
from layouts.pages.matrix import wall

LEVELS = {
    ("甲", "L1"): "unmet",
    ("甲", "L2"): "met",
    ("甲", "G1"): "met",
    ("乙", "L1"): "met",
    ("乙", "L2"): "met",
    ("乙", "G1"): "met",
    ("丙", "L1"): "unmet",
    ("丙", "L2"): "met",
    ("丙", "G1"): "unmet",
    ("丁", "L1"): "unreported",
    ("丁", "L2"): "unreported",
    ("丁", "G1"): "unreported",
}


def view(only: str = "", sort: str = "") -> Any:
    units = [SimpleNamespace(district_code=n, short_name=n, is_reported=n != "丁") for n in "甲乙丙丁"]
    items = [
        SimpleNamespace(item_code="L1", short_name="学历", dimension="resource_allocation", unit="人"),
        SimpleNamespace(item_code="L2", short_name="骨干", dimension="resource_allocation", unit="人"),
        SimpleNamespace(item_code="G1", short_name="规划", dimension="government", unit=""),
    ]
    return SimpleNamespace(
        units=units,
        items=items,
        shown_items=items,
        double_red={("丙", "L1")},
        only=only,
        rows=SimpleNamespace(state=SimpleNamespace(only=only, stage="both", sort=sort), has_stage=False, stage_name=""),
        level=lambda unit, item: LEVELS[unit.district_code, item.item_code],
    )


@pytest.fixture(autouse=True)
def _plain_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    def named(_: Any) -> CrossColumn[Any]:
        return CrossColumn(
            name="unit", head=["区县"], file_head="区县", cell=lambda unit: CrossCell(shown=[unit.short_name])
        )

    monkeypatch.setattr(wall, "unit_column", named)
    monkeypatch.setattr(wall, "met_column", named)
    monkeypatch.setattr(
        wall,
        "matrix_cell",
        lambda view, unit, item: CrossCell(
            shown=[LEVELS[unit.district_code, item.item_code]],
            why="item",
            label="甲 L1 未达标",
            is_marked=(unit.district_code, item.item_code) in view.double_red,
        ),
    )


def rows_of(only: str = "", sort: str = "") -> list[list[str]]:
    (table,) = tables_in([wall.wall_table(view(only, sort))], "")
    return table.rows


def test_columns_and_rows_without_a_failing_cell_are_left_out() -> None:
    head, *rows = rows_of()
    assert head[2:] == ["L1 人学历2个", "G1规划1个"]
    assert [[row[0], *row[2:]] for row in rows] == [["丙", "unmet", "unmet"], ["甲", "unmet", "met"]]


def test_units_with_most_stand_first_unless_an_order_was_chosen() -> None:
    assert [row[0] for row in rows_of()[1:]] == ["丙", "甲"]
    assert [row[0] for row in rows_of(sort="distance")[1:]] == ["甲", "丙"]
    assert "（多的在前）" in node_text([wall.wall_table(view())])
    assert "（多的在前）" not in node_text([wall.wall_table(view(sort="distance"))])


def test_what_is_left_out_is_said() -> None:
    said = node_text([wall.wall_table(view())])
    assert "列出未达标的2项、2个区县（多的在前）；1个区县没有未达标（乙）；丁未报送。" in said


def test_a_view_of_what_got_worse_has_those_cells_alone() -> None:
    head, *rows = rows_of("double_red")
    assert head[2:] == ["L1 人学历1个"]
    assert [row[0] for row in rows] == ["丙"]
    assert "twice" in str(wall.wall_table(view("double_red")))


def test_what_has_no_room_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "MOST_ITEMS", 1)
    assert "未达标的还有规划" in node_text([wall.wall_table(view())])
