"""Run the rule files in order: each is one SELECT that becomes one relation."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

_RELATION = re.compile(r"^-- relation: (\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One rule file: the relation it makes and its SQL."""

    file_name: str
    relation: str
    sql: str


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
        rules.append(Rule(path.name, match[1], sql))
    return rules


def rules_version(rules: list[Rule]) -> str:
    """Twelve hex digits that change with any rule file."""
    digest = hashlib.sha256()
    for rule in rules:
        digest.update(f"{rule.file_name}\n{rule.sql}\n".encode())
    return digest.hexdigest()[:12]


def run_rules(connection: duckdb.DuckDBPyConnection, rules: list[Rule]) -> None:
    """Create every rule relation from the `cat_*` and `stg_*` relations of the connection."""
    for rule in rules:
        connection.execute(f"create or replace table {rule.relation} as\n{rule.sql}")
