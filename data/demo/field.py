"""Supervision in the field of the demonstration: visits made and planned, opinions and complaints, all invented.

Nobody is accused: visits agree with what was reported or name an issue that is open already, complaints are questions.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from data.access import LOCAL_VIEWER
from data.catalogue.loader import Catalogue
from data.catalogue.matter_tables import VisitCheck
from data.clock import BEIJING
from data.demo.story import generator, story
from data.store import audit
from data.store.engine import Store
from data.store.inspector_register import Inspector, areas, inspectors
from data.store.ledger import Issue, list_issues
from data.store.matters import MatterStep, NewMatter, Writing, add_matter, take_step
from data.store.steps import open_states
from data.store.visits import VISIT, Answer, VisitRecord, plan_visits, record_visit
from data.terms import last_day

TERM_BEGAN, FIRST_WEEKS = datetime.timedelta(days=75), datetime.timedelta(days=40)
"""How long before the story's day the term's visits began, and in how many days the first of each school was made."""
TWICE_SHARE, NEVER_SHARE = 0.2, 0.65
PLANNED_OF_AREA, PLANNED_IN = 1, datetime.timedelta(days=21)
SEEN_OF_VISIT, STILL_OPEN_EVERY = 3, 9
NOON = datetime.time(12, 0, tzinfo=BEIJING)
OPINION, COMPLAINT = "opinion", "complaint"
STEPS = {OPINION: ("feed_back", "issue", "receive", "report", "end"), COMPLAINT: ("pass_on", "reply", "end")}
SUPERVISORS = ("示例督导一", "示例督导二")


@dataclass(frozen=True)
class AreaVisits:
    """An area's schools with their names, and who visits them."""

    district_code: str
    schools: Sequence[tuple[str, str]]
    people: Sequence[Inspector]


def fill_field(store: Store, catalogue: Catalogue, files: Iterable[Path]) -> int:
    """Visits of the story's term, opinions and complaints; returns how many matters there are then."""
    as_of = story()["as_of"]
    of_areas = _areas(store, _school_names(files))
    issues = _open_issues(store, catalogue)
    made = sorted(
        (day, place, school)
        for place, area in enumerate(of_areas)
        for school in range(len(area.schools))
        for day in _days(place, school, as_of)
    )
    checks = [c for c in catalogue.rows(VisitCheck) if c.is_always]
    with store.write() as connection:
        audit.hold_head(connection)
        for number, (day, place, school) in enumerate(made):
            area = of_areas[place]
            person = area.people[school % len(area.people)].name
            writing = _writing(store, connection, catalogue, day, person)
            _visit(writing, area, area.schools[school], checks, issues, number)
        writing = _writing(store, connection, catalogue, as_of, SUPERVISORS[0])
        planned = [p for place, area in enumerate(of_areas) for p in _planned(area, place, as_of)]
        plan_visits(writing, planned, is_demonstration=True)
        letters = sum(_letters(writing, of_areas, matter_kind) for matter_kind in STEPS)
    return len(made) + len(planned) + letters


def _writing(store: Store, connection: Connection, catalogue: Catalogue, day: datetime.date, name: str) -> Writing:
    at = datetime.datetime.combine(day, NOON).astimezone(datetime.UTC).replace(tzinfo=None)
    return Writing(store, connection, catalogue, replace(LOCAL_VIEWER, name=name), at)


def _school_names(files: Iterable[Path]) -> dict[str, str]:
    """The schools of the latest returns."""
    names: dict[str, str] = {}
    for path in files:
        if path.stem.startswith("学校基础数据表"):
            with path.open(encoding="utf-8", newline="") as stream:
                names |= {row["学校代码"]: row["学校名称"] for row in csv.DictReader(stream)}
    return names


def _areas(store: Store, names: Mapping[str, str]) -> list[AreaVisits]:
    """The areas that have an inspector."""
    people: defaultdict[str | None, list[Inspector]] = defaultdict(list)
    for person in inspectors(store):
        people[person.area_code].append(person)
    return [
        AreaVisits(a.district_code, [(c, names[c]) for c in sorted(a.school_codes)], people[a.area_code])
        for a in areas(store)
        if people[a.area_code]
    ]


