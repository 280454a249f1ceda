"""A district hands in its own schools and items; whoever decides sees kind, rows, and from what to what."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from callbacks.writing.return_board import board_of
from data.access import LOCAL_VIEWER, Permission
from data.examination import UploadRequest
from data.importing.ownership import WHOLE_CITY, kinds_of
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.text import text
from data.upload_sandbox import check_in_subprocess
from tests.small_demo import build_small, copied
from tests.visitors import CATALOGUE, CLERK, PASSWORD, get, now, signed_in

OWN, OTHER = "500242", "500103"
ITEMS_AND_SCHOOLS = ("school_return", "district_item", "form_2_2")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(var_folder=tmp_path_factory.mktemp("small"))
    build_small(settings, (OWN, OTHER))
    return settings


@pytest.fixture(scope="module")
def app(small: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    own = copied(small, tmp_path_factory.mktemp("desk"))
    made = create_app(Settings(var_folder=own.var_folder, login="local"))
    for wanted in (
        NewAccount("district", "区督导", "district_supervisor", (OWN,)),
        NewAccount("city", "市督导", "municipal_supervisor"),
        NewAccount("second", "市复核", "municipal_supervisor"),
    ):
        create_account(made.deps.store, CATALOGUE, CLERK, wanted, PASSWORD, now())
    yield made


def source(settings: Settings, name: str) -> Rows:
    path = settings.var_folder / "sources" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def as_csv(rows: Rows) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def upload(client: FlaskClient, token: str, rows: Rows, unit: str, period: str = "2026"):
    rate_limits.reset_rate_limits()
    return client.post(
        "/data/upload",
        base_url="https://localhost",
        content_type="multipart/form-data",
        data={
            "csrf_token": token,
            "period": period,
            "district_code": unit,
            "file": (io.BytesIO(as_csv(rows)), "表.csv"),
        },
    )


def shown(client: FlaskClient, answer) -> str:
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return get(client, answer.headers["Location"]).get_data(as_text=True)


def found(settings: Settings, path: Path, rows: Rows, asked: UploadRequest) -> dict[str, Any]:
    path.write_bytes(as_csv(rows))
    return check_in_subprocess(settings, path, asked)[0]


def codes(result: dict[str, Any]) -> set[str]:
    return {f["finding_code"] for f in result["findings"] if f["severity"] == "error"}


def test_the_catalogue_says_who_hands_in_what() -> None:
    district = {Permission.RETURNS_SUBMIT}
    city = {Permission.RETURNS_SUBMIT, Permission.RETURNS_SUBMIT_CITY}
    assert set(kinds_of(district, OWN)) == set(ITEMS_AND_SCHOOLS)
    assert kinds_of(district, WHOLE_CITY) == ()
    assert set(kinds_of(city, WHOLE_CITY)) == {"plan", "visit", "issue", "fund", "policy"}
    assert set(kinds_of(city, OWN)) == set(kinds_of(city, WHOLE_CITY)) | set(ITEMS_AND_SCHOOLS)


@pytest.mark.parametrize("name", ["问题台账表", "推进计划表", "督导走访表", "经费激励表"])
def test_a_district_cannot_hand_in_a_table_of_the_citys(app: ServerRenderedDash, small: Settings, name: str) -> None:
    client, token = signed_in(app, "district")
    own = [r for r in source(small, name) if r["区县代码"] == OWN]
    assert own
    answer = upload(client, token, own, OWN)
    words = shown(client, answer)
    assert f"“{name}”由市级报送，区县不能报送" in words
    assert "学校基础数据表、区县指标表" in words
    path = answer.headers["Location"]
    refused = client.post(f"{path}/submit", base_url="https://localhost", data={"csrf_token": token, "version": "1"})
    assert refused.status_code == 400


def test_a_school_of_another_unit_is_refused_with_both_units_named(small: Settings, tmp_path: Path) -> None:
    schools = source(small, "学校基础数据表_2026")
    foreign = next(r for r in schools if r["区县代码"] == OTHER)
    own = [r for r in schools if r["区县代码"] == OWN]
    result = found(
        small,
        tmp_path / "r.csv",
        [*own, {**foreign, "区县代码": OWN}],
        UploadRequest("2026", OWN, kinds=ITEMS_AND_SCHOOLS),
    )
    assert "foreign_code" in codes(result)
    (told,) = [f for f in result["findings"] if f["finding_code"] == "foreign_code"]
    assert told["message"] == (f"“学校代码”的“{foreign['学校代码']}”属于渝中区，本行写的是酉阳土家族苗族自治县")
    assert told["row"] == len(own) + 2
    assert codes(found(small, tmp_path / "o.csv", own, UploadRequest("2026", OWN))) == set()


def test_an_issue_of_another_unit_is_not_moved_by_a_table(small: Settings, tmp_path: Path) -> None:
    issue = next(r for r in source(small, "问题台账表") if r["区县代码"] == OTHER)
    moved = {**issue, "区县代码": OWN, "学校代码": ""}
    result = found(small, tmp_path / "i.csv", [moved], UploadRequest("2026", WHOLE_CITY))
    assert codes(result) == {"foreign_code"}


def test_who_decides_sees_kind_rows_and_from_what_to_what(app: ServerRenderedDash, small: Settings) -> None:
    plan = [dict(r) for r in source(small, "推进计划表") if r["区县代码"] in (OWN, OTHER)]
    before, plan[0]["目标年份"] = plan[0]["目标年份"], "2029"
    city, token = signed_in(app, "city")
    answer = upload(city, token, plan, WHOLE_CITY)
    path = answer.headers["Location"]
    shown(city, answer)
    sent = city.post(
        f"{path}/submit", base_url="https://localhost", data={"csrf_token": token, "version": "1", "agreed": "1"}
    )
    assert sent.status_code == 302, sent.get_data(as_text=True)
    second, token = signed_in(app, "second")
    words = get(second, path).get_data(as_text=True)
    for expected in ("推进计划", "改动 1 格", "目标年份", f">{before}<", ">2029<", plan[0]["区县代码"]):
        assert expected in words, expected
    taken = second.post(
        f"{path}/decide", base_url="https://localhost", data={"csrf_token": token, "version": "2", "status": "approved"}
    )
    assert taken.status_code == 302, taken.get_data(as_text=True)


def test_nothing_in_force_of_others_is_told_to_who_hands_in(small: Settings, tmp_path: Path) -> None:
    returns = source(small, "学校基础数据表_2026")
    foreign = next(r for r in returns if r["区县代码"] == OTHER)
    own = [r for r in returns if r["区县代码"] == OWN]
    tables = {
        "a row of another unit": [*own, foreign],
        "another unit's code on a row": [{**own[0], "区县代码": OTHER}, *own[1:]],
        "another unit's school as one's own": [{**foreign, "区县代码": OWN}, *own],
        "a table of the city's": source(small, "经费激励表"),
    }
    names = {r["学校名称"] for r in returns if r["区县代码"] == OTHER}
    for what, rows in tables.items():
        path = tmp_path / "return.csv"
        path.write_bytes(as_csv(rows))
        asked = UploadRequest("2026", OWN, kinds=ITEMS_AND_SCHOOLS)
        result, _ = check_in_subprocess(small, path, asked)
        assert any(f["severity"] == "error" for f in result["findings"]), what
        told = str([line for line in result["changes"] if line["what"] != "added"])
        assert not [name for name in names if name in told], what
        assert what != "a table of the city's" or not result["changes"]


def test_a_change_is_said_in_the_words_that_are_filled_in(small: Settings, tmp_path: Path) -> None:
    rows = [r for r in source(small, "学校基础数据表_2026") if r["区县代码"] == OWN]
    changed = next(r for r in rows if r["办学类型"] == "小学")
    path = tmp_path / "return.csv"
    path.write_bytes(as_csv([{**r, "办学类型": "教学点"} if r is changed else r for r in rows]))
    result, _ = check_in_subprocess(small, path, UploadRequest("2026", OWN, kinds=ITEMS_AND_SCHOOLS))
    line = next(c for c in result["changes"] if c["column"] == "办学类型")
    assert (line["before"], line["after"]) == ("小学", "教学点")


def test_new_gone_and_changed_rows_are_counted_apart(small: Settings, tmp_path: Path) -> None:
    own = [dict(r) for r in source(small, "学校基础数据表_2026") if r["区县代码"] == OWN]
    gone = own.pop()
    own[0]["图书册数"] = "12345"
    own.append({**own[1], "学校代码": "S500242-999", "学校名称": "新建小学"})
    result = found(small, tmp_path / "c.csv", own, UploadRequest("2026", OWN))
    (kind,) = result["kinds"]
    assert {k: kind[k] for k in ("rows", "added", "changed", "removed")} == {
        "rows": len(own),
        "added": 1,
        "changed": 1,
        "removed": 1,
    }
    lines = {line["what"]: line for line in result["changes"]}
    assert lines["changed"]["after"] == "12345"
    assert lines["changed"]["column"] == "图书册数"
    assert "新建小学" in lines["added"]["after"]
    assert gone["学校代码"] in lines["removed"]["key"]


def test_the_same_return_again_changes_nothing(small: Settings, tmp_path: Path) -> None:
    own = [r for r in source(small, "学校基础数据表_2026") if r["区县代码"] == OWN]
    result = found(small, tmp_path / "s.csv", own, UploadRequest("2026", OWN))
    assert result["change_count"] == 0


@pytest.mark.parametrize(
    ("name", "column", "key"),
    [("学校基础数据表_2026", "小学骨干教师数", "学校代码"), ("区县指标表_2026", "说明", "项目")],
)
def test_what_stood_in_a_column_that_is_not_sent_is_said_to_go(
    name: str, column: str, key: str, small: Settings, tmp_path: Path
) -> None:
    own = [r for r in source(small, name) if r["区县代码"] == OWN]
    without = [{h: v for h, v in r.items() if h != column} for r in own]
    result = found(small, tmp_path / "l.csv", without, UploadRequest("2026", OWN))
    filled = [r for r in own if r[column]]
    assert filled
    lines = [c for c in result["changes"] if c["column"] == column]
    assert len(lines) == result["kinds"][0]["changed"] == len(filled)
    assert {(c["before"], c["after"]) for c in lines} == {(r[column], "—") for r in filled}


def test_any_period_of_the_calendar_can_be_chosen_in_an_empty_installation(
    app: ServerRenderedDash, tmp_path: Path
) -> None:
    empty = Settings(var_folder=tmp_path)
    for instant, newest in (("2026-11-23T02:00", "2026"), ("2026-08-31T15:59", "2025"), ("2026-08-31T16:00", "2026")):
        deps = replace(app.deps, now=lambda instant=instant: datetime.fromisoformat(instant))
        board = board_of(deps, empty, LOCAL_VIEWER, "")
        assert board.period == newest
        assert list(board.periods) == [str(y) for y in range(int(newest), 2015, -1)]
    past = board_of(deps, empty, LOCAL_VIEWER, "2024")
    assert past.period == "2024"
    assert "500105" in {u.district_code for u in past.units}, "江北 was a unit then"
    assert len(past.units) == 41


def test_a_period_or_unit_that_there_is_not_is_refused_in_words(app: ServerRenderedDash, small: Settings) -> None:
    client, token = signed_in(app, "city")
    own = [r for r in source(small, "学校基础数据表_2026") if r["区县代码"] == OWN]
    for unit, period, words in (
        (OWN, "2031", "没有这个数据期"),
        (OWN, "甲", "没有这个数据期"),
        ("500105", "2026", "所选数据期没有这个单位"),
    ):
        answer = upload(client, token, own, unit, period)
        assert answer.status_code == 400
        assert words in answer.get_data(as_text=True)


def test_what_changed_since_the_check_is_not_accepted_unseen(app: ServerRenderedDash, small: Settings) -> None:
    """Two tables for one unit are checked against the same rows in force; the second no longer says what it would change."""
    plan = [dict(r) for r in source(small, "推进计划表") if r["区县代码"] == OWN]
    first, second_table = [{**plan[0], "目标年份": "2028"}], [{**plan[0], "目标年份": "2030"}]
    city, token = signed_in(app, "city")
    paths = [upload(city, token, rows, WHOLE_CITY).headers["Location"] for rows in (first, second_table)]
    for path in paths:
        fields = {"csrf_token": token, "version": "1", "agreed": "1"}
        sent = city.post(f"{path}/submit", base_url="https://localhost", data=fields)
        assert sent.status_code == 302, sent.get_data(as_text=True)
    second, token = signed_in(app, "second")
    assert text("returns.changed_since") not in get(second, paths[1]).get_data(as_text=True)
    fields = {"csrf_token": token, "version": "2", "status": "approved"}
    assert second.post(f"{paths[0]}/decide", base_url="https://localhost", data=fields).status_code == 302
    assert text("returns.changed_since") in get(second, paths[1]).get_data(as_text=True), "said before the decision"
    assert text("returns.changed_since") not in get(second, paths[0]).get_data(as_text=True), "it is what changed it"
    late = second.post(f"{paths[1]}/decide", base_url="https://localhost", data=fields)
    assert late.status_code == 400
    assert text("refused.changed_since_check") in late.get_data(as_text=True)
    assert text("returns.state.submitted") in get(second, paths[1]).get_data(as_text=True)
