"""Each unit's file at each unit's desk (41 × 41 in `make faults`), and each period's: others are refused by both names."""

from pathlib import Path

import pytest

from data.catalogue.loader import is_in_force, load_catalogue
from data.catalogue.tables import District
from data.examination import UploadRequest, examination_of, prepare
from data.importing.grouped import grouped
from data.periods import parse_period
from data.settings import Settings
from tests.depth import IS_FULL, record, times
from tests.returns import school, write_csv

PERIOD = "2025"
PERIODS = [(p, p) for p in ("2023", "2024", "2025", "2026", "2026-03")] + [("2025-09", "2025")]  # as written, as known
UNITS = 41  # with the functional areas, before they became districts or went back into theirs


@pytest.fixture(scope="module")
def units() -> list[str]:
    period = parse_period(PERIOD)
    assert period is not None
    found = [
        d.district_code
        for d in load_catalogue().rows(District)
        if d.is_expected and is_in_force(d, period.snapshot_date)
    ]
    assert len(found) == UNITS
    return found


def test_only_the_own_unit_s_file_is_taken(units: list[str], tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path)
    paths = {}
    for unit in units:
        rows = [
            school(
                数据期=PERIOD,
                区县代码=unit,
                学校代码=f"S{unit}-{n}",
                学校名称=f"{unit}第{n}小学",
                网络多媒体教室数=30 + n,
            )
            for n in range(2)
        ]
        paths[unit] = write_csv(tmp_path / f"{unit}.csv", rows)
    accepted = refused = 0
    for number in range(0, UNITS, times(3, 1)):
        asked = units[number]
        neighbours = {units[(number + step) % UNITS] for step in (0, 1, 17)}
        for held in units if IS_FULL else sorted(neighbours):
            prepared = prepare(settings, [paths[held]], UploadRequest(PERIOD, asked))
            blocking = [f for f in prepared.findings if f.is_blocking]
            if held == asked:
                assert blocking == [], asked
                accepted += 1
                continue
            assert {f.finding_code for f in blocking} == {"wrong_district"}, (asked, held)
            assert all(f"“{held}”" in f.message and f"“{asked}”" in f.message for f in blocking)
            refused += 1
    assert (accepted, refused) == ((41, 1640) if IS_FULL else (14, 28))
    record("foreign_files", pairs=accepted + refused, accepted=accepted, refused=refused)


def test_one_foreign_row_in_an_own_file_is_refused(units: list[str], tmp_path: Path) -> None:
    own, other = units[0], units[5]
    rows = [
        school(数据期=PERIOD, 区县代码=own, 学校代码=f"S{n}", 学校名称=f"第{n}小学", 网络多媒体教室数=30 + n)
        for n in range(9)
    ]
    rows[6]["区县代码"] = other
    prepared = prepare(
        Settings(var_folder=tmp_path), [write_csv(tmp_path / "混.csv", rows)], UploadRequest(PERIOD, own)
    )
    found = [(f.row, f.column) for f in prepared.findings if f.finding_code == "wrong_district"]
    assert found == [(8, "区县代码")]


def test_every_foreign_row_is_named_at_once_with_the_names_of_both_units(units: list[str], tmp_path: Path) -> None:
    names = {d.district_code: d.name for d in load_catalogue().rows(District)}
    own, other = units[0], units[5]
    rows = [
        school(数据期=PERIOD, 区县代码=own, 学校代码=f"S{n}", 学校名称=f"第{n}小学", 网络多媒体教室数=30 + n)
        for n in range(9)
    ]
    for n in (4, 6, 7):
        rows[n]["区县代码"] = other
        rows[n - 4]["数据期"] = "2024"
    path = write_csv(tmp_path / "混.csv", rows)
    prepared = prepare(Settings(var_folder=tmp_path), [path], UploadRequest(PERIOD, own))
    said = {f.finding_code: f for f in grouped(prepared.findings)}
    assert said["wrong_district"].cells == ("B6", "B8", "B9")
    assert f"{names[other]}“{other}”" in said["wrong_district"].message
    assert f"{names[own]}“{own}”" in said["wrong_district"].message
    assert said["wrong_period"].cells == ("A2", "A4", "A5")


def test_of_a_table_that_is_another_s_to_hand_in_it_is_not_said_that_it_equals_what_is_in_force(
    units: list[str], tmp_path: Path
) -> None:
    plan = {
        "区县代码": units[0],
        "推进阶段": "试点推进",
        "目标年份": "2027",
        "当前状态": "未启动",
        "状态日期": "2025-09-01",
    }
    settings, asked = Settings(var_folder=tmp_path), UploadRequest(PERIOD, units[0], kinds=("school_return",))
    prepared = prepare(settings, [write_csv(tmp_path / "计划.csv", [{**plan, "依据": "示例"}])], asked)
    assert [f.finding_code for f in prepared.findings if f.is_blocking] == ["kind_of_city"]
    assert examination_of(settings, prepared, asked)["kinds"] == []


def test_only_the_own_period_s_file_is_taken(units: list[str], tmp_path: Path) -> None:
    unit, settings = units[0], Settings(var_folder=tmp_path)
    accepted = refused = 0
    for written, held in PERIODS:
        rows = [
            school(数据期=written, 区县代码=unit, 学校代码=f"S{n}", 学校名称=f"第{n}小学", 网络多媒体教室数=30 + n)
            for n in range(3)
        ]
        path = write_csv(tmp_path / f"{written}.csv", rows)
        for asked in dict.fromkeys(code for _, code in PERIODS):
            blocking = [f for f in prepare(settings, [path], UploadRequest(asked, unit)).findings if f.is_blocking]
            if held == asked:
                assert blocking == [], asked
                accepted += 1
                continue
            assert [(f.finding_code, f.row, f.column) for f in blocking] == [("wrong_period", 2, "数据期")]
            assert f"“{held}”" in blocking[0].message
            assert f"“{asked}”" in blocking[0].message
            refused += 1
    assert (accepted, refused) == (6, 24)
    record("foreign_periods", pairs=accepted + refused, accepted=accepted, refused=refused)


def test_one_row_of_another_period_is_refused(units: list[str], tmp_path: Path) -> None:
    rows = [school(数据期=PERIOD, 区县代码=units[0], 学校代码=f"S{n}", 学校名称=f"第{n}小学") for n in range(9)]
    rows[6]["数据期"] = "2024"
    path = write_csv(tmp_path / "混.csv", rows)
    prepared = prepare(Settings(var_folder=tmp_path), [path], UploadRequest(PERIOD, units[0]))
    found = [f for f in prepared.findings if f.finding_code == "wrong_period"]
    assert [(f.row, f.column, f.value) for f in found] == [(8, "数据期", "2024")]
