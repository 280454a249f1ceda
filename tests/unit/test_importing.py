"""Import: recognition, all findings at once, nothing half-imported, duplicates and corrections."""

import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from data.__main__ import app
from data.importing.batch_records import find_same, list_batches
from data.importing.batches import record_batch
from data.importing.prepare import prepare_file
from data.settings import Settings
from tests.returns import school, write_csv

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def codes(path: Path) -> list[tuple[str, int | None, str]]:
    return [(f.finding_code, f.row, f.column) for f in prepare_file(path).findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    prepared = prepare_file(write_csv(tmp_path / "a.csv", [school()], encoding))
    assert {f.finding_code for f in prepared.findings} == {"missing_columns", "missing_columns_unused"}
    assert prepared.tables[0].input_kind == "school_return"


def test_all_findings_are_reported_at_their_cell(tmp_path: Path) -> None:
    rows = [
        school(学校代码="A", 小学在校生数="一千"),
        school(学校代码="B", 小学骨干教师数=99, 小学专任教师数="80"),
        school(学校代码="C", 区县代码="999999", 办学类型="大学", 数据期="26年"),
        school(学校代码="D", 教学仪器设备值="-3", 网络多媒体教室数="2.5"),
    ]
    found = codes(write_csv(tmp_path / "a.csv", rows))
    assert ("not_a_number", 2, "小学在校生数") in found
    assert ("unknown_district", 4, "区县代码") in found
    assert ("not_allowed", 4, "办学类型") in found
    assert ("bad_period", 4, "数据期") in found
    assert ("negative_number", 5, "教学仪器设备值") in found
    assert ("not_an_integer", 5, "网络多媒体教室数") in found
    assert ("part_exceeds_whole", 3, "小学骨干教师数") in codes(
        write_csv(tmp_path / "b.csv", rows[1:2] + [school()])
    ) or ("part_exceeds_whole", 2, "小学骨干教师数") in codes(write_csv(tmp_path / "c.csv", rows[1:2]))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"小学在校生数": ""}, "missing_value"),
        ({"初中在校生数": 5}, "pupils_for_absent_stage"),
        ({"室内体育用房面积": 7000}, "indoor_exceeds_total"),
        ({"小学在校生数": 0}, "no_pupils"),
        ({"学校代码": "S" * 101}, "text_too_long"),
        ({"数据期": "2024", "区县代码": "P50LJ2"}, "district_not_valid"),
        ({"区县代码": "500105"}, "district_not_valid"),
    ],
)
def test_row_checks(tmp_path: Path, change: dict[str, object], code: str) -> None:
    assert code in [c for c, _, _ in codes(write_csv(tmp_path / "a.csv", [school(**change)]))]


def test_duplicate_school_is_named_with_its_first_row(tmp_path: Path) -> None:
    prepared = prepare_file(write_csv(tmp_path / "a.csv", [school(), school()]))
    [finding] = [f for f in prepared.findings if f.row]
    assert (finding.finding_code, finding.severity, finding.row) == ("duplicate_equal", "hint", 3)
    assert "第2行" in finding.message
    assert len(prepared.tables[0].rows) == 1
    differing = prepare_file(write_csv(tmp_path / "b.csv", [school(), school(小学骨干教师数=11)]))
    [finding] = [f for f in differing.findings if f.row]
    assert (finding.finding_code, finding.severity, finding.cells) == ("duplicate_key", "error", ("C3",))
    assert "“小学骨干教师数”J3为“11”，J2为“12”" in finding.message


def test_rows_are_judged_although_another_row_has_a_bad_cell(tmp_path: Path) -> None:
    rows = [school(), school(小学在校生数="很多"), school(学校名称="", 学校代码="3150010008")]
    found = codes(write_csv(tmp_path / "a.csv", rows))
    assert ("not_a_number", 3, "小学在校生数") in found
    assert ("duplicate_key", 3, "学校代码") in found
    assert ("missing_text", 4, "学校名称") in found


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00\x01", b"%PDF-1.4"])
def test_unreadable_files_say_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    prepared = prepare_file(path)
    assert not prepared.is_readable
    assert prepared.findings[0].finding_code == "unreadable_file"


