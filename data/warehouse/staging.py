"""Load catalogue and batches into the `cat_*` and `stg_*` relations that the rules read."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.catalogue.loader import TABLES, Catalogue, load_catalogue
from data.catalogue.tables import InputColumn
from data.importing.batches import Batch, replacement_fields, table_path
from data.importing.cell_checks import NOT_APPLICABLE
from data.importing.recognise import field_name
from data.periods import parse_period

AMOUNT_TYPES = ("integer", "decimal")
SCHOOL_TEXT = ("school_name", "school_type", "operator_type", "area_type", "founded_year",
               "is_boarding", "is_back_derived")  # fmt: skip
DECIMAL_TYPES = {"value": "decimal(18, 6)", "weight": "decimal(4, 2)", "threshold": "decimal(8, 2)",
                 "floor_share": "decimal(3, 2)", "cv_limit": "decimal(8, 4)"}  # fmt: skip
STAGED_KINDS = ("plan", "district_item", "visit", "issue", "fund", "policy")
STAGING_SCHEMA = Path(__file__).with_name("staging.sql")


@dataclass(frozen=True)
class StagedTable:
    """Rows of one stored table together with where they came from."""

    input_kind: str
    path: str
    batch_id: str
    sheet: str
    is_demonstration: bool


def staged_tables(folder: Path, batches: Sequence[Batch], input_kind: str) -> list[StagedTable]:
    """Stored tables of one kind, oldest first."""
    return [
        StagedTable(
            input_kind, str(table_path(folder, batch, position)), batch.batch_id,
            table["sheet"], batch.is_demonstration,
        )  # fmt: skip
        for batch in batches
        for position, table in enumerate(batch.tables)
        if table["input_kind"] == input_kind
    ]


def load_catalogue_tables(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Create one `cat_<table>` relation per catalogue table."""
    for name, (row_type, _) in TABLES.items():
        columns = [(f.name, _sql_type(f.name, row_type)) for f in fields(row_type)]
        body = ", ".join(f'"{column}" {sql_type}' for column, sql_type in columns)
        connection.execute(f"create or replace table cat_{name} ({body})")
        rows = [tuple(getattr(r, c) for c, _ in columns) for r in catalogue.rows(row_type)]
        marks = ", ".join("?" for _ in columns)
        if rows:
            connection.executemany(f"insert into cat_{name} values ({marks})", rows)  # noqa: S608


def _sql_type(column: str, row_type: type[Any]) -> str:
    hint = row_type.__annotations__[column]
    names = {bool: "boolean", int: "integer", date: "date", Decimal: "decimal(12, 4)"}
    for python_type, sql_type in names.items():
        if hint is python_type or hint == python_type | None:
            return DECIMAL_TYPES.get(column, sql_type) if python_type is Decimal else sql_type
    return "varchar"


def stage_batches(
    connection: duckdb.DuckDBPyConnection, folder: Path, batches: Sequence[Batch]
) -> None:
    """Create every `stg_*` relation from the batches in force."""
    _stage_current(connection, staged_tables(folder, batches, "school_return"), "school_return")
    stage_schools(connection)
    connection.execute(STAGING_SCHEMA.read_text(encoding="utf-8"))
    for input_kind in STAGED_KINDS:
        _stage_current(connection, staged_tables(folder, batches, input_kind), input_kind)
        _stage_typed(connection, input_kind)


