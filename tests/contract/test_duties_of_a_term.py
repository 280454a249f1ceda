"""督导履职: what counts as a visit of the term, for whom, and what of it each role sees."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.pages.duties import duties_view
from callbacks.pages.visit_calendar import calendar_view
from data.access import Scope, Viewer
from data.settings import Settings
from data.store import audit
from data.store.area_changes import AreaEdit
from data.store.inspector_changes import InspectorEdit
from data.store.matters import NewMatter, Writing, add_matter
from data.store.register_intake import Intake, take_register
from data.store.visits import VISIT, Answer, VisitRecord, plan_visits, record_visit
from layouts.office.duties import DutiesView
from queries import common_dimensions
from tests.people import CATALOGUE, UNIT, person
from tests.small_demo import copied

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CITY = person("municipal_supervisor1")
FIRST, SECOND, THIRD = (f"S{UNIT}-{n:03d}" for n in (1, 2, 3))
AGREES = (Answer("asked.charter", "soft", "章程", "", "agrees"),)


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    app = create_app(copied(small_settings, tmp_path))
    return replace(app.deps, now=lambda: NOW)


def visited(deps: Dependencies, school: str, day: datetime, key: str) -> None:
    with deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(deps.store, connection, CATALOGUE, CITY, day)
        record_visit(
            writing, VisitRecord(key * 32, "", UNIT, school, school, day, "", AGREES), {}, {}, is_demonstration=True
        )


def seen_by(deps: Dependencies, who: Viewer, **said: str) -> DutiesView:
    return duties_view(replace(deps, current_viewer=lambda: who).for_viewer(), said)


def test_two_visits_of_a_day_are_one_and_those_of_another_term_none(deps: Dependencies) -> None:
    for school, day, key in [
        (FIRST, datetime.fromisoformat("2026-09-10T02:00"), "a"),
        (FIRST, datetime.fromisoformat("2026-09-10T06:00"), "b"),
        (SECOND, datetime.fromisoformat("2026-09-10T02:00"), "c"),
        (SECOND, datetime.fromisoformat("2026-11-02T02:00"), "d"),
        (THIRD, datetime.fromisoformat("2026-07-31T15:59"), "e"),
        (THIRD, datetime.fromisoformat("2026-07-31T16:00"), "f"),
    ]:
        visited(deps, school, day, key)
    now = seen_by(deps, CITY, district=UNIT)
    counts = {s.school_code: s.visit_count for s in now.duties.schools}
    assert (counts[FIRST], counts[THIRD]) == (1, 1), "16:00 UTC is August in Beijing"
    assert SECOND not in counts, "it has its two"
    (unit,) = now.duties.units
    schools = [s for s in common_dimensions.school_places(deps.warehouse.current()) if s.district_code == UNIT]
    assert (unit.school_count, unit.short_count, unit.never_count) == (len(schools), len(schools) - 1, len(schools) - 3)
    before = seen_by(deps, CITY, district=UNIT, term="last")
    assert before.duties.term.ends_on == date(2026, 7, 31)
    assert {s.school_code: s.visit_count for s in before.duties.schools}[THIRD] == 1


def test_what_is_past_its_day_stands_with_its_unit(deps: Dependencies) -> None:
    with deps.store.write() as connection:
        audit.hold_head(connection)
        early = Writing(deps.store, connection, CATALOGUE, CITY, datetime.fromisoformat("2026-11-02T02:00"))
        new = [
            NewMatter(VISIT, UNIT, s, school_code=s, due_on=d)
            for s, d in ((FIRST, date(2026, 11, 22)), (SECOND, date(2026, 11, 23)))
        ]
        plan_visits(early, new, is_demonstration=True)
        add_matter(early, NewMatter("complaint", UNIT, "咨询"), is_demonstration=True)
        add_matter(early, NewMatter("opinion", UNIT, "督导", due_on=date(2026, 12, 1)), is_demonstration=True)
    (unit,) = seen_by(deps, CITY, district=UNIT).duties.units
    assert (unit.late_visits, unit.late_opinions, unit.late_complaints) == (1, 0, 1), (
        "5 working days after 11-02 is 11-09"
    )
    calendar = calendar_view(replace(deps, current_viewer=lambda: CITY).for_viewer(), {"month": "2026-11"})
    assert (calendar.planned_count, calendar.made_count, calendar.late_count) == (2, 0, 1)


def test_an_inspector_answers_for_the_schools_of_the_area_and_nobody_sees_another_unit(deps: Dependencies) -> None:
    area = AreaEdit(f"A{UNIT}-001", 0, UNIT, "城区责任区", frozenset({FIRST, SECOND}))
    who = InspectorEdit(
        f"I{UNIT}-001", 0, UNIT, "示例甲", "area", area.area_code, None, None, date(2025, 9, 1), None, is_full_time=True
    )
    take_register(deps.store, CITY, Intake([area], [], [who], []), NOW.replace(tzinfo=None))
    visited(deps, FIRST, datetime.fromisoformat("2026-09-10T02:00"), "a")
    visited(deps, FIRST, datetime.fromisoformat("2026-10-10T02:00"), "b")
    (row,) = seen_by(deps, CITY).duties.people
    assert (row.name, row.school_count, row.short_count, row.never_count) == ("示例甲", 2, 1, 1)
    of_unit = seen_by(deps, person("district_supervisor1"))
    assert {u.district_code for u in of_unit.duties.units} == {UNIT}
    assert {s.district_code for s in of_unit.duties.schools} == {UNIT}
    narrow = replace(person("responsible_inspector1"), scope=Scope(frozenset({UNIT}), frozenset({FIRST, SECOND})))
    assert [s.school_code for s in seen_by(deps, narrow).duties.schools] == [SECOND]
    elsewhere = replace(person("district_supervisor1"), scope=Scope(frozenset({"500153"})))
    assert not seen_by(deps, elsewhere, district=UNIT).duties.people


def test_of_many_schools_each_has_its_own_visits(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> None:
    """To name 2,800 schools in a question took longer than the question."""
    visited(deps, FIRST, datetime.fromisoformat("2026-09-10T02:00"), "a")
    named = seen_by(deps, CITY, district=UNIT).duties
    monkeypatch.setattr("queries.duties.MOST_NAMED", 0)
    assert seen_by(deps, CITY, district=UNIT).duties == named
