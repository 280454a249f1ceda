"""The city's board of returns: states of all units, what waits by its effect, where it sticks, before and after."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.writing.board_course import a_year_before
from data.access import Actor, Permission, Scope, Viewer
from data.catalogue.input_tables import FindingRule
from data.importing.batch_records import list_batches
from data.importing.register import Entry, read_register
from data.rows.return_board import Halt, ReturnState, Standing
from data.settings import Settings
from data.store.submission import Step
from data.store.submissions import send_back
from data.taking_back import withdraw
from data.text import all_texts, text
from layouts.markup import to_html
from layouts.office.board_headline import city_headline
from tests.boards import (
    ACCEPTED,
    CHECKED_AGAIN,
    CITY,
    LOSING,
    UNTOUCHED,
    WAITING,
    board_app,
    checked,
    effect,
    finding,
    standing,
    submitted,
)
from tests.small_demo import UNITS
from tests.visitors import CATALOGUE, get, now, signed_in


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return board_app(small_settings, tmp_path / "var")


def state_of(rows: Standing, unit: str) -> ReturnState:
    return next(u.state for u in rows.units if u.district_code == unit)


def test_every_unit_is_in_one_state_and_leads_to_its_file(app: ServerRenderedDash) -> None:
    deps = app.deps
    returned = submitted(deps, checked(deps, CHECKED_AGAIN, []))
    send_back(deps.store, CITY, Step(returned, 2, "设备值单位"), deps.now())
    again = checked(deps, CHECKED_AGAIN, [finding("wrong_unit", "error", 3), finding("year_jump", "query", 1)])
    waiting = submitted(deps, checked(deps, WAITING, []))
    correction = submitted(deps, checked(deps, ACCEPTED, []))
    first = checked(deps, LOSING, [finding("missing_value", "error", 1)])

    rows = standing(app)
    assert len(rows.units) == 37
    counts = [rows.count(state) for state in ReturnState]
    assert counts == [len(UNITS), 1, 1, 1, 37 - len(UNITS) - 3]
    by_unit = {u.district_code: u for u in rows.units}
    assert (by_unit[WAITING].state, by_unit[WAITING].submission_id) == (ReturnState.WAITING, waiting)
    assert (by_unit[CHECKED_AGAIN].state, by_unit[CHECKED_AGAIN].submission_id) == (ReturnState.SENT_BACK, again)
    assert (by_unit[LOSING].state, by_unit[LOSING].submission_id) == (ReturnState.CHECKED, first)
    assert (by_unit[ACCEPTED].state, by_unit[ACCEPTED].correction_id) == (ReturnState.ACCEPTED, correction)

    stuck = {s.name: s for s in rows.stuck}
    assert (stuck["石柱"].halt, stuck["石柱"].checks, stuck["石柱"].errors, stuck["石柱"].queries) == (
        Halt.CHECKED_AGAIN,
        2,
        1,
        1,
    )
    assert stuck["石柱"].note == "设备值单位"
    assert stuck["云阳"].halt is Halt.NOT_SUBMITTED
    assert stuck["巫溪"].halt is Halt.NO_ACCOUNT
    assert "奉节" not in stuck
    assert "酉阳" not in stuck
    assert rows.stuck[0].name == "石柱", "what was sent back comes first"


def test_whoever_has_an_account_has_come_or_not(app: ServerRenderedDash) -> None:
    at = now() + timedelta(minutes=1)
    assert {s.name: s.halt for s in standing(app, "2026", at).stuck}["奉节"] is Halt.NEVER_OPENED
    signed_in(app, "waiting")
    row = next(s for s in standing(app, "2026", at).stuck if s.name == "奉节")
    assert row.halt is Halt.NOT_UPLOADED
    assert row.touched_at is not None


def test_what_waits_is_sorted_by_what_it_changes(app: ServerRenderedDash) -> None:
    deps = app.deps
    files = {
        "same": (WAITING, effect(22, 22), 500),
        "lost": (LOSING, effect(25, 24, lost=["L4"]), 10),
        "gained": (CHECKED_AGAIN, effect(31, 32, gained=["L7"]), 300),
        "two": (UNTOUCHED, effect(20, 20, gained=["L1"], undecidable=["G7"]), 1),
        "unknown": (ACCEPTED, None, 2),
    }
    numbers = {name: submitted(deps, checked(deps, u, [], e, n)) for name, (u, e, n) in files.items()}
    names = {number: name for name, number in numbers.items()}
    rows = standing(app)
    assert [names[w.submission_id] for w in rows.waiting] == ["two", "lost", "gained", "unknown", "same"]
    assert sum(w.changes_verdicts for w in rows.waiting) == 3


def test_who_sent_a_file_does_not_review_it(app: ServerRenderedDash) -> None:
    number = submitted(app.deps, checked(app.deps, WAITING, []), by=CITY)
    rows = standing(app)
    assert [w.submission_id for w in rows.waiting] == [number]
    assert rows.to_review == []
    other = replace(CITY, name="石复核", account="second")
    assert [w.submission_id for w in standing(app, viewer=other).to_review] == [number]


def test_causes_are_counted_by_cells_and_hints_are_none(app: ServerRenderedDash) -> None:
    deps = app.deps
    checked(deps, WAITING, [finding("wrong_unit", "query", 40), finding("rows_left_out", "hint", 90)])
    checked(deps, LOSING, [finding("wrong_unit", "error", 2), finding("missing_value", "error", 20)])
    checked(deps, CHECKED_AGAIN, [finding(c, "error", 5) for c in ("duplicate_key", "no_pupils", "text_too_long")])
    causes = standing(app).causes
    assert [(c.name, c.count) for c in causes.most[:2]] == [
        (text("returns.cause.wrong_unit"), 42),
        (text("returns.cause.missing_value"), 20),
    ]
    assert (causes.total, causes.rest_kinds, causes.rest_count, causes.files) == (77, 1, 5, 3)
    assert causes.share_of_most == pytest.approx(72 / 77)


def test_every_rule_that_asks_for_something_has_its_cause_in_words() -> None:
    asking = [r.finding_code for r in CATALOGUE.rows(FindingRule) if r.severity != "hint"]
    assert [code for code in asking if f"returns.cause.{code}" not in all_texts()] == []


def test_before_a_period_opens_the_board_says_who_can_hand_in(app: ServerRenderedDash) -> None:
    rows = standing(app, "2027")
    assert (rows.period, rows.is_open, rows.opens_in) == ("2027", False, (date(2027, 9, 1) - date(2026, 11, 10)).days)
    assert {u.district_code for u in rows.units if u.has_account} == {ACCEPTED, WAITING}
    client, _ = signed_in(app, "city")
    page = get(client, "/data?period=2027").text
    assert "2027年9月数据还有" in page
    assert 'type="file"' not in page, "nothing can be handed in yet"


def test_after_the_deadline_what_is_missing_is_undecidable_and_never_last_period_s(app: ServerRenderedDash) -> None:
    assert not standing(app, at=datetime.fromisoformat("2026-11-14T02:00")).is_overdue, "the day itself counts"
    late = datetime.fromisoformat("2026-11-14T17:00")  # already the 15th in Beijing
    assert standing(app, at=late).is_overdue
    client, _ = signed_in(app, "city")
    page = get(client, "/data?period=2025").text
    assert "个未报送" in page
    assert "判为无法判定，不沿用上期数字" in page


def test_all_in_is_said_with_what_comes_next(app: ServerRenderedDash) -> None:
    rows = standing(app)
    whole = replace(rows, units=[replace(u, state=ReturnState.ACCEPTED) for u in rows.units], days_left=-3)
    assert (whole.is_whole, whole.is_overdue) == (True, False)
    assert "37个全部入库，可发布" in to_html([city_headline(whole, "", waits_for_publication=True)])


def test_a_district_sees_its_own_unit_alone(app: ServerRenderedDash) -> None:
    submitted(app.deps, checked(app.deps, WAITING, []))
    viewer = Viewer("尤县督", frozenset({Permission.RETURNS_SUBMIT}), Scope(frozenset({ACCEPTED})), account="district")
    rows = standing(app, viewer=viewer)
    assert [u.district_code for u in rows.units] == [ACCEPTED]
    assert (rows.waiting, rows.stuck) == ([], [])
    client, _ = signed_in(app, "district")
    page = get(client, "/data").text
    assert "酉阳土家族苗族自治县：数据已入库" in page
    assert "奉节" not in page


def test_the_year_before_is_compared_only_where_it_was_recorded(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert standing(app).course.last_year == [], "the register began later"
    assert standing(app, "2025").course.accepted == [], "the course of a period ends when the next opens"
    folder = app.settings.batches_folder
    days = {"2025": "2025-10-20T02:00:00+00:00", "2026": "2026-10-20T02:00:00+00:00"}
    periods = {
        b.batch_id: {scope[0] for t in b.tables if t["input_kind"] == "school_return" for scope in t["scopes"]}
        for b in list_batches(folder)
    }

    def dated(entry: Entry) -> Entry:
        own = periods.get(entry.batch_id, set()) & days.keys()
        return replace(entry, at=days[own.pop()] if own else "2020-01-01T00:00:00+00:00")

    entries = [dated(e) for e in read_register(folder)]
    monkeypatch.setattr("callbacks.writing.board_course.read_register", lambda _: entries)
    early, late = (
        standing(app, at=datetime.fromisoformat("2026-10-19T02:00")),
        standing(app, at=datetime.fromisoformat("2026-10-20T02:00")),
    )
    assert early.course.same_day_last_year == 0
    assert early.course.accepted[-1] == (date(2026, 10, 19), 0)
    own = {d for b in list_batches(folder) for t in b.tables for p, d in scopes_of(t) if p == "2026"}
    before = {d for b in list_batches(folder) for t in b.tables for p, d in scopes_of(t) if p == "2025"}
    assert late.course.accepted[-1] == (date(2026, 10, 20), len(own))
    assert late.course.same_day_last_year == len(before)
    assert late.course.lead == len(own) - len(before)


def scopes_of(table: dict[str, object]) -> list[tuple[str, str]]:
    scopes = table["scopes"] if table["input_kind"] == "school_return" else []
    assert isinstance(scopes, list)
    return scopes


def test_the_day_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert a_year_before(date(2026, 11, 30)) == date(2025, 11, 30)


def test_a_withdrawn_return_is_no_longer_in(app: ServerRenderedDash) -> None:
    assert state_of(standing(app), ACCEPTED) is ReturnState.ACCEPTED
    for batch in list_batches(app.settings.batches_folder):
        if any(p == "2026" and d == ACCEPTED for t in batch.tables for p, d in scopes_of(t)):
            withdraw(app.settings, batch.batch_id, Actor("石督导"), "填错了")
    assert state_of(standing(app), ACCEPTED) is ReturnState.NOTHING


def test_the_board_is_taken_away_as_a_workbook(app: ServerRenderedDash) -> None:
    submitted(app.deps, checked(app.deps, WAITING, [], effect(25, 24, lost=["L4"]), 12))
    client, _ = signed_in(app, "city")
    answer = get(client, "/data/board.xlsx?period=2026")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    cells = [[c.value for c in row] for row in sheet.iter_rows()]
    assert str(cells[0][0]).startswith("37个单位已入库")
    row = next(r for r in cells if r[0] == "奉节")
    assert (row[2], row[4], row[5]) == (90, 12, "25→24")
    assert "L4" in str(row[6])
