"""The pages of the registers: lists, what is amiss, forms and entries, drawn from rows."""

import re
from dataclasses import replace
from datetime import date, datetime

from data.account_lists.reading import ListFinding
from data.rows.registers import AreaRow, OfficeRow, PersonRow, Register, RegisteredSchool, Remark, VisitRow
from data.store.area_changes import AreaEdit
from data.store.audit import AuditRow
from data.store.inspector_changes import InspectorEdit
from data.store.inspector_register import Inspector, InspectorArea, Office, Training
from data.store.office_changes import OfficeEdit
from data.store.register_lists import Registered, RegisterPlan
from layouts.export.tables import heading_of, tables_of
from layouts.ids import ShellId
from layouts.office.register_entry import EntryView, entry_page
from layouts.office.register_forms import FormChoices, new_page, unit_page
from layouts.office.register_list import RegisterListView, register_list_page
from layouts.office.register_words import AREAS, OFFICES, PEOPLE, ListAsked, Names, remark_words
from layouts.office.registers import Listed, RegistersView, register_tables, registers_page
from layouts.page import Panel

UNIT, AT = "500242", datetime.fromisoformat("2026-11-23T02:00")
NAMES = Names(
    {"": "全市", UNIT: "酉阳", "500153": "荣昌"},
    {"municipal": "市政府督学", "district": "区县政府督学", "area": "责任区督学"},
    {"municipal": "市级督导部门", "district": "区县督导部门", "area": "督学责任区", "school": "学校督导办"},
)
SCHOOLS = [RegisteredSchool(UNIT, "S1", "一小", 2, date(2023, 11, 2)), RegisteredSchool(UNIT, "S2", "二小")]
AREA = InspectorArea("A500242-001", UNIT, "城区责任区", True, 3, "县督", AT, None, frozenset({"S1", "S2", "S7", "S9"}))
PERSON = Inspector(
    "I500242-001",
    UNIT,
    "示例甲",
    "area",
    AREA.area_code,
    "f" * 32,
    None,
    date(2024, 9, 1),
    date(2026, 8, 31),
    False,
    False,
    2,
    "县督",
    AT,
    None,
)
OFFICE = Office("O500242-001", "school", UNIT, "S1", "一小督导办", False, 1, "县督", AT, None)
AREA_ROW = AreaRow(
    AREA, SCHOOLS, ["S9"], 1, [PERSON], [Remark("no_inspector", 1, 5), Remark("schools_gone", 1, 0, "S9")]
)
PERSON_ROW = PersonRow(
    PERSON, AREA.name, "", 24, 12, [Remark("hours_short", 16, 40), Remark("term_over", names="2026-08-31")]
)
OFFICE_ROW = OfficeRow(OFFICE, "一小", 0)
FREE = [RegisteredSchool(UNIT, f"S{n}", f"乡村{n}小") for n in range(100, 163)]
REGISTER = Register([AREA_ROW], [PERSON_ROW], [OFFICE_ROW], FREE, {UNIT: "酉阳县", "500153": "荣昌区"}, True)
LIMITS = {"area": 20, "least": 3, "most": 5, "hours": 40}


def view(asked: ListAsked, *, may_edit: bool = True, register: Register = REGISTER, parts: int = 1) -> RegistersView:
    listed = Listed(
        register.people if asked.shown == PEOPLE else [],
        register.areas if asked.shown == AREAS else [],
        register.offices if asked.shown == OFFICES else [],
        1,
        1,
        parts,
    )
    return RegistersView(register, register, asked, listed, NAMES, may_edit, LIMITS)


def test_the_lists_say_what_is_amiss_first_and_lead_to_it() -> None:
    page = registers_page(view(ListAsked()), None, "已登记：城区。")
    assert "1个责任区管3所学校，1名督学" in page
    assert "演示数据" in page
    for said in ("要处理的5件事", "63所学校不在任何责任区", "1名督学任期届满", "已登记：城区。", "另有3所"):
        assert said in page
    assert "/inspectors?list=areas&amp;only=no_inspector" in page
    assert "今年培训还差16学时（共40）；任期已于2026-08-31届满" in page
    assert "/inspectors/new/inspector" in page
    assert "/inspectors/new" not in registers_page(view(ListAsked(), may_edit=False), None, "")


