"""The demonstration of a province or of the whole country: invented, written as Parquet batches.

Each period is one batch, written by SQL and recorded as an import is, so that publication takes the
usual way. A period that is there already is left: an interrupted run goes on where it stopped.
"""

import csv
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data.catalogue.loader import FOLDER, load_catalogue
from data.catalogue.tables import Item
from data.importing.batch_records import valid_batches
from data.importing.batches import record_table
from data.importing.recognise import amount_columns, field_name
from data.settings import Settings

PLOT = tomllib.loads(Path(__file__).with_name("scale.toml").read_text(encoding="utf-8"))
RETURNS = Path(__file__).with_name("scale.sql").read_text(encoding="utf-8")
SCALES = tuple(name for name in PLOT if name != "periods")
REPLACED = ("districts", "district_groups", "district_successions", "recognition_batches", "recognitions", "map_labels")
TARGET_YEARS = (2024, 2028, 2030)
PHASES = ("pilot", "overall", "tackling")
REPORTED_SHARE = 97  # of a hundred items that a unit meets


@dataclass(frozen=True)
class Step:
    """One batch of the demonstration: its file name, kind, and the SELECT that makes its rows."""

    file_name: str
    input_kind: str
    sql: str
    parameters: dict[str, Any]


def write_catalogue(scale: str, folder: Path) -> None:
    """The catalogue with invented units and parents in the place of Chongqing's."""
    if folder.is_dir():
        return
    size = PLOT[scale]
    temporary = folder.with_name(f".{folder.name}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    for path in FOLDER.glob("*.csv"):
        head = path.read_text(encoding="utf-8").splitlines()[0]
        if path.stem in REPLACED:
            (temporary / path.name).write_text(head + "\n", encoding="utf-8")
        else:
            shutil.copy2(path, temporary / path.name)
    _append(temporary / "district_groups.csv", list(_parents(size)))
    _append(temporary / "districts.csv", list(_units(size)))
    temporary.rename(folder)


def _append(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        head = next(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, head, restval="")
        writer.writerows(rows)


def _parents(size: dict[str, int]) -> Iterator[dict[str, Any]]:
    for number in range(size["parent_count"]):
        province = number * size["province_count"] // size["parent_count"]
        name = f"示例{province:02d}省·示例{number:03d}市"
        yield {
            "group_code": f"parent_{number:03d}",
            "name": name,
            "short_name": f"示例{number:03d}市",
            "parent_name": f"示例{province:02d}省",
            "display_order": number + 1,
            "source_code": "office_parameter",
        }


def _units(size: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Units of a parent follow one another, as in GB/T 2260: its first digits are the parent's."""
    for number in range(size["unit_count"]):
        parent = number * size["parent_count"] // size["unit_count"]
        yield {
            "district_code": f"9{number:05d}",
            "name": f"示例{number:04d}区",
            "short_name": f"示例{number:04d}",
            "kind": "district",
            "group_code": f"parent_{parent:03d}",
            "valid_from": "2016-01-01",
            "is_expected": "true",
            "code_status": "invented",
            "geometry_code": f"9{number:05d}",
            "tile_width": 1,
            "tile_height": 1,
            "source_code": "office_parameter",
            "is_confirmed": "false",
            "note": "虚构单位",
        }


def steps(scale: str) -> list[Step]:
    """The batches of a scale, oldest period first."""
    size = PLOT[scale]
    periods = sorted([*PLOT["periods"]["autumns"], *PLOT["periods"]["others"]])
    units = {"units": size["unit_count"]}
    batch_steps = [Step(f"演示_推进计划_{scale}.parquet", "plan", _plan_sql(), units)]
    for period in periods:
        place = {"period": period, **units}
        batch_steps.append(Step(f"演示_区县指标_{period}.parquet", "district_item", _item_sql(), place))
        batch_steps.append(
            Step(
                f"演示_学校_{period}.parquet",
                "school_return",
                _return_sql(),
                {**place, "year": int(period[:4]), "schools": size["school_count"]},
            )
        )
    return batch_steps


def write_step(settings: Settings, step: Step) -> bool:
    """Write one batch; False where it is there already."""
    if any(b.file_name == step.file_name for b in valid_batches(settings.batches_folder)):
        return False

    def write(path: Path) -> None:
        with duckdb.connect() as connection:
            connection.execute(f"set memory_limit = '{settings.publish_memory}'")
            connection.execute(f"copy ({step.sql}) to '{path}' (format parquet)", step.parameters)

    record_table(
        settings.batches_folder,
        step.file_name,
        step.input_kind,
        write,
        imported_at=datetime.now(UTC),
        imported_by="演示",
    )
    return True


def _return_sql() -> str:
    """School returns with every amount column of the catalogue, as exact decimals."""
    made = {line.split(" as ")[-1].strip().rstrip(",") for line in RETURNS.splitlines()}
    amounts = [field_name(c) for c in amount_columns("school_return")]
    columns = ", ".join(
        f'cast("{a}" as decimal(18, 6)) as "{a}"' if a in made else f'cast(null as decimal(18, 6)) as "{a}"'
        for a in amounts
    )
    known = ", ".join(a for a in amounts if a in made)
    return f"select * exclude ({known}), {columns} from ({RETURNS})"  # noqa: S608


def _item_sql() -> str:
    """Every item of every unit: met, or a figure at the line, but for a few."""
    items = ", ".join(
        f"('{i.item_code}', {'null' if i.threshold is None else i.threshold})" for i in load_catalogue().rows(Item)
    )
    return f"""
        select cast(row_number() over () + 1 as bigint) as source_row, $period as period,
            '9' || lpad(cast(unit as varchar), 5, '0') as district_code, item_code,
            cast(case when threshold is not null
                then threshold * (case when luck < {REPORTED_SHARE} then 1.01 else 0.97 end) end
                as varchar) as amount,
            case when threshold is null then
                cast(luck < {REPORTED_SHARE} or item_code[1] = 'V' as varchar) end as is_met,
            '演示' as note, '' as not_applicable
        from (
            select unit, item_code, threshold, hash(unit * 41 + hash(item_code)) % 100 as luck
            from range($units) as units (unit)
            cross join (values {items}) as items (item_code, threshold)
        )"""  # noqa: S608


def _plan_sql() -> str:
    phases = ", ".join(f"'{p}'" for p in PHASES)
    years = ", ".join(str(y) for y in TARGET_YEARS)
    return f"""
        select cast(unit + 2 as bigint) as source_row,
            '9' || lpad(cast(unit as varchar), 5, '0') as district_code,
            [{phases}][1 + unit % 3] as phase_code,
            cast([{years}][1 + unit % 3] as varchar) as target_year,
            'in_preparation' as status_code, '2024-09-10' as status_on, '演示分配，非真实' as basis,
            '' as not_applicable
        from range($units) as units (unit)"""  # noqa: S608
