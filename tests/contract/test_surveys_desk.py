"""满意度调查 on the desk: lists and files hold all of what is asked for, under names, and every number as it is judged."""

import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.writing import surveys as pages
from data.access import Viewer
from data.clock import day_of
from data.settings import Settings
from data.store import audit
from data.store.matters import MatterStep, Writing, find_in
from data.store.surveys import SURVEY, NewSurveys, enter_answers, plan_surveys, step_survey
from data.text import text
from tests.surveys import ENTERER, PLANNER, RELEASER, plan, release
from tests.visitors import CATALOGUE, OWN, get, guarded_app, now, signed_in

OTHER, FORMER = "500153", "500105"
"""荣昌; and 江北, which went into 两江新区 on 2025-11-06 (`district_successions.csv`)."""


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(small_settings, tmp_path, roles=("leader", "city", "district", "area", "school"))


def released(
    app: ServerRenderedDash, unit: str, asked: int, answered: int, satisfied: int, *, until: str = "release_survey"
) -> str:
    """A round of a unit, up to its release or the step before."""
    due, store = day_of(now()) + timedelta(days=9), app.deps.store
    with store.write() as connection:
        audit.hold_head(connection)
        new = NewSurveys(SURVEY, [unit], "2026", 7, due, "轮", {"pupils": asked})
        (survey,) = plan_surveys(Writing(store, connection, CATALOGUE, PLANNER, now()), new, is_demonstration=True)
    code = survey.matter_code
    step(app, code, "start_survey", PLANNER)
    with store.write() as connection:
        audit.hold_head(connection)
        found = find_in(connection, code)
        assert found is not None
        hand = Writing(store, connection, CATALOGUE, ENTERER, now())
        enter_answers(hand, found, MatterStep(code, found.version, "enter_answers"), {"pupils": (answered, satisfied)})
    step(app, code, "count_survey", PLANNER)
    if until == "release_survey":
        step(app, code, until, RELEASER)
    return code


def test_nobody_but_who_releases_knows_a_result_before_and_nobody_once_it_is_void(app: ServerRenderedDash) -> None:
    """16 996 of 20 000; the unit has typed the counts itself, and knows no share and no interval of them."""
    code = released(app, OWN, 20_000, 20_000, 16_996, until="count_survey")
    paths = ("/surveys", f"/surveys/{code}", "/surveys/file.xlsx")
    for who, known in (("leader", []), ("inspector", []), ("office", []), ("district", ["16996", "16,996"])):
        client, _ = signed_in(app, who)
        assert get(client, f"/surveys/{code}/report.docx").status_code == 404, who
        for path in paths:
            answer = get(client, path)
            said = sheets(answer.data) if path.endswith("xlsx") and answer.status_code == 200 else answer.text
            hidden = {"84.98", "84.5%", "85.5%", "16996", "16,996"} - set(known)
            assert not [h for h in hidden if h in said], (who, path)
    step(app, code, "release_survey", RELEASER)
    client, _ = signed_in(app, "leader")
    assert "84.98%" in get(client, f"/surveys/{code}").text
    step(app, code, "void_survey", PLANNER, "样本有误")
    said = get(client, f"/surveys/{code}").text
    assert "84.98%" not in said
    assert text("survey.not_released") not in said, "it was released, and counts no longer"
    assert text("survey.void") in said
    assert get(client, f"/surveys/{code}/report.docx").status_code == 404


def sheets(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def step(app: ServerRenderedDash, code: str, action: str, who: Viewer, reason: str = "") -> None:
    with app.deps.store.write() as connection:
        audit.hold_head(connection)
        found = find_in(connection, code)
        assert found is not None
        hand = Writing(app.deps.store, connection, CATALOGUE, who, now())
        step_survey(hand, found, MatterStep(code, found.version, action, reason))


def book_of(app: ServerRenderedDash, who: str, path: str) -> list[tuple[object, ...]]:
    client, _ = signed_in(app, who)
    answer = get(client, path)
    assert answer.status_code == 200, (path, answer.status_code)
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_a_unit_that_is_no_more_keeps_its_name(app: ServerRenderedDash) -> None:
    code, *_ = plan(app.deps.store, [FORMER], "调查", now())
    client, _ = signed_in(app, "city")
    for path in ("/surveys", f"/surveys/{code}"):
        said = get(client, path).text
        assert "江北" in said, path
        assert f">{FORMER}<" not in said, path
    assert any("江北" in map(str, row) for row in book_of(app, "city", "/surveys/file.xlsx"))


def test_the_list_says_what_it_leaves_out_and_its_file_what_it_holds(
    app: ServerRenderedDash, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(app.deps.store, [OWN, OTHER], "调查", now())
    monkeypatch.setattr(pages, "MOST_ROWS", 1)
    client, _ = signed_in(app, "city")
    assert "只列出1次，共2次" in get(client, "/surveys").text
    assert "只列出" not in get(client, f"/surveys?district={OWN}").text
    rows = book_of(app, "city", f"/surveys/file.xlsx?district={OWN}&state=answering")
    head = [row[:2] for row in rows[:4]]
    assert ("区县", "酉阳") in head
    assert (text("visit.column.state"), "填报中") in head
    codes = {str(cell) for row in rows for cell in row if str(cell).startswith("DC")}
    assert codes == {f"DC{OWN}-2026-0001"}


def test_a_rehearsal_is_in_no_file_of_rounds_whatever_the_address_says(app: ServerRenderedDash) -> None:
    codes = plan(app.deps.store, [OWN], "调查", now())
    release(app.deps.store, codes, now())
    for asked, start in (("", "DC"), ("?kind=rehearsal", "YY"), ("?kind=visit", "DC"), ("?kind=", "DC")):
        rows = book_of(app, "city", f"/surveys/file.xlsx{asked}")
        found = {str(cell)[:2] for row in rows for cell in row if str(cell).endswith("-2026-0001")}
        assert found == {start}, asked
        assert any(text("survey.rehearsal_means") in map(str, row) for row in rows) is (start == "YY"), asked
    assert book_of(app, "city", "/surveys/file.xlsx?state=void"), "nothing is a file too"


def test_a_share_below_the_standard_is_printed_below_it_wherever_it_stands(app: ServerRenderedDash) -> None:
    """16996 of 20000 are 84.98 %."""
    code = released(app, OWN, 20_000, 20_000, 16_996)
    client, _ = signed_in(app, "district")
    for path in ("/surveys", f"/surveys/{code}"):
        said = get(client, path).text
        assert "85.0%</td>" not in said, path
        assert "84.98%" in said, path


def test_a_released_round_without_an_answer_is_counted_as_one(app: ServerRenderedDash) -> None:
    released(app, OWN, 100, 0, 0)
    released(app, OTHER, 100, 95, 95)
    client, _ = signed_in(app, "city")
    said = get(client, "/surveys").text
    assert "已发布2次：" in said
    assert "1次没有收回答卷" in said


def test_both_kinds_are_counted_of_the_unit_that_is_chosen(app: ServerRenderedDash) -> None:
    """`正式轮次10` was chosen above `满意度调查0次` of a unit without any."""
    released(app, OWN, 20, 20, 18)
    client, _ = signed_in(app, "city")
    for unit, count in ((OWN, 1), (OTHER, 0)):
        page = re.sub(r"<[^>]*>", "", get(client, f"/surveys?district={unit}").text)
        assert f"满意度调查{count}次" in page
        assert re.search(rf"正式轮次\s*{count}\s*预演\s*0", page)
        assert f"/surveys/rehearsals?district={unit}" in get(client, f"/surveys?district={unit}").text
