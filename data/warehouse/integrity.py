"""What must hold of every publication; what does not is said in words, a sentence for each kind."""

from collections import defaultdict
from pathlib import Path

import duckdb

from data.text import text

CHECKS = Path(__file__).with_name("integrity_checks.sql")
MOST_NAMED = 5


def problems_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Why nothing can be published from these relations; empty where it can."""
    problems: defaultdict[str, list[str]] = defaultdict(list)
    for statement in CHECKS.read_text(encoding="utf-8").split(";"):
        for problem, about in connection.execute(statement).fetchall():
            problems[str(problem)].append(str(about))
    return [
        text(f"publications.check.{problem}", count=len(rows), rows="、".join(rows[:MOST_NAMED]))
        for problem, rows in problems.items()
    ]
