"""会议: a meeting pins a snapshot, has a running order of saved views, and records decisions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from data.access import Permission, Viewer
from data.local_address import local_address
from data.store import audit
from data.store.engine import Store
from data.store.ledger import ChangedMeanwhileError, RefusedError, check_words
from data.store.schema import agenda_slide, decision, meeting

SUBJECT = "meeting"
PROGRESS = ("open", "advancing", "done")


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
class AgendaSlide:
    """One saved view of a running order: its address in the application, title, note, minutes."""

    slide_id: int
    meeting_code: str
    position: int
    address: str
    title: str
    note: str
    minutes: int


@dataclass(frozen=True)
class Resolution:
    """What is decided about a view: its address and words, what, who, by when."""

    address: str
    subject: str
    resolution: str
    responsible_unit: str
    due_on: date | None


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


def list_meetings(store: Store) -> list[Meeting]:
    """All meetings, the latest first."""
    asked = select(meeting).order_by(meeting.c.held_on.desc(), meeting.c.created_at.desc())
    with store.read() as connection:
        return [Meeting(**row) for row in connection.execute(asked).mappings()]


def agenda(store: Store, meeting_code: str) -> list[AgendaSlide]:
    """The running order of a meeting."""
    asked = select(agenda_slide).where(agenda_slide.c.meeting_code == meeting_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(agenda_slide.c.position)).mappings()
        return [AgendaSlide(**row) for row in rows]


def decisions(store: Store, meeting_code: str) -> list[Decision]:
    """The decisions of a meeting, in the order in which they were taken."""
    asked = select(decision).where(decision.c.meeting_code == meeting_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(decision.c.decision_id)).mappings()
        return [Decision(**row) for row in rows]


def decisions_about(store: Store, why: str) -> list[tuple[str, date, Decision]]:
    """Title and day of the meeting, and what it decided about the verdict `why`, latest first."""
    asked = (
        select(meeting.c.title, meeting.c.held_on, decision)
        .join(meeting, meeting.c.meeting_code == decision.c.meeting_code)
        .where(decision.c.address.contains(f"why={why}", autoescape=True))
        .order_by(meeting.c.held_on.desc(), decision.c.decision_id.desc())
    )
    with store.read() as connection:
        rows = [dict(row) for row in connection.execute(asked).mappings()]
    return [
        (row.pop("title"), row.pop("held_on"), Decision(**row))
        for row in rows
        if ("why", why) in parse_qsl(str(row["address"]).partition("?")[2])
    ]


def create_meeting(store: Store, viewer: Viewer, title: str, held_on: date, snapshot_id: str, at: datetime) -> str:
    """Pin a snapshot for a meeting; returns the meeting's code (its day, and a number)."""
    _check(viewer, title)
    with store.write() as connection:
        same_day = select(func.count()).where(meeting.c.held_on == held_on)
        number = int(connection.execute(same_day).scalar_one()) + 1
        code = f"{held_on:%Y%m%d}-{number}"
        values = {"meeting_code": code, "title": title, "held_on": held_on, "snapshot_id": snapshot_id}
        connection.execute(
            insert(meeting).values(
                **values, version=1, created_by=viewer.name, created_by_id=viewer.account_id, created_at=at
            )
        )
        _record(store, connection, viewer, "create", code, at, values)
    return code


def add_slide(store: Store, viewer: Viewer, meeting_code: str, address: str, title: str, at: datetime) -> None:
    """Put a view at the end of a running order."""
    _check(viewer, title)
    if local_address(address) is None:
        raise RefusedError("bad_address")
    with store.write() as connection:
        _known(connection, meeting, meeting.c.meeting_code == meeting_code)
        last = select(func.max(agenda_slide.c.position)).where(agenda_slide.c.meeting_code == meeting_code)
        position = int(connection.execute(last).scalar_one() or 0) + 1
        values = {"position": position, "address": address, "title": title}
        connection.execute(insert(agenda_slide).values(**values, meeting_code=meeting_code, note="", minutes=5))
        _record(store, connection, viewer, "add_slide", meeting_code, at, values)


