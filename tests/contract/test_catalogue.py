"""The catalogue refuses to start when it is wrong, and names file and line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.catalogue import loader
from data.catalogue.tables import CvLimit, District, Indicator, Item, Parameter, SchoolRule, Source, Threshold


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
        ("cv_limits.csv", "quality_balanced,L1,primary,abc,2030-01-01,,office_parameter,true", "bad value"),
        ("cv_limits.csv", "quality_balanced,L1", "wrong number of cells"),
        ("recognition_batches.csv", "x,x,,,,,1,recognition_2024,true,", "known_from is empty"),
        ("school_rules.csv", "basic_balanced,2,0.85,2030-01-01,,quality_balanced_2017,true", "must be 0 or 1"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(folder: Path, file: str, line: str, message: str) -> None:
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
        old.replace("2017-04-19,,", "2017-04-19,2027-08-31,") + "\n" + old.replace("0.50,2017-04-19", "0.55,2027-09-01")
    )
    path.write_text(text.replace(old, new), encoding="utf-8")
    catalogue = loader.load_catalogue(folder)
    limits = {
        day.year: [
            r.cv_limit for r in catalogue.in_force(CvLimit, day) if (r.indicator_code, r.stage) == ("L1", "primary")
        ]
        for day in (date(2026, 9, 30), date(2027, 9, 30))
    }
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
    assert_numbers_of_the_standard(loader.load_catalogue())


STATED = {
    "entry_conditions_2024": {"entry_composite_primary": "0.60", "entry_composite_junior": "0.50", "entry_years": "3"},
    "accountability_2021": {
        "accountability_finding_days": "60",
        "review_request_days": "30",
        "review_answer_days": "30",
        "appeal_after_review_days": "15",
        "appeal_direct_days": "15",
        "appeal_answer_days": "60",
        "appeal_correction_days": "15",
        "aggravation_decisions": "2",
    },
    "supervision_ordinance_chongqing_2015": {
        "first_feedback_days_special": "5",
        "first_feedback_days_full": "10",
        "objection_days": "5",
        "opinion_days": "30",
        "rectification_report_days": "10",
        "inspector_schools_least": "3",
        "inspector_schools_most": "5",
        "visits_a_term_chongqing": "2",
    },
    "state_checks": {
        "state_check_sample_least": "9",
        "state_check_sample_most": "11",
        "state_check_schools_2016": "260",
        "state_check_schools_2019": "388",
    },
}
"""What standard.md 1.8, 4 and 4.1 state with a source that is not the office."""


@pytest.mark.parametrize("source", STATED)
def test_numbers_of_procedure_stand_with_their_source(source: str) -> None:
    rows = [p for p in loader.load_catalogue().rows(Parameter) if p.source_code == source]
    assert {p.parameter_code: str(p.value) for p in rows} == STATED[source]
    begins = {
        "entry_conditions_2024": date(2024, 9, 25),
        "accountability_2021": date(2021, 9, 1),
        "supervision_ordinance_chongqing_2015": date(2015, 9, 1),
    }
    if source in begins:
        assert {p.valid_from for p in rows} == {begins[source]}
    is_sure = source in ("accountability_2021", "supervision_ordinance_chongqing_2015")
    assert {p.is_confirmed for p in rows} == {is_sure}


def assert_numbers_of_the_standard(catalogue: loader.Catalogue) -> None:
    """Thresholds and the school rule as printed in standard.md 1.1, from the day it was issued.

    Rows of a later day and indicators of an office's own change nothing of that.
    """
    printed = {
        "L1": ("4.2", "5.3"),
        "L2": ("1", "1"),
        "L3": ("0.9", "0.9"),
        "L4": ("4.5", "5.8"),
        "L5": ("7.5", "10.2"),
        "L6": ("2000", "2500"),
        "L7": ("2.3", "2.4"),
    }
    [source] = [s for s in catalogue.rows(Source) if s.source_code == "quality_balanced_2017"]
    printed_on = date(2017, 4, 19)
    assert source.issued_on == printed_on
    thresholds = catalogue.in_force(Threshold, printed_on)
    found = {(t.indicator_code, t.stage): str(t.threshold) for t in thresholds}
    for code, (primary, junior) in printed.items():
        assert (found[code, "primary"], found[code, "junior"]) == (primary, junior)
    rules = catalogue.in_force(SchoolRule, printed_on)
    assert [(r.allowed_shortfalls, str(r.floor_share)) for r in rules] == [(1, "0.85")]
    official = [
        r.source_code
        for r in (*catalogue.rows(Item), *catalogue.rows(Indicator))
        if getattr(r, "regime", "") == "quality_balanced" or getattr(r, "item_code", " ")[0] in "GQS"
    ]
    assert official.count(source.source_code) == 32
