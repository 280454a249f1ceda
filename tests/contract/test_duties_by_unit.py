"""督导履职 unit by unit: a school's visits are the same whoever asks, after a boundary moved and before every return is in."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.duties import duties_view
from callbacks.pages.visits import schools_to_visit
from data.access import Scope, Viewer
from data.settings import Settings
from data.store import audit
from data.store.matters import NewMatter, Writing
from data.store.visits import VISIT, Answer, VisitRecord, plan_visits, record_visit
from data.warehouse.publish import publish
from layouts.office.duties import duties_page
from queries import common_dimensions
from tests.people import CATALOGUE, person
from tests.present import present
from tests.small_demo import AT, copied, import_sources, small_sources
from tests.visitors import OWN, get, guarded_app, now, signed_in

CITY, CLERK = person("municipal_supervisor1"), person("district_supervisor1")
FORMER, TODAYS, PARTIAL = "500105", "P50LJ2", "500153"
"""江北 went into 两江新区 whole on 2025-11-06 (`district_successions.csv`); 荣昌 has not returned the last period."""
AFTER, OCTOBER = datetime(2025, 12, 1, 2, tzinfo=UTC), datetime.fromisoformat("2025-10-10T02:00")
AGREES = (Answer("asked.charter", "soft", "章程", "", "agrees"),)


def visited(deps: Dependencies, unit: str, school: str, at: datetime, key: str) -> None:
    with deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(deps.store, connection, CATALOGUE, CITY, at)
        record = VisitRecord(key * 32, "", unit, school, school, at, "", AGREES)
        record_visit(writing, record, {}, {}, is_demonstration=True)


def seen_by(deps: Dependencies, who: Viewer, **said: str) -> dict[str, int]:
    """The days on which each school that is visited too seldom was."""
    view = duties_view(replace(deps, current_viewer=lambda: who).for_viewer(), said)
    return {s.school_code: s.visit_count for s in view.duties.schools}


def test_a_visit_before_the_boundary_moved_counts_for_whoever_asks(demo_settings: Settings, tmp_path: Path) -> None:
    deps = create_app(
        Settings(var_folder=demo_settings.var_folder, store_url=f"sqlite:///{tmp_path / 'operations.db'}")
    ).deps
    deps = replace(deps, now=lambda: AFTER)
    places = common_dimensions.school_places(deps.warehouse.current())
    of_former = {p.school_code for p in places if p.district_code == FORMER}
    school = min(of_former & {p.school_code for p in places if p.district_code == TODAYS})
    visited(deps, FORMER, school, OCTOBER, "a")
    todays = replace(CLERK, scope=Scope(frozenset({TODAYS})))
    inspector = replace(person("responsible_inspector1"), scope=Scope(frozenset({TODAYS}), frozenset({school})))
    asked = [seen_by(deps, CITY), seen_by(deps, CITY, district=TODAYS), seen_by(deps, todays), seen_by(deps, inspector)]
    assert [counts[school] for counts in asked] == [1, 1, 1, 1]
    (to_visit,), _ = schools_to_visit(
        (mine := replace(deps, current_viewer=lambda: inspector).for_viewer()), mine.warehouse.current()
    )
    assert to_visit.made == 1
    with deps.store.write() as connection:
        audit.hold_head(connection)
        new = NewMatter(VISIT, FORMER, "某校", school_code=school, due_on=OCTOBER.date())
        plan_visits(Writing(deps.store, connection, CATALOGUE, CITY, OCTOBER), [new], is_demonstration=True)
    view = duties_view(replace(deps, current_viewer=lambda: CITY).for_viewer(), {})
    assert [(u.district_code, u.late_visits) for u in view.duties.units if u.late_count] == [(FORMER, 1)]
    page = duties_page(view, None)
    assert "1件过了期限" in page, "what a former unit left undone is late all the same"
    assert "江北" in page


def test_two_visits_of_a_day_are_one_on_the_device_too(small_settings: Settings, tmp_path: Path) -> None:
    deps = replace(create_app(copied(small_settings, tmp_path)).deps, now=lambda: AT)
    school = f"S{OWN}-001"
    for key, hour in (("a", 2), ("b", 6)):
        visited(deps, OWN, school, datetime(2026, 11, 2, hour), key)  # noqa: DTZ001 (UTC, as the store has it)
    inspector = replace(person("responsible_inspector1"), scope=Scope(frozenset({OWN}), frozenset({school})))
    assert seen_by(deps, inspector) == {school: 1}
    (to_visit,), _ = schools_to_visit(
        (mine := replace(deps, current_viewer=lambda: inspector).for_viewer()), mine.warehouse.current()
    )
    assert to_visit.made == 1


def test_the_returns_visits_count_where_the_last_return_is_not_in_yet(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path)
    files = small_sources(tmp_path / "sources", (PARTIAL, OWN))
    for path in files:
        if path.name in ("学校基础数据表_2026.csv", "区县指标表_2026.csv"):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text("".join(x for x in lines if f",{PARTIAL}," not in x), encoding="utf-8")
    import_sources(settings, files)
    publish(settings, AT)
    table = present(next(f for f in files if f.name == "督导走访表.csv"))
    with table.open(encoding="utf-8") as stream:
        days = {
            (r["学校代码"], r["走访日期"])
            for r in csv.DictReader(stream)
            if r["区县代码"] == PARTIAL and "2023-02" <= r["走访日期"] < "2023-08"
        }
    expected = Counter(school for school, _ in days)
    assert expected, "the demonstration has visits of 2023 there"
    deps = replace(create_app(settings).deps, now=lambda: datetime(2023, 6, 30, 2, tzinfo=UTC))
    counts = seen_by(deps, CITY, district=PARTIAL)
    places = {p.school_code for p in common_dimensions.school_places(deps.warehouse.current())}
    once = {school for school, count in expected.items() if count == 1} & places
    assert once
    assert {school for school, count in counts.items() if count == 1} == once


@pytest.mark.parametrize("who", ["city", "district"])
def test_the_file_has_what_is_late_as_numbers_and_nothing_to_click(
    small_settings: Settings, tmp_path: Path, who: str
) -> None:
    app = guarded_app(small_settings, tmp_path, roles=("city", "district"))
    early = datetime.fromisoformat("2026-01-05T02:00")
    with app.deps.store.write() as connection:
        audit.hold_head(connection)
        new = NewMatter(VISIT, OWN, "某校", school_code=f"S{OWN}-001", due_on=early.date())
        plan_visits(Writing(app.deps.store, connection, CATALOGUE, CITY, early), [new], is_demonstration=True)
    client, _ = signed_in(app, who)
    answer = get(client, "/duties/file.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if row[0] == "区县" and "走访过期" in row)
    assert "办理" not in head
    unit = next(row for row in rows if row[0] == "酉阳" and len(row) >= len(head) and isinstance(row[1], int))
    assert unit[head.index("走访过期")] == 1
    term = next(row[1] for row in rows if row[0] == "学期")
    assert str(now().year) in str(term)
