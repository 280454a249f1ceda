"""What exports and habits put into files beside the table itself."""

from pathlib import Path

import pytest

from data.importing.asked import Asked
from data.importing.grouped import grouped
from data.importing.headers import header_key
from tests.reception.running import checked, imported, prepare_commands, rows_of
from tests.reception.test_any_form import HEADER, ROWS, prepared
from tests.reception.test_variants import SECTIONS, read, section, told
from tests.reception.writers import Grid, Value, archive, html_table, plain, xlsx

PLAIN = rows_of(read(xlsx([("表", [HEADER, *ROWS])])).tables)


def as_formula(value: Value) -> Value:
    return None if value is None else f'="{value}"'


def test_texts_that_an_export_wrote_as_formulas_are_read_as_texts() -> None:
    codes: Grid = [HEADER, *[[*row[:2], as_formula(row[2]), *row[3:]] for row in ROWS]]
    everything: Grid = [[as_formula(value) for value in row] for row in [HEADER, *ROWS]]
    bare = "\r\n".join(",".join("" if v is None else str(v) for v in row) for row in everything)
    for content in (
        plain("gb18030", ",")([("表", codes)]),
        plain("utf-8-sig", "\t")([("表", everything)]),
        bare.encode("gb18030"),
        html_table([("表", codes)]),
    ):
        found = read(content)
        assert not found.is_blocked, found.findings[:3]
        assert rows_of(found.tables) == PLAIN


UNITS = {
    "小学在校生数": "人",
    "教学及辅助用房面积": "㎡",
    "教学仪器设备值": "元",
    "图书册数": "册",
    "网络多媒体教室数": "间",
}


def in_yuan(rows: list[list[Value]]) -> list[list[Value]]:
    place = HEADER.index("教学仪器设备值")
    return [[*row[:place], round(float(row[place] or 0) * 10_000, 2), *row[place + 1 :]] for row in rows]


def test_a_row_of_units_below_the_header_is_used_like_units_in_it() -> None:
    units = [UNITS.get(header) for header in HEADER]
    for row in (
        units,
        [unit and f"（{unit}）" for unit in units],
        ["单位", *units[1:]],
        [unit or "—" for unit in units],
        [unit or ("必填" if n < 5 else None) for n, unit in enumerate(units)],
    ):
        found = read(xlsx([("表", [["武隆区学校基础数据表"], HEADER, row, *in_yuan(ROWS)])]))
        assert not found.is_blocked, (row, found.findings[:2])
        assert rows_of(found.tables) == PLAIN
        assert "教学仪器设备值：表头写“元”，已换算为万元" in told(found, "unit_converted")


def test_a_column_over_a_row_of_units_can_be_named_by_hand() -> None:
    header = ["设备家底" if name == "教学仪器设备值" else name for name in HEADER]
    content = xlsx([("表", [header, [UNITS.get(name) for name in HEADER], *in_yuan(ROWS)])])
    [unknown] = [column.header for column in read(content).columns if not column.column]
    found = read(content, Asked(by_hand={header_key(unknown)[0]: "教学仪器设备值"}))
    assert rows_of(found.tables) == PLAIN


