"""What the board lists by its filter, and whom the city reminds from it."""

import io
from pathlib import Path

import openpyxl
import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.writing.board_filter import listing_of
from callbacks.writing.return_board import board_of
from data.rows.return_board import BoardFilter
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.store.audit import entries
from data.store.return_reminders import reminders_of
from data.text import text
from tests.boards import (
    ACCEPTED,
    CITY,
    LOSING,
    NOW,
    UNTOUCHED,
    WAITING,
    board_app,
    checked,
    finding,
    standing,
    submitted,
)
from tests.visitors import CATALOGUE, CLERK, PASSWORD, get, signed_in


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return board_app(small_settings, tmp_path / "var")


def test_the_city_reminds_who_must_still_hand_in_once_a_day_and_the_unit_is_told(app: ServerRenderedDash) -> None:
    deps = app.deps
    submitted(deps, checked(deps, WAITING, []))
    checked(deps, LOSING, [finding("missing_value", "error", 1)])
    create_account(
        deps.store, CATALOGUE, CLERK, NewAccount("own", "云阳报送", "district_supervisor", (LOSING,)), PASSWORD, NOW
    )
    client, token = signed_in(app, "city")
    page = get(client, "/data?period=2026").text
    assert "提醒1个单位报送" in page, "nobody of the other units could read it"

    def remind(*codes: str):
        return client.post(
            "/data/remind",
            data={"csrf_token": token, "period": "2026", "district_code": list(codes)},
            base_url="https://localhost",
        )

    assert remind(LOSING, WAITING, UNTOUCHED).status_code == 302, "who waits or has no account is left out"
    assert list(reminders_of(deps.store, "2026")) == [LOSING]
    assert remind(LOSING).status_code == 302
    assert len(reminders_of(deps.store, "2026")[LOSING]) == 1, "once a day"
    assert remind(WAITING).status_code == 400
    assert remind().status_code == 400
    elsewhere = {"csrf_token": token, "period": "1999", "district_code": LOSING}
    assert client.post("/data/remind", data=elsewhere, base_url="https://localhost").status_code == 400
    page = get(client, "/data?period=2026").text
    assert "个单位报送" not in page
    act = next(e for e in entries(deps.store, action="remind", before=None, most=5))
    assert (act.subject_kind, act.subject_id, act.row.after) == ("return_reminder", LOSING, {"period": "2026"})

    told, own_token = signed_in(app, "own")
    assert "云阳县：市级已于今天" in get(told, "/data?period=2026").text
    refused = told.post(
        "/data/remind",
        data={"csrf_token": own_token, "period": "2026", "district_code": LOSING},
        base_url="https://localhost",
    )
    assert refused.status_code == 403
    submitted(deps, checked(deps, LOSING, []))
    assert "市级已于" not in get(told, "/data?period=2026").text


@pytest.mark.parametrize(
    ("said", "units", "files"),
    [
        ({}, 37, 3),
        ({"state": "waiting"}, 1, 1),
        ({"state": "checked", "district_code": LOSING}, 1, 1),
        ({"district_code": WAITING, "state": "checked"}, 0, 0),
        ({"input_kind": "school_return"}, 37, 3),
        ({"input_kind": "plan", "state": "nobody", "district_code": "x"}, 37, 3),
    ],
)
def test_the_board_lists_what_the_address_names(
    app: ServerRenderedDash, said: dict[str, str], units: int, files: int
) -> None:
    deps = app.deps
    submitted(deps, checked(deps, WAITING, []))
    submitted(deps, checked(deps, ACCEPTED, []))
    checked(deps, LOSING, [finding("missing_value", "error", 1)])
    board = board_of(deps, app.settings, CITY, "2026")
    rows = standing(app)
    listing = listing_of(said, board, rows)
    assert (len(listing.board.units), len(listing.board.submissions)) == (units, files)
    numbers = {s.submission_id for s in listing.board.submissions}
    assert {w.submission_id for w in listing.standing.waiting} <= numbers
    assert listing.standing.causes == rows.causes
    client, _ = signed_in(app, "city")
    page = client.get("/data", query_string={"period": "2026", **said}, base_url="https://localhost").text
    assert "37个单位已入库" in page, "the head is of all units"
    assert ("没有符合所选条件的报送" in page) is (files == 0)
    book = client.get("/data/board.xlsx", query_string={"period": "2026", **said}, base_url="https://localhost")
    read = openpyxl.load_workbook(io.BytesIO(book.data))
    names = read.sheetnames
    head = str([row for sheet in read.worksheets[:1] for row in sheet.iter_rows(max_row=8, values_only=True)])
    for words in (page, head):
        assert ("以下只列：" in words) is (listing.filter != BoardFilter())
    assert any(name.endswith(text("returns.list")) for name in names) is (files > 0)
