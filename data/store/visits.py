"""走访: planned for a school, recorded on the spot, sent once; what does not agree becomes an issue at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from data.access import Permission, Viewer
from data.clock import day_of
from data.store.engine import Store
from data.store.issue_opening import NewIssue, open_by_cell, open_within
from data.store.matters import Matter, MatterStep, NewMatter, Writing, add_matter, find_in, sent_before, take_step
from data.store.refusals import RefusedError, check_day, check_words
from data.store.schema import matter as matter_table
from data.store.schema import visit_answer

VISIT = "visit"
RECORD = "record"
PLANNED, RECORDED, CANCELLED = "planned", "recorded", "cancelled"
DIFFERS = "differs"
ANSWERS = ("agrees", DIFFERS, "unseen")
SIDES = ("hard", "soft")
CLIENT_KEY = re.compile(r"[0-9a-f]{32}")
MOST_ANSWERS = 120
LONGEST_CODE = 120
AT_ONCE = 1_000
"""Visits that are asked about in one question."""
OLDEST = timedelta(days=31)
"""A record that is older when it arrives is dated by its arrival: a device's clock is not to be trusted that far."""


@dataclass(frozen=True)
class Answer:
    """What was found of one thing looked at; `title` and `reported` are what stood on the screen."""

    check_code: str
    side: str
    title: str
    reported: str
    answer: str
    measured: str = ""
    words: str = ""
    issue_code: str = ""


@dataclass(frozen=True)
class VisitRecord:
    """What an inspector sends of one visit; `client_key` makes it count once, however often it is sent.

    `matter_code` is the planned visit, empty where none was planned. `visited_at` is UTC.
    """

    client_key: str
    matter_code: str
    district_code: str
    school_code: str
    subject: str
    visited_at: datetime
    impression: str
    answers: Sequence[Answer]


@dataclass(frozen=True)
class Recorded:
    """The visit as it stands, the issues that came of it, and whether it had been sent before."""

    visit: Matter
    issue_codes: Sequence[str]
    was_sent: bool


def plan_visits(writing: Writing, new: Sequence[NewMatter], *, is_demonstration: bool) -> list[Matter]:
    """Plan visits, all or none, within a transaction that holds the head of the audit.

    Raises:
        RefusedError: no permission, none is given, one has no day, or a school has a visit that is still to come.
    """
    if Permission.VISITS_PLAN not in writing.viewer.permissions:
        raise RefusedError("no_permission")
    if not new:
        raise RefusedError("none_planned")
    awaited = {
        s: c for unit in {v.district_code for v in new} for s, c in planned_schools(writing.connection, unit).items()
    }
    for visit in new:
        if visit.due_on is None:
            raise RefusedError("visit_day")
        check_day(visit.due_on, writing.today, past="visit_day")
        if visit.school_code in awaited:
            raise RefusedError("visit_is_planned", f"{visit.subject} {awaited[visit.school_code or '']}")
    return [add_matter(writing, visit, is_demonstration=is_demonstration) for visit in new]


def planned_schools(connection: Connection, district_code: str) -> dict[str, str]:
    """The planned visit of each school of a unit that has one still to come."""
    held = matter_table.c
    asked = select(held.school_code, held.matter_code).where(
        held.matter_kind == VISIT, held.district_code == district_code, held.state == PLANNED
    )
    return {school: code for school, code in connection.execute(asked) if school}


def last_round(store: Store) -> int:
    """The highest number of a round for which visits were planned; 0 where none was."""
    held = matter_table.c
    with store.read() as connection:
        return connection.execute(select(func.max(held.round)).where(held.matter_kind == VISIT)).scalar() or 0


def record_visit(
    writing: Writing,
    record: VisitRecord,
    issues: Mapping[int, NewIssue],
    named: Mapping[int, str],
    *,
    is_demonstration: bool,
) -> Recorded:
    """Keep what a visit recorded, and open an issue for each finding, in a transaction that holds the audit's head.

    Args:
        writing: Who was there; `at` is when the record arrived.
        record: What was sent.
        issues: The issue of each finding by its place in `record.answers`; one about a value that has an open
            issue already is not opened again: the finding names that one.
        named: The codes of the open issues that findings are about, by the same places: none is opened for these.
        is_demonstration: Whether the figures that were looked at are invented.

    Raises:
        RefusedError: no permission, a key that is none, another's visit, the planned visit is recorded already,
            or words that are missing or too long.
    """
    viewer = writing.viewer
    _check(viewer, record)
    known = sent_before(writing.connection, record.client_key)
    if known is not None:
        if not viewer.is_person(known.done_by, known.done_by_id):
            raise RefusedError("no_permission")
        kept = answers_in(writing.connection, known)
        return Recorded(known, [a.issue_code for a in kept if a.issue_code], was_sent=True)
    visit = _planned(writing, record, is_demonstration=is_demonstration)
    is_known = writing.at - OLDEST <= record.visited_at <= writing.at
    visited_on = day_of(record.visited_at) if is_known else writing.today
    changes = {"client_key": record.client_key, "note": record.impression.strip(), "done_on": visited_on}
    visit = take_step(writing, visit, MatterStep(visit.matter_code, visit.version, RECORD), changes=changes)
    codes = {**_open(writing, issues, is_demonstration=is_demonstration), **named}
    told = [replace(answer, issue_code=codes.get(n, "")) for n, answer in enumerate(record.answers)]
    rows = [{"matter_code": visit.matter_code, "position": n, **asdict(answer)} for n, answer in enumerate(told)]
    writing.connection.execute(insert(visit_answer), rows)
    return Recorded(visit, list(codes.values()), was_sent=False)


