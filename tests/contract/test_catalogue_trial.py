"""A look ahead runs the same rules on the same batches: it finds what a publication would, and changes nothing."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from data.catalogue.desk import cells_of_row
from data.catalogue.loader import FOLDER, load_catalogue
from data.catalogue.overlay import OverlayRow
from data.catalogue.tables import District, Item, Parameter
from data.catalogue_trial import TrialRequest, mark_of, touches_rules, try_out
from data.settings import Settings
from data.text import all_texts
from data.warehouse.integrity import CHECKS
from data.warehouse.snapshots import in_force, path_of

LIMIT = {
    "regime": "quality_balanced",
    "indicator_code": "L2",
    "stage": "primary",
    "cv_limit": "0.40",
    "valid_from": "2031-09-01",
    "valid_to": "",
    "source_code": "office_parameter",
    "is_confirmed": "false",
}


def row(table: str = "cv_limits", **cells: str) -> OverlayRow:
    given = LIMIT | cells if table == "cv_limits" else cells
    return OverlayRow(1, table, tuple(sorted(given.items())))


FLIPPING = """
select short_name from unit_status inner join unit_cv using (period, basis, district_code)
inner join unit_item using (period, basis, district_code)
where basis = 'as_was' and period = '2026' and unit_cv.indicator_code = 'L2' and stage = 'primary'
and item_code = 'L2' and unit_item.is_met and cv > 0.4
"""
"""Units whose item holds now, and whose CV of primary schools is above the other limit."""


def test_a_row_of_a_later_day_is_tried_as_if_it_were_in_force(small_settings: Settings, tmp_path: Path) -> None:
    before = in_force(small_settings.snapshots_folder)
    found = try_out(small_settings, TrialRequest((), (row(),), 1), tmp_path / "step")
    snapshot = shutil.copy(path_of(small_settings.snapshots_folder, before), tmp_path)  # readers hold the other
    with duckdb.connect(snapshot, read_only=True) as connection:
        expected = connection.execute(FLIPPING).fetchall()
    assert expected
    assert {i["unit"] for i in found["items"]} == {str(name) for (name,) in expected}
    assert found["is_as_if"]
    assert found["earlier"] == 0
    assert in_force(small_settings.snapshots_folder) == before


CV_BY_UNIT = """
select short_name, cv from unit_status inner join unit_cv using (period, basis, district_code)
where basis = 'as_was' and period = '2026' and indicator_code = 'L2' and stage = 'primary' and cv is not null
"""
LARGEST_CLASS = """
select short_name, max(largest_class__primary)
from school_return inner join stg_school using (return_id)
inner join unit_status on unit_status.district_code = stg_school.district_code
where stg_school.period = '2026' and unit_status.period = '2026' and basis = 'as_was' and pupils__primary > 0
group by all
"""


def test_each_unit_stands_where_the_publication_has_it(small_settings: Settings, tmp_path: Path) -> None:
    """The CVs and the largest classes as they are published, with both lines."""
    class_size = next(
        p for p in load_catalogue(FOLDER).rows(Parameter) if p.parameter_code == "class_size_limit_primary"
    )
    smaller = cells_of_row(class_size) | {"value": "40", "valid_from": "2031-09-01"}
    snapshot = path_of(small_settings.snapshots_folder, in_force(small_settings.snapshots_folder))
    rows = ((row(), CV_BY_UNIT, 0.5, 0.4), (row("parameters", **smaller), LARGEST_CLASS, 45, 40))
    for changed, question, now, then in rows:
        places = try_out(small_settings, TrialRequest((), (changed,), 1), tmp_path / "step")["places"]
        with duckdb.connect(shutil.copy(snapshot, tmp_path), read_only=True) as connection:
            expected = dict(connection.execute(question).fetchall())
        assert expected
        assert {p["unit"]: p["value"] for p in places["units"]} == pytest.approx(expected)
        assert (places["line_before"], places["line_after"]) == (now, then)
        said = {p["unit"]: (p["before"], p["after"]) for p in places["units"]}
        assert said == {u: tuple("met" if v <= line else "unmet" for line in (now, then)) for u, v in expected.items()}


BELOW_THE_LINE = """
select short_name from unit_item inner join unit_status using (period, basis, district_code)
where basis = 'as_was' and period = '2026' and item_code = 'Q1' and is_met and amount < 99.5
"""


def test_another_line_of_an_item_flips_the_units_below_it(small_settings: Settings, tmp_path: Path) -> None:
    item = next(i for i in load_catalogue(FOLDER).rows(Item) if i.item_code == "Q1")
    cells = cells_of_row(item) | {"threshold": "99.5", "valid_from": "2031-09-01", "source_code": "office_parameter"}
    found = try_out(small_settings, TrialRequest((), (row("items", **cells),), 1), tmp_path / "step")
    snapshot = path_of(small_settings.snapshots_folder, in_force(small_settings.snapshots_folder))
    with duckdb.connect(shutil.copy(snapshot, tmp_path), read_only=True) as connection:
        expected = connection.execute(BELOW_THE_LINE).fetchall()
    assert expected
    assert {i["unit"] for i in found["items"]} == {str(name) for (name,) in expected}


def test_taking_a_row_back_is_the_other_way_round(small_settings: Settings, tmp_path: Path) -> None:
    there = try_out(small_settings, TrialRequest((), (row(),), 1), tmp_path / "step")
    back = try_out(small_settings, TrialRequest((row(),), (), 1), tmp_path / "step")
    assert {(i["unit"], i["after"], i["before"]) for i in back["items"]} == {
        (i["unit"], i["before"], i["after"]) for i in there["items"]
    }
    assert there["mark"] != back["mark"] == mark_of(small_settings, TrialRequest((row(),), (), 1))


def test_a_row_by_which_nothing_could_be_published_is_said_to_be_one(small_settings: Settings, tmp_path: Path) -> None:
    """A unit that ends before the day of its schools' returns."""
    unit = next(d for d in load_catalogue(FOLDER).rows(District) if d.district_code == "500242")
    ended = cells_of_row(unit) | {"valid_to": "2026-06-30"}
    found = try_out(small_settings, TrialRequest((), (row("districts", **ended),), 1), tmp_path / "step")
    snapshot = shutil.copy(
        path_of(small_settings.snapshots_folder, in_force(small_settings.snapshots_folder)), tmp_path
    )
    counted = "select count(*) from stg_school where district_code = '500242' and period = '2026'"
    with duckdb.connect(snapshot, read_only=True) as connection:
        ((schools,),) = connection.execute(counted).fetchall()
    assert schools
    (said,) = found["problems"]
    assert said.startswith(f"有{schools}条学校报表所属的单位当时不存在（2026 S500242-")
    assert not try_out(small_settings, TrialRequest((), (row(),), 1), tmp_path / "step")["problems"]


