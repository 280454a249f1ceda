"""Load catalogue and batches into the `cat_*` and `stg_*` relations that the rules read."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import TABLES, Catalogue, load_catalogue
from data.catalogue.tables import IndicatorInput
from data.importing.batch_records import Batch, table_path
from data.importing.cell_checks import NOT_APPLICABLE
from data.importing.recognise import amount_columns, field_name
from data.importing.stored_rows import key_fields, replacement_fields
from data.periods import parse_period

SCHOOL_TEXT = (
    "school_name",
    "school_type",
    "operator_type",
    "area_type",
    "founded_year",
    "is_boarding",
    "is_back_derived",
    "not_applicable",
)
DECIMAL_TYPES = {
    "value": "decimal(18, 6)",
    "weight": "decimal(4, 2)",
    "threshold": "decimal(8, 2)",
    "floor_share": "decimal(3, 2)",
    "cv_limit": "decimal(8, 4)",
}
STAGED_KINDS = ("plan", "district_item", "visit", "issue", "fund", "policy")
AMOUNTS = "stg_school_amount"
STAGING_SCHEMA = Path(__file__).with_name("staging.sql")


@dataclass(frozen=True)
class StagedTable:
    """Rows of one stored table together with where they came from."""

    input_kind: str
    order: int
    path: str
    batch_id: str
    sheet: str
    is_demonstration: bool


def staged_tables(folder: Path, batches: Sequence[Batch], input_kind: str) -> list[StagedTable]:
    """Stored tables of one kind, oldest first; all tables of a batch stand together."""
    return [
        StagedTable(
            input_kind,
            order,
            str(table_path(folder, batch, position)),
            batch.batch_id,
            table["sheet"],
            batch.is_demonstration,
        )
        for order, batch in enumerate(batches)
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
        insert_rows(connection, f"cat_{name}", rows)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert all rows in one statement (one statement a row takes a millisecond each)."""
    if rows:
        marks = ", ".join("(" + ", ".join("?" for _ in row) + ")" for row in rows)
        connection.execute(f"insert into {table} values {marks}", [v for row in rows for v in row])  # noqa: S608


def _sql_type(column: str, row_type: type[Any]) -> str:
    hint = row_type.__annotations__[column]
    names = {bool: "boolean", int: "integer", date: "date", Decimal: "decimal(12, 4)"}
    for python_type, sql_type in names.items():
        if hint is python_type or hint == python_type | None:
            return DECIMAL_TYPES.get(column, sql_type) if python_type is Decimal else sql_type
    return "varchar"


def stage_batches(connection: duckdb.DuckDBPyConnection, folder: Path, batches: Sequence[Batch]) -> None:
    """Create every `stg_*` relation from the batches in force."""
    _load_current(connection, staged_tables(folder, batches, "school_return"), "school_return")
    stage_schools(connection)
    connection.execute(STAGING_SCHEMA.read_text(encoding="utf-8"))
    insert_rows(
        connection,
        "stg_batch",
        [
            (b.batch_id, b.file_name, b.content_sha256, b.imported_at, b.imported_by, b.is_demonstration)
            for b in batches
        ],
    )
    for input_kind in STAGED_KINDS:
        _load_current(connection, staged_tables(folder, batches, input_kind), input_kind)
        _stage_typed(connection, input_kind)