def answers_of(store: Store, visit: Matter) -> list[Answer]:
    """What a visit found, in the order in which it was asked."""
    with store.read() as connection:
        return answers_in(connection, visit)


def answers_in(connection: Connection, visit: Matter) -> list[Answer]:
    """The same within a transaction."""
    held = visit_answer.c
    columns = [c for c in held if c.name not in ("matter_code", "position")]
    asked = select(*columns).where(held.matter_code == visit.matter_code).order_by(held.position)
    return [Answer(**row) for row in connection.execute(asked).mappings()]


def findings_by_visit(store: Store, visits: Sequence[Matter]) -> dict[str, int]:
    """How many things did not agree, of each of these visits in which any did not."""
    held = visit_answer.c
    counted = select(held.matter_code, func.count()).where(held.answer == DIFFERS).group_by(held.matter_code)
    findings: dict[str, int] = {}
    with store.read() as connection:
        for start in range(0, len(visits), AT_ONCE):
            codes = [visit.matter_code for visit in visits[start : start + AT_ONCE]]
            rows = connection.execute(counted.where(held.matter_code.in_(codes))).all()
            findings |= {str(code): int(count) for code, count in rows}
    return findings


def visits_of_issue(store: Store, issue_code: str) -> list[str]:
    """The visits that found an issue, or found that it is so still."""
    held = visit_answer.c
    asked = select(held.matter_code).where(held.issue_code == issue_code).distinct().order_by(held.matter_code)
    with store.read() as connection:
        return list(connection.execute(asked).scalars())


def _check(viewer: Viewer, record: VisitRecord) -> None:
    if Permission.VISITS_RECORD not in viewer.permissions:
        raise RefusedError("no_permission")
    if not CLIENT_KEY.fullmatch(record.client_key) or not 0 < len(record.answers) <= MOST_ANSWERS:
        raise RefusedError("bad_record")
    if len({answer.check_code for answer in record.answers}) < len(record.answers):
        raise RefusedError("bad_record")
    check_words(record.impression, record.matter_code)
    for answer in record.answers:
        if answer.answer not in ANSWERS or answer.side not in SIDES or len(answer.check_code) > LONGEST_CODE:
            raise RefusedError("bad_record")
        check_words(answer.check_code, answer.title, answer.reported, answer.measured, answer.words)
        if answer.answer == DIFFERS and not (answer.words.strip() or answer.measured.strip()):
            raise RefusedError("needs_finding", answer.title)


def _planned(writing: Writing, record: VisitRecord, *, is_demonstration: bool) -> Matter:
    """The planned visit that was made, or a new one for a visit that nobody had planned, or somebody cancelled."""
    visit = find_in(writing.connection, record.matter_code) if record.matter_code else None
    if record.matter_code and (visit is None or visit.matter_kind != VISIT or visit.school_code != record.school_code):
        raise RefusedError("unknown_matter")
    if visit is not None and visit.state not in (PLANNED, CANCELLED):
        raise RefusedError("visit_is_recorded", visit.matter_code)
    if visit is None or visit.state == CANCELLED:
        new = NewMatter(
            VISIT,
            record.district_code,
            record.subject,
            school_code=record.school_code,
            assignee=writing.viewer.name,
            assignee_id=writing.viewer.account_id,
        )
        return add_matter(writing, new, is_demonstration=is_demonstration)
    return visit


def _open(writing: Writing, issues: Mapping[int, NewIssue], *, is_demonstration: bool) -> dict[int, str]:
    """The issue of each finding by its place: the open one about the same value, else a new one."""
    if not issues:
        return {}
    store, connection, catalogue = writing.store, writing.connection, writing.catalogue
    known = open_by_cell(connection, catalogue, {i.cell for i in issues.values()})
    codes = {place: known[i.cell] for place, i in issues.items() if i.item_code and i.cell in known}
    new = {place: i for place, i in issues.items() if place not in codes}
    opened = open_within(
        store, connection, catalogue, writing.viewer, list(new.values()), writing.at, is_demonstration=is_demonstration
    )
    return {**codes, **dict(zip(new, opened, strict=True))}
