"""A column written in another unit than its own is one finding, which a unit in its header or a mapping settles."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.reception.running import checked, prepare_commands

CLEAN = Path(__file__).parent / "cases" / "00_clean.xlsx"
COLUMN = "教学仪器设备值"


def in_yuan(header: str = COLUMN) -> bytes:
    """The clean return with 万元 written out in 元."""
    book = openpyxl.load_workbook(CLEAN)
    sheet = book.worksheets[0]
    place = next(n for n, c in enumerate(sheet[1], start=1) if str(c.value).startswith(COLUMN))
    sheet.cell(1, place, header)
    for row in range(2, sheet.max_row + 1):
        value = sheet.cell(row, place).value
        if value is not None:
            sheet.cell(row, place, round(float(str(value)) * 10_000))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_whole_column_in_yuan_is_one_finding_with_the_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_commands(monkeypatch, tmp_path / "var")
    (tmp_path / "表.xlsx").write_bytes(in_yuan())
    told = [f for f in checked([tmp_path / "表.xlsx"]).findings if f["column"] == COLUMN]
    assert [(f["finding_code"], f["severity"], f["value"]) for f in told] == [("column_unit", "query", "元")]


@pytest.mark.parametrize("is_mapped", [True, False])
def test_the_unit_in_the_header_or_by_hand_gives_the_clean_return(
    is_mapped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_commands(monkeypatch, tmp_path / "var")
    clean = checked([CLEAN])
    (tmp_path / "表.xlsx").write_bytes(in_yuan() if is_mapped else in_yuan(f"{COLUMN}（元）"))
    (tmp_path / "对应.csv").write_text(f"{COLUMN},{COLUMN}（元）\n", encoding="utf-8")
    more = ("--map", str(tmp_path / "对应.csv")) if is_mapped else ()
    answer = checked([tmp_path / "表.xlsx"], *more)
    assert answer.sections == clean.sections
    assert "column_unit" not in {f["finding_code"] for f in answer.findings}


def test_a_column_set_aside_by_hand_is_asked_about_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_commands(monkeypatch, tmp_path / "var")
    book = openpyxl.load_workbook(CLEAN)
    sheet = book.worksheets[0]
    sheet.cell(1, sheet.max_column + 1, "小学骨干")
    sheet.cell(2, sheet.max_column, 7)
    place = next(n for n, c in enumerate(sheet[1], start=1) if str(c.value).startswith("小学骨干教师数"))
    sheet.delete_cols(place)
    book.save(tmp_path / "表.xlsx")
    (tmp_path / "对应.csv").write_text("小学骨干,\n", encoding="utf-8")
    asked = {f["finding_code"] for f in checked([tmp_path / "表.xlsx"]).findings}
    after = {f["finding_code"] for f in checked([tmp_path / "表.xlsx"], "--map", str(tmp_path / "对应.csv")).findings}
    assert "columns_to_map" in asked
    assert not after & {"columns_to_map", "unknown_column", "column_mapped"}