def stage_frame(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> None:
    """Stage school returns held in memory (for `check`); other kinds are empty."""
    frame = rows.reset_index(names="source_row").astype({"source_row": "int64"})
    amounts = {field_name(c) for c in amount_columns("school_return")}
    text = ", ".join(
        f'try_cast("{c}" as decimal(18, 6)) as "{c}"' if c in amounts else f'cast("{c}" as varchar) as "{c}"'
        for c in rows.columns
    )
    connection.register("frame", frame)
    connection.execute(
        "create or replace temp view current_school_return as select cast(source_row as integer)"  # noqa: S608
        f" as source_row, {text}, '' as batch_id, '' as source_sheet,"
        " false as is_demonstration from frame"
    )
    stage_schools(connection)
    connection.execute(STAGING_SCHEMA.read_text(encoding="utf-8"))


def _load_current(connection: duckdb.DuckDBPyConnection, tables: Sequence[StagedTable], input_kind: str) -> None:
    """View `current_<kind>`: text rows not replaced by a later table for the same scope."""
    name = f"current_{input_kind}"
    if not tables:
        keys = "".join(f', cast(null as varchar) as "{f}"' for f in key_fields(input_kind))
        connection.execute(
            f"create or replace temp view {name} as select 0 as source_row{keys}, false as is_demonstration limit 0"
        )
        return
    connection.execute(
        "create or replace temp table stored_table (load_order integer, batch_id varchar,"
        " source_sheet varchar, is_demonstration boolean, path varchar)"
    )
    insert_rows(
        connection, "stored_table", [(t.order, t.batch_id, t.sheet, t.is_demonstration, t.path) for t in tables]
    )
    connection.execute(f"create or replace temp table stored_{input_kind} as from stored_table")
    paths = ", ".join(_quoted(t.path) for t in tables)
    fields = replacement_fields(input_kind)
    scope = ", ".join(f'"{f}"' for f in fields)
    read = f"read_parquet([{paths}], union_by_name = true, filename = true)"
    same = " and ".join(f'loaded."{f}" is not distinct from latest."{f}"' for f in fields)
    connection.execute(
        f"create or replace temp table latest_{input_kind} as select {scope},"  # noqa: S608
        f" max(load_order) as load_order from {read} as loaded"
        f" inner join stored_{input_kind} as stored on loaded.filename = stored.path"
        f" group by {scope}"
    )
    connection.execute(
        f"create or replace temp view {name} as select loaded.* exclude (filename),"  # noqa: S608
        f" stored.* exclude (load_order, path) from {read} as loaded"
        f" inner join stored_{input_kind} as stored on loaded.filename = stored.path"
        f" inner join latest_{input_kind} as latest"
        f" on stored.load_order = latest.load_order and {same}"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(f"describe {table}").fetchall()}


def stage_schools(connection: duckdb.DuckDBPyConnection) -> None:
    """`school_return` as submitted, `stg_snapshot`, `stg_school`, long `stg_school_amount`.

    `school_return` has every column of the catalogue, empty where no file has it.
    `return_id` numbers the school returns in the order of period and school. Only the amounts
    that enter an indicator are made long; one that is missing has a row without an amount.
    """
    present = _columns(connection, "current_school_return")
    amounts = [field_name(c) for c in amount_columns("school_return")]
    keys = (
        "period",
        "school_code",
        "district_code",
        *SCHOOL_TEXT,
        "batch_id",
        "source_sheet",
        "source_row",
        "is_demonstration",
    )
    texts = ", ".join(f'"{c}"' if c in present else f'cast(null as varchar) as "{c}"' for c in keys)
    typed = "".join(f', {_amount(name, present)} as "{name}"' for name in amounts)
    _number_returns(connection, f"{texts}{typed}")
    _stage_periods(connection)
    connection.execute(
        f"create or replace table stg_school as select return_id, snapshot_date, {', '.join(keys)}"  # noqa: S608
        " from school_return inner join stg_snapshot using (period) order by return_id"
    )
    needed = {i.field_code for i in load_catalogue().rows(IndicatorInput)} | {"pupils"}
    needed_columns = [c for c in amount_columns("school_return") if c.field_code in needed]
    _stage_amounts(connection, needed_columns, present)


def _number_returns(connection: duckdb.DuckDBPyConnection, columns: str) -> None:
    """`school_return`, period by period: the rows of one are sorted in memory, those of all not."""
    source = f"select {columns} from current_school_return"  # noqa: S608
    connection.execute(
        f"create or replace table school_return as select 0 as return_id, * from ({source}) limit 0"  # noqa: S608
    )
    counted = connection.execute(
        "select period, count(*) from current_school_return group by period order by period"
    ).fetchall()
    first = 0
    for period, rows in counted:
        connection.execute(
            "insert into school_return select cast($first + row_number() over () as integer), *"  # noqa: S608
            f" from ({source} where period is not distinct from $period order by school_code)",
            {"first": first, "period": period},
        )
        first += rows


def _stage_periods(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create or replace table stg_snapshot (period varchar, snapshot_date date, is_annual boolean)")
    codes = connection.execute(
        "select distinct period from school_return where period is not null order by period"
    ).fetchall()
    parsed = [parse_period(str(code)) for (code,) in codes]
    insert_rows(connection, "stg_snapshot", [(p.code, p.snapshot_date, p.is_annual) for p in parsed if p])


def _stage_amounts(connection: duckdb.DuckDBPyConnection, amounts: Sequence[InputColumn], present: set[str]) -> None:
    """`stg_school_amount`, a view: the columns of `school_return` one below the other.

    Field and stage are constants of each part, so making it long costs neither a join nor room.
    """
    parts = [
        f"select return_id, '{c.field_code}' as field_code, '{c.stage}' as stage,"  # noqa: S608
        f" {_amount(field_name(c), present)} as amount from school_return"
        for c in amounts
    ]
    connection.execute(f"create or replace view {AMOUNTS} as {' union all '.join(parts)}")


def _amount(name: str, present: set[str]) -> str:
    return f'"{name}"' if name in present else "cast(null as decimal(18, 6))"


def _stage_typed(connection: duckdb.DuckDBPyConnection, input_kind: str) -> None:
    present = _columns(connection, f"current_{input_kind}")
    columns = sorted(_columns(connection, f"stg_{input_kind}") & present)
    if len(columns) <= 1:
        return
    lineage = {"batch_id", "source_sheet", "source_row", "is_demonstration"}
    values = ", ".join(f'"{n}"' if n in lineage else f"nullif(\"{n}\", '{NOT_APPLICABLE}')" for n in columns)
    targets = ", ".join(f'"{n}"' for n in columns)
    connection.execute(
        f"insert into stg_{input_kind} ({targets}) select {values}"  # noqa: S608
        f" from current_{input_kind} order by all"
    )