def test_each_list_has_its_rows_and_offices_their_levels() -> None:
    areas = registers_page(view(ListAsked(shown=AREAS, only="no_inspector")), None, "")
    assert "只看：1个责任区没有督学" in areas
    assert "没有督学，至少要1名（一名不超过5所）；1所学校已不在最近一次报送里：S9" in areas
    offices = registers_page(view(ListAsked(shown=OFFICES)), None, "")
    assert "市级督导部门0个，区县督导部门0个，督学责任区1个，学校督导办1个" in offices
    assert "一小督导办" in offices


def test_a_long_list_comes_in_parts_and_one_unit_names_itself() -> None:
    second = registers_page(view(ListAsked(part=2), parts=3), None, "")
    assert ("上一页" in second, "下一页" in second) == (True, True)
    own = replace(REGISTER, unit_names={UNIT: "酉阳县"}, areas=[], people=[], offices=[], free=[])
    empty = registers_page(view(ListAsked(), register=own), None, "")
    assert "酉阳县：0个责任区管0所学校，0名督学" in empty
    assert "先登记责任区并勾选学校" in empty
    assert 'name="district_code"' not in empty
    quiet = replace(REGISTER, free=[], people=[], areas=[replace(AREA_ROW, remarks=[])])
    assert "没有要处理的事" in registers_page(view(ListAsked(), register=quiet), None, "")


def test_a_file_holds_every_list_and_the_schools_of_areas() -> None:
    panels = [Panel(ShellId.MESSAGE, "", register_tables(view(ListAsked())))]
    assert heading_of(panels) == "1个责任区管3所学校，1名督学"
    tables = {t.title: t for t in tables_of(panels, "")}
    assert list(tables) == ["督学", "责任区", "各责任区的学校", "机构", "不在任何责任区的学校"]
    assert len(tables["不在任何责任区的学校"].rows) == 1 + len(FREE)
    assert tables["各责任区的学校"].rows[1][:4] == ["城区责任区", "酉阳", "一小", "S1"]


def entry(row: AreaRow | PersonRow | OfficeRow, **more: object) -> str:
    history = [AuditRow(1, AT, "县督", "create", {}, {}, "", "", "", "", "")]
    shown = EntryView(row, NAMES, history, {"S1": "一小"}, **more)  # type: ignore[arg-type]
    return entry_page(shown, "token", None, "", is_failure=False)


def test_an_area_names_its_schools_people_and_what_is_gone() -> None:
    edit = AreaEdit(AREA.area_code, 3, UNIT, AREA.name, AREA.school_codes)
    page = entry(AREA_ROW, edit=edit, choices=FormChoices(SCHOOLS, 4, names=NAMES))
    for said in ("学校（3所）", "一小", "2023-11-02", "没有报送", "另有1所不在您的范围", "最近一次报送里的1所：S9"):
        assert said in page
    assert "责任区督学（1名）" in page
    assert len(re.findall(r"<input[^>]* checked", page)) == 2
    assert "已在本区县其他责任区的4所没有列出" in page
    assert 'value="dissolve"' in page
    ended = entry(replace(AREA_ROW, area=replace(AREA, closed_on=date(2026, 11, 1))))
    assert "2026年11月1日起不再在册" in ended
    assert "<form" not in ended


def test_an_inspector_has_area_training_and_visits() -> None:
    visit = VisitRow(UNIT, "S1", 3, date(2023, 11, 2), 2)
    person = InspectorEdit(
        PERSON.inspector_code,
        2,
        UNIT,
        "示例甲",
        "area",
        AREA.area_code,
        PERSON.account_id,
        None,
        PERSON.appointed_on,
        PERSON.term_ends_on,
        is_full_time=False,
    )
    choices = FormChoices(areas=[(AREA.area_code, AREA.name)], accounts=[("f" * 32, "任督学（ren）")], names=NAMES)
    training = Training(4, PERSON.inspector_code, date(2026, 4, 1), 24, "岗位培训")
    page = entry(
        PERSON_ROW,
        area=AREA_ROW,
        trainings=[training],
        visits=[visit],
        account="任督学（ren）",
        edit=person,
        choices=choices,
        today="2026-11-23",
    )
    for said in ("责任区督学", "2024年9月1日", "任督学（ren）", "培训：今年24学时", "岗位培训", "走访12次", "第3轮"):
        assert said in page
    assert "另有11次不在您的范围" in page
    assert "市政府督学" not in page, "not of a unit"
    assert 'value="drop_training"' in page
    bare = entry(replace(PERSON_ROW, visit_count=0, area_name="", remarks=[]))
    for said in ("还没有登记培训", "已发布的走访记录里还没有这个姓名", "不在责任区"):
        assert said in bare


