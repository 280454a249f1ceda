"""The registers of the demonstration: its own schools and the inspectors of its visits, with a few things amiss."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from data.demo.registers import draw_registers
from data.demo.sources import write_sources
from data.store.register_intake import Intake


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def intake(files: list[Path]) -> Intake:
    return draw_registers(files)


def rows(files: list[Path], stem: str) -> list[dict[str, str]]:
    (path,) = [f for f in files if f.stem == stem]
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_it_is_the_same_each_time(files: list[Path], intake: Intake) -> None:
    assert draw_registers(files) == intake


def test_every_school_of_an_area_is_one_of_the_unit_and_in_no_other(files: list[Path], intake: Intake) -> None:
    known = {(r["区县代码"], r["学校代码"]) for f in files if f.stem.startswith("学校") for r in rows(files, f.stem)}
    placed = [(a.district_code, code) for a in intake.areas for code in a.school_codes]
    assert set(placed) <= known
    assert max(Counter(code for _, code in placed).values()) == 1
    assert len({a.area_code for a in intake.areas}) == len(intake.areas)
    assert len({(a.district_code, a.name) for a in intake.areas}) == len(intake.areas)


def test_the_inspectors_of_the_visits_are_registered_in_their_unit(files: list[Path], intake: Intake) -> None:
    kinds = {"municipal": "市政府督学", "district": "区县政府督学", "area": "责任区督学"}
    registered = {(kinds[p.inspector_kind] + p.name, p.district_code) for p in intake.people}
    for visit in rows(files, "督导走访表"):
        unit = "" if visit["督学"].startswith("市政府督学") else visit["区县代码"]
        assert (visit["督学"], unit) in registered
    by_name = Counter((p.district_code, p.inspector_kind, p.name) for p in intake.people)
    assert max(by_name.values()) == 1


def test_most_areas_hold_to_the_rules_and_a_few_do_not(intake: Intake) -> None:
    sizes = Counter(len(a.school_codes) > 20 for a in intake.areas)
    assert 0 < sizes[True] < sizes[False] / 10
    people = Counter(p.area_code for p in intake.people)
    short = [a.area_code for a in intake.areas if len(a.school_codes) > 5 * people[a.area_code]]
    assert 0 < len(short) < len(intake.areas) / 3
    hours = Counter[str]()
    for training in intake.trainings:
        hours[training.inspector_code] += training.hours
    below = sum(hours[p.inspector_code] < 40 for p in intake.people)
    assert 0 < below < len(intake.people) / 3
