"""会议: a meeting pins a snapshot, and records decisions; its running order is `agenda.py`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from data.access import Permission, Viewer
from data.local_address import local_address
from data.store import audit
from data.store.engine import Store
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.schema import decision, meeting

SUBJECT = "meeting"
DONE = "done"
PROGRESS = ("open", "advancing", DONE)


@dataclass(frozen=True)
class Meeting:
    """A meeting and the snapshot whose figures it saw."""

    meeting_code: str
    title: str
    held_on: date
    snapshot_id: str
    version: int
    created_by: str
    created_at: datetime
    created_by_id: str = ""


@dataclass(frozen=True)
class Resolution:
    """What is decided about a view: its address and words, what, who, by when."""

    address: str
    subject: str
    resolution: str
    responsible_unit: str
    due_on: date | None
    district_code: str = ""
    """The unit that must carry it out, and reads it; empty where it is none of the units."""


@dataclass(frozen=True)
class Decision:
    """What a meeting decided about a view, and what became of it."""

    decision_id: int
    meeting_code: str
    address: str
    subject: str
    resolution: str
    responsible_unit: str
    due_on: date | None
    progress: str
    version: int
    updated_by: str
    updated_at: datetime
    updated_by_id: str = ""
    district_code: str = ""


@dataclass(frozen=True)
class TakenDecision:
    """A decision with the meeting that took it."""

    meeting_title: str
    held_on: date
    decision: Decision


def list_meetings(store: Store) -> list[Meeting]:
    """All meetings, the latest first."""
    asked = select(meeting).order_by(meeting.c.held_on.desc(), meeting.c.created_at.desc())
    with store.read() as connection:
        return [Meeting(**row) for row in connection.execute(asked).mappings()]


def decisions(store: Store, meeting_code: str) -> list[Decision]:
    """The decisions of a meeting, in the order in which they were taken."""
    asked = select(decision).where(decision.c.meeting_code == meeting_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(decision.c.decision_id)).mappings()
        return [Decision(**row) for row in rows]


def decisions_by_meeting(store: Store) -> dict[str, list[Decision]]:
    """The decisions of all meetings by the meeting's code, in the order in which they were taken."""
    taken: defaultdict[str, list[Decision]] = defaultdict(list)
    with store.read() as connection:
        for row in connection.execute(select(decision).order_by(decision.c.decision_id)).mappings():
            taken[row["meeting_code"]].append(Decision(**row))
    return dict(taken)


def decisions_about(store: Store, why: str) -> list[TakenDecision]:
    """What meetings decided about the verdict `why`, latest first."""
    taken = _taken(store, decision.c.address.contains(f"why={why}", autoescape=True))
    return [t for t in taken if ("why", why) in parse_qsl(t.decision.address.partition("?")[2])]


def open_decisions(store: Store) -> list[TakenDecision]:
    """What meetings decided and is not done, latest first."""
    return _taken(store, decision.c.progress != DONE)


def decisions_for(store: Store, district_code: str) -> list[TakenDecision]:
    """What meetings decided that a unit must carry out, latest first."""
    return _taken(store, decision.c.district_code == district_code)


def _taken(store: Store, condition: ColumnElement[bool]) -> list[TakenDecision]:
    asked = (
        select(meeting.c.title, meeting.c.held_on, decision)
        .join(meeting, meeting.c.meeting_code == decision.c.meeting_code)
        .where(condition)
        .order_by(meeting.c.held_on.desc(), decision.c.decision_id.desc())
    )
    with store.read() as connection:
        rows = [dict(row) for row in connection.execute(asked).mappings()]
    return [TakenDecision(row.pop("title"), row.pop("held_on"), Decision(**row)) for row in rows]


def create_meeting(store: Store, viewer: Viewer, title: str, held_on: date, snapshot_id: str, at: datetime) -> str:
    """Pin a snapshot for a meeting; returns the meeting's code (its day, and a number)."""
    check_meeting_right(viewer, title)
    with store.write() as connection:
        code = _free_code(connection, held_on)
        values = {"meeting_code": code, "title": title, "held_on": held_on, "snapshot_id": snapshot_id}
        connection.execute(
            insert(meeting).values(
                **values, version=1, created_by=viewer.name, created_by_id=viewer.account_id, created_at=at
            )
        )
        audit.record(store, connection, meeting_event(viewer, "create", code, at), {}, values)
    return code


