"""Exact comparisons and published cases through the real path: file → check → verdict."""

import csv
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.importing.prepare import prepare_file
from data.settings import ROOT
from data.warehouse.check import check_return
from data.warehouse.published_cases import load_published_cases
from tests.returns import school, write_csv

RULES = ROOT / "queries" / "rules"
CASES = ROOT / "data" / "public_cases"


def check(tmp_path: Path, rows: list[dict[str, Any]], regime: str = "quality_balanced") -> Any:
    prepared = prepare_file(write_csv(tmp_path / "return.csv", rows))
    return check_return(prepared, RULES, regime)


def case_rows(name: str) -> list[dict[str, str]]:
    text = (CASES / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in text if not line.startswith("#")))


def test_published_worked_example_is_weighted(tmp_path: Path) -> None:
    rows = [
        {
            "数据期": "2026",
            "区县代码": "500103",
            "学校代码": r["school"],
            "学校名称": r["school"],
            "办学类型": "小学",
            "小学在校生数": r["students"],
            "图书册数": r["books"],
        }
        for r in case_rows("worked_example_5_primary_schools_books.csv")
    ]
    result = check(tmp_path, rows, "basic_balanced")
    [books] = [d for d in result["districts"] if d["indicator"] == "B5"]
    assert books["cv"] == pytest.approx(0.515257, abs=5e-7)
    assert books["mean"] == pytest.approx(6.334437, abs=5e-7)
    assert books["sd"] == pytest.approx(3.263861, abs=5e-7)


def test_published_nine_year_split(tmp_path: Path) -> None:
    [case] = case_rows("worked_example_split_nine_year_school.csv")
    primary, junior = int(case["primary_students"]), int(case["junior_students"])
    rows = [
        {
            "数据期": "2026",
            "区县代码": "500103",
            "学校代码": "A",
            "学校名称": "某九年一贯制学校",
            "办学类型": "九年一贯制学校",
            "小学在校生数": primary,
            "初中在校生数": junior,
            "图书册数": case["total_books"],
        }
    ]
    result = check(tmp_path, rows, "basic_balanced")
    totals = {s["stage"]: s["values"]["B5"] * s["pupils"] for s in result["sections"]}
    assert totals["primary"] == pytest.approx(9711.627, abs=1e-3)
    assert totals["junior"] == pytest.approx(13514.373, abs=1e-3)


def test_published_composites_of_chongqing_are_reproduced() -> None:
    with duckdb.connect() as connection:
        load_published_cases(connection)
        rows = connection.execute(
            "select district_name, stage, avg(amount) filter (indicator_code <> 'composite'),"
            " max(amount) filter (indicator_code = 'composite'), count(*)"
            " from published_basic_cv where measure = 'cv' group by all"
            " having max(amount) filter (indicator_code = 'composite') is not null"
        ).fetchall()
    assert len({name for name, *_ in rows}) == 5
    for name, stage, mean, composite, count in rows:
        assert count == 9
        assert abs(mean - float(composite)) <= 0.001, (name, stage)


@pytest.mark.parametrize("pupils", [7, 50, 119, 333, 1000, 1999, 2411])
def test_section_exactly_on_threshold_or_floor_passes(tmp_path: Path, pupils: int) -> None:
    # rooms: 4.5 ㎡ a pupil exactly; sports: exactly 85 % of 7.5 ㎡ (6.375) as the remaining item
    exact_rooms = Fraction("4.5") * pupils
    exact_sports = Fraction("6.375") * pupils
    row = school(
        小学在校生数=pupils,
        小学专任教师数=pupils,
        小学高于规定学历教师数=ceil(Fraction("4.2") * pupils / 100),
        小学骨干教师数=ceil(Fraction(pupils, 100)),
        小学体育艺术教师数=pupils // 100 + 1,
        教学及辅助用房面积=float(exact_rooms),
        室内体育用房面积=0,
        运动场地面积=float(exact_sports),
        教学仪器设备值=pupils,
        网络多媒体教室数=pupils,
    )
    [section] = check(tmp_path, [row])["sections"]
    assert section["meets"]["L4"] is True
    assert section["meets"]["L5"] is False
    assert section["floor_met"]["L5"] is True
    assert section["complies"] is True
    row["运动场地面积"] = float(exact_sports - Fraction("0.0001"))
    [section] = check(tmp_path, [row])["sections"]
    assert section["floor_met"]["L5"] is False
    assert section["complies"] is False


