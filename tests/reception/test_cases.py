"""Each of the 63 handed cases: what `data check` says, and what stands after `data import` and `data publish`."""

import csv
from pathlib import Path

import pytest

from tests.depth import IS_FULL
from tests.reception.running import Answer, Findings, checked, imported, prepare_commands, published, stored_key

CASES = Path(__file__).parent / "cases"
with (CASES / "expected.csv").open(encoding="utf-8") as stream:
    EXPECTED = [(row["file"], row["expect"]) for row in csv.DictReader(stream)]
HEADERS = {"图书册数": "books", "运动场地面积": "sports_ground_area_m2", "教学仪器设备值": "equipment_value_wan"}
CAUSES = {
    "12": "formula_no_result",
    "16b": "areas_repeated",
    "17": "same_name",
    "22": "missing_columns",
    "74b": "unit_filled_down",
}
"""The one finding that names the cause of each query."""
BLOCKED = {
    "10d": ("unit_in_number", ["AI2"], "30间"),
    "10n": ("note_in_number", ["AE2"], "3456.7（含在建）"),
    "11b": ("code_15_digits", [f"C{n}" for n in range(2, 14)], "500103150156001000"),
    "11d": ("code_scientific", [f"C{n}" for n in range(2, 14)], "3.1500E+09"),
    "11e": ("error_value", ["C5"], "#N/A"),
    "13": ("hidden_sheet_repeats", [f"C{n}" for n in range(2, 14)], "旧稿"),
    "50g": ("veto_contradiction", [f"E{n}" for n in range(2, 9)], "V1"),
    "60g": ("two_digit_year", ["E2"], "25-9-3"),
    "60n": ("year_outside", ["C2"], "28"),
    "61b": ("date_in_future", ["D2"], "2027-10-12"),
    "93b": ("placeholder_code", ["C2", "C3", "C4"], "无"),
}
SAID = {
    "03": "合计、小计、平均等行1行（第14行）",
    "03c": "合计、小计、平均等行1行（第6行）",
    "15c": "内容相同，只计一次（共2格：C2、C3）",
    "77b": "（共111格：",
    "82": "重复的表头1行（第8行）",
}


def files_of(name: str) -> list[Path]:
    return [CASES / part for part in name.split("+")]


def number(name: str) -> str:
    return name.partition("_")[0]


def own(findings: Findings) -> Findings:
    """Without what is said of every return of schools alone: the unit's items are missing."""
    return [f for f in findings if f["finding_code"] != "kind_not_sent"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    prepare_commands(monkeypatch, tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture
def clean(folder: Path) -> Answer:
    return checked([CASES / "00_clean.xlsx"])


@pytest.mark.parametrize(("name", "expect"), EXPECTED)
def test_a_handed_case(name: str, expect: str, folder: Path, clean: Answer) -> None:
    more = ("--period", "2026", "--district", "500156") if expect.startswith("form22") else ()
    answer = checked(files_of(name), *more)
    taken = imported(files_of(name), *more)
    found = own(answer.findings)
    if expect == "blocked":
        is_named(BLOCKED[number(name)], answer, taken)
        return
    assert (answer.code, taken.code) == (0, 0), found
    assert [f["finding_code"] for f in found] == [f["finding_code"] for f in own(taken.findings)]
    is_light = not IS_FULL and expect.startswith(("read", "query", "missing", "same_or", "not_personal"))
    made = {} if is_light else published(folder, stored_key(folder))
    if expect in ("clean", "same", "same_said", "together:same"):
        assert (answer.sections, answer.districts) == (clean.sections, clean.districts)
        assert len(answer.sections) == 14
        assert len(made["stg_school"]) == 12
        assert [f for f in found if f["severity"] != "hint"] == []
    if expect == "same_said":
        assert SAID[number(name)] in "".join(f["message"] for f in found)
    if expect == "query":
        assert (found[0]["finding_code"], found[0]["severity"]) == (CAUSES[number(name)], "query")
        assert [f["finding_code"] for f in found].count(CAUSES[number(name)]) == 1
    if expect == "same_or_map":
        told = next(f for f in found if f["finding_code"] == "columns_to_map")
        assert "“小学教师数”→“小学专任教师数”（83%）" in told["message"]
        assert [s["meets"] for s in answer.sections] == [s["meets"] for s in clean.sections]
    if expect == "missing_said":
        told = [f for f in found if f["finding_code"] == "dash_as_missing"]
        assert [f["cells"] for f in told] == [["AF2"]]
        assert {s["values"]["L4"] for s in answer.sections if s["school_code"] == "3150156001"} == {None}
    if expect.startswith("read:"):
        header, _, value = expect.removeprefix("read:").partition("=")
        assert read(folder, HEADERS[header]) == float(value)
        assert found == []
    if expect.startswith("form22"):
        assert len([s for s in answer.sections if s["complies"] is not None]) == int(expect.partition(":")[2])
    if expect.startswith("items:"):
        assert any("Q1" in row and "98.5" in row for row in made["stg_district_item"])
    if expect == "together:2":
        assert len(made["stg_visit"]) == 2
    if expect == "not_personal":
        assert "personal_column" not in {f["finding_code"] for f in found}


def read(folder: Path, field: str) -> float:
    import duckdb

    path = next((folder / "batches").glob("*/table_0.parquet"))
    with duckdb.connect() as connection:
        asked = f"select {field} from read_parquet($p) where school_code = '3150156001'"
        return float((connection.execute(asked, {"p": str(path)}).fetchone() or (0,))[0])


def is_named(wanted: tuple[str, list[str], str], answer: Answer, taken: Answer) -> None:
    code, cells, value = wanted
    assert (answer.code, taken.code, taken.batches) == (1, 1, [])
    told = next(f for f in answer.findings if f["severity"] == "error" and f["finding_code"] == code)
    assert told["cells"] == cells
    assert value in told["message"]
    assert told["sheet"]
    assert told["suggested_fix"]


def test_the_second_of_two_files_says_what_it_would_replace(folder: Path) -> None:
    first, second = files_of("84a_primary_file.xlsx+84b_junior_file.xlsx")
    assert imported([first]).code == 0
    refused = imported([second])
    assert (refused.code, refused.batches) == (1, [])
    told = next(f for f in refused.findings if f["finding_code"] == "needs_replace")
    assert "本次含5所学校，将替换上次的7所；缺：武隆区仙女山小学（3150156001）" in told["message"]
    assert refused.findings[0] == told
    assert imported([second], "--replace").code == 0
    assert imported([first, second], "--replace").code == 0
    assert len(published(folder)["stg_school"]) == 12


def test_visits_of_a_later_week_join_the_earlier_ones(folder: Path) -> None:
    for name in ("87a_visit_week1.xlsx", "87b_visit_week2.xlsx"):
        assert imported([CASES / name]).code == 0
    assert len(published(folder)["stg_visit"]) == 2
