"""Every SQL file says what it asks, binds what it is given, and fits its typed row."""

import ast
import dataclasses
import importlib
import re
import types
import typing
from pathlib import Path

import pytest
import sqlglot

from data.settings import ROOT
from queries.loader import load_query
from queries.reader import Snapshot

QUERIES = ROOT / "queries"
PAGE_FILES = sorted(p for p in QUERIES.rglob("*.sql") if p.parent.name not in ("rules", "board"))
RULE_FILES = sorted((QUERIES / "rules").glob("*.sql"))
MODULES = tuple(
    importlib.import_module(f"queries.{p.stem}")
    for p in sorted(QUERIES.glob("*.py"))
    if p.stem not in ("__init__", "loader", "reader")
)
SAMPLE = {
    "begins_on": "2023-08-01",
    "ends_on": "2024-01-31",
    "period": "2026",
    "previous": "2025",
    "basis": "as_was",
    "stage": "primary",
    "indicator": "L2",
    "measure": "gap",
    "district": "500116",
    "school": "S500116-008",
    "return_id": 27233,
    "cells": "S500116-008:primary:L2|500116:primary:L2",
    "subjects": "S500116-008|500116",
    "fields": "pupils|books",
    "names": "规划进度|指标矩阵",
    "person": "示例07",
    "titled_person": "市政府督学示例07",
    "digit_least": 100,
    "band": 0.075,
}


def asked() -> dict[str, type]:
    """Query name → row type, read from the code of the question modules."""
    found: dict[str, type] = {}
    for module in MODULES:
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "ask":
                name, row_type = node.args[:2]
                if module.__name__ in ("queries.row_security", "queries.issue_board") and isinstance(name, ast.Name):
                    continue  # passes on the question that a page asked
                assert isinstance(name, ast.Constant)
                assert isinstance(row_type, ast.Name)
                found[str(name.value)] = getattr(module, row_type.id)
    return found


def name_of(path: Path) -> str:
    return str(path.relative_to(QUERIES).with_suffix(""))


def test_every_file_is_asked_and_every_question_has_a_file() -> None:
    assert {name_of(p) for p in PAGE_FILES} == set(asked())


@pytest.mark.parametrize("path", PAGE_FILES, ids=name_of)
def test_query_fits_its_row(path: Path, snapshot: Snapshot) -> None:
    query = load_query(name_of(path))
    row_type = asked()[query.name]
    rows = snapshot.ask(query.name, row_type, **{k: SAMPLE[k] for k in query.parameters})
    assert rows, "the demonstration answers every question"
    hints = typing.get_type_hints(row_type)
    for field in dataclasses.fields(row_type):
        named = typing.get_args(hints[field.name]) or (hints[field.name],)
        allowed = [typing.get_origin(a) or a for a in named]
        kinds = {type(getattr(row, field.name)) for row in rows}
        assert kinds <= {a if a is not None else types.NoneType for a in allowed}, field.name


@pytest.mark.parametrize("path", [*PAGE_FILES, *RULE_FILES], ids=name_of)
def test_sql_is_one_sorted_statement_without_numbers_of_the_standard(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    [statement] = sqlglot.parse(text, dialect="duckdb")
    assert statement is not None
    bare = re.sub(r"--.*|'[^']*'", "", text)
    for number in ("4.2", "5.3", "0.85", "0.50", "0.45", "0.65", "2000", "2500", "1.32", "1.1"):
        assert not re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", bare), number
    assert "order by" in bare or "Not sorted" in text


@pytest.mark.parametrize("path", RULE_FILES, ids=name_of)
def test_rules_transpile_for_another_engine_and_name_their_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- relation: ")
    assert "-- grain: " in text
    assert "-- source: " in text
    assert sqlglot.transpile(text, read="duckdb", write="spark")
    forbidden = ("round(", "list(", "quantile_cont", "asof", "interval")
    assert not [w for w in forbidden if w in re.sub(r"--.*", "", text).lower()]
