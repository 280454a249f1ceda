"""A rule counts on its first and on its last day (standard.md 2): no day of a return falls between two rows."""

import shutil
from pathlib import Path

import duckdb

from data.settings import ROOT, Settings
from data.warehouse.rules import load_rules, run_rules
from data.warehouse.snapshots import in_force

OF_THE_ROW = ("valid_from", "valid_to")


def dated(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of the catalogue whose rows have dates."""
    found = connection.execute(
        "select table_name from duckdb_columns() where table_name like 'cat_%' and column_name = 'valid_to'"
        " and database_name = current_database() order by table_name"
    ).fetchall()
    return [str(name) for (name,) in found]


def differing(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    """Rows of a relation that stand in one of the two publications only; a row's own dates left aside."""
    columns = connection.execute(
        "select column_name from duckdb_columns() where table_name = $name and database_name = 'published'"
        " order by column_index",
        {"name": relation},
    ).fetchall()
    named = ", ".join(f'"{name}"' for (name,) in columns if name not in OF_THE_ROW)
    before, after = f"select {named} from published.{relation}", f"select {named} from {relation}"
    counted = connection.execute(
        f"select (select count(*) from ({before} except all {after})) + (select count(*) from ({after} except all {before}))"
    ).fetchall()
    return int(counted[0][0])


def test_a_rule_of_the_first_and_of_the_last_day_says_the_same_as_one_without_end(
    small_settings: Settings, tmp_path: Path
) -> None:
    """Every row in force from the first to the last return now begins on the one day and ends on the other."""
    published = small_settings.snapshots_folder / f"snapshot_{in_force(small_settings.snapshots_folder)}.duckdb"
    rules = load_rules(ROOT / "queries" / "rules")
    with duckdb.connect(shutil.copy(published, tmp_path / "copy.duckdb")) as connection:
        connection.execute(f"attach '{published}' as published (read_only)")
        [(first, last)] = connection.execute(
            "select min(snapshot_date), max(snapshot_date) from stg_snapshot"
        ).fetchall()
        for table in dated(connection):
            connection.execute(f"update {table} set valid_from = $day where valid_from < $day", {"day": first})
            connection.execute(
                f"update {table} set valid_to = $day where coalesce(valid_to, date '9999-12-31') > $day", {"day": last}
            )
        run_rules(connection, rules)
        assert {rule.relation: differing(connection, rule.relation) for rule in rules} == {
            rule.relation: 0 for rule in rules
        }
