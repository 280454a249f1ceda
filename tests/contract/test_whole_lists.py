"""A file of a list that the page cuts has every row of it."""

from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import delete

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.files.export import export_page
from data.settings import Settings
from data.store.schema import issue as issue_table
from layouts.pages.ledger.table import MOST_ROWS
from tests.people import UNIT, person
from tests.small_demo import copied
from tests.stores import an_issue, put

CODES = [f"{UNIT}-2026-{number:04}" for number in range(1, MOST_ROWS + 12)]


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    """More issues of one unit than the page lists."""
    app = create_app(copied(small_settings, tmp_path))
    with app.deps.store.write() as connection:
        connection.execute(delete(issue_table))
    put(app.deps.store, *[an_issue(code, school_code=None, stage=None, item_code=None) for code in CODES])
    return replace(app.deps, current_viewer=lambda: person("municipal_supervisor1"))


def file_of(deps: Dependencies, kind: str) -> BytesIO:
    (made,) = export_page(deps, {"kind": kind}, "/ledger", f"?only=open&district={UNIT}")
    assert isinstance(made, dict)
    return BytesIO(b64decode(str(made["content"])))


def test_a_workbook_has_all_issues(deps: Dependencies) -> None:
    cells = {
        str(cell.value) for sheet in load_workbook(file_of(deps, "xlsx")).worksheets for row in sheet for cell in row
    }
    assert set(CODES) <= cells


def test_a_document_has_all_issues(deps: Dependencies) -> None:
    document = Document(file_of(deps, "docx"))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert set(CODES) <= cells
