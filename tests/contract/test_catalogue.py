"""The catalogue refuses to start when it is wrong, and names file and line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.catalogue import loader
from data.catalogue.tables import CvLimit, District, Indicator, Item, SchoolRule, Threshold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(loader.FOLDER, copy)
    return copy


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("indicator_inputs.csv", "L9,books,1", "not in indicators.csv"),
        ("thresholds.csv", "L1,primary,5,2020-01-01,,quality_balanced_2017,true", "overlap"),
        ("sources.csv", "quality_balanced_2017,x,,,", "stands twice"),
        ("cv_limits.csv", "quality_balanced,L1,primary,abc,2030-01-01,,office_parameter,true",
         "bad value"),
        ("cv_limits.csv", "quality_balanced,L1", "wrong number of cells"),
        ("recognitions.csv", "500103,,x,recognition_2024", "is empty"),
        ("school_rules.csv", "basic_balanced,2,0.85,2030-01-01,,quality_balanced_2017,true",
         "must be 0 or 1"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_file_and_line(
    folder: Path, file: str, line: str, message: str
) -> None:
    path = folder / file
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    with pytest.raises(loader.CatalogueError, match=message) as error:
        loader.load_catalogue(folder)
    assert f"{file}:{number}" in str(error.value)


def test_unknown_column_is_refused(folder: Path) -> None:
    path = folder / "split_weights.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("weight,", "wait,", 1))
    with pytest.raises(loader.CatalogueError, match=r"split_weights.csv:1: unknown columns"):
        loader.load_catalogue(folder)


def test_a_limit_raised_from_a_date_is_rows(folder: Path) -> None:
    path = folder / "cv_limits.csv"
    old = "quality_balanced,L1,primary,0.50,2017-04-19,,quality_balanced_2017,true"
    text = path.read_text(encoding="utf-8")
    assert old in text
    new = (
        old.replace("2017-04-19,,", "2017-04-19,2027-08-31,")
        + "\n"
        + old.replace("0.50,2017-04-19", "0.55,2027-09-01")
    )
    path.write_text(text.replace(old, new), encoding="utf-8")
    catalogue = loader.load_catalogue(folder)
    limits = {
        day.year: [r.cv_limit for r in catalogue.in_force(CvLimit, day)
                   if (r.indicator_code, r.stage) == ("L1", "primary")]
        for day in (date(2026, 9, 30), date(2027, 9, 30))
    }  # fmt: skip
    assert [str(limits[2026][0]), str(limits[2027][0])] == ["0.50", "0.55"]


def test_units_of_a_day() -> None:
    catalogue = loader.load_catalogue()
    for day, total, areas in ((date(2025, 11, 5), 41, 3), (date(2025, 11, 6), 37, 0)):
        units = [d for d in catalogue.in_force(District, day) if d.is_expected]
        assert len(units) == total
        assert sum(1 for d in units if d.kind == "functional_area") == areas
    named = [d.district_code for d in catalogue.rows(District) if d.name == "两江新区"]
    assert len(named) == 2


def test_numbers_of_the_standard() -> None:
    """Thresholds, limits and the school rule as printed in standard.md 1.1."""
    catalogue = loader.load_catalogue()
    printed = {"L1": ("4.2", "5.3"), "L2": ("1", "1"), "L3": ("0.9", "0.9"), "L4": ("4.5", "5.8"),
               "L5": ("7.5", "10.2"), "L6": ("2000", "2500"), "L7": ("2.3", "2.4")}  # fmt: skip
    found = {(t.indicator_code, t.stage): str(t.threshold) for t in catalogue.rows(Threshold)}
    for code, (primary, junior) in printed.items():
        assert (found[code, "primary"], found[code, "junior"]) == (primary, junior)
    [rule] = catalogue.rows(SchoolRule)
    assert (rule.allowed_shortfalls, str(rule.floor_share)) == (1, "0.85")
    counted = [i for i in catalogue.rows(Item) if i.item_code[0] in "GQS"]
    quality = [i for i in catalogue.rows(Indicator) if i.regime == "quality_balanced"]
    assert len(counted) + len(quality) == 32
