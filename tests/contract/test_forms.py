"""Official forms: what leaves as 表Ⅱ-2 gives the same verdicts when it comes back."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from callbacks.dependencies import Dependencies
from callbacks.files.official_forms import forms_file, forms_view
from data.__main__ import app
from data.view_state import ViewState
from layouts.forms.book import official_forms
from layouts.forms.sheets import FORMS
from queries import district, forms, overview
from queries.reader import Snapshot
from tests.present import present


@pytest.mark.parametrize(
    "place", [("2026", "500116"), ("2026", "P50LJ2"), ("2024", "500103"), ("2020", "500242")], ids="-".join
)
def test_an_exported_form_2_2_gives_the_same_verdicts(
    deps: Dependencies, snapshot: Snapshot, tmp_path: Path, place: tuple[str, str]
) -> None:
    period, code = place
    view = forms_view(deps, snapshot, ViewState(period=period, district=code))
    path = tmp_path / "表2-2.xlsx"
    path.write_bytes(official_forms(view, ["2-2"]))
    result = CliRunner().invoke(app, ["check", str(path), "--period", period, "--district", code, "--format", "json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 0, answer["findings"][:3]
    read = {(s["school_name"], s["stage"]): s for s in answer["sections"]}
    stored = forms.sections(snapshot, period, "as_was", code)
    assert len(read) == len(stored) > 20
    values = district.sections(snapshot, period, "as_was", code)
    for row in stored:
        assert read[row.school_name, row.stage]["complies"] is row.complies
    for value in values:
        if value.is_in_scope:
            meets = read[value.school_name, value.stage]["meets"]
            assert meets[value.indicator_code] is value.is_met
    cvs = {(c["stage"], c["indicator"]): c for c in answer["districts"]}
    for cv in overview.unit_cv(snapshot, period, "as_was"):
        if cv.district_code == code:
            again = cvs[cv.stage, cv.indicator_code]
            assert again["complies"] is cv.is_within_limit
            assert again["cv"] == pytest.approx(cv.cv, abs=1e-3)


def test_all_forms_open_and_say_where_they_come_from(deps: Dependencies) -> None:
    view = forms_view(deps, deps.warehouse.current(), ViewState(district="500116"))
    book = load_workbook(BytesIO(official_forms(view, list(FORMS))))
    assert book.sheetnames == ["表Ⅱ-1", "表Ⅱ-2", "表Ⅲ", "表Ⅳ", "表Ⅴ", "表Ⅵ"]
    for sheet in book.worksheets:
        assert "演示数据" in str(sheet["A1"].value)
        assert "江津区" in str(sheet["A2"].value)
        foot = str(present(present(sheet.oddFooter).left).text)
        assert view.snapshot.snapshot_id in foot
        assert view.snapshot.rules_version in foot
    assert book["表Ⅳ"].max_row == 3 + 15
    assert book["表Ⅴ"].max_row == 3 + 9
    assert book["表Ⅲ"].max_row == 3 + 4
    assert book["表Ⅲ"]["C5"].number_format == "0.000"


def test_an_address_without_a_unit_gives_no_form(deps: Dependencies) -> None:
    assert forms_file(deps, "2-2", "/league", "") is None
    assert forms_file(deps, "forms", "/district/nowhere", "") is None


@pytest.mark.parametrize("unit", ["500109", "500242"])
def test_a_row_that_complies_says_where_its_school_does_not(deps: Dependencies, unit: str) -> None:
    """北碚示例第十四学校 read 达标 in its primary row and fails everywhere else."""
    view = forms_view(deps, deps.warehouse.current(), ViewState(district=unit))
    sheet = load_workbook(BytesIO(official_forms(view, ["2-2"]))).worksheets[0]
    told = {
        (str(row[1].value), {"小学": "primary", "初中": "junior"}[str(row[2].value)]): str(row[-1].value)
        for row in sheet.iter_rows(min_row=4, max_row=3 + len(view.sections))
    }
    failing = {s.school_code for s in view.sections if s.complies is False}
    mixed = 0
    for section in view.sections:
        is_mixed = section.complies is True and section.school_code in failing
        assert ("部分未达标，全校不算达标" in told[section.school_name, section.stage]) == is_mixed
        mixed += is_mixed
    assert mixed > 0
