"""Public 基本均衡 figures of real districts, kept apart from what offices send in."""

import csv
from pathlib import Path

import duckdb

from data.warehouse.staging import insert_rows

PUBLISHED = Path(__file__).parent.parent / "public_cases" / "basic_balanced_chongqing_published.csv"
STAGES = {"小学": "primary", "初中": "junior"}
INDICATOR_COUNT = 8


def load_published_cases(connection: duckdb.DuckDBPyConnection, path: Path = PUBLISHED) -> None:
    """`published_basic_cv`: district name, stage, indicator (or composite), mean, CV, source."""
    lines = path.read_text(encoding="utf-8").splitlines()
    source = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    connection.execute(
        "create or replace table published_basic_cv (district_name varchar, stage varchar,"
        " indicator_code varchar, measure varchar, amount decimal(18, 4), source varchar)"
    )
    case_rows: list[tuple[str, ...]] = []
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        values = {f"B{i}": row[f"i{i}"] for i in range(1, INDICATOR_COUNT + 1)}
        values["composite"] = row["composite"]
        case_rows += [
            (row["district"], STAGES[row["stage"]], code, row["row"], amount, source)
            for code, amount in values.items()
            if amount
        ]
    insert_rows(connection, "published_basic_cv", case_rows)
