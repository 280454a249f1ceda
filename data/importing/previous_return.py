"""What a unit has returned so far, read from the batches."""

from collections.abc import Collection
from pathlib import Path

import duckdb
import pandas as pd

from data.importing.batch_records import Batch, table_path, valid_batches
from data.importing.ownership import WHOLE_CITY
from data.importing.stored_rows import replacement_fields
from data.periods import parse_period

SCHOOL_RETURN = "school_return"


def returned_scopes(folder: Path, input_kind: str) -> dict[tuple[str, str], tuple[Batch, tuple[int, ...]]]:
    """(period, district) → the batch in force for it, and which of its tables hold rows of it."""
    scopes: dict[tuple[str, str], tuple[Batch, tuple[int, ...]]] = {}
    for batch in valid_batches(folder):
        batch_scopes: dict[tuple[str, str], tuple[int, ...]] = {}
        for position, table in enumerate(batch.tables):
            if table["input_kind"] == input_kind:
                for period, district in table["scopes"]:
                    batch_scopes[period, district] = (*batch_scopes.get((period, district), ()), position)
        scopes |= {scope: (batch, positions) for scope, positions in batch_scopes.items()}
    return scopes


def batches_of(folder: Path, input_kinds: Collection[str], period: str, district_code: str) -> list[Batch]:
    """The batches that count and hold rows of these kinds of a unit, or of all of them, for a period."""
    requested = {period, district_code}
    return [
        batch
        for batch in valid_batches(folder)
        if any(
            table["input_kind"] in input_kinds
            and (district_code == WHOLE_CITY or any(_is_of(table["input_kind"], s, requested) for s in table["scopes"]))
            for table in batch.tables
        )
    ]


def _is_of(input_kind: str, scope: list[str], requested: set[str]) -> bool:
    """Whether what a table replaces is of this period and unit, as far as it names them."""
    fields = zip(replacement_fields(input_kind), scope, strict=False)
    named = {value for name, value in fields if name in ("period", "district_code")}
    return bool(named) and named <= requested


def returned_rows(folder: Path, period: str, district_code: str) -> pd.DataFrame | None:
    """The school returns of a unit in force for a period; None where there are none."""
    source = returned_scopes(folder, SCHOOL_RETURN).get((period, district_code))
    if source is None:
        return None
    batch, positions = source
    with duckdb.connect() as connection:
        return connection.execute(
            "select * from read_parquet($paths, union_by_name = true)"
            " where period = $period and district_code = $district order by source_row",
            {
                "paths": [str(table_path(folder, batch, n)) for n in positions],
                "period": period,
                "district": district_code,
            },
        ).df()


def returned_counts(folder: Path) -> dict[tuple[str, str], int]:
    """(period, district) → schools in force, for all that was returned."""
    scopes = returned_scopes(folder, SCHOOL_RETURN)
    paths = {key: {str(table_path(folder, batch, n)) for n in positions} for key, (batch, positions) in scopes.items()}
    if not paths:
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select filename, period, district_code, count(*) from"
            " read_parquet($paths, filename = true, union_by_name = true) group by all",
            {"paths": sorted({path for scope_paths in paths.values() for path in scope_paths})},
        ).fetchall()
    counts: dict[tuple[str, str], int] = {}
    for path, period, district, count in rows:
        if path in paths.get((period, district), ()):
            counts[period, district] = counts.get((period, district), 0) + int(count)
    return counts


def known_schools(folder: Path, district_code: str) -> dict[str, str]:
    """The names of all schools that a unit ever returned and that are in force, the newest name of each code."""
    periods = [p for p, d in returned_scopes(folder, SCHOOL_RETURN) if d == district_code]
    names: dict[str, str] = {}
    for period in sorted(periods):
        rows = returned_rows(folder, period, district_code)
        if rows is not None:
            names |= {str(c): str(n) for c, n in zip(rows["school_code"], rows["school_name"], strict=True)}
    return names


def last_return(folder: Path, period: str, district_code: str) -> pd.DataFrame | None:
    """The newest school returns of a unit before a period."""
    asked = parse_period(period)
    known = [parse_period(p) for p, d in returned_scopes(folder, SCHOOL_RETURN) if d == district_code]
    earlier = [p for p in known if p and asked and p.snapshot_date < asked.snapshot_date]
    if not earlier:
        return None
    newest = max(earlier, key=lambda p: p.snapshot_date)
    return returned_rows(folder, newest.code, district_code)


def year_before(folder: Path, period: str, district_code: str) -> pd.DataFrame | None:
    """The school returns of a unit a year before a period; None where that is its newest return before."""
    asked = parse_period(period)
    if asked is None:
        return None
    year, dash, month = asked.code.partition("-")
    rows = returned_rows(folder, f"{int(year) - 1}{dash}{month}", district_code)
    newest = None if rows is None else last_return(folder, period, district_code)
    return None if newest is None or rows is None or newest["period"].iloc[0] == rows["period"].iloc[0] else rows
