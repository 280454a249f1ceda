"""Other files of the same kinds: units, headers by hand, stages by headings, scopes that are given, names for codes."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from data.importing.asked import Asked
from data.importing.prepare import PreparedReturn, prepare_return
from data.reading.read import read_content
from tests.reception.test_any_form import HEADER, ROWS
from tests.reception.writers import Grid, Value, plain, xlsx

WULONG = Asked("2026", "500156")
SECTIONS = [
    *("序号", "学校名称", "举办者类型", "在校生数", "班级数", "每百名学生拥有高于规定学历教师数"),
    *("每百名学生拥有县级以上骨干教师数", "每百名学生拥有体育、艺术（美术、音乐）专任教师数", "生均教学及辅助用房面积"),
    *("生均体育运动场馆面积", "生均教学仪器设备值", "每百名学生拥有网络多媒体教室数"),
]


def read(content: bytes, asked: Asked | None = None) -> PreparedReturn:
    return prepare_return([Path("表.xlsx")], asked or Asked(), lambda path: read_content(content, path.stem))


def told(found: PreparedReturn, code: str) -> list[str]:
    return [f.message for f in found.findings if f.finding_code == code]


def renamed(header: str, name: str, factor: float = 1) -> bytes:
    place = HEADER.index(header)
    rows = [[*row[:place], round(float(row[place] or 0) * factor, 6), *row[place + 1 :]] for row in ROWS]
    return xlsx([("表", [[name if h == header else h for h in HEADER], *rows])])


def test_a_unit_in_the_header_is_used_and_printed_back() -> None:
    found = read(renamed("教学仪器设备值", "教学仪器设备值（元）", 10_000))
    assert found.tables[0].rows["equipment_value_wan"].iloc[0] == "244.47"
    assert told(found, "unit_converted") == ["教学仪器设备值：表头写“元”，已换算为万元"]
    found = read(renamed("运动场地面积", "运动场地面积[亩]", 3 / 2000))
    assert found.tables[0].rows["sports_ground_area_m2"].iloc[0] == "8345.7"
    assert told(read(renamed("运动场地面积", "运动场地面积（万元）")), "unit_unknown")


def test_an_unknown_column_is_mapped_by_hand() -> None:
    content = renamed("图书册数", "纸质书总量")
    assert "“纸质书总量”→“图书册数”（50%）" in told(read(content), "columns_to_map")[0]
    found = read(content, Asked(by_hand={"纸质书总量": "图书册数"}))
    assert found.tables[0].rows["books"].iloc[0] == "23604"
    assert told(found, "columns_to_map") == []


def section(number: int, name: str) -> list[str | int | float | None]:
    return [number, f"示例第{number}{name}", 7, 500 + number, 12, 5.1, 1.2, 1.1, 5, 8, 2500, 2.5]


def test_a_sub_heading_says_the_stage_of_what_follows() -> None:
    grid: Grid = [
        ["表Ⅱ-2 资源配置达标情况"],
        ["一、小学"],
        SECTIONS,
        section(1, "小学"),
        ["合计", None, None, 501],
        ["二、初中"],
        SECTIONS,
        section(2, "中学"),
    ]
    found = read(xlsx([("表Ⅱ-2", grid)]), WULONG)
    assert found.tables[0].rows["school_type"].tolist() == ["primary_school", "junior_school"]
    unnamed = read(xlsx([("Sheet1", [SECTIONS, section(1, "小学")])]), WULONG)
    assert [f.finding_code for f in unnamed.findings if f.is_blocking] == ["missing_column"]


def test_period_and_unit_can_be_given() -> None:
    content = plain("gb18030", "\t")([("表", [HEADER[2:], *[row[2:] for row in ROWS]])])
    assert read(content).is_blocked
    found = read(content, WULONG)
    assert not found.is_blocked
    assert found.tables[0].rows["district_code"].unique().tolist() == ["500156"]


def test_a_ledger_with_names_and_without_codes_is_read() -> None:
    head = ["序号", "区县", "学校名称", "学段", "存在问题", "问题来源", "发现时间", "整改措施", "整改时限", "状态"]
    row = [
        1,
        "武隆区",
        "武隆区仙女山小学",
        "小学",
        "教室不足",
        "市级督导",
        "2026年3月5日",
        "新建",
        "2026/12/31",
        "整改中",
    ]
    known = Asked(schools=lambda _: {"3150156001": "武隆区仙女山小学"})
    found = read(xlsx([("台账", [["附件：问题台账"], head, row])]), known)
    assert not found.is_blocked
    issue = found.tables[0].rows.iloc[0]
    assert (issue["school_code"], issue["found_on"], issue["due_on"]) == ("3150156001", "2026-03-05", "2026-12-31")
    assert issue["issue_code"].startswith("500156-")
    row[2] = "没有的学校"
    assert told(read(xlsx([("台账", [head, row])]), known), "school_unknown")


def test_an_amount_of_any_kind_is_converted_from_the_unit_of_its_header() -> None:
    head = ["日期", "区县代码", "类别", "金额（万元）", "用途", "依据"]
    found = read(xlsx([("经费", [head, ["2026-03-01", "500156", "奖励", 1.5, "设备", "文件"]])]))
    assert found.tables[0].rows["amount_yuan"].tolist() == ["15000"]
    assert told(found, "unit_converted") == ["金额：表头写“万元”，已换算为元"]


def test_a_value_per_pupil_is_converted_from_the_unit_of_its_header() -> None:
    row, wanted = section(1, "小学"), {}
    for words, value in (("", 2900), ("（元/生）", 2900), ("（万元）", 0.29)):
        heads = [f"{h}{words}" if h == "生均教学仪器设备值" else h for h in SECTIONS]
        row[heads.index(f"生均教学仪器设备值{words}")] = value
        found = read(xlsx([("表Ⅱ-2（小学）", [heads, row])]), WULONG)
        wanted[words] = found.tables[0].rows["equipment_value_wan"].tolist()
    assert set(map(tuple, wanted.values())) == {("145.29",)}


def test_a_unit_over_values_without_one_is_asked_about() -> None:
    head = ["数据期", "区县代码", "项目", "数值（万元）", "是否达标", "说明"]
    found = read(xlsx([("指标", [head, ["2026", "500156", "Q1", 98.5, None, None]])]))
    assert told(found, "unit_unknown") == ["数值：表头写的单位是“万元”，本列应为不带单位的数，没有换算"]


TOTAL_NAMES = (
    "【合计】",
    "—合计—",
    "合计52所",
    "共计 12 所学校",
    "全区（合计）",
    "学校合计数",
    "合计：12所",
    "**小计**",
)
SCHOOL_NAMES = ("合计小学", "平均镇小学", "小计村小学", "示例小学", "合计12村小学", "总计3小学")


def test_a_total_is_known_by_its_name_however_it_is_decorated() -> None:
    blank: list[Value] = [None] * len(HEADER)
    for name in TOTAL_NAMES:
        row = [*blank[:3], name, *blank[4:]]
        row[HEADER.index("小学在校生数")], row[HEADER.index("图书册数")] = 4321, 7
        found = read(xlsx([("表", [HEADER, *ROWS, row])]))
        assert [len(t.rows) for t in found.tables] == [12], name
        assert told(found, "rows_left_out"), name


def test_a_school_whose_name_begins_like_a_total_is_a_school() -> None:
    rows = [[*row[:3], name, *row[4:]] for row, name in zip(ROWS, SCHOOL_NAMES, strict=False)]
    found = read(xlsx([("表", [HEADER, *rows])]))
    assert found.tables[0].rows["school_name"].tolist() == list(SCHOOL_NAMES)


def test_a_document_with_nothing_but_title_and_number_is_a_document() -> None:
    head = ["标题", "文号", "发文机关", "日期", "级别", "摘要", "模块"]
    rows: Grid = [
        ["关于均衡发展的通知", "渝教〔2026〕1号"],
        ["渝北区教委"],
        ["关于督导的通知", "渝教〔2026〕2号", "市教委"],
    ]
    found = read(xlsx([("政策", [head, *rows])]))
    assert found.tables[0].rows["title"].tolist() == ["关于均衡发展的通知", "关于督导的通知"]


def test_a_period_that_has_not_begun_is_refused() -> None:
    rows = [["2031", *row[1:]] for row in ROWS]
    found = read(xlsx([("表", [HEADER, *rows])]), Asked(today=date(2026, 11, 29)))
    assert told(found, "period_in_future")[0].startswith("数据期“2031”还没有到：今天是2026-11-29")
    form = xlsx([("表Ⅱ-2（小学）", [SECTIONS, section(1, "小学")])])
    found = read(form, Asked("2031", "500156", today=date(2026, 11, 29)))
    assert found.is_blocked
    assert not found.tables
    assert not read(form, Asked("2026-11", "500156", today=date(2026, 11, 1))).is_blocked


def test_october_that_lost_its_zero_in_plain_text_is_asked_about() -> None:
    rows = [["2026.1", *row[1:]] for row in ROWS]
    assert told(read(plain("utf-8", ",")([("表", [HEADER, *rows])])), "period_ambiguous")
    rows = [["2026.10", *row[1:]] for row in ROWS]
    found = read(plain("utf-8", ",")([("表", [HEADER, *rows])]), Asked(today=date(2026, 11, 29)))
    assert found.tables[0].rows["period"].unique().tolist() == ["2026-10"]
    assert not told(found, "period_ambiguous")


def test_schools_that_are_missing_are_one_finding_that_names_them() -> None:
    whole = read(xlsx([("表", [HEADER, *ROWS])])).tables[0].rows
    found = read(xlsx([("表", [HEADER, *ROWS[:9]])]), Asked(earlier=lambda *_: whole))
    [said] = told(found, "school_missing")
    assert said.count("武隆区") == 3
    assert said.endswith("（共3所）本期没有")


ITEM_HEAD = ["数据期", "区县代码", "项目", "数值", "是否达标", "说明"]


def test_a_veto_that_the_note_denies_in_other_words_is_refused() -> None:
    said = ("没有这种情况", "本区未发生", "经查，无", "经核查，我区没有此类问题", "均无")
    for note in said:
        found = read(xlsx([("指标", [ITEM_HEAD, ["2026", "500156", "V1", None, "否", note]])]))
        assert told(found, "veto_contradiction"), note
    for note in ("/", "—", "-"):
        found = read(xlsx([("指标", [ITEM_HEAD, ["2026", "500156", "V1", None, "否", note]])]))
        assert told(found, "veto_needs_note"), note
    for note in ("没有按规定拨付经费", "2026年3月发生一起，无人员伤亡", "我区某校发生择校收费", "无证办学未制止"):
        found = read(xlsx([("指标", [ITEM_HEAD, ["2026", "500156", "V1", None, "否", note]])]))
        assert told(found, "veto_confirm"), note


def exchanged(row: Sequence[Value], one: str, other: str) -> list[Value]:
    row, first, second = list(row), HEADER.index(one), HEADER.index(other)
    row[first], row[second] = row[second], row[first]
    return row


def test_a_second_header_that_means_other_columns_is_refused_at_its_cell() -> None:
    heads = exchanged(HEADER, "计算机台数", "图书册数")
    below = [exchanged(row, "计算机台数", "图书册数") for row in ROWS[6:]]
    found = read(xlsx([("表", [HEADER, *ROWS[:6], [], heads, *below])]))
    assert told(found, "header_differs")[0].startswith("第9行又是一个表头，与前面的表头不同：AJ9写“图书册数”、AK9写")
    assert not found.tables
    turned = [HEADER, *ROWS[:6], HEADER[::-1], *[row[::-1] for row in ROWS[6:]]]
    assert [f.finding_code for f in read(xlsx([("表", turned)])).findings if f.is_blocking] == ["header_differs"]


def test_a_second_header_with_another_unit_is_refused() -> None:
    heads = ["教学仪器设备值（元）" if h == "教学仪器设备值" else h for h in HEADER]
    found = read(xlsx([("表", [HEADER, *ROWS[:6], heads, *ROWS[6:]])]))
    assert "AH8写“教学仪器设备值（元）”" in told(found, "header_differs")[0]
    same = ["教学仪器设备值（万元）*" if h == "教学仪器设备值" else h for h in HEADER]
    assert len(read(xlsx([("表", [HEADER, *ROWS[:6], same, *ROWS[6:]])])).tables[0].rows) == len(ROWS)


def test_a_cell_merged_over_rows_holds_for_each_unless_it_is_an_amount() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, *ROWS):
        sheet.append(list(row))
    for header, last in (("数据期", len(ROWS) + 1), ("区县代码", len(ROWS) + 1), ("运动场地面积", 3)):
        letter = get_column_letter(HEADER.index(header) + 1)
        sheet.merge_cells(f"{letter}2:{letter}{last}")
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert not found.is_blocked
    assert found.tables[0].rows[["period", "district_code"]].drop_duplicates().values.tolist() == [["2026", "500156"]]
    assert told(found, "merged_down") == ["合并的单元格按每行都相同读取：数据期（A2:A13）、区县代码（B2:B13）"]
    assert found.tables[0].rows["sports_ground_area_m2"].isna().tolist() == [False, True, *[False] * 10]


def test_a_school_in_the_table_and_in_the_form_is_refused() -> None:
    name = str(ROWS[0][3])
    both = [("学校基础数据表", [HEADER, *ROWS]), ("表Ⅱ-2（小学）", [SECTIONS, [1, name, *section(1, "小学")[2:]]])]
    found = read(xlsx(both), WULONG)
    assert told(found, "form_beside_table")[0].startswith(f"“{name}”既在学校基础数据表中，又在官方表Ⅱ-2中")
    form = [[f"{h}" for h in SECTIONS], [1, name, *section(1, "")[2:]]]
    stages = [("表Ⅱ-2（小学）", form), ("表Ⅱ-2（初中）", form)]
    assert told(read(xlsx(stages), WULONG), "same_name") == []


def test_a_cell_of_a_web_table_may_reach_over_all_schools() -> None:
    rows = [[*row[:2], str(3150156001 + n), f"示例第{n}小学", *row[4:]] for n, row in enumerate(ROWS * 8)]
    made = "".join(f"<th>{h}</th>" for h in HEADER)
    for number, row in enumerate(rows):
        spans = [f"<td rowspan={len(rows)}>{v}</td>" for v in row[:2]] if number == 0 else []
        cells = [*spans, *(f"<td>{'' if v is None else v}</td>" for v in row[2:])]
        made += f"</tr><tr>{''.join(cells)}"
    found = read(f"<html><table><tr>{made}</tr></table></html>".encode())
    assert not found.is_blocked
    assert len(found.tables[0].rows) == len(rows)


def test_a_unit_outside_brackets_is_used_also_where_a_person_maps_the_column() -> None:
    for name in (
        "教学仪器设备值千元",
        "教学仪器设备值-千元",
        "教学仪器设备值 单位：千元",
        "千元教学仪器设备值",
        "教学仪器设备值(仟元)",
    ):
        found = read(renamed("教学仪器设备值", name, 10))
        assert found.tables[0].rows["equipment_value_wan"].iloc[0] == "244.47", name
        assert told(found, "unit_converted"), name
    found = read(
        renamed("教学仪器设备值", "设备家底（教学）千元", 10), Asked(by_hand={"设备家底（教学）千元": "教学仪器设备值"})
    )
    assert found.tables[0].rows["equipment_value_wan"].iloc[0] == "244.47"
    plainly = read(renamed("公用经费预算", "公用经费预算单位元"))
    assert plainly.tables[0].rows["public_budget_yuan"].iloc[0] == "969450"