def test_every_check_before_a_publication_has_words() -> None:
    checks = CHECKS.read_text(encoding="utf-8").split(";")
    named = [re.findall(r"'(\w+)' as problem", check) for check in checks]
    assert [len(names) for names in named] == [1] * len(checks)
    assert {f"publications.check.{name}" for names in named for name in names} <= set(all_texts())


@pytest.mark.parametrize("limit", ["0.40001", "1234567890123"])
def test_a_number_that_the_rules_cannot_hold_is_no_result(small_settings: Settings, tmp_path: Path, limit: str) -> None:
    with pytest.raises((ValueError, duckdb.ConversionException)):
        try_out(small_settings, TrialRequest((), (row(cv_limit=limit),), 1), tmp_path / "step")


@pytest.mark.parametrize(
    ("table", "cells", "is_read"),
    [
        ("cv_limits", LIMIT, True),
        ("plan_phases", {}, True),
        ("parameters", {"parameter_code": "near_margin"}, True),
        ("parameters", {"parameter_code": "class_size_limit_primary"}, True),
        ("parameters", {"parameter_code": "forecast_draws"}, True),
        ("parameters", {"parameter_code": "return_due_days"}, False),
        ("inspector_kinds", {}, False),
        ("words", {}, False),
    ],
)
def test_only_rows_that_a_rule_reads_are_tried(table: str, cells: dict[str, str], is_read: bool) -> None:
    assert touches_rules(Settings(), table, cells) == is_read
