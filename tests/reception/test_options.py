"""What is given beside the files at the command line: the map of headers, the period and the unit."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.__main__ import app
from tests.reception.running import checked, prepare_commands
from tests.reception.test_variants import renamed


@pytest.mark.parametrize("coding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_map_is_read_in_any_coding(coding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_commands(monkeypatch, tmp_path)
    file, names = tmp_path / "表.xlsx", tmp_path / "对应.csv"
    file.write_bytes(renamed("图书册数", "纸质书总量"))
    names.write_bytes("纸质书总量,图书册数\r\n".encode(coding))
    answer = checked([file], "--map", str(names))
    assert {"column_mapped"} == {f["finding_code"] for f in answer.findings} & {"column_mapped", "columns_to_map"}


@pytest.mark.parametrize(
    "given", [("--map", "没有这个文件.csv"), ("--period", "明年"), ("--period", "2026-13"), ("--district", "不存在区")]
)
def test_what_cannot_be_meant_is_refused_in_our_language(
    given: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_commands(monkeypatch, tmp_path)
    file = tmp_path / "表.xlsx"
    file.write_bytes(renamed("图书册数", "图书册数"))
    for command in ("check", "import"):
        ran = CliRunner().invoke(app, [command, str(file), *given])
        assert ran.exit_code == 2
        assert given[1] in ran.output
        assert "Error" not in ran.output
        assert "Usage" not in ran.output


def test_a_unit_is_given_by_its_name_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_commands(monkeypatch, tmp_path)
    file = tmp_path / "表.csv"
    file.write_text("学校名称,学段,在校生数,班级数,生均教学及辅助用房面积\n甲小学,小学,500,12,5\n", encoding="utf-8")
    answer = checked([file], "--period", "2026", "--district", "武隆")
    assert {d["district_code"] for d in answer.districts} == {"500156"}
