"""Offices hand in, the city takes over: findings at cells, explanations, four eyes, scope, limits."""

import contextlib
import csv
import io
import random
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.examination import UploadRequest
from data.importing.annotated_workbook import SHEET
from data.importing.batch_records import list_batches
from data.settings import Settings
from data.store.accounts import NewAccount, create_account
from data.text import text
from data.upload_sandbox import check_in_subprocess
from queries import common_dimensions
from tests.depth import record, times
from tests.present import present
from tests.small_demo import copied
from tests.visitors import CATALOGUE, CLERK, PASSWORD, now, signed_in

BASE = "https://localhost"
OWN, OTHER = "500242", "500103"
MUTATIONS = times(40, 10_000)


@pytest.fixture(scope="module")
def rows(small_settings: Settings) -> dict[str, list[dict[str, str]]]:
    path = small_settings.var_folder / "sources" / "学校基础数据表_2026.csv"
    found: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["区县代码"], []).append(row)
    return found


@pytest.fixture(scope="module")
def app(small_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("returns") / "var"
    copied(small_settings, folder)
    app = create_app(Settings(var_folder=folder, login="local"))
    for wanted in (
        NewAccount("district", "区督导", "district_supervisor", (OWN,)),
        NewAccount("city", "市督导", "municipal_supervisor"),
        NewAccount("leader", "市领导", "municipal_leader"),
    ):
        create_account(app.deps.store, CATALOGUE, CLERK, wanted, PASSWORD, now())
    yield app


def as_csv(rows: list[dict[str, str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[dict[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(client: FlaskClient, token: str, content: bytes, name: str = "报表.csv", district: str = OWN):
    rate_limits.reset_rate_limits()
    sent = {"csrf_token": token, "period": "2026", "district_code": district, "file": (io.BytesIO(content), name)}
    return client.post("/data/upload", data=sent, base_url=BASE, content_type="multipart/form-data")


def page(client: FlaskClient, path: str) -> str:
    return client.get(path, base_url=BASE).get_data(as_text=True)


def step(client: FlaskClient, path: str, token: str, **fields: str):
    return client.post(path, data={"csrf_token": token, **fields}, base_url=BASE)


def test_a_faulty_return_is_shown_cell_by_cell_and_cannot_be_submitted(
    app: ServerRenderedDash, rows: dict[str, list[dict[str, str]]]
) -> None:
    client, token = signed_in(app, "district")
    own = [dict(r) for r in rows[OWN]]
    own[3]["图书册数"] = "约三千"
    own[4]["学校名称"] = "=cmd|' /C calc'!A0"
    answer = upload(client, token, as_xlsx(own), "报表.xlsx")
    assert answer.status_code == 302
    path = answer.headers["Location"]
    words = page(client, path)
    assert "“图书册数”应为数字，实为“约三千”" in words
    assert text("returns.submit") not in re.findall(r"<button[^>]*>([^<]*)", words)
    assert step(client, f"{path}/submit", token, version="1").status_code == 400
    marked = client.get(f"{path}/marked", base_url=BASE)
    book = openpyxl.load_workbook(io.BytesIO(marked.data))
    header = [c.value for c in book["Sheet"][1]]
    cell = book["Sheet"].cell(5, header.index("图书册数") + 1)
    assert "约三千" in present(cell.comment).text
    assert cell.fill.fgColor.rgb.endswith("F4B9A3")
    assert "“图书册数”应为数字，实为“约三千”" in [c.value for c in book[SHEET]["F"]]
    assert not [
        c for sheet in book for line in sheet.iter_rows() for c in line if c.data_type == "f" and sheet.title == SHEET
    ]


def test_a_correction_goes_from_office_to_city_to_the_published_figures(
    app: ServerRenderedDash, rows: dict[str, list[dict[str, str]]]
) -> None:
    office, token = signed_in(app, "district")
    own = [dict(r) for r in rows[OWN]]
    own[0]["图书册数"] = str(int(float(own[0]["图书册数"])) + 1)
    path = upload(office, token, as_csv(own)).headers["Location"]
    words = page(office, path)
    assert "与已入库数据相比：新增 0 行，改动 1 格，去掉 0 行" in words
    assert text("returns.preview") in words
    asked = re.findall(r'name="explain\.([^"]+)"', words)
    gone = re.findall(r'name="(gone\.[^"]+)"', words)
    assert gone, "the demonstration's schools that closed need a word"
    doubts = {f"explain.{group}": f"已核实：{group}" for group in asked}
    departed = {**dict.fromkeys(gone, "merged"), f"gone_words.{gone[0].partition('.')[2]}": "已核实：并入中心校"}
    said = {**doubts, **departed, "agreed": "1"}
    reason = {"words": "图书重新清点"}
    for missing, code in (
        ({**doubts, "agreed": "1", **reason}, "needs_departure"),
        ({**said, **dict.fromkeys(gone, "forgotten"), **reason}, "school_forgotten"),
        ({**doubts, **departed, **reason}, "needs_agreement"),
        *([({**departed, "agreed": "1", **reason}, "needs_explanation")] if doubts else []),
    ):
        refused = step(office, f"{path}/submit", token, version="1", **missing)
        assert text(f"refused.{code}") in refused.get_data(as_text=True), code
    refused = step(office, f"{path}/submit", token, version="1", **said)
    assert text("refused.needs_correction_reason") in refused.get_data(as_text=True)
    assert step(office, f"{path}/submit", token, version="1", words="图书重新清点", **said).status_code == 302
    assert step(office, f"{path}/decide", token, version="2", status="approved").status_code == 400

    city, city_token = signed_in(app, "city")
    assert "已核实：" in page(city, path)
    assert "图书重新清点" in page(city, path)
    refused = step(city, f"{path}/decide", city_token, version="2", status="returned")
    assert text("refused.needs_reason") in refused.get_data(as_text=True)
    assert step(city, f"{path}/decide", city_token, version="1", status="approved").status_code == 409
    before = list_batches(app.settings.batches_folder)
    assert step(city, f"{path}/decide", city_token, version="2", status="approved").status_code == 302
    taken = list_batches(app.settings.batches_folder)
    assert len(taken) == len(before) + 1
    assert (taken[-1].imported_by, taken[-1].reason) == ("区督导", "图书重新清点")
    assert step(city, f"{path}/decide", city_token, version="3", status="approved").status_code == 400
    assert text("returns.publish") in page(city, "/data")
    old = app.deps.warehouse.current().info.snapshot_id
    assert step(city, "/data/publish", city_token).status_code == 302
    assert app.deps.warehouse.current().info.snapshot_id != old
    assert text("returns.waits") not in page(city, "/data")
    assert common_dimensions.periods(app.deps.warehouse.current())


def test_an_office_sees_and_sends_its_own_unit_alone(
    app: ServerRenderedDash, rows: dict[str, list[dict[str, str]]]
) -> None:
    city, city_token = signed_in(app, "city")
    foreign = upload(city, city_token, as_csv(rows[OTHER]), district=OTHER).headers["Location"]
    office, token = signed_in(app, "district")
    for path in (foreign, f"{foreign}/marked", f"/data/template?period=2026&district_code={OTHER}", "/data/999999"):
        assert office.get(path, base_url=BASE).status_code == 404
    assert step(office, f"{foreign}/submit", token, version="1").status_code == 404
    assert upload(office, token, as_csv(rows[OTHER]), district=OTHER).status_code == 400
    board = page(office, "/data")
    assert "酉阳" in board
    assert "渝中" not in board
    wrong = page(office, upload(office, token, as_csv(rows[OTHER])).headers["Location"])
    assert "数据属于渝中区“500103”，本次报送的是酉阳土家族苗族自治县“500242”" in wrong
    leader, leader_token = signed_in(app, "leader")
    assert leader.get("/data", base_url=BASE).status_code == 403
    assert upload(leader, leader_token, as_csv(rows[OWN])).status_code == 403


def test_the_template_carries_the_register_and_can_be_read_again(app: ServerRenderedDash, tmp_path: Path) -> None:
    office, _ = signed_in(app, "district")
    answer = office.get(f"/data/template?period=2026&district_code={OWN}", base_url=BASE)
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    assert sheet.max_row > 50
    assert [c.value for c in sheet[2]][:3] == ["2026", OWN, "S500242-001"]
    path = tmp_path / "template.xlsx"
    path.write_bytes(answer.data)
    found = check_in_subprocess(app.settings, path, UploadRequest("2026", OWN))[0]
    assert {f["finding_code"] for f in found["findings"] if f["severity"] == "error"} == {"missing_value"}


def test_a_column_about_persons_is_refused(
    app: ServerRenderedDash, rows: dict[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(as_csv([{**r, "备注二": "13812345678"} for r in rows[OWN]]))
    found = check_in_subprocess(app.settings, path, UploadRequest("2026", OWN))[0]
    told = [f for f in found["findings"] if f["finding_code"] == "personal_column"]
    assert [(f["column"], f["severity"]) for f in told] == [("备注二", "error")]


def test_the_preview_counts_what_cannot_be_judged(
    app: ServerRenderedDash, rows: dict[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    schools = [row for row in rows[OWN] if row["办学类型"] == "小学"][:3]
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv([{**row, "小学骨干教师数": ""} for row in schools]))
    preview = check_in_subprocess(app.settings, path, UploadRequest("2026", OWN))[0]["preview"]
    assert preview["section_count"] == preview["failing_count"] + preview["undecidable_count"] == 3
    assert preview["undecidable_count"] > 0


def test_mutated_uploads_never_harm(
    app: ServerRenderedDash, rows: dict[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    """Every mutation through the parser; a tenth through the whole route."""
    from data.examination import prepare
    from data.importing.annotated_workbook import marked_workbook
    from data.reading.workbook import DAMAGED

    client, token = signed_in(app, "district")
    chance = random.Random(20261124)
    seeds = [as_csv(rows[OWN][:12]), as_xlsx(rows[OWN][:12])]
    before = len(list_batches(app.settings.batches_folder))
    refused = routed = 0
    for n in range(MUTATIONS):
        content = bytearray(seeds[n % 2])
        for _ in range(chance.choice((1, 3, 20))):
            kind, place = chance.randrange(4), chance.randrange(max(1, len(content)))
            if kind == 0 and content:
                content[place] ^= 1 << chance.randrange(8)
            elif kind == 1:
                del content[place : place + chance.randrange(1, 60)]
            elif kind == 2:
                content[place:place] = chance.randbytes(chance.randrange(1, 40))
            else:
                content = content[: max(8, place)]
        path = tmp_path / ("m.csv" if n % 2 == 0 else "m.xlsx")
        path.write_bytes(content)
        prepared = prepare(app.settings, [path], UploadRequest("2026", OWN))
        refused += prepared.is_blocked
        if prepared.is_readable:
            with contextlib.suppress(*DAMAGED):
                marked_workbook(path, prepared.findings)
        if n % (MUTATIONS // times(8, 300)) == 0:
            answer = upload(client, token, bytes(content), path.name)
            assert answer.status_code in (302, 400)
            routed += 1
    assert len(list_batches(app.settings.batches_folder)) == before
    assert refused > MUTATIONS * 0.3
    record("mutated_uploads", parser=MUTATIONS, route=routed, blocked=refused, imports=0, server_errors=0)
