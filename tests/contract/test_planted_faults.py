"""500 planted faults of 25 kinds in the demonstration's returns: each is found at its cell.

The clean file of the same units has at most one false finding per 1,000 cells.
"""

import csv
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.importing.findings import Finding
from data.importing.prepare import prepare_file
from data.settings import Settings
from tests.depth import record, times

Row = dict[str, str]
Fault = Callable[[Row, list[Row], random.Random], str | None]
"""Spoils a row; returns the header of the cell to be found, None where the row does not lend itself."""
PER_KIND = times(4, 20)


def of_stage(row: Row, words: str) -> str | None:
    """The header of the stage that the row has, with an amount in it."""
    found = [h for h in (f"小学{words}", f"初中{words}") if row.get(h, "") not in ("", "0")]
    return found[0] if found else None


def put(header: str, value: str) -> Fault:
    def spoil(row: Row, _: list[Row], __: random.Random) -> str:
        row[header] = value
        return header

    return spoil


def put_staged(words: str, change: Callable[[float, Row, str], object], least: float = 1) -> Fault:
    def spoil(row: Row, _: list[Row], __: random.Random) -> str | None:
        header = of_stage(row, words)
        if header is None or float(row[header]) < least:
            return None
        row[header] = str(change(float(row[header]), row, header[:2]))
        return header

    return spoil


def times_as_much(header: str, factor: float, least: float = 0.5) -> Fault:
    def spoil(row: Row, _: list[Row], __: random.Random) -> str | None:
        if float(row[header] or 0) < least:
            return None
        row[header] = f"{float(row[header]) * factor:.4f}".rstrip("0").rstrip(".")
        return header

    return spoil


def absent_stage(row: Row, _: list[Row], __: random.Random) -> str | None:
    if row["办学类型"] != "小学":
        return None
    row["初中在校生数"] = "120"
    return "初中在校生数"


def twice(row: Row, rows: list[Row], chance: random.Random) -> str | None:
    other = chance.choice(rows)
    if rows.index(other) >= rows.index(row):
        return None
    row["学校代码"] = other["学校代码"]
    return "学校代码"


def copied(row: Row, rows: list[Row], chance: random.Random) -> str | None:
    place = rows.index(row)
    others = [r for r in rows[:place] if r["办学类型"] == row["办学类型"] and r is not row]
    if not others or row["办学类型"] == "教学点":
        return None
    other = chance.choice(others)
    for header in list(row)[9:]:
        row[header] = other[header]
    return "学校代码"


def empty_pupils(row: Row, _: list[Row], __: random.Random) -> str | None:
    header = of_stage(row, "在校生数")
    if header is None or row["办学类型"] not in ("小学", "初级中学"):
        return None
    row[header] = ""
    return header


KINDS: dict[str, Fault] = {
    "text_in_number": put("图书册数", "约三千"),
    "thousands_separator": put("图书册数", "12,345册"),
    "negative": put("计算机台数", "-5"),
    "decimal_in_count": put("网络多媒体教室数", "12.5"),
    "too_many_decimals": put("运动场地面积", "5000.123456"),
    "too_large": put("图书册数", "999999999999999"),
    "empty_pupils": empty_pupils,
    "unknown_district": put("区县代码", "509999"),
    "bad_period": put("数据期", "2026年秋"),
    "unknown_type": put("办学类型", "小学校"),
    "unknown_operator": put("举办者类型", "11"),
    "unknown_area": put("城乡类型", "郊区"),
    "duplicate_school": twice,
    "absent_stage": absent_stage,
    "indoor_above_total": put("室内体育用房面积", "99999"),
    "part_above_teachers": put_staged("骨干教师数", lambda _v, row, s: int(float(row[f"{s}专任教师数"])) + 3),
    "largest_above_pupils": put_staged("最大班额", lambda _v, row, s: int(float(row[f"{s}在校生数"])) + 9),
    "largest_below_average": put_staged(
        "最大班额", lambda _v, row, s: max(1, int(float(row[f"{s}在校生数"]) / float(row[f"{s}班级数"])) - 5), 12
    ),
    "no_classes": put_staged("班级数", lambda *_: 0),
    "too_many_teachers": put_staged("专任教师数", lambda v, *_: int(v * 15)),
    "equipment_in_yuan": times_as_much("教学仪器设备值", 10_000),
    "area_in_mu": times_as_much("运动场地面积", 1 / 666.7, 500),
    "books_one_digit_more": times_as_much("图书册数", 10),
    "founded_in_the_future": put("建校年份", "2099"),
    "training_above_budget": times_as_much("教师培训经费", 60),
    "pupils_tripled": put_staged("在校生数", lambda v, *_: int(v * 3), 120),
    "copied_school": copied,
}


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def returns(demo_settings: Settings) -> tuple[list[Row], pd.DataFrame]:
    sources = demo_settings.var_folder / "sources"
    earlier = prepare_file(sources / "学校基础数据表_2025.csv").tables[0].rows
    return read(sources / "学校基础数据表_2026.csv"), earlier


def findings_of(path: Path, earlier: pd.DataFrame) -> list[Finding]:
    return prepare_file(path, earlier=earlier).findings


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_fault_is_found_at_its_cell(
    kind: str, returns: tuple[list[Row], pd.DataFrame], tmp_path: Path
) -> None:
    rows, earlier = returns
    chance = random.Random(kind)
    by_district: dict[str, list[Row]] = {}
    for row in rows:
        by_district.setdefault(row["区县代码"], []).append(row)
    planted = 0
    missed: list[Any] = []
    while planted < PER_KIND:
        own = [dict(r) for r in by_district[chance.choice(sorted(by_district))]]
        place = chance.randrange(len(own))
        header = KINDS[kind](own[place], own, chance)
        if header is None:
            continue
        planted += 1
        found = findings_of(write(tmp_path / "return.csv", own), earlier)
        cells = {(f.row, f.column) for f in found if f.severity != "hint"}
        if (place + 2, header) not in cells:
            missed.append((own[place]["学校名称"], header, own[place][header]))
    assert missed == []
    record(f"planted_{kind}", planted=planted, found=planted)


def test_clean_cells_have_few_false_findings(returns: tuple[list[Row], pd.DataFrame], tmp_path: Path) -> None:
    rows, earlier = returns
    found = findings_of(write(tmp_path / "clean.csv", rows), earlier)
    cells = sum(1 for row in rows for value in row.values() if value)
    false = [f for f in found if f.severity != "hint" and f.row is not None]
    assert len(false) / cells <= 0.001
    assert not [f for f in found if f.is_blocking]
    record("clean_cells", cells=cells, false_findings=len(false))
