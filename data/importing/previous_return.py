"""What a unit has returned so far, read from the batches."""

from pathlib import Path

import duckdb
import pandas as pd

from data.importing.batch_records import Batch, table_path, valid_batches
from data.periods import parse_period

SCHOOL_RETURN = "school_return"


def returned_scopes(folder: Path, input_kind: str) -> dict[tuple[str, str], tuple[Batch, int]]:
    """(period, district) → the batch and table in force for it."""
    found: dict[tuple[str, str], tuple[Batch, int]] = {}
    for batch in valid_batches(folder):
        for position, table in enumerate(batch.tables):
            if table["input_kind"] == input_kind:
                for period, district in table["scopes"]:
                    found[(period, district)] = (batch, position)
    return found


def returned_rows(folder: Path, period: str, district_code: str) -> pd.DataFrame | None:
    """The school returns of a unit in force for a period; None where there are none."""
    found = returned_scopes(folder, SCHOOL_RETURN).get((period, district_code))
    if found is None:
        return None
    batch, position = found
    with duckdb.connect() as connection:
        return connection.execute(
            "select * from read_parquet($path) where period = $period and district_code = $district"
            " order by source_row",
            {"path": str(table_path(folder, batch, position)), "period": period, "district": district_code},
        ).df()


def returned_counts(folder: Path) -> dict[tuple[str, str], int]:
    """(period, district) → schools in force, for all that was returned."""
    scopes = returned_scopes(folder, SCHOOL_RETURN)
    paths = {key: str(table_path(folder, *found)) for key, found in scopes.items()}
    if not paths:
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select filename, period, district_code, count(*) from"
            " read_parquet($paths, filename = true, union_by_name = true) group by all",
            {"paths": sorted(set(paths.values()))},
        ).fetchall()
    return {(p, d): int(n) for path, p, d, n in rows if paths.get((p, d)) == path}


def last_return(folder: Path, period: str, district_code: str) -> pd.DataFrame | None:
    """The newest school returns of a unit before a period."""
    asked = parse_period(period)
    known = [parse_period(p) for p, d in returned_scopes(folder, SCHOOL_RETURN) if d == district_code]
    earlier = [p for p in known if p and asked and p.snapshot_date < asked.snapshot_date]
    if not earlier:
        return None
    newest = max(earlier, key=lambda p: p.snapshot_date)
    return returned_rows(folder, newest.code, district_code)
