"""Run the rule files on an Apache Spark cluster: the same SQL, transpiled, on partitioned Parquet.

DuckDB stages the batches and writes the staged relations as Parquet; Spark runs each rule and
writes its relation as Parquet; DuckDB reads them into the snapshot with the types it would have
given them itself. PySpark is imported when it is used: `requirements-spark.txt`.
"""

import importlib
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import sqlglot
from sqlglot import exp

from data.warehouse.rules import Rule, Step, run_rules

log = logging.getLogger("oversight.spark")
PARTITIONS = {"stg_school_amount": "field_code", "stg_school": "period", "school_return": "period"}
SHUFFLE_PARTITIONS = 8
CONFIGURATION = {
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.shuffle.partitions": str(SHUFFLE_PARTITIONS),
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.task.maxFailures": "8",
}


class Writer(Protocol):
    """What is used of `pyspark.sql.DataFrameWriter`."""

    def mode(self, name: str, /) -> "Writer":
        """Say what becomes of files that are there already, e.g. `overwrite`."""
        ...

    def parquet(self, path: str, /) -> None:
        """Compute the frame and write it as a folder of Parquet files."""
        ...


class Frame(Protocol):
    """What is used of `pyspark.sql.DataFrame`."""

    @property
    def write(self) -> Writer:
        """Where its rows go."""
        ...

    def createOrReplaceTempView(self, name: str, /) -> None:  # noqa: N802
        """Let queries of the session name it."""
        ...


class Reader(Protocol):
    """What is used of `pyspark.sql.DataFrameReader`."""

    def parquet(self, path: str, /) -> Frame:
        """A folder of Parquet files, partitions included."""
        ...


class Session(Protocol):
    """What is used of `pyspark.sql.SparkSession`, which a plain installation does not have."""

    @property
    def read(self) -> Reader:
        """Where rows come from."""
        ...

    def sql(self, query: str, /) -> Frame:
        """The rows of a query in Spark's SQL."""
        ...

    def stop(self) -> None:
        """Leave the cluster."""
        ...


def transpiled(sql: str) -> str:
    """A rule in Spark's SQL.

    Raises:
        sqlglot.errors.SqlglotError: there is no equal construct there.
    """
    return sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]


def run_rules_on_spark(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], master: str, folder: Path) -> None:
    """Create every rule relation in the connection's database, computed by the cluster at `master`.

    `folder` takes the Parquet files of both sides; the workers must see it under the same path.
    """
    staged, made = folder / "staged", folder / "made"
    names = _write_staged(connection, staged)
    types = _types_of(connection, rules, names)
    spark = _session(master)
    try:
        for name in names:
            spark.read.parquet(str(staged / name)).createOrReplaceTempView(name)
        for rule in rules:
            log.info("spark: %s", rule.relation)
            target = str(made / rule.relation)
            spark.sql(transpiled(rule.sql)).write.mode("overwrite").parquet(target)
            spark.read.parquet(target).createOrReplaceTempView(rule.relation)
            if rule.step is not None:
                _run_step(connection, spark, (rule.step, rules), types, made)
    finally:
        spark.stop()
    for rule in rules:
        _read_made(connection, rule, types[rule.relation], made / rule.relation)


def _run_step(
    connection: duckdb.DuckDBPyConnection,
    spark: Session,
    of: tuple[Step, Sequence[Rule]],
    types: dict[str, list[tuple[str, str]]],
    made: Path,
) -> None:
    """The step runs in DuckDB, on the relations made so far; Spark reads what it makes."""
    step, rules = of
    for rule in rules:
        if (made / rule.relation).is_dir() and rule.relation in step.reads:
            _read_made(connection, rule, types[rule.relation], made / rule.relation)
    step.make(connection)
    for name in step.relations:
        target = made / name
        target.mkdir(parents=True, exist_ok=True)
        connection.execute(f"copy {name} to '{target}/part.parquet' (format parquet)")
        spark.read.parquet(str(target)).createOrReplaceTempView(name)


def _session(master: str) -> Session:
    builder: Any = importlib.import_module("pyspark.sql").SparkSession.builder
    builder = builder.master(master).appName("oversight")
    for name, value in CONFIGURATION.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _write_staged(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Each `cat_*` and `stg_*` relation as Parquet, the large ones in partitions."""
    tables = connection.execute(
        "select distinct table_name from information_schema.tables"
        " where table_name like 'cat\\_%' escape '\\' or table_name like 'stg\\_%' escape '\\'"
        " or table_name = 'school_return' order by all"
    ).fetchall()
    names = [str(name) for (name,) in tables]
    for name in names:
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        column = PARTITIONS.get(name)
        if column is None:
            connection.execute(f"copy {name} to '{target}/part.parquet' (format parquet)")
        else:
            connection.execute(
                f"copy {name} to '{target}' (format parquet, partition_by ({column}), overwrite_or_ignore)"
            )
    return names


def _types_of(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], names: Iterable[str]
) -> dict[str, list[tuple[str, str]]]:
    """Columns and types that DuckDB gives each rule relation, found on empty relations."""
    with duckdb.connect() as empty:
        for name in names:
            columns = ", ".join(f'"{n}" {t}' for n, t in _described(connection, name))
            empty.execute(f"create table {name} ({columns})")
        run_rules(empty, list(rules))
        return {rule.relation: _described(empty, rule.relation) for rule in rules}


def _described(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str]]:
    return [(str(r[0]), str(r[1])) for r in connection.execute(f"describe {name}").fetchall()]


def _read_made(connection: duckdb.DuckDBPyConnection, rule: Rule, types: list[tuple[str, str]], folder: Path) -> None:
    """The relation from Spark's files, in the order that the rule ends with."""
    columns = ", ".join(f'cast("{n}" as {t}) as "{n}"' for n, t in types)
    order = _order_of(rule)
    connection.execute(
        f"create or replace table {rule.relation} as select {columns}"  # noqa: S608
        f" from read_parquet('{folder}/*.parquet') {order}"
    )


def _order_of(rule: Rule) -> str:
    """The rule's own last ORDER BY, by its output columns alone."""
    parsed: Any = sqlglot.parse_one(rule.sql, read="duckdb")
    order = parsed.args.get("order")
    if order is None:
        return ""
    known: set[str] = set(parsed.named_selects)
    names = [c.name for term in order.expressions for c in term.find_all(exp.Column)]
    kept = [n for n in names if n in known]
    return f"order by {', '.join(kept)}" if kept else ""