def _open_issues(store: Store, catalogue: Catalogue) -> dict[str, Issue]:
    """An open issue of each school that has one."""
    is_open = set(open_states(catalogue, "issue"))
    return {i.school_code: i for i in list_issues(store) if i.school_code and i.status in is_open}


def _days(place: int, school: int, as_of: datetime.date) -> list[datetime.date]:
    """The days in the term on which a school was visited: none, one or two."""
    drawn = generator(21, place, school)
    if drawn.random() < NEVER_SHARE:
        return []
    first = as_of - TERM_BEGAN + datetime.timedelta(days=int(drawn.integers(FIRST_WEEKS.days)))
    second = as_of - datetime.timedelta(days=int(drawn.integers(1, 25)))
    return [_weekday(d) for d in ([first, second] if drawn.random() < TWICE_SHARE else [first])]


def _weekday(day: datetime.date) -> datetime.date:
    """The day, or the Friday before it."""
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))


def _visit(
    writing: Writing,
    area: AreaVisits,
    school: tuple[str, str],
    checks: Sequence[VisitCheck],
    issues: Mapping[str, Issue],
    number: int,
) -> None:
    """A visit at which all agrees; of some schools it names the issue that is open still."""
    code, name = school
    seen = [checks[(number + place) % len(checks)] for place in range(min(SEEN_OF_VISIT, len(checks)))]
    answers = [Answer(f"asked.{c.check_code}", c.side, c.look_at, "", "agrees") for c in seen]
    issue = issues.get(code) if number % STILL_OPEN_EVERY == 0 else None
    named: dict[int, str] = {}
    if issue is not None:
        named[len(answers)] = issue.issue_code
        answers.append(
            Answer(f"issue.{issue.issue_code}", "hard", issue.problem, "", "differs", words="演示：仍在整改")
        )
    key = hashlib.md5(f"{code} {writing.at}".encode(), usedforsecurity=False).hexdigest()
    record = VisitRecord(key, "", area.district_code, code, name, writing.at, "演示：资料齐全", answers)
    record_visit(writing, record, {}, named, is_demonstration=True)


def _planned(area: AreaVisits, place: int, as_of: datetime.date) -> list[NewMatter]:
    """The next visits of an area."""
    drawn = generator(22, place)
    chosen = [int(n) for n in drawn.choice(len(area.schools), min(PLANNED_OF_AREA, len(area.schools)), replace=False)]
    days = [as_of + datetime.timedelta(days=int(drawn.integers(4, PLANNED_IN.days))) for _ in chosen]
    return [
        NewMatter(
            VISIT,
            area.district_code,
            area.schools[school][1],
            school_code=area.schools[school][0],
            due_on=_weekday(day),
            assignee=area.people[school % len(area.people)].name,
        )
        for school, day in zip(chosen, days, strict=True)
    ]


def _first_due(writing: Writing, row: Mapping[str, object]) -> datetime.date | None:
    """The day by which a first opinion is fed back: so long after the supervision ended; none of a complaint."""
    ended_on = row.get("ended_on")
    if not isinstance(ended_on, datetime.date):
        return None
    return last_day(writing.catalogue, f"first_feedback_days_{row['scale']}", ended_on)


def _letters(writing: Writing, of_areas: Sequence[AreaVisits], matter_kind: str) -> int:
    """Opinions or complaints of the story, each a step further than the one before."""
    units: list[str] = list(dict.fromkeys(area.district_code for area in of_areas))
    rows = story()["field"][matter_kind]
    by = writing.today + TERM_BEGAN
    for place, row in enumerate(rows):
        unit = units[int(row["unit"]) % len(units)]
        new = NewMatter(matter_kind, unit, row["subject"], note=row["note"], due_on=_first_due(writing, row))
        matter = add_matter(writing, new, is_demonstration=True)
        for step in STEPS[matter_kind][:place]:
            hand = replace(writing, viewer=replace(writing.viewer, name=SUPERVISORS[step == "end"]))
            matter = take_step(hand, matter, MatterStep(matter.matter_code, matter.version, step, row["answer"], by))
    return len(rows)
