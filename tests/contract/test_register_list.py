"""从名单登记: every fault at its cell with its mend, all of it or nothing, and nothing of what stood already."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from werkzeug.test import TestResponse

from callbacks.rendering.index_document import ServerRenderedDash
from data.reading.read import read_sheets
from data.register_lists.reading import Readable, read_register_list
from data.settings import Settings
from data.store import audit
from data.store.area_changes import AreaEdit, save_area
from data.store.inspector_changes import InspectorEdit, save_inspector
from data.store.inspector_register import areas, inspectors
from data.text import text
from queries import common_dimensions
from tests.people import person
from tests.visitors import CATALOGUE, OWN, SCHOOL, get, guarded_app, now, signed_in

BASE, OTHER = "https://localhost", "500153"
CITY = person("municipal_supervisor1")
SECOND, THIRD = "S500242-002", "S500242-031"
HEADS = ("单位", "责任区*", "学校*", "督学*", "类别*", "专兼职", "聘任日期*", "任期至")


def book(*rows: Sequence[object], heads: Sequence[str] = HEADS) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "名单"
    for row in (heads, *rows):
        sheet.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class Keeper:
    """The browser of who keeps the register."""

    def __init__(self, app: ServerRenderedDash, who: str = "district") -> None:
        self.app = app
        self.client, self.token = signed_in(app, who)

    def look(self, content: bytes) -> TestResponse:
        fields = {"csrf_token": self.token, "file": (io.BytesIO(content), "名单.xlsx")}
        return self.client.post("/inspectors/list", base_url=BASE, data=fields)

    def take(self, page: TestResponse) -> TestResponse:
        sha256 = page.text.partition('name="sha256" value="')[2].partition('"')[0]
        fields = {"csrf_token": self.token, "sha256": sha256}
        return self.client.post("/inspectors/list/take", base_url=BASE, data=fields)


@pytest.fixture
def app(small_settings: Settings, tmp_path: Path) -> ServerRenderedDash:
    return guarded_app(small_settings, tmp_path, ("district", "city", "area"))


def school_name(app: ServerRenderedDash, code: str) -> str:
    rows = common_dimensions.school_places(app.deps.warehouse.current())
    return next(r.school_name for r in rows if r.school_code == code)


def test_a_list_is_looked_at_first_and_then_registered_in_one_piece(app: ServerRenderedDash) -> None:
    keeper = Keeper(app)
    content = book(
        (
            "",
            "城区责任区",
            f"{SCHOOL}、{school_name(app, SECOND)}",
            "示例甲",
            "责任区督学",
            "专职",
            date(2026, 9, 1),
            None,
        ),
        ("酉阳", "城区责任区", THIRD, "示例乙", "责任区督学", "兼职", "2026-09-01", "2029/8/31"),
        (OWN, "", "", "示例丙", "区县政府督学", "", "2025年3月1日", ""),
    )
    page = keeper.look(content)
    assert page.status_code == 200
    for said in ("新登记1个责任区", "新登记3名督学", "确认登记"):
        assert said in page.text
    assert (areas(app.deps.store), inspectors(app.deps.store)) == ([], []), "nothing before it is confirmed"
    assert keeper.take(page).headers["Location"] == "/inspectors?done=list"
    assert "已按名单登记。" in get(keeper.client, "/inspectors?done=list").text
    (area,) = areas(app.deps.store)
    assert (area.name, area.school_codes) == ("城区责任区", frozenset({SCHOOL, SECOND, THIRD}))
    people = {p.name: p for p in inspectors(app.deps.store)}
    assert [people[n].area_code for n in ("示例甲", "示例乙", "示例丙")] == [area.area_code, area.area_code, None]
    assert [people[n].is_full_time for n in ("示例甲", "示例乙", "示例丙")] == [True, False, True]
    assert people["示例乙"].term_ends_on == date(2029, 8, 31)
    assert people["示例丙"].appointed_on == date(2025, 3, 1)
    assert [a.actor for a in audit.history(app.deps.store, "inspector_area", area.area_code)] == ["区督导"]
    assert keeper.take(page).status_code == 400, "the file is gone once it was taken"
    assert "都已登记，没有什么要做" in keeper.look(content).text


def test_what_stands_is_left_and_a_known_area_gets_the_new_schools(app: ServerRenderedDash) -> None:
    store, keeper = app.deps.store, Keeper(app)
    code = save_area(store, CATALOGUE, CITY, AreaEdit("", 0, OWN, "城区", frozenset({SCHOOL})), now())
    known = InspectorEdit("", 0, OWN, "示例甲", "area", None, None, None, date(2020, 1, 1), None, is_full_time=False)
    save_inspector(store, CATALOGUE, CITY, known, now())
    page = keeper.look(book(("", "城区", SECOND, "示例甲", "责任区督学", "专职", "2026-09-01", "")))
    for said in ("1个已有的责任区增加学校", "1名督学已在册，不动"):
        assert said in page.text
    assert keeper.take(page).status_code == 302
    (area,) = areas(store)
    assert (area.area_code, area.school_codes, area.version) == (code, frozenset({SCHOOL, SECOND}), 2)
    (kept,) = inspectors(store)
    assert (kept.area_code, kept.appointed_on, kept.is_full_time) == (None, date(2020, 1, 1), False)


def test_every_fault_stands_at_its_cell_with_its_mend_and_nothing_is_registered(app: ServerRenderedDash) -> None:
    save_area(app.deps.store, CATALOGUE, CITY, AreaEdit("", 0, OWN, "旧区", frozenset({THIRD})), now())
    page = Keeper(app).look(
        book(
            ("", "甲区", f"{SCHOOL} {THIRD}", "示例甲", "责任区督学", "全职", "2026-02-30", ""),  # 2
            ("", "乙区", SCHOOL, "示例甲", "责任区督学", "", "", ""),  # 3
            ("荣昌", "丙区", f"S{OTHER}-001", "示例丁", "责任督学", "", "2026-01-01", "2025-01-01"),  # 4
            ("", "丁区", "没有的学校", "监测", "责任区督学", "", "1980-01-01", ""),  # 5
            ("", "", SECOND, "示例戊", "市政府督学", "", "2026-01-01", ""),  # 6
        )
    )
    assert page.status_code == 200
    rows = [
        r.replace("</td>", "|") for r in page.text.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr")[1:]
    ]
    found = [tuple(c.rpartition(">")[2] for c in r.split("|")[1:4]) for r in rows]
    expected = {
        "C2": f"学校{THIRD}已在另一个责任区",
        "F2": "“全职”不是专职或兼职",
        "G2": "“2026-02-30”不是日期",
        "C3": f"学校{SCHOOL}已在另一个责任区",
        "G3": "“示例甲”没有聘任日期",
        "D3": "督学“示例甲”在名单里出现了不止一次",
        "A4": "“荣昌”不是您管的、今天仍在的区县",
        "E4": "没有“责任督学”这类督学",
        "H4": "任期至“2025-01-01”早于聘任日期",
        "C5": "“没有的学校”不在这个区县最近一次的报表里",
        "B5": "责任区“丁区”一所学校也没有",
        "D5": "“监测”不能作督学姓名",
        "G5": "聘任日期1980-01-01过早",
        "E6": "“市政府督学”由市级登记",
        "B6": "有学校，没有写责任区",
    }
    assert {cell: wrong for cell, wrong, _ in found} == expected
    assert all(mend for *_, mend in found)
    assert "它现在在“旧区”" in page.text
    assert "确认登记" not in page.text
    assert [a.name for a in areas(app.deps.store)] == ["旧区"]
    assert inspectors(app.deps.store) == []


def test_a_list_is_not_taken_over_once_the_register_changed(app: ServerRenderedDash) -> None:
    keeper = Keeper(app)
    page = keeper.look(book(("", "城区", SCHOOL, "", "", "", "", "")))
    save_area(app.deps.store, CATALOGUE, CITY, AreaEdit("", 0, OWN, "别的区", frozenset({SCHOOL})), now())
    answer = keeper.take(page)
    assert answer.status_code == 400
    assert "已在另一个责任区" in answer.text
    assert [a.name for a in areas(app.deps.store)] == ["别的区"]


def test_the_city_names_units_and_its_own_inspectors(app: ServerRenderedDash) -> None:
    keeper = Keeper(app, "city")
    assert "没有写单位" in keeper.look(book(("", "城区", SCHOOL, "", "", "", "", ""))).text
    page = keeper.look(
        book(
            ("荣昌区", "东区", f"S{OTHER}-001", "", "", "", "", ""),
            ("", "", "", "示例甲", "市政府督学", "", "2026-01-01", ""),
        )
    )
    assert keeper.take(page).status_code == 302
    assert [a.district_code for a in areas(app.deps.store)] == [OTHER]
    assert [(p.district_code, p.inspector_kind) for p in inspectors(app.deps.store)] == [("", "municipal")]


def test_what_is_no_list_is_told(app: ServerRenderedDash) -> None:
    keeper = Keeper(app)
    assert "没有找到名单的表头" in keeper.look(book(heads=("甲", "乙"))).text
    assert "缺少列：学校、督学、类别、聘任日期" in keeper.look(book(("城区", "x"), heads=("责任区", "单位"))).text
    assert "名单里没有内容" in keeper.look(book()).text
    assert keeper.look(b"").status_code == 400
    assert "文件无法读取" in keeper.look(b"\x00" * 64).text
    inspector, _ = signed_in(app, "inspector")
    assert get(inspector, "/inspectors/list").status_code == 403


def test_the_template_is_an_empty_list_and_its_example_is_one(app: ServerRenderedDash, tmp_path: Path) -> None:
    keeper = Keeper(app)
    content = get(keeper.client, "/inspectors/list/template").data
    assert "名单里没有内容" in keeper.look(content).text
    sheets = openpyxl.load_workbook(io.BytesIO(content))
    assert sheets.sheetnames == [text(f"register_list.{n}") for n in ("sheet", "example", "guide")]
    example = book(*[[c.value for c in row] for row in list(sheets.worksheets[1])[1:]])
    units = frozenset({"500101"})
    schools = {("500101", f"S500101-00{n}"): f"S500101-00{n}" for n in (1, 2, 3)}
    path = tmp_path / "example.xlsx"
    path.write_bytes(example)
    listed = read_register_list(read_sheets(path), Readable(CATALOGUE, date(2026, 11, 30), units, schools, True))
    assert listed.findings == []
    assert len(listed.entries) == 3