def test_section_exactly_at_four_point_two(tmp_path: Path) -> None:
    met = school(小学在校生数=500, 小学高于规定学历教师数=21)
    missed = school(学校代码="S2", 小学在校生数=501, 小学高于规定学历教师数=21)
    first, second = check(tmp_path, [met, missed])["sections"]
    assert first["meets"]["L1"] is True
    assert second["meets"]["L1"] is False
    assert (second["exempt"], "L1" in second["gaps"]) == ("L1", False)


def test_cv_exactly_at_limit_is_within(tmp_path: Path) -> None:
    # values 1 and 3 with equal pupils: mean 2, S 1, CV 0.5 exactly
    rows = [
        school(学校代码="A", 小学在校生数=100, 小学骨干教师数=1, 小学专任教师数=80),
        school(学校代码="B", 小学在校生数=100, 小学骨干教师数=3, 小学专任教师数=80),
    ]
    [cv] = [d for d in check(tmp_path, rows)["districts"] if d["indicator"] == "L2"]
    assert cv["cv"] == 0.5
    assert cv["complies"] is True


def test_missing_column_makes_its_indicator_undecidable(tmp_path: Path) -> None:
    row = {
        k: v
        for k, v in school().items()
        if k in ("数据期", "区县代码", "学校代码", "学校名称", "办学类型", "小学在校生数", "网络多媒体教室数")
    }
    result = check(tmp_path, [row])
    [section] = result["sections"]
    [told, *_] = result["findings"]
    assert (told["finding_code"], told["severity"]) == ("missing_columns", "query")
    assert "“小学骨干教师数”一列：1所（部）的L2将无法判定" in told["message"]
    assert section["values"]["L7"] == 3.0
    assert section["values"]["L1"] is None
    assert section["meets"]["L1"] is None
    assert section["complies"] is None
    assert result["verdict"]["complies"] is None


@pytest.mark.parametrize(("pupils", "in_scope"), [(49, False), (50, True), (51, True)])
def test_teaching_point_of_fifty_is_in_scope(tmp_path: Path, pupils: int, in_scope: bool) -> None:
    [section] = check(tmp_path, [school(办学类型="教学点", 小学在校生数=pupils)])["sections"]
    assert section["in_scope"] is in_scope
    assert section["reason"] == (None if in_scope else "small_teaching_point")


def test_a_new_indicator_is_rows_not_code(tmp_path: Path) -> None:
    """An eighth indicator by catalogue rows alone enters values, verdict and CV."""
    import shutil

    from data.catalogue import loader
    from data.warehouse.rules import load_rules, run_rules
    from data.warehouse.staging import load_catalogue_tables, stage_frame

    folder = tmp_path / "catalogue"
    shutil.copytree(loader.FOLDER, folder)
    added = {
        "indicators.csv": "L8,quality_balanced,每百名学生计算机台数,计算机,台/百人,台,100,true,true,8,2026-01-01,,office_parameter,false",
        "indicator_inputs.csv": "L8,computers,1",
        "thresholds.csv": "L8,primary,10,2026-01-01,,office_parameter,false",
        "cv_limits.csv": "quality_balanced,L8,primary,0.5,2026-01-01,,office_parameter,false",
    }
    for name, line in added.items():
        with (folder / name).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
    catalogue = loader.load_catalogue(folder)
    prepared = prepare_file(write_csv(tmp_path / "r.csv", [school(计算机台数=99)]))
    with duckdb.connect() as connection:
        load_catalogue_tables(connection, catalogue)
        stage_frame(connection, prepared.tables[0].rows)
        run_rules(connection, load_rules(RULES))
        value, met = connection.execute(
            "select section_value, is_met from section_indicator where indicator_code = 'L8'"
        ).fetchone() or (None, None)
        items = connection.execute(
            "select is_met from district_item where item_code = 'L8' and district_code = '500103'"
        ).fetchall()
    assert (value, met) == (9.9, False)
    assert items == [(True,)]  # one shortfall at 99 % of the line is the exempt item