def streams(*names: str) -> bytes:
    """The beginning of an old Office file that holds streams of these names."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(n.encode("utf-16-le") + bytes(64) for n in names)


def test_a_document_of_old_word_or_of_another_office_is_told_to_be_one() -> None:
    kinds = ("text", "presentation", "graphics")
    packed = [archive({"mimetype": f"application/vnd.oasis.opendocument.{k}", "content.xml": "<a/>"}) for k in kinds]
    for content in (streams("WordDocument", "1Table"), streams("PowerPoint Document"), *packed):
        [said] = told(read(content), "unreadable_file")
        assert "这是 Word 或 PowerPoint 一类的文件，不是表格" in said
    with_a_letter_in_it = streams("Workbook", "WordDocument")
    assert "Word" not in told(read(with_a_letter_in_it), "unreadable_file")[0]


def grown(rows: list[list[Value]], period: str, more: int) -> bytes:
    """The same schools in another period; of none is a number with `more` the same."""
    other = [[period, *row[1:9], *(v + more if isinstance(v, int | float) else v for v in row[9:])] for row in rows]
    return xlsx([("表", [HEADER, *other])])


def test_the_year_before_sent_again_is_found_also_where_a_spring_lies_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_commands(monkeypatch, tmp_path)
    file = tmp_path / "表.xlsx"
    file.write_bytes(grown(ROWS, "2025", 0))
    assert imported([file]).code == 0
    spring = [ROWS[0], *[[*r[:9], *(v + 2 if isinstance(v, int | float) else v for v in r[9:])] for r in ROWS[1:]]]
    file.write_bytes(grown(spring, "2026-03", 0))
    assert imported([file]).code == 0
    file.write_bytes(grown(ROWS, "2026", 0))
    [said] = [f for f in checked([file]).findings if f["finding_code"] == "repeated_values"]
    assert len(said["cells"]) == len(ROWS)
    assert "100.0%的数值与2025完全相同" in said["message"], "not the spring, from which one school alone may be"
    file.write_bytes(grown(ROWS, "2026", 1))
    assert not [f for f in checked([file]).findings if f["finding_code"] == "repeated_values"]


def test_a_rate_written_as_a_fraction_is_asked_about() -> None:
    head = ["数据期", "区县代码", "项目", "数值", "是否达标", "说明"]

    def asked_about(*rates: tuple[str, float]) -> list[str]:
        grid: Grid = [head, *[["2026", "500156", code, rate, None, None] for code, rate in rates]]
        return told(read(xlsx([("表", grid)])), "rate_as_fraction")

    assert asked_about(("Q1", 0.985), ("Q2", 98.5), ("Q4", 0.05), ("G14", 1)) == [
        "项目“Q1”的数值是0.985，像是把百分数写成了小数",
        "项目“Q4”的数值是0.05，像是把百分数写成了小数",
        "项目“G14”的数值是1，像是把百分数写成了小数",
    ]
    assert asked_about(("Q1", 98.5), ("Q2", 0), ("Q4", 0.8), ("G7", 0.9)) == []


def test_items_that_nobody_sent_are_named_once_until_they_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_commands(monkeypatch, tmp_path)
    judged = [f"G{n}" for n in (1, 2, 3, 4, 5, 6, 8, 10, 11, 13)] + [f"Q{n}" for n in (3, 5, 6, 7, 8, 9)] + ["P1"]
    counted = ["G7", "G9", "G12", "G14", "G15", "Q1", "Q2", "Q4", "S1"]
    head = ["数据期", "区县代码", "项目", "数值", "是否达标"]
    file = tmp_path / "指标.xlsx"

    def sent(judged: list[str], counted: list[str]) -> bytes:
        rows: Grid = [["2026", "500156", code, None, "是"] for code in judged]
        return xlsx(
            [("指标", [head, *rows, *[["2026", "500156", code, 9_000 if code == "G7" else 100] for code in counted]])]
        )

    file.write_bytes(sent(judged, counted))
    [said] = [f for f in imported([file]).findings if f["finding_code"] == "items_not_sent"]
    assert said["message"].startswith("武隆区2026缺少7个项目：V1、V2、V3、V4、V5、V6、V7；")
    file.write_bytes(sent([f"V{n}" for n in range(1, 7)], []))
    [said] = [f for f in checked([file]).findings if f["finding_code"] == "items_not_sent"]
    assert said["value"] == "V7"
    file.write_bytes(sent([f"V{n}" for n in range(1, 8)], []))
    assert not [f for f in checked([file]).findings if f["finding_code"] == "items_not_sent"]


def test_an_item_without_amount_and_without_judgement_is_not_said_to_be_judged() -> None:
    head = ["数据期", "区县代码", "项目", "数值", "是否达标"]
    [nothing] = told(read(xlsx([("指标", [head, ["2026", "500156", "Q1", None, None]])])), "amount_required")
    assert nothing == "项目“Q1”没有数值，也没有填是否达标，将无法判定"
    [word] = told(read(xlsx([("指标", [head, ["2026", "500156", "Q1", None, "是"]])])), "amount_required")
    assert word == "项目“Q1”没有数值，按填报的是否达标判定"


def of_stage(stage: str, rows: list[list[Value]], headers: tuple[str, ...]) -> Grid:
    """The columns of one stage without its name, filled for the schools that have it."""
    others = [s for s in ("小学", "初中") if s != stage]
    kept = [n for n, h in enumerate(HEADER) if not h.startswith(tuple(others))]
    there = [row for row in rows if row[HEADER.index(f"{stage}在校生数")]]
    own = [HEADER[n].removeprefix(stage) if HEADER[n].startswith(stage) else HEADER[n] for n in kept]
    return [*([list(headers)] if headers else []), own, *[[row[n] for n in kept] for row in there]]


def test_the_stage_of_a_workbook_is_told_from_its_file_as_well() -> None:
    files = {f"{stage}.xlsx": xlsx([("Sheet1", of_stage(stage, ROWS, ()))]) for stage in ("小学", "初中")}
    assert rows_of(prepared(files).tables) == PLAIN


def test_a_stage_behind_a_name_is_read() -> None:
    for form in ("{}（{}）", "{}-{}", "{} {}"):
        header = [form.format(h[2:], h[:2]) if h[:2] in ("小学", "初中", "高中") else h for h in HEADER]
        found = read(xlsx([("表", [header, *ROWS])]))
        assert rows_of(found.tables) == PLAIN, form


def test_a_title_of_another_year_or_unit_is_asked_about_where_no_column_says_either() -> None:
    bare = [row[2:] for row in [HEADER, *ROWS]]

    def asked_about(title: list[Value], file: str = "表.xlsx") -> list[str]:
        found = prepared({file: xlsx([("表", [title, *bare])])}, Asked("2026", "500156"))
        return [f.message for f in found.findings if f.finding_code == "title_differs"]

    assert asked_about(["武隆区2025年学校基础数据表"]) == [
        "表中没有“数据期”，按指定的“2026”读取，但标题或文件名写的是“2025”"
    ]
    assert asked_about(["重庆市涪陵区2026年学校基础数据表"]) == [
        "表中没有“区县代码”，按指定的“500156”读取，但标题或文件名写的是“涪陵区”"
    ]
    assert len(asked_about(["学校基础数据表"], "涪陵区2025年.xlsx")) == 2
    for title in ("武隆区2026年数据", "2026—2027学年度", "依据2017年办法", "学校数据（教督〔2017〕6号）"):
        assert asked_about([title]) == [], title
    assert asked_about(["武隆区学校基础数据表", "填报日期：2027年1月5日"]) == []


def test_what_all_town_sheets_have_in_common_is_one_finding_that_names_them() -> None:
    header = ["设备家底" if h == "教学仪器设备值" else h for h in HEADER[2:]]
    towns = [(f"{n + 1}镇", [["2025年统计表"], header, *[row[2:] for row in ROWS[n::3]], ["合计"]]) for n in range(3)]
    found = grouped(prepared({"表.xlsx": xlsx(towns)}, Asked("2026", "500156")).findings)
    said = [(f.finding_code, f.column) for f in found if f.finding_code != "rows_left_out"]
    assert len(said) == len(set(said)), said
    sheets = {f.finding_code: f.sheet for f in found}
    assert {sheets[c] for c in ("title_differs", "scope_given", "unknown_column")} == {"1镇、2镇、3镇"}
    assert sum(f.finding_code == "rows_left_out" for f in found) == len(towns)


def test_a_unit_is_known_with_its_city_in_front() -> None:
    place = HEADER.index("区县代码")
    rows = [[*row[:place], "重庆市武隆区", *row[place + 1 :]] for row in ROWS]
    assert rows_of(read(xlsx([("表", [HEADER, *rows])])).tables) == PLAIN
    rows = [[*row[:place], "重庆市", *row[place + 1 :]] for row in ROWS[:1]]
    assert told(read(xlsx([("表", [HEADER, *rows])])), "unknown_district")


def test_the_official_form_of_another_year_or_unit_is_asked_about() -> None:
    def asked_about(title: str) -> list[str]:
        grid: Grid = [[title], SECTIONS, section(1, "小学"), section(2, "小学")]
        return told(read(xlsx([("小学", grid)]), Asked("2026", "500156")), "title_differs")

    assert len(asked_about("涪陵区2025年表Ⅱ-2 资源配置达标情况（小学）")) == 2
    assert asked_about("武隆区2026年表Ⅱ-2 资源配置达标情况（小学）") == []