def stage_frame(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> None:
    """Stage school returns held in memory (for `check`); other kinds are empty."""
    frame = rows.reset_index(names="source_row").astype({"source_row": "int64"})
    text = ", ".join(f'cast("{c}" as varchar) as "{c}"' for c in rows.columns)
    connection.register("frame", frame)
    connection.execute(
        "create or replace table current_school_return as select cast(source_row as integer)"  # noqa: S608
        f" as source_row, {text}, '' as batch_id, '' as source_sheet,"
        " false as is_demonstration from frame"
    )
    stage_schools(connection)
    connection.execute(STAGING_SCHEMA.read_text(encoding="utf-8"))


def _stage_current(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[StagedTable], input_kind: str
) -> None:
    """`current_<kind>`: text rows not replaced by a later table for the same scope."""
    name = f"current_{input_kind}"
    if not tables:
        connection.execute(f"create or replace table {name} (source_row integer)")
        return
    parts = [
        f"select *, {order} as load_order, $batch_{order} as batch_id, $sheet_{order} as"  # noqa: S608
        f" source_sheet, {str(table.is_demonstration).lower()} as is_demonstration"
        f" from read_parquet($path_{order})"
        for order, table in enumerate(tables)
    ]
    bound = {
        key: value
        for order, table in enumerate(tables)
        for key, value in (
            (f"batch_{order}", table.batch_id),
            (f"sheet_{order}", table.sheet),
            (f"path_{order}", table.path),
        )
    }
    scope = ", ".join(f'"{f}"' for f in replacement_fields(input_kind))
    connection.execute(
        f"create or replace table {name} as with loaded as ("  # noqa: S608
        + " union all by name ".join(parts)
        + f") select * exclude (load_order) from loaded qualify load_order = max(load_order)"
        f" over (partition by {scope})",
        bound,
    )


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(f"describe {table}").fetchall()}


def stage_schools(connection: duckdb.DuckDBPyConnection) -> None:
    """`stg_snapshot`, `stg_school` and the long `stg_school_amount` from current_school_return."""
    present = _columns(connection, "current_school_return")
    if "period" not in present:
        connection.execute(
            "create or replace table current_school_return (period varchar, school_code varchar,"
            " district_code varchar, source_row integer, batch_id varchar, source_sheet varchar,"
            " is_demonstration boolean)"
        )
        present = _columns(connection, "current_school_return")
    periods = connection.execute(
        "select distinct period from current_school_return order by period"
    ).fetchall()
    connection.execute("create or replace table stg_snapshot (period varchar, snapshot_date date)")
    for (code,) in periods:
        period = parse_period(code)
        if period is not None:
            connection.execute(
                "insert into stg_snapshot values (?, ?)", [code, period.snapshot_date]
            )
    text = ", ".join(
        f'"{c}"' if c in present else f'cast(null as varchar) as "{c}"' for c in SCHOOL_TEXT
    )
    connection.execute(
        "create or replace table stg_school as select period, snapshot_date, school_code,"  # noqa: S608
        f" district_code, {text}, batch_id, source_sheet, source_row, is_demonstration"
        " from current_school_return inner join stg_snapshot using (period)"
        " order by period, school_code"
    )
    _stage_amounts(connection, present)


def _stage_amounts(connection: duckdb.DuckDBPyConnection, present: set[str]) -> None:
    columns = [
        c
        for c in load_catalogue().rows(InputColumn)
        if c.input_kind == "school_return"
        and c.value_type in AMOUNT_TYPES
        and c.field_code not in SCHOOL_TEXT
        and field_name(c) in present
    ]
    connection.execute(
        "create or replace table stg_school_amount (period varchar, school_code varchar,"
        " field_code varchar, stage varchar, amount decimal(18, 6), is_not_applicable boolean)"
    )
    if not columns:
        return
    names = ", ".join(f'"{field_name(c)}"' for c in columns)
    connection.execute(
        "insert into stg_school_amount with long as (unpivot (select period, school_code,"  # noqa: S608
        f" {names} from current_school_return) on {names} into name input value amount)"
        " select period, school_code, split_part(input, '__', 1), split_part(input, '__', 2),"
        f" try_cast(amount as decimal(18, 6)), amount = '{NOT_APPLICABLE}' from long"
    )


def _stage_typed(connection: duckdb.DuckDBPyConnection, input_kind: str) -> None:
    present = _columns(connection, f"current_{input_kind}")
    wanted = sorted(_columns(connection, f"stg_{input_kind}") & present)
    if len(wanted) <= 1:
        return
    lineage = {"batch_id", "source_sheet", "source_row", "is_demonstration"}
    values = ", ".join(
        f'"{n}"' if n in lineage else f"nullif(\"{n}\", '{NOT_APPLICABLE}')" for n in wanted
    )
    targets = ", ".join(f'"{n}"' for n in wanted)
    connection.execute(
        f"insert into stg_{input_kind} ({targets}) select {values}"  # noqa: S608
        f" from current_{input_kind} order by all"
    )
