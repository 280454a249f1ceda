"""Run the rule files in order: each is one SELECT that becomes one relation.

A rule may name a step (`-- then: forecast`) that makes further relations from what is there.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data import forecasting
from data.warehouse import forecasts

_RELATION = re.compile(r"^-- relation: (\w+)$", re.MULTILINE)
_THEN = re.compile(r"^-- then: (\w+)$", re.MULTILINE)
_BY_PERIOD = re.compile(r"^-- by period: (.+)$", re.MULTILINE)
WHOLE_BELOW = 500_000
"""School returns below which every rule runs once, over all periods."""


@dataclass(frozen=True)
class Step:
    """What SQL cannot say: makes relations from those it reads; the code that decides them."""

    make: Callable[[duckdb.DuckDBPyConnection], None]
    reads: tuple[str, ...]
    relations: tuple[str, ...]
    code: tuple[Path, ...]


STEPS: Mapping[str, Step] = {
    "forecast": Step(
        forecasts.make_forecasts,
        ("forecast_part", "forecast_request"),
        ("forecast_result", "forecast_item_result", "forecast_check"),
        (Path(forecasts.__file__), *sorted(Path(forecasting.__path__[0]).glob("*.py"))),
    )
}


@dataclass(frozen=True)
class Rule:
    """One rule file: the relation it makes, its SQL, what it reads of one period, its step."""

    file_name: str
    relation: str
    sql: str
    by_period: tuple[str, ...] = ()
    step: Step | None = None


def load_rules(folder: Path) -> list[Rule]:
    """The rule files in the order of their names.

    Raises:
        ValueError: a file without a `-- relation:` line, or one that names an unknown step.
    """
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        match = _RELATION.search(sql)
        if match is None:
            raise ValueError(f"{path.name}: no '-- relation:' line")
        names = [name for line in _BY_PERIOD.findall(sql) for name in line.split(", ")]
        then = _THEN.search(sql)
        if then is not None and then[1] not in STEPS:
            raise ValueError(f"{path.name}: no step '{then[1]}'")
        step = None if then is None else STEPS[then[1]]
        rules.append(Rule(path.name, match[1], sql, tuple(names), step))
    return rules


def rules_version(rules: list[Rule]) -> str:
    """Twelve hex digits that change with any rule file or the code of a step."""
    digest = hashlib.sha256()
    for rule in rules:
        digest.update(f"{rule.file_name}\n{rule.sql}\n".encode())
        for path in () if rule.step is None else rule.step.code:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def run_rules(connection: duckdb.DuckDBPyConnection, rules: list[Rule], whole_below: int = WHOLE_BELOW) -> None:
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
        if rule.step is not None:
            rule.step.make(connection)


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
        yield {
            "period": f"period = '{period}'",
            "snapshot_date": f"snapshot_date = date '{day}'",
            "return_id": f"return_id between {first} and {last}",
        }


def _place_of(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str]:
    """The relation with its database, and the first of its columns that says the period."""
    relation_columns = connection.execute(
        "select database_name, column_name from duckdb_columns() where table_name = $name"
        " and database_name <> 'temp' and column_name in ('period', 'snapshot_date', 'return_id')",
        {"name": name},
    ).fetchall()
    columns = {column for _, column in relation_columns}
    column = next(c for c in ("period", "return_id", "snapshot_date") if c in columns)
    return f"{relation_columns[0][0]}.main.{name}", column
