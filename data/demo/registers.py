"""The registers of the demonstration: invented areas, offices and inspectors, of whom some are those of its visits."""

from __future__ import annotations

import csv
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path

from data.demo.story import story, units_on
from data.store.area_changes import AreaEdit
from data.store.inspector_changes import InspectorEdit
from data.store.office_changes import OfficeEdit
from data.store.register_entries import CITY
from data.store.register_intake import Intake, NewTraining

KINDS = {"市政府督学": "municipal", "区县政府督学": "district", "责任区督学": "area"}
AREA_SCHOOLS, LARGE_AREA = 18, 23
SCHOOLS_OF_ONE = 5
OF_UNIT = 3
"""Inspectors of a unit itself, beside those of its areas."""
LEFT_OUT_EVERY, LARGE_EVERY, SHORT_EVERY, OVER_EVERY = 6, 9, 5, 40
LEFT_OUT = 3
SCHOOL_OFFICES = 2
TERM_YEARS = 3
HOURS = ((16, 24), (24, 16), (40,), (16, 24), (24,), (48,))
TRAINED = ("演示：督学岗位培训", "演示：义务教育优质均衡专题培训")
NUMERALS = "一二三四五六七八九十"
Names = Iterator[str]


def draw_registers(files: Iterable[Path]) -> Intake:
    """Return the registers of the units of the story's day, for the schools and visits that source files hold."""
    sources = list(files)
    schools, named = _schools(sources), _named(sources)
    areas: list[AreaEdit] = []
    offices = [OfficeEdit(f"O{CITY}-001", 0, "municipal", "", None, "演示：市教育督导办公室")]
    people: list[InspectorEdit] = []
    fresh = _fresh_names(named)
    for number, name in enumerate(sorted(named["市政府督学", ""]), start=1):
        people.append(_person("", number, name, "municipal", None, offices[0].office_code))
    for place, unit in enumerate(units_on(story()["as_of"])):
        of_unit = schools.get(unit.code, [])
        if not of_unit:
            continue
        own_areas = _areas(unit.code, place, of_unit)
        own_offices = _offices(unit.code, unit.short_name, of_unit)
        areas += own_areas
        offices += own_offices
        people += _people(unit.code, place, own_areas, own_offices[0].office_code, named, fresh)
    return Intake(areas, offices, people, _trainings(people))


def _schools(files: Sequence[Path]) -> dict[str, list[str]]:
    """The schools of each unit's latest return."""
    schools: dict[str, list[str]] = {}
    for path in files:
        if path.stem.startswith("学校基础数据表"):
            of_file: defaultdict[str, list[str]] = defaultdict(list)
            for row in _rows(path):
                of_file[row["区县代码"]].append(row["学校代码"])
            schools |= {unit: sorted(codes) for unit, codes in of_file.items()}
    return schools


def _named(files: Sequence[Path]) -> defaultdict[tuple[str, str], set[str]]:
    """The names that visits tell, by kind and unit; those of the city under the empty one."""
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path in files:
        for row in _rows(path) if path.stem == "督导走访表" else ():
            kind = next(k for k in KINDS if row["督学"].startswith(k))
            unit = "" if KINDS[kind] == "municipal" else row["区县代码"]
            named[kind, unit].add(row["督学"].removeprefix(kind))
    return named


def _fresh_names(named: dict[tuple[str, str], set[str]]) -> Names:
    """Names that no visit tells, one after the other."""
    known = {name for names in named.values() for name in names}
    return (name for number in count(1) if (name := f"示例{number:02d}") not in known)


def _areas(unit: str, place: int, schools: list[str]) -> list[AreaEdit]:
    """Areas of about as many schools; of some units a few schools are left out, or an area is too large."""
    placed = schools[:-LEFT_OUT] if place % LEFT_OUT_EVERY == 0 and len(schools) > LARGE_AREA else schools
    cuts = [0]
    if place % LARGE_EVERY == 1 and len(placed) > LARGE_AREA:
        cuts.append(LARGE_AREA)
    rest = len(placed) - cuts[-1]
    parts = max(1, -(-rest // AREA_SCHOOLS))
    cuts += [cuts[-1] + rest * (n + 1) // parts for n in range(parts)]
    return [
        AreaEdit(f"A{unit}-{n:03d}", 0, unit, f"第{_numeral(n)}责任区", frozenset(placed[start:end]))
        for n, (start, end) in enumerate(pairwise(cuts), start=1)
        if end > start
    ]


def _offices(unit: str, name: str, schools: list[str]) -> list[OfficeEdit]:
    """The unit's office, and those of a few schools."""
    unit_office = OfficeEdit(f"O{unit}-001", 0, "district", unit, None, f"演示：{name}督导室")
    of_schools = [
        OfficeEdit(f"O{unit}-{n:03d}", 0, "school", unit, code, f"演示：学校督导办{n - 1}")
        for n, code in enumerate(schools[:SCHOOL_OFFICES], start=2)
    ]
    return [unit_office, *of_schools]


def _people(
    unit: str, place: int, areas: list[AreaEdit], office: str, named: dict[tuple[str, str], set[str]], fresh: Names
) -> list[InspectorEdit]:
    """Those of the unit itself, then those of its areas; the first of each kind are those of the visits."""
    known = {kind: iter(sorted(named.get((kind, unit), ()))) for kind in KINDS}
    people: list[InspectorEdit] = []
    for _ in range(OF_UNIT):
        name = next(known["区县政府督学"], None) or next(fresh)
        people.append(_person(unit, len(people) + 1, name, "district", None, office))
    for number, area in enumerate(areas):
        needed = -(-len(area.school_codes) // SCHOOLS_OF_ONE)
        is_short = (place + number) % SHORT_EVERY == SHORT_EVERY - 1
        for _ in range(max(1, needed - is_short)):
            name = next(known["责任区督学"], None) or next(fresh)
            people.append(_person(unit, len(people) + 1, name, "area", area.area_code, office))
    return people


def _person(unit: str, number: int, name: str, kind: str, area: str | None, office: str) -> InspectorEdit:
    code = f"I{unit or CITY}-{number:03d}"
    year = story()["as_of"].year
    is_full_time, is_over = number % 3 != 0, _order(code) % OVER_EVERY == 0
    appointed = datetime.date(year - TERM_YEARS if is_over else year - number % TERM_YEARS, 9, 1)
    last_day = datetime.date(appointed.year + TERM_YEARS, 8, 31)
    ends = None if is_full_time and not is_over else last_day
    return InspectorEdit(code, 0, unit, name, kind, area, None, office, appointed, ends, is_full_time=is_full_time)


def _trainings(people: list[InspectorEdit]) -> list[NewTraining]:
    """Most have their hours of the story's year."""
    year = story()["as_of"].year
    days = (datetime.date(year, 4, 15), datetime.date(year, 9, 24))
    return [
        NewTraining(person.inspector_code, day, hours, subject)
        for person in people
        for hours, day, subject in zip(HOURS[_order(person.inspector_code) % len(HOURS)], days, TRAINED, strict=False)
    ]


def _order(code: str) -> int:
    """A number of a code that spreads over the units."""
    return sum(int(digit) * (n + 1) for n, digit in enumerate(code) if digit.isdecimal())


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else NUMERALS[9] if tens == 1 else NUMERALS[tens - 1] + NUMERALS[9]
    return head + (NUMERALS[ones - 1] if ones else "")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