def _free_code(connection: Connection, held_on: date) -> str:
    """The day and the next number; a meeting that was put off keeps the one of its first day."""
    day = f"{held_on:%Y%m%d}-"
    taken = connection.execute(select(meeting.c.meeting_code).where(meeting.c.meeting_code.startswith(day))).scalars()
    return f"{day}{1 + max((int(code.removeprefix(day)) for code in taken), default=0)}"


def change_meeting(
    store: Store, viewer: Viewer, meeting_code: str, version: int, at: datetime, *, title: str, held_on: date
) -> None:
    """Call a meeting otherwise, or hold it on another day; its code and its figures stay.

    Raises:
        ChangedMeanwhileError: somebody else changed it since `version`.
    """
    check_meeting_right(viewer, title)
    with store.write() as connection:
        row = known_row(connection, meeting, meeting.c.meeting_code == meeting_code)
        if row["version"] != version:
            raise ChangedMeanwhileError(str(row["created_by"]), row["created_at"], str(row["created_by_id"]))
        values = {"title": title, "held_on": held_on}
        mine = update(meeting).where(meeting.c.meeting_code == meeting_code)
        connection.execute(mine.values(**values, version=version + 1))
        event = meeting_event(viewer, "change_meeting", meeting_code, at)
        audit.record(store, connection, event, {name: row[name] for name in values}, values)


def add_decision(store: Store, viewer: Viewer, meeting_code: str, at: datetime, resolution: Resolution) -> None:
    """Record what a meeting decided about a view."""
    check_meeting_right(viewer, resolution.resolution, resolution.subject, resolution.responsible_unit)
    if local_address(resolution.address) is None:
        raise RefusedError("bad_address")
    with store.write() as connection:
        known_row(connection, meeting, meeting.c.meeting_code == meeting_code)
        values = {**asdict(resolution), "progress": PROGRESS[0]}
        connection.execute(
            insert(decision).values(
                **values,
                meeting_code=meeting_code,
                version=1,
                updated_by=viewer.name,
                updated_by_id=viewer.account_id,
                updated_at=at,
            )
        )
        audit.record(store, connection, meeting_event(viewer, "decide", meeting_code, at), {}, values)


def set_progress(store: Store, viewer: Viewer, decision_id: int, version: int, progress: str, at: datetime) -> None:
    """Say what became of a decision."""
    check_meeting_right(viewer)
    if progress not in PROGRESS:
        raise RefusedError("no_transition")
    with store.write() as connection:
        row = known_row(connection, decision, decision.c.decision_id == decision_id)
        if row["version"] != version:
            raise ChangedMeanwhileError(str(row["updated_by"]), row["updated_at"], str(row["updated_by_id"]))
        changed = update(decision).where(decision.c.decision_id == decision_id)
        connection.execute(
            changed.values(
                progress=progress,
                version=version + 1,
                updated_by=viewer.name,
                updated_by_id=viewer.account_id,
                updated_at=at,
            )
        )
        step = {"decision_id": decision_id, "progress": progress}
        event = meeting_event(viewer, "progress", str(row["meeting_code"]), at)
        audit.record(store, connection, event, {"decision_id": decision_id, "progress": row["progress"]}, step)


def check_meeting_right(viewer: Viewer, *said: str) -> None:
    """The right to prepare, and what is said: the first of it is needed, all of it is bounded.

    Raises:
        RefusedError: no permission, nothing said, or too much.
    """
    if Permission.MEETINGS_EDIT not in viewer.permissions:
        raise RefusedError("no_permission")
    if said and not said[0].strip():
        raise RefusedError("needs_title")
    check_words(*said)


def known_row(connection: Connection, table: Table, condition: Any) -> Mapping[str, Any]:
    """The row of a meeting, an item or a decision.

    Raises:
        RefusedError: there is none.
    """
    row = connection.execute(select(table).where(condition)).mappings().one_or_none()
    if row is None:
        raise RefusedError("unknown_meeting")
    return dict(row)


def meeting_event(viewer: Viewer, action: str, meeting_code: str, at: datetime) -> audit.AuditEvent:
    """An act about a meeting, for the audit."""
    return audit.AuditEvent(viewer.actor, action, SUBJECT, meeting_code, at)
