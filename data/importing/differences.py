"""What a table would change of the rows in force; the desk sees it before it is taken over."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.catalogue.input_tables import InputColumn, InputKind
from data.catalogue.loader import load_catalogue
from data.importing.batch_records import table_path, valid_batches
from data.importing.cell_checks import NOT_APPLICABLE, word_of
from data.importing.prepare import PreparedTable
from data.importing.recognise import columns_of, field_name
from data.importing.stored_rows import replacement_fields

NOTHING = "—"
MOST_CELLS = 8
"""How many cells of a row that is new or gone stand in its line."""


def differences(
    folder: Path, tables: Iterable[PreparedTable], own_rows: Callable[[PreparedTable], pd.DataFrame]
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Per table its kind, rows and counts; and every change as a line from → to, tables in order.

    A table replaces the rows in force of the scopes that it names (`replaces_by`), as
    publication will do: what stood in a column that the table lacks is gone. Only `own_rows` of a
    table are compared: what is in force of others is not told to who hands it in, and of a table without
    such rows nothing is said.
    """
    summaries: list[dict[str, Any]] = []
    lines: list[dict[str, str]] = []
    by_kind: dict[str, list[PreparedTable]] = {}
    for table in tables:
        by_kind.setdefault(table.input_kind, []).append(replace(table, rows=own_rows(table)))
    for kind, parts in by_kind.items():
        sheets = "、".join(dict.fromkeys(part.sheet for part in parts))
        compared = PreparedTable(kind, sheets, pd.concat([part.rows for part in parts], ignore_index=True))
        if compared.rows.empty:
            continue
        kind_lines = _lines(compared, _before(folder, compared))
        counts = {w: sum(1 for line in kind_lines if line["what"] == w) for w in ("added", "changed", "removed")}
        count = len(compared.rows)
        summaries.append({"input_kind": kind, "sheet": sheets, "rows": count, **counts})
        lines += kind_lines
    return summaries, lines


def in_force(
    folder: Path,
    input_kind: str,
    scopes: Collection[tuple[str, ...]] | None = None,
    codes: tuple[str, Collection[str]] | None = None,
) -> pd.DataFrame:
    """The rows of a kind that no later table replaces, as text; empty where there are none.

    Only those of `scopes` (values of `replaces_by`), or of a field's `codes`, where given.
    """
    fields = replacement_fields(input_kind)
    paths = {
        str(table_path(folder, batch, position)): batch.sequence
        for batch in valid_batches(folder)
        for position, table in enumerate(batch.tables)
        if table["input_kind"] == input_kind and (scopes is None or _may_hold(table["scopes"], fields, scopes))
    }
    if not paths:
        return pd.DataFrame(columns=pd.Index(fields))
    condition = "true" if codes is None else f'list_contains($codes, "{codes[0]}")'
    given = {"paths": list(paths), "orders": list(paths.values())}
    given |= {} if codes is None else {"codes": sorted(set(codes[1]))}
    with duckdb.connect() as connection:
        columns = connection.execute(
            "describe select * from read_parquet($paths, union_by_name = true)", {"paths": list(paths)}
        ).fetchall()
        fields = [f for f in fields if f in {str(c[0]) for c in columns}]
        partition = ", ".join(f'"{f}"' for f in fields)
        rows = connection.execute(
            "with loaded as (select *, list_extract($orders, list_position($paths, filename)) as load_order"  # noqa: S608
            " from read_parquet($paths, filename = true, union_by_name = true)),"
            " newest as (select * from loaded"
            f" qualify load_order = max(load_order) over (partition by {partition}))"
            f" select * exclude (load_order) from newest where {condition} order by filename, source_row",
            given,
        ).df()
    rows = _as_text(rows).drop(columns="filename")
    if scopes is None:
        return rows
    asked = set(scopes)
    kept = [tuple(s) in asked for s in rows[[f for f in fields if f in rows]].itertuples(index=False, name=None)]
    return rows[kept]


def _may_hold(recorded: list[list[str]], fields: list[str], scopes: Collection[tuple[str, ...]]) -> bool:
    """Whether a table may hold rows of these scopes; those of older batches were recorded more coarsely."""
    asked = set(scopes)
    return any(len(scope) != len(fields) or tuple(scope) in asked for scope in recorded)


def _before(folder: Path, table: PreparedTable) -> pd.DataFrame:
    """The rows in force that the table replaces."""
    fields = [f for f in replacement_fields(table.input_kind) if f in table.rows]
    named = set(_as_text(table.rows)[fields].itertuples(index=False, name=None))
    return in_force(folder, table.input_kind, named)


def _lines(table: PreparedTable, before: pd.DataFrame) -> list[dict[str, str]]:
    kinds = {k.input_kind: k for k in load_catalogue().rows(InputKind)}
    keys = [f for f in kinds[table.input_kind].key_fields.split("|") if f in table.rows]
    columns = {field_name(c): c for c in columns_of(table.input_kind) if field_name(c) not in keys}
    new, old = _by_key(table.rows, keys), _by_key(before, keys)
    lines: list[dict[str, str]] = []

    def add(what: str, key: tuple[str, ...], column: str, then: str, now: str) -> None:
        lines.append(
            {
                "what": what,
                "input_kind": table.input_kind,
                "key": " ".join(key),
                "column": column,
                "before": then,
                "after": now,
            }
        )

    for key, row in new.items():
        then = old.get(key)
        if then is None:
            add("added", key, "", NOTHING, _cells(row, columns))
            continue
        for name, column in columns.items():
            was, now = then.get(name, ""), row.get(name, "")
            if not _is_same(was, now):
                add(
                    "changed",
                    key,
                    column.header,
                    word_of(column.value_type, was) or NOTHING,
                    word_of(column.value_type, now) or NOTHING,
                )
    for key, row in old.items():
        if key not in new:
            add("removed", key, "", _cells(row, columns), NOTHING)
    return lines


def _by_key(rows: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], dict[str, str]]:
    rows_by_key: dict[tuple[str, ...], dict[str, str]] = {}
    for record in _as_text(rows).to_dict("records"):
        row = {str(name): str(value) for name, value in record.items()}
        marked = row.get("not_applicable", "")
        row |= dict.fromkeys(marked.split("|") if marked else (), NOT_APPLICABLE)
        rows_by_key[tuple(row[k] for k in keys)] = row
    return rows_by_key


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype(object).where(rows.notna(), "").map(_words)


def _words(value: Any) -> str:
    """A cell as it was given; an exact amount comes back as a float."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def _cells(row: dict[str, str], columns: dict[str, InputColumn]) -> str:
    cells = [
        f"{column.header}：{word_of(column.value_type, row[name])}" for name, column in columns.items() if row.get(name)
    ]
    more = "；…" if len(cells) > MOST_CELLS else ""
    return "；".join(cells[:MOST_CELLS]) + more


def _is_same(was: str, now: str) -> bool:
    """Equal as text, or as numbers however they were written."""
    if was == now:
        return True
    try:
        return float(was) == float(now)
    except ValueError:
        return False
