"""What an office says of its headers: kept when it is taken, never in the way of what is known by itself."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.access import LOCAL_VIEWER
from data.examination import UploadRequest
from data.rows.examination import Examination
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.store.column_mappings import mappings_of
from data.store.submissions import find_submission
from data.upload_sandbox import check_in_subprocess
from tests.small_demo import copied
from tests.visitors import CATALOGUE, CLERK, PASSWORD, now, signed_in

BASE = "https://localhost"
UNIT = "500242"
COLUMN, THEIRS = "小学骨干教师数", "骨干数（小）"


def source(settings: Settings, name: str) -> list[dict[str, str]]:
    path = settings.var_folder / "sources" / name
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["区县代码"] == UNIT]


def book(**sheets: list[list[str]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def grid(rows: list[dict[str, str]], **renamed: str) -> list[list[str]]:
    return [[renamed.get(h, h) for h in rows[0]], *(list(row.values()) for row in rows)]


@pytest.fixture(scope="module")
def app(small_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("columns") / "var"
    copied(small_settings, folder)
    app = create_app(Settings(var_folder=folder, login="local"))
    wanted = NewAccount("district", "区督导", "district_supervisor", (UNIT,))
    create_account(app.deps.store, CATALOGUE, CLERK, wanted, PASSWORD, now())
    yield app


@pytest.fixture
def schools(small_settings: Settings) -> list[dict[str, str]]:
    return source(small_settings, "学校基础数据表_2026.csv")


def upload(client: FlaskClient, token: str, **files: bytes) -> str:
    rate_limits.reset_rate_limits()
    sent = [(io.BytesIO(content), f"{name}.xlsx") for name, content in files.items()]
    fields = {"csrf_token": token, "period": "2026", "district_code": UNIT, "file": sent}
    answer = client.post("/data/upload", data=fields, base_url=BASE, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def told(app: ServerRenderedDash, path: str) -> Examination:
    one = find_submission(app.deps.store, LOCAL_VIEWER, int(path.rpartition("/")[2]))
    assert one is not None
    return one.result


def say(client: FlaskClient, token: str, path: str, version: int, **columns: str):
    fields = {f"column.{header}": meaning for header, meaning in columns.items()}
    return client.post(f"{path}/map", data={"csrf_token": token, "version": version, **fields}, base_url=BASE)


def test_what_was_refused_to_an_old_tab_is_not_kept(app: ServerRenderedDash, schools: list[dict[str, str]]) -> None:
    client, token = signed_in(app, "district")
    path = upload(client, token, 表=book(表=grid(schools, **{COLUMN: THEIRS})))
    assert say(client, token, path, 1, **{THEIRS: COLUMN}).status_code == 302
    assert say(client, token, path, 1, **{THEIRS: ""}).status_code == 409
    assert mappings_of(app.deps.store, UNIT) == {THEIRS: COLUMN}
    assert say(client, token, path, 2, **{THEIRS: "没有这一列"}).status_code == 400
    assert mappings_of(app.deps.store, UNIT) == {THEIRS: COLUMN}
    assert say(client, token, path, 2, **{THEIRS: "?"}).status_code == 302
    assert mappings_of(app.deps.store, UNIT) == {}


def test_a_busy_desk_keeps_nothing_of_what_it_did_not_look_at(
    app: ServerRenderedDash, schools: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, token = signed_in(app, "district")
    path = upload(client, token, 表=book(表=grid(schools, **{COLUMN: THEIRS})))

    def busy() -> None:
        raise rate_limits.TooManyError(1)

    with monkeypatch.context() as patch:
        patch.setattr("callbacks.writing.uploads.exclusive_job", busy)
        assert say(client, token, path, 1, **{THEIRS: COLUMN}).status_code == 429
    assert mappings_of(app.deps.store, UNIT) == {}


def test_files_with_the_same_content_are_named(app: ServerRenderedDash, schools: list[dict[str, str]]) -> None:
    client, token = signed_in(app, "district")
    content = book(表=grid(schools, **{COLUMN: THEIRS}))
    path = upload(client, token, 东片=content, 西片=content)

    def same() -> list[tuple[str, str]]:
        return [(f["file_name"], f["message"]) for f in told(app, path)["findings"] if f["finding_code"] == "same_file"]

    said = [("西片.xlsx", "文件“西片.xlsx”与“东片.xlsx”内容相同，只读了一份")]
    assert same() == said
    assert say(client, token, path, 1, **{THEIRS: "?"}).status_code == 302
    assert same() == said


def examined(settings: Settings, folder: Path, content: bytes, by_hand: dict[str, str]) -> Examination:
    path = folder / "表.xlsx"
    path.write_bytes(content)
    result, _ = check_in_subprocess(settings, path, UploadRequest("2026", UNIT, by_hand=by_hand))
    return result  # type: ignore[return-value]


def test_a_header_set_aside_in_one_table_is_still_known_in_another(
    small_settings: Settings, schools: list[dict[str, str]], tmp_path: Path
) -> None:
    items = grid(source(small_settings, "区县指标表_2026.csv"))
    noted = [[*row, "说明" if n == 0 else "注"] for n, row in enumerate(grid(schools))]
    told = examined(small_settings, tmp_path, book(学校=noted, 项目=items), {"说明": ""})
    how = {(c["sheet"], c["how"]) for c in told.get("columns", []) if c["header"] == "说明"}
    assert how == {("学校", "unused"), ("项目", "same")}


def test_a_column_under_its_own_name_stands_before_one_that_was_mapped(
    small_settings: Settings, schools: list[dict[str, str]], tmp_path: Path
) -> None:
    both = [[*row, THEIRS if n == 0 else "9"] for n, row in enumerate(grid(schools))]
    told = examined(small_settings, tmp_path, book(表=both), {THEIRS: COLUMN})
    how = {c["header"]: c["how"] for c in told.get("columns", []) if c["header"] in (COLUMN, THEIRS)}
    assert how == {COLUMN: "same", THEIRS: "unknown"}
    assert {f["column"] for f in told["findings"] if f["finding_code"] == "unknown_column"} == {THEIRS}


@pytest.mark.parametrize(
    ("first", "second", "meaning"),
    [("骨干甲", "骨干乙", COLUMN), ("教学仪器设备值", "教学仪器设备值", "教学仪器设备值（元）")],
)
def test_two_columns_that_a_person_reads_as_one_are_refused_and_can_be_chosen_anew(
    first: str, second: str, meaning: str, small_settings: Settings, schools: list[dict[str, str]], tmp_path: Path
) -> None:
    column = meaning.partition("（")[0]
    both = [[*row, second if n == 0 else "9"] for n, row in enumerate(grid(schools, **{column: first}))]
    told = examined(small_settings, tmp_path, book(表=both), {first: meaning, second: meaning})
    errors = {(f["finding_code"], f["column"]) for f in told["findings"] if f["severity"] == "error"}
    assert ("duplicate_column", column) in errors
    assert [c["header"] for c in told.get("columns", []) if c["how"] == "by_hand"] == [first, second]


def test_a_long_header_is_remembered(app: ServerRenderedDash, schools: list[dict[str, str]]) -> None:
    client, token = signed_in(app, "district")
    header = "很长的表头" * 60
    path = upload(client, token, 表=book(表=grid(schools, **{COLUMN: header})))
    assert say(client, token, path, 1, **{header: COLUMN}).status_code == 302
    assert mappings_of(app.deps.store, UNIT) == {header: COLUMN}
    with app.deps.store.read() as connection:
        kept = connection.exec_driver_sql("select max(length(header_key)) from column_mapping").scalar()
    assert kept is not None
    assert kept <= 200, "PostgreSQL keeps no more"
    assert say(client, token, path, 2, **{header: "?"}).status_code == 302
    assert mappings_of(app.deps.store, UNIT) == {}


def test_a_sheet_of_no_kind_is_named_column_by_column_on_the_page(
    app: ServerRenderedDash, schools: list[dict[str, str]]
) -> None:
    """None of its required headers is known: each can be chosen among ours, and then it is read."""
    theirs = {"学校代码": "标识甲", "学校名称": "单位乙", "办学类型": "层次丙"}
    client, token = signed_in(app, "district")
    path = upload(client, token, 外来=book(表=grid(schools[:20], **theirs)))
    words = client.get(path, base_url=BASE).get_data(as_text=True)
    assert "认不出" in words
    for ours, header in theirs.items():
        choices = words.partition(f'name="column.{header}"')[2].partition("</select>")[0]
        assert f'value="{ours}"' in choices, header
    assert say(client, token, path, 1, **{header: ours for ours, header in theirs.items()}).status_code == 302
    result = told(app, path)
    assert [(s["input_kind"], s["records"]) for s in result.get("sheets", [])] == [("school_return", 20)]
    assert "unknown_kind" not in {f["finding_code"] for f in result["findings"]}
