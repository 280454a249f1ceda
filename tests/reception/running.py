"""The commands as a person runs them, into an installation of their own, and what a publication then holds.

At normal depth files are read in this process, and equal rows are judged and published once.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

from data import return_commands
from data.__main__ import app
from data.importing.prepare import PreparedReturn
from data.reading.read import read_sheets
from data.warehouse import check
from tests.depth import IS_FULL

LINEAGE = {"batch_id", "source_sheet", "source_row", "is_demonstration", "return_id"}
PUBLISHED = ("stg_school", "section_indicator", "section_verdict", "district_indicator", "unit_item", "unit_status")
_judged: dict[str, dict[str, Any]] = {}
_published: dict[str, dict[str, Any]] = {}
Findings = list[dict[str, Any]]


@dataclass
class Answer:
    """What a command said."""

    code: int
    findings: Findings
    batches: list[dict[str, Any]] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    districts: list[dict[str, Any]] = field(default_factory=list)


def rows_of(tables: list[Any]) -> str:
    """All rows of a return, whatever files, sheets and order they came in."""
    found: list[str] = []
    for table in tables:
        rows = table.rows.astype(object).where(table.rows.notna(), None)
        found += [
            f"{table.input_kind}{sorted((k, str(v)) for k, v in r.items() if v is not None)}"
            for r in rows.to_dict("records")
        ]
    return "\n".join(sorted(found))


def prepare_commands(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Point the commands at an installation; read here and judge equal rows once, unless at full depth."""
    patch.setenv("OVERSIGHT_VAR_FOLDER", str(folder))
    if IS_FULL:
        return

    def judged(prepared: PreparedReturn, rules_folder: Path, regime: str) -> dict[str, Any]:
        said = [f.as_dict() for f in prepared.findings]
        if prepared.is_blocked:
            return {"findings": said, "sections": [], "districts": [], "composite": [], "verdict": {}}
        key = rows_of(prepared.tables)
        if key not in _judged:
            _judged[key] = check.check_return(prepared, rules_folder, regime)
        return {**_judged[key], "findings": said}

    patch.setattr(return_commands, "read_in_child", read_sheets)
    patch.setattr(return_commands, "check_return", judged)


def checked(files: list[Path], *more: str) -> Answer:
    """`data check`."""
    ran = CliRunner().invoke(app, ["check", *map(str, files), "--format", "json", *more])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    said = json.loads(ran.stdout)
    return Answer(ran.exit_code, said["findings"], sections=said["sections"], districts=said["districts"])


def imported(files: list[Path], *more: str) -> Answer:
    """`data import`."""
    ran = CliRunner().invoke(app, ["import", *map(str, files), "--format", "json", *more])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    said = json.loads(ran.stdout)
    return Answer(ran.exit_code, said["findings"], said["batches"])


def published(folder: Path, key: str = "") -> dict[str, Any]:
    """What `data publish` makes of the batches: rows of its tables without where they came from."""
    if not IS_FULL and key and key in _published:
        return _published[key]
    ran = CliRunner().invoke(app, ["publish"])
    assert ran.exit_code == 0, ran.output
    name = (folder / "snapshots" / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(folder / "snapshots" / name), read_only=True) as connection:
        tables = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
        found = {t: _rows(connection.execute(f"select * from {t}").df()) for t in PUBLISHED if t in tables}
        for table in ("stg_visit", "stg_district_item"):
            found[table] = _rows(connection.execute(f"select * from {table}").df())
    if key:
        _published[key] = found
    return found


def _rows(table: pd.DataFrame) -> list[str]:
    kept = table[[c for c in sorted(table.columns) if c not in LINEAGE]]
    return sorted(map(str, kept.astype(object).where(kept.notna(), None).itertuples(index=False, name=None)))


def stored_key(folder: Path) -> str:
    """The rows that all batches hold."""
    paths = sorted(str(p) for p in (folder / "batches").glob("*/table_*.parquet"))
    if not paths:
        return ""
    with duckdb.connect() as connection:
        return "\n".join(
            _rows(connection.execute("select * from read_parquet($p, union_by_name = true)", {"p": paths}).df())
        )
