"""Visits and matters after a boundary moved or a school left: they belong to the unit of today, and keep their names."""

import json
from pathlib import Path

import pytest

from callbacks.pages.matters import matter_rows
from callbacks.pages.visits import schools_today, visit_rows
from callbacks.rendering.index_document import ServerRenderedDash
from data.clock import day_of
from data.settings import Settings
from data.store import audit
from data.store.accounts import NewAccount, create_account
from data.store.matters import Matter, NewMatter, Writing, add_matter, list_matters
from data.text import text
from queries import common_dimensions
from tests.people import person
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, PASSWORD, get, guarded_app, now, signed_in

FORMER, TODAYS = "500105", "P50LJ2"
"""江北 went into 两江新区 whole on 2025-11-06 (`district_successions.csv`)."""
CITY = person("municipal_supervisor1")


@pytest.fixture
def app(demo_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(demo_settings, tmp_path, roles=("city",))


def moved_school(app: ServerRenderedDash) -> str:
    """A school that the former unit returned last, and the unit of today returns now."""
    places = common_dimensions.school_places(app.deps.warehouse.current())
    of_former = {p.school_code for p in places if p.district_code == FORMER}
    return min(of_former & {p.school_code for p in places if p.district_code == TODAYS})


def added(app: ServerRenderedDash, kind: str, district: str, school: str | None) -> Matter:
    with app.deps.store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(app.deps.store, connection, CATALOGUE, CITY, now())
        new = NewMatter(kind, district, "走访某校", school_code=school, note="内容", due_on=day_of(now()))
        return add_matter(writing, new, is_demonstration=True)


def test_a_visit_to_a_moved_school_is_its_units_of_today(app: ServerRenderedDash) -> None:
    school = moved_school(app)
    answer = {"check_code": "asked.x", "side": "soft", "title": "问", "reported": "", "answer": "agrees"}
    record = {
        "key": "a" * 32,
        "matter": "",
        "school": school,
        "visited_at": f"{now().isoformat()}Z",
        "impression": "好",
        "answers": [answer],
    }
    client, token = signed_in(app, "city")
    sent = client.post(
        "/visits/record",
        data=json.dumps(record),
        content_type="application/json",
        base_url="https://localhost",
        headers={"X-CSRFToken": token, "X-Oversight": "1"},
    )
    assert sent.status_code == 200, sent.text
    (visit,) = list_matters(app.deps.store, "visit")
    assert (visit.district_code, visit.matter_code[:8]) == (TODAYS, f"ZF{TODAYS}")
    create_account(
        app.deps.store,
        CATALOGUE,
        CLERK,
        NewAccount("liangjiang", "某人", "district_supervisor", (TODAYS,)),
        PASSWORD,
        now(),
    )
    client, _ = signed_in(app, "liangjiang")
    assert visit.matter_code in get(client, "/visits").text


def test_each_school_stands_once_under_the_unit_of_today(app: ServerRenderedDash) -> None:
    deps = app.deps
    snapshot = deps.warehouse.current()
    assert schools_today(deps, snapshot)[moved_school(app)].district_code == TODAYS
    schools = {p.school_code for p in common_dimensions.school_places(snapshot)}
    assert schools_today(deps, snapshot).keys() == schools


def test_a_former_unit_and_a_school_that_left_keep_their_names(app: ServerRenderedDash) -> None:
    deps = app.deps
    snapshot = deps.warehouse.current()
    of_unit, of_school = added(app, "complaint", FORMER, None), added(app, "complaint", TODAYS, "SP50LJ2-999")
    first, second = matter_rows(deps, snapshot, [of_unit, of_school])
    assert first.party == "江北"
    assert second.party == f"两江 {text('matter.school_gone', code='SP50LJ2-999')}"
    (visit,) = visit_rows(deps, snapshot, [added(app, "visit", FORMER, "S500105-999")])
    assert (visit.unit_name, visit.school_name) == ("江北", "走访某校")
    client, _ = signed_in(app, "city")
    for path in (
        f"/complaints/{of_unit.matter_code}",
        f"/complaints/{of_school.matter_code}",
        "/complaints",
        "/visits",
    ):
        assert get(client, path).status_code == 200, path
    assert present(of_school.school_code) not in schools_today(deps, snapshot)
