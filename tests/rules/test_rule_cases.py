"""Each folder `<relation>/<case>/` holds the rows a rule reads and the rows that must follow, as CSV.

`case.md` says in words what is shown and by which line of the standard. A file named as a relation holds its rows, and
a column may name its type (`value decimal(18,4)`); nothing between two commas is unknown, `""` an empty text. Catalogue
relations that no file gives are those of the project.
`expected.csv` may leave columns out; rows are compared in the order that the rule gives them, or in that of
`expected.csv` where the rule gives none.
"""

import csv
import re
from pathlib import Path

import duckdb
import pytest

from data.catalogue.loader import load_catalogue
from data.settings import ROOT
from data.warehouse.rules import load_rules
from data.warehouse.staging import load_catalogue_tables

HERE = Path(__file__).parent
CASES = sorted(p.parent for p in HERE.glob("*/*/expected.csv"))
ORDERED = re.compile(r"^order by", re.MULTILINE)
RULES = {rule.relation: rule for rule in load_rules(ROOT / "queries" / "rules")}


def load(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """A CSV as a table of its name; returns its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        heads = next(csv.reader(file))
    typed = {name: kind for name, _, kind in (head.partition(" ") for head in heads) if kind}
    names = [head.partition(" ")[0] for head in heads]
    connection.execute(f"drop table if exists {path.stem}")
    if len(path.read_text(encoding="utf-8").splitlines()) == 1:
        columns = ", ".join(f"{name} {typed.get(name, 'varchar')}" for name in names)
        connection.execute(f"create table {path.stem} ({columns})")
        return names
    read = connection.read_csv(
        str(path), header=False, skiprows=1, names=names, dtype=typed, quotechar='"', allow_quoted_nulls=False
    )
    read.create(path.stem)
    return names


def answer(case: Path, sql: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The rows that the rule makes of a case, and those that must follow."""
    with duckdb.connect() as connection:
        load_catalogue_tables(connection, load_catalogue())
        columns: list[str] = []
        for path in sorted(case.glob("*.csv")):
            names = load(connection, path)
            columns = names if path.stem == "expected" else columns
        connection.execute(f"create table made as {sql}")
        types = connection.execute(
            "select column_name, data_type from duckdb_columns() where table_name = 'made'"
        ).fetchall()
        kinds = {str(name): str(kind) for name, kind in types}
        made = connection.execute(f"select {', '.join(columns)} from made").fetchall()
        wanted = ", ".join(f"cast({name} as {kinds[name]})" for name in columns)
        expected = connection.execute(f"select {wanted} from expected").fetchall()
    if ORDERED.search(sql) is None:
        made.sort(key=lambda row: expected.index(row) if row in expected else len(expected))
    return made, expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_rule_says_what_the_case_says(case: Path) -> None:
    made, expected = answer(case, RULES[case.parent.name].sql)
    assert made == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_says_what_it_shows_and_by_which_line(case: Path) -> None:
    words = (case / "case.md").read_text(encoding="utf-8")
    assert case.parent.name in RULES
    assert "standard.md" in words