def change_slide(store: Store, viewer: Viewer, slide_id: int, at: datetime, *, note: str, minutes: int) -> None:
    """Write what is to be said about a view, and for how long."""
    _check(viewer, "-", note)
    if not 1 <= minutes <= 120:  # noqa: PLR2004
        raise RefusedError("bad_number")
    with store.write() as connection:
        row = _known(connection, agenda_slide, agenda_slide.c.slide_id == slide_id)
        values = {"note": note, "minutes": minutes}
        changed = update(agenda_slide).where(agenda_slide.c.slide_id == slide_id)
        connection.execute(changed.values(**values))
        _record(store, connection, viewer, "change_slide", str(row["meeting_code"]), at, values)


def shift_slide(store: Store, viewer: Viewer, slide_id: int, by: int, at: datetime) -> None:
    """Move a view up (-1) or down (1), or take it out of the order (0)."""
    _check(viewer, "-")
    with store.write() as connection:
        row = _known(connection, agenda_slide, agenda_slide.c.slide_id == slide_id)
        code = str(row["meeting_code"])
        order = list(
            connection.execute(
                select(agenda_slide.c.slide_id)
                .where(agenda_slide.c.meeting_code == code)
                .order_by(agenda_slide.c.position)
            ).scalars()
        )
        at_place = order.index(slide_id)
        order.pop(at_place)
        if by:
            order.insert(max(0, min(len(order), at_place + by)), slide_id)
        else:
            connection.execute(delete(agenda_slide).where(agenda_slide.c.slide_id == slide_id))
        for position, ordered_id in enumerate(order, start=1):
            placed = update(agenda_slide).where(agenda_slide.c.slide_id == ordered_id)
            connection.execute(placed.values(position=position))
        _record(
            store, connection, viewer, "shift_slide" if by else "drop_slide", code, at, {"slide_id": slide_id, "by": by}
        )


def add_decision(store: Store, viewer: Viewer, meeting_code: str, at: datetime, resolution: Resolution) -> None:
    """Record what a meeting decided about a view."""
    _check(viewer, resolution.resolution, resolution.subject, resolution.responsible_unit)
    if local_address(resolution.address) is None:
        raise RefusedError("bad_address")
    with store.write() as connection:
        _known(connection, meeting, meeting.c.meeting_code == meeting_code)
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
        _record(store, connection, viewer, "decide", meeting_code, at, values)


def set_progress(store: Store, viewer: Viewer, decision_id: int, version: int, progress: str, at: datetime) -> None:
    """Say what became of a decision."""
    _check(viewer, "-")
    if progress not in PROGRESS:
        raise RefusedError("no_transition")
    with store.write() as connection:
        row = _known(connection, decision, decision.c.decision_id == decision_id)
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
        _record(
            store,
            connection,
            viewer,
            "progress",
            str(row["meeting_code"]),
            at,
            {"decision_id": decision_id, "progress": progress},
        )


def _check(viewer: Viewer, *said: str) -> None:
    """The right, and what is said: the first of it is needed, all of it is bounded."""
    if Permission.MEETINGS_EDIT not in viewer.permissions:
        raise RefusedError("no_permission")
    if not said[0].strip():
        raise RefusedError("needs_title")
    check_words(*said)


def _known(connection: Connection, table: Table, condition: Any) -> Mapping[str, Any]:
    row = connection.execute(select(table).where(condition)).mappings().one_or_none()
    if row is None:
        raise RefusedError("unknown_meeting")
    return dict(row)


def _record(
    store: Store,
    connection: Connection,
    viewer: Viewer,
    action: str,
    code: str,
    at: datetime,
    values: Mapping[str, Any],
) -> None:
    act = audit.AuditEvent(viewer.actor, action, SUBJECT, code, at)
    audit.record(store, connection, act, {}, values)
