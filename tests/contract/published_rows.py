"""Rows of the published relations."""

from typing import Any

import duckdb


def rows(facts: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = facts.execute(sql)
    names = [c[0] for c in cursor.description or []]
    return [dict(zip(names, r, strict=True)) for r in cursor.fetchall()]
