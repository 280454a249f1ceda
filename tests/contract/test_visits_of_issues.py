"""A visit that finds an issue still so is not where the issue comes from, and does not open it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import create_app
from callbacks.dependencies import Dependencies
from data.settings import Settings
from data.store import audit
from data.store.matters import Writing
from data.store.visits import Answer, VisitRecord, record_visit
from data.text import text
from tests.one_fact.surfaces import Asked
from tests.people import CATALOGUE, UNIT, person
from tests.small_demo import copied
from tests.stores import an_issue, put

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CITY = person("municipal_supervisor1")
SCHOOL, KNOWN = f"S{UNIT}-001", "D2024-9001"
STILL_SO = Answer(f"issue.{KNOWN}", "hard", "骨干教师低于标准", "", "differs", words="仍在整改")


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    app = create_app(copied(small_settings, tmp_path))
    put(app.deps.store, an_issue(KNOWN, origin="监测", found_on=date(2024, 10, 23)))
    return replace(app.deps, now=lambda: NOW, current_viewer=lambda: CITY).for_viewer()


def test_an_issue_names_the_visits_that_saw_it_beside_where_it_comes_from(deps: Dependencies) -> None:
    """`监测，2024年10月23日发现 ZF500238-2026-0007` named a visit of 2026, and that said `进台账1条`."""
    codes: list[str] = []
    for key, day in (("a", 9), ("b", 16)):
        with deps.store.write() as connection:
            audit.hold_head(connection)
            at = datetime.fromisoformat(f"2026-11-{day:02}T02:00")
            record = VisitRecord(key * 32, "", UNIT, SCHOOL, "一小", at, "", [STILL_SO])
            writing = Writing(deps.store, connection, CATALOGUE, CITY, at)
            done = record_visit(writing, record, {}, {0: KNOWN}, is_demonstration=True)
            codes.append(done.visit.matter_code)
    pieces = Asked(deps, "2026", "as_was").page("/ledger", f"&only=all&issue={KNOWN}").pieces
    found, seen = pieces.index("监测，2024年10月23日发现"), pieces.index(text("ledger.fact_visits"))
    assert pieces[found - 1] == text("ledger.column_origin")
    assert pieces[seen + 1 : seen + 3] == codes