def test_workbook_with_title_above_header_and_unknown_column(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = school(备用列="x")
    sheet.append(["学校基础数据表"])
    sheet.append(list(row))
    sheet.append(list(row.values()))
    book.save(tmp_path / "a.xlsx")
    prepared = prepare_file(tmp_path / "a.xlsx")
    assert [(f.finding_code, f.column) for f in prepared.findings if f.column] == [("unknown_column", "备用列")]
    assert len(prepared.tables[0].rows) == 1


def test_same_file_and_same_rows_are_refused_and_a_correction_supersedes(
    tmp_path: Path, empty_settings: Settings
) -> None:
    folder = empty_settings.batches_folder
    first = prepare_file(write_csv(tmp_path / "a.csv", [school()]))
    batch = record_batch(folder, first, imported_at=NOW, imported_by="t")
    resaved = prepare_file(write_csv(tmp_path / "b.csv", [school()], "gb18030"))
    assert find_same(resaved, list_batches(folder)) == batch
    corrected = prepare_file(write_csv(tmp_path / "c.csv", [school(小学骨干教师数=15)]))
    assert find_same(corrected, list_batches(folder)) is None
    second = record_batch(folder, corrected, imported_at=NOW, imported_by="t", reason="更正")
    assert second.supersedes == [batch.batch_id]


def test_command_line_imports_nothing_when_one_file_is_blocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSIGHT_VAR_FOLDER", str(tmp_path / "var"))
    good = write_csv(tmp_path / "good.csv", [school()])
    bad = write_csv(tmp_path / "bad.csv", [school(小学在校生数="x")])
    run = CliRunner()
    result = run.invoke(app, ["import", str(good), str(bad), "--format", "json"])
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["batches"] == []
    [blocking] = [f for f in answer["findings"] if f["severity"] == "error"]
    assert (blocking["column"], blocking["cells"]) == ("小学在校生数", ["G2"])
    assert not list_batches(tmp_path / "var" / "batches")
    assert run.invoke(app, ["import", str(good)]).exit_code == 0
    again = run.invoke(app, ["import", str(good)])
    assert again.exit_code == 1
    assert "已于" in again.stdout


@pytest.mark.parametrize(("name", "expected"), [("ok.csv", 0), ("bad.csv", 1), ("none.csv", 2)])
def test_check_exit_codes(tmp_path: Path, name: str, expected: int) -> None:
    write_csv(tmp_path / "ok.csv", [school()])
    write_csv(tmp_path / "bad.csv", [school(办学类型="大学")])
    result = CliRunner().invoke(app, ["check", str(tmp_path / name), "--format", "json"])
    assert result.exit_code == expected
    assert set(json.loads(result.stdout)) == {"findings", "sections", "districts", "composite", "verdict"}


def test_form_2_2_gives_the_values_it_reports(tmp_path: Path) -> None:
    headers = ["序号", "学校名称", "学段", "举办者类型", "在校生数", "L1", "L2", "L3", "L4", "L5", "L6", "L7"]
    path = tmp_path / "form.csv"
    path.write_text(",".join(headers) + "\n1,甲小学,小学,7,333,4.20,1.00,0.90,4.50,7.50,2000,2.30\n", encoding="utf-8")
    from data.settings import ROOT
    from data.warehouse.check import check_return

    prepared = prepare_file(path, period="2026", district_code="500103")
    assert [f.finding_code for f in prepared.findings] == ["back_derived"], prepared.findings
    [section] = check_return(prepared, ROOT / "queries" / "rules", "quality_balanced")["sections"]
    assert all(section["meets"].values())
    assert section["values"]["L4"] == pytest.approx(4.5)
    missing = prepare_file(path)
    assert [f.finding_code for f in missing.findings] == ["period_required"]
