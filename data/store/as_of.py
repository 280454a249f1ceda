"""The store as it was at an earlier moment: what a meeting saw whose day is over.

A copy in memory of what pages read, in which every later act is undone by its entry in the audit; nothing is written
through it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Date, DateTime, StaticPool, Table, create_engine, delete, insert, select, update

from data.clock import BEIJING, UTC
from data.store.audit import audit_version
from data.store.engine import Store
from data.store.schema import (
    account,
    agenda_slide,
    audit_entry,
    decision,
    evidence_file,
    issue,
    look_back,
    look_back_answer,
    matter,
    meeting,
    metadata,
    survey_answer,
    task_measure,
    task_milestone,
    task_progress,
    visit_answer,
    visit_photo,
    warning_letter,
    warning_state,
)

NOT_COPIED = frozenset(
    (
        "audit_address",
        "audit_entry",
        "login_session",
        "recovery_code",
        "second_factor",
        "request_count",
        "sign_in_count",
    )
)
"""Secrets and counts, which no page reads; and of the audit only what is undone or told of."""
MATTERS = ("visit", "opinion", "complaint", "survey", "rehearsal", "task_book")
UNDONE: Mapping[str, tuple[Table, str]] = {
    "issue": (issue, "issue_code"),
    "warning": (warning_state, "warning_key"),
    **dict.fromkeys(MATTERS, (matter, "matter_code")),
    "survey_answer": (survey_answer, "answer_code"),
    "task_measure": (task_measure, "measure_code"),
    "task_milestone": (task_milestone, "milestone_code"),
    "task_progress": (task_progress, "progress_code"),
}
KINDS = (*UNDONE, "meeting")
KEPT_STORES = 2
"""Copies held in memory; one of a city with 5,000 issues takes some ten megabytes."""


def store_after(store: Store, day: date) -> Store:
    """The store as it was when a day in Beijing ended."""
    midnight = datetime.combine(day + timedelta(days=1), time(), BEIJING)
    moment = midnight.astimezone(UTC).replace(tzinfo=None)
    return _copy(store, audit_version(store), moment, day)


@lru_cache(maxsize=KEPT_STORES)
def _copy(store: Store, version: str, moment: datetime, day: date) -> Store:
    del version  # whatever was written since makes another copy
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    written = moment.isoformat(timespec="microseconds")
    of_pages = audit_entry.c.subject_kind.in_(KINDS)
    with store.read() as source, engine.begin() as copy:
        for table in (t for t in metadata.sorted_tables if t.name not in NOT_COPIED):
            _fill(copy, table, source.execute(select(table)).mappings())
        earlier = select(audit_entry).where(of_pages, audit_entry.c.at < written)
        _fill(copy, audit_entry, source.execute(earlier.order_by(audit_entry.c.sequence)).mappings())
        later = select(audit_entry).where(of_pages, audit_entry.c.at >= written)
        for entry in source.execute(later.order_by(audit_entry.c.sequence.desc())).mappings():
            _undo(copy, entry)
        _forget_later(copy, moment, day)
        copy.execute(update(account).values(password_hash=""))
    return Store(engine, store.audit_key, store.evidence_folder)


def _fill(copy: Connection, table: Table, rows: Iterable[Mapping[Any, Any]]) -> None:
    values = [dict(row) for row in rows]
    if values:
        copy.execute(insert(table), values)


def _undo(copy: Connection, entry: Mapping[Any, Any]) -> None:
    """The row as it was before an act; one that the act made is no longer there."""
    if entry["subject_kind"] not in UNDONE:
        return
    table, key = UNDONE[entry["subject_kind"]]
    mine = table.c[key] == entry["subject_id"]
    before, after = json.loads(entry["before"]), json.loads(entry["after"])
    if key in after and key not in before:
        copy.execute(delete(table).where(mine))
        return
    values = {name: _value(table, name, held) for name, held in before.items() if name in table.c}
    if values:
        copy.execute(update(table).where(mine).values(**values))


def _value(table: Table, name: str, held: Any) -> Any:
    """A value of the audit as its column holds it."""
    kind = table.c[name].type
    if held is None or not isinstance(held, str):
        return held
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(held)
    return date.fromisoformat(held) if isinstance(kind, Date) else held


def _forget_later(copy: Connection, moment: datetime, day: date) -> None:
    """Files, visits and meetings of later days, and how far decisions have come since."""
    copy.execute(delete(visit_photo).where(visit_photo.c.added_at >= moment))
    recorded = select(matter.c.matter_code).where(matter.c.state == "recorded")
    copy.execute(delete(visit_answer).where(visit_answer.c.matter_code.not_in(recorded)))
    copy.execute(delete(warning_letter).where(warning_letter.c.sent_at >= moment))
    later_looks = select(look_back.c.look_back_id).where(look_back.c.looked_at >= moment)
    copy.execute(delete(look_back_answer).where(look_back_answer.c.look_back_id.in_(later_looks)))
    copy.execute(delete(look_back).where(look_back.c.looked_at >= moment))
    copy.execute(delete(evidence_file).where(evidence_file.c.added_at >= moment))
    voided = update(evidence_file).where(evidence_file.c.voided_at >= moment)
    copy.execute(voided.values(voided_at=None, voided_by=None, voided_by_id="", void_reason=None))
    later = select(meeting.c.meeting_code).where(meeting.c.held_on > day)
    for table in (decision, agenda_slide, meeting):
        copy.execute(delete(table).where(table.c.meeting_code.in_(later)))
    copy.execute(update(decision).values(progress="open"))
    steps = select(audit_entry.c.after).where(
        audit_entry.c.subject_kind == "meeting", audit_entry.c.action == "progress"
    )
    for (after,) in copy.execute(steps.order_by(audit_entry.c.sequence)).fetchall():
        step = json.loads(after)
        reached = update(decision).where(decision.c.decision_id == step["decision_id"])
        copy.execute(reached.values(progress=step["progress"]))
