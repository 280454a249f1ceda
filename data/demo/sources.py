"""Writes the demonstration source files, in the formats of the office's templates."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook

from data.demo.district_items import item_table
from data.demo.fictional import fictional_items, fictional_schools
from data.demo.ledger import ledger_table
from data.demo.programme import fund_table, plan_table, policy_table
from data.demo.school_table import City, Column, SchoolYear, school_table
from data.demo.story import all_periods
from data.demo.supervision import draw_visits, visit_table

FIXED_TIME = (2026, 11, 20, 0, 0, 0)
FIXED_STAMP = "2026-11-20T00:00:00Z"


def write_sources(folder: Path, *, with_vetoes: bool = False) -> list[Path]:
    """Write all demonstration source files into a folder.

    Args:
        folder: Where to write; made if it does not exist.
        with_vetoes: Also write two fictional units that have a veto.

    Returns:
        The files written, in the order in which they are to be imported.
    """
    folder.mkdir(parents=True, exist_ok=True)
    city = City()
    years: dict[str, SchoolYear] = {}
    files: list[Path] = []
    for index, period in enumerate(all_periods()):
        year = years[period.label] = SchoolYear(city, index)
        schools = school_table(city, year)
        files.append(write_csv(folder / f"学校基础数据表_{period.label}.csv", schools))
        items = item_table(city, period, schools)
        files.append(write_csv(folder / f"区县指标表_{period.label}.csv", items))
    visits = draw_visits(city.roster, years)
    ledger, counts = ledger_table(city.roster, years, visits)
    files += [
        write_csv(folder / "推进计划表.csv", plan_table()),
        write_csv(folder / "督导走访表.csv", visit_table(city.roster, visits, counts)),
        write_csv(folder / "问题台账表.csv", ledger),
        write_csv(folder / "经费激励表.csv", fund_table()),
        write_workbook(folder / "政策文件表.xlsx", policy_table()),
    ]
    if with_vetoes:
        last = all_periods()[-1].label
        files += [
            write_csv(folder / f"学校基础数据表_示例单位_{last}.csv", fictional_schools()),
            write_csv(folder / f"区县指标表_示例单位_{last}.csv", fictional_items()),
        ]
    return files


def write_csv(path: Path, table: dict[str, Column]) -> Path:
    """Write columns as UTF-8 CSV; None becomes an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table)
        writer.writerows(zip(*table.values(), strict=True))
    return path


def write_workbook(path: Path, table: dict[str, Column]) -> Path:
    """Write columns as .xlsx with fixed times, so that two runs give the same bytes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(path.stem)
    sheet.append(list(table))
    for row in zip(*table.values(), strict=True):
        sheet.append([c.isoformat() if isinstance(c, datetime.date) else c for c in row])
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
                content = re.sub(stamp, FIXED_STAMP.encode(), content)
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return path
