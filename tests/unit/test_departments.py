"""Departments are rows of the catalogue: dated, in order, and what a unit falls short of names one of them."""

from datetime import date

from data.catalogue.department_tables import Department, MeasureDefault
from data.catalogue.tables import Indicator
from data.departments import department_names, departments_on
from layouts.components.forms import suggest_field
from layouts.markup import to_html
from tests.people import CATALOGUE

DAY = date(2026, 11, 30)


def test_the_city_s_stand_before_those_of_the_units() -> None:
    assert department_names(CATALOGUE, DAY)[:3] == ["市教委", "市发展改革委", "市财政局"]
    levels = [d.level_code for d in departments_on(CATALOGUE, DAY)]
    assert levels == ["municipal"] * 7 + ["district"] * 7
    assert department_names(CATALOGUE, date(2011, 1, 1)) == []


def test_every_indicator_of_the_bill_has_a_measure_and_a_department_of_the_unit() -> None:
    proposed = {m.indicator_code: m.department_code for m in CATALOGUE.in_force(MeasureDefault, DAY)}
    billed = {i.indicator_code for i in CATALOGUE.in_force(Indicator, DAY) if i.regime == "quality_balanced"}
    assert set(proposed) == billed
    of_units = {d.department_code for d in CATALOGUE.rows(Department) if d.level_code == "district"}
    assert set(proposed.values()) <= of_units


def test_a_suggested_line_takes_what_is_not_suggested_too() -> None:
    drawn = to_html([suggest_field("responsible_unit", "责任单位", ["区县财政局"], value="某镇")])
    assert 'list="responsible_unit-suggested"' in drawn
    assert '<datalist id="responsible_unit-suggested"><option value="区县财政局"' in drawn
    assert 'value="某镇"' in drawn
