"""Run the rule files in order: each is one SELECT that becomes one relation."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

_RELATION = re.compile(r"^-- relation: (\w+)$", re.MULTILINE)
_BY_PERIOD = re.compile(r"^-- by period: (.+)$", re.MULTILINE)
WHOLE_BELOW = 500_000
"""School returns below which every rule runs once, over all periods."""


@dataclass(frozen=True)
class Rule:
    """One rule file: the relation it makes, its SQL, and what it reads of one period alone."""

    file_name: str
    relation: str
    sql: str
    by_period: tuple[str, ...] = ()


def load_rules(folder: Path) -> list[Rule]:
    """The rule files in the order of their names.

    Raises:
        ValueError: a file without a `-- relation:` line.
    """
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        match = _RELATION.search(sql)
        if match is None:
            raise ValueError(f"{path.name}: no '-- relation:' line")
        names = [name for line in _BY_PERIOD.findall(sql) for name in line.split(", ")]
        rules.append(Rule(path.name, match[1], sql, tuple(names)))
    return rules


def rules_version(rules: list[Rule]) -> str:
    """Twelve hex digits that change with any rule file."""
    digest = hashlib.sha256()
    for rule in rules:
        digest.update(f"{rule.file_name}\n{rule.sql}\n".encode())
    return digest.hexdigest()[:12]


def run_rules(
    connection: duckdb.DuckDBPyConnection, rules: list[Rule], whole_below: int = WHOLE_BELOW
) -> None:
    """Create every rule relation from the `cat_*` and `stg_*` relations of the connection.

    Beyond `whole_below` school returns the rules with a `-- by period:` line run one period at a
    time, so that memory is bounded by the largest period and not by their number.
    """
    (returns,) = connection.execute("select count(*) from stg_school").fetchall()[0]
    for rule in rules:
        if rule.by_period and returns >= whole_below:
            _run_by_period(connection, rule)
        else:
            connection.execute(f"create or replace table {rule.relation} as\n{rule.sql}")


def _run_by_period(connection: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    """The rule over views that show one period of each relation it names."""
    made = rule.relation
    connection.execute(f"create or replace table {made} as select * from (\n{rule.sql}) limit 0")  # noqa: S608
    for limits in _periods(connection):
        for name in rule.by_period:
            source, column = _place_of(connection, name)
            connection.execute(
                f"create or replace temp view {name} as select * from {source}"  # noqa: S608
                f" where {limits[column]}"
            )
        connection.execute(f"insert into {made}\n{rule.sql}")
    for name in rule.by_period:
        connection.execute(f"drop view temp.{name}")


def _periods(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, str]]:
    """What marks the rows of a period, by column; returns are numbered period after period."""
    for period, day, first, last in connection.execute(
        "select period, snapshot_date, min(return_id), max(return_id) from stg_school"
        " group by all order by snapshot_date"
    ).fetchall():
        yield {"period": f"period = '{period}'", "snapshot_date": f"snapshot_date = date '{day}'",
               "return_id": f"return_id between {first} and {last}"}  # fmt: skip


def _place_of(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str]:
    """The relation with its database, and the first of its columns that says the period."""
    found = connection.execute(
        "select database_name, column_name from duckdb_columns() where table_name = $name"
        " and database_name <> 'temp' and column_name in ('period', 'snapshot_date', 'return_id')",
        {"name": name},
    ).fetchall()
    columns = {column for _, column in found}
    column = next(c for c in ("period", "return_id", "snapshot_date") if c in columns)
    return f"{found[0][0]}.main.{name}", column