def test_an_office_is_renamed_and_a_new_one_asks_for_level_and_school() -> None:
    edit = OfficeEdit(OFFICE.office_code, 1, "school", UNIT, "S1", OFFICE.name)
    page = entry(OFFICE_ROW, edit=edit, choices=FormChoices(names=NAMES))
    assert ('name="level_code"' in page, "学校督导办" in page) == (False, True)
    form = new_page(OfficeEdit("", 0, "", UNIT, None, ""), FormChoices(SCHOOLS, names=NAMES), "t", None, "请填写")
    assert ("二小" in form, "市级督导部门" in form, "请填写" in form) == (True, False, True)
    city = new_page(OfficeEdit("", 0, "", "", None, ""), FormChoices(names=NAMES), "t", None, "")
    assert ("市级督导部门" in city, 'name="school_code"' in city) == (True, False)


def test_a_new_area_says_where_there_is_nothing_to_tick() -> None:
    blank = AreaEdit("", 0, UNIT, "", frozenset())
    assert "还没有发布过学校数据" in new_page(blank, FormChoices(names=NAMES, has_figures=False), "t", None, "")
    assert "本区县的学校都已在责任区内" in new_page(blank, FormChoices(elsewhere=9, names=NAMES), "t", None, "")
    assert "先选单位" in unit_page("area", {UNIT: "酉阳县"}, None)
    assert 'value="city"' in unit_page("office", {"": "全市", UNIT: "酉阳县"}, None)


def test_remarks_have_their_numbers() -> None:
    said = remark_words(
        [Remark("too_many_schools", 23, 20), Remark("too_few_people", 1, 5), Remark("too_many_people", 2, 3)]
    )
    assert said == "23所学校，超过一般不超过的20所；督学不够：一名不超过5所，还要1名；督学偏多：2所学校，一名不少于3所"
    assert ListAsked(shown=AREAS, part=2, search="城").address() == "/inspectors?list=areas&search=%E5%9F%8E&part=2"


def test_a_list_that_was_looked_at_says_what_is_wrong_or_what_it_adds() -> None:
    key = (UNIT, "乡镇责任区")
    fresh = InspectorEdit("", 0, UNIT, "示例丁", "area", None, None, None, date(2026, 9, 1), None, is_full_time=True)
    plan = RegisterPlan(
        {key: frozenset({"S2"}), (UNIT, AREA.name): frozenset({"S8"})}, [(fresh, key), (fresh, None)], 4
    )
    looked = RegisterListView([], plan, Registered([AREA], [PERSON]), NAMES, "a" * 64)
    page = register_list_page(looked, "t", None, "")
    for said in (
        "新登记1个责任区",
        "1个已有的责任区增加学校",
        "新登记2名督学",
        "4名督学已在册",
        "乡镇责任区",
        "示例丁",
    ):
        assert said in page
    assert f'value="{"a" * 64}"' in page
    nothing = replace(looked, plan=RegisterPlan({(UNIT, AREA.name): frozenset({"S1"})}))
    assert "都已登记，没有什么要做" in register_list_page(nothing, "t", None, "")
    wrong = replace(looked, plan=None, findings=[ListFinding("school_taken", "名单", "C2", "S1", "城区责任区")])
    page = register_list_page(wrong, "t", None, "名单已变")
    for said in ("名单有1处须改", "C2", "学校S1已在另一个责任区", "它现在在“城区责任区”", "名单已变"):
        assert said in page
    assert "下载空白名单" in register_list_page(None, "t", None, "")
