"""Rows of a batch as Parquet: exact amounts, texts, and which of them a later file replaces."""

import hashlib
from pathlib import Path

import duckdb
import pandas as pd

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
from data.importing.cell_checks import NOT_APPLICABLE
from data.importing.prepare import PreparedReturn, PreparedTable
from data.importing.recognise import amount_columns, field_name


def row_count(path: Path) -> int:
    """Number of rows of a Parquet file."""
    with duckdb.connect() as connection:
        counted = connection.execute("select count(*) from read_parquet(?)", [str(path)])
        return int((counted.fetchone() or (0,))[0])


def write_rows(path: Path, table: PreparedTable) -> None:
    """Amounts of school returns as exact decimals, all else as text; 不适用 cells are listed."""
    stored = table.rows.reset_index(names="source_row").astype({"source_row": "int64"})
    amounts: set[str] = set()
    if table.input_kind == "school_return":
        amounts = {field_name(c) for c in amount_columns(table.input_kind)}
    columns = ", ".join(
        f'try_cast("{c}" as decimal(18, 6)) as "{c}"' if c in amounts else f'cast("{c}" as varchar) as "{c}"'
        for c in table.rows.columns
    )
    marks = ", ".join(
        f"case when cast(\"{c}\" as varchar) = '{NOT_APPLICABLE}' then '{c}' end"
        for c in table.rows.columns
        if c in amounts
    )
    not_applicable = f"concat_ws('|', {marks})" if marks else "''"
    with duckdb.connect() as connection:
        connection.register("stored", stored)
        connection.execute(
            f"copy (select source_row, {columns}, {not_applicable} as not_applicable from stored)"  # noqa: S608
            f" to '{path}' (format parquet)"
        )


def hash_rows(prepared: PreparedReturn) -> str:
    """Hash of all rows, whatever the files and sheets that held them."""
    digest = hashlib.sha256()
    for kind in dict.fromkeys(table.input_kind for table in prepared.tables):
        rows = pd.concat([t.rows for t in prepared.tables if t.input_kind == kind])
        columns = sorted(rows.columns)
        digest.update(f"{kind}:{columns}".encode())
        digest.update(rows[columns].to_csv(index=False).encode())
    return digest.hexdigest()


def replacement_fields(input_kind: str) -> list[str]:
    """The fields whose values a later file replaces as a whole."""
    kinds = {k.input_kind: k for k in load_catalogue().rows(InputKind)}
    return kinds[input_kind].replaces_by.split("|")


def key_fields(input_kind: str) -> list[str]:
    """The fields that make a row unique."""
    kinds = {k.input_kind: k for k in load_catalogue().rows(InputKind)}
    return kinds[input_kind].key_fields.split("|")


def scopes_of(input_kind: str, rows: pd.DataFrame) -> list[list[str]]:
    """The distinct values of the replacement fields, for example period and unit."""
    fields = [f for f in replacement_fields(input_kind) if f in rows.columns]
    unique = rows[fields].fillna("").drop_duplicates()
    return sorted([str(v) for v in values] for values in unique.itertuples(index=False, name=None))
