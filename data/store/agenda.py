"""议程: the saved views of a meeting in their order, what is said about each, for how long, by whom and to whom."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from data.access import Viewer
from data.local_address import local_address
from data.store import audit
from data.store.engine import Store
from data.store.meetings import check_meeting_right, known_row, meeting_event
from data.store.refusals import RefusedError
from data.store.schema import agenda_slide, meeting

READERS, ORGANIZERS = "", "organizers"
AUDIENCES = (READERS, ORGANIZERS)
"""Who sees an item: whoever may see meetings, or those who prepare them."""
MINUTES, MOST_MINUTES = 5, 120
MOST_ITEMS = 60


@dataclass(frozen=True)
class AgendaItem:
    """A saved view as somebody puts it into a running order: its address in the application, title, note, minutes."""

    address: str
    title: str
    note: str = ""
    minutes: int = MINUTES
    speaker: str = ""
    audience: str = READERS


@dataclass(frozen=True)
class AgendaSlide:
    """One saved view of a running order."""

    slide_id: int
    meeting_code: str
    position: int
    address: str
    title: str
    note: str
    minutes: int
    speaker: str
    audience: str

    @property
    def item(self) -> AgendaItem:
        """The same, to be put into another running order."""
        return AgendaItem(self.address, self.title, self.note, self.minutes, self.speaker, self.audience)


def agenda(store: Store, meeting_code: str) -> list[AgendaSlide]:
    """The running order of a meeting."""
    asked = select(agenda_slide).where(agenda_slide.c.meeting_code == meeting_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(agenda_slide.c.position)).mappings()
        return [AgendaSlide(**row) for row in rows]


def order_before(store: Store, day: date) -> list[AgendaItem]:
    """The running order of the last meeting before a day that has one; empty where none has."""
    asked = (
        select(agenda_slide)
        .join(meeting, meeting.c.meeting_code == agenda_slide.c.meeting_code)
        .where(meeting.c.held_on < day)
        .order_by(meeting.c.held_on.desc(), meeting.c.created_at.desc(), agenda_slide.c.position)
    )
    with store.read() as connection:
        slides = [AgendaSlide(**row) for row in connection.execute(asked).mappings()]
    return [slide.item for slide in slides if slide.meeting_code == slides[0].meeting_code]


def agenda_lengths(store: Store) -> dict[str, int]:
    """How many views the running order of each meeting has, by its code; a meeting without any is left out."""
    code = agenda_slide.c.meeting_code
    with store.read() as connection:
        return {row[0]: int(row[1]) for row in connection.execute(select(code, func.count()).group_by(code))}


def add_slide(store: Store, viewer: Viewer, meeting_code: str, address: str, title: str, at: datetime) -> None:
    """Put a view at the end of a running order."""
    add_items(store, viewer, meeting_code, [AgendaItem(address, title)], at)


def add_items(store: Store, viewer: Viewer, meeting_code: str, items: Sequence[AgendaItem], at: datetime) -> None:
    """Put views at the end of a running order, all of them or none.

    Raises:
        RefusedError: no permission, an address that is not ours, too many items, or no such meeting.
    """
    for item in items:
        _check_item(viewer, item)
    with store.write() as connection:
        known_row(connection, meeting, meeting.c.meeting_code == meeting_code)
        last = select(func.max(agenda_slide.c.position)).where(agenda_slide.c.meeting_code == meeting_code)
        first = int(connection.execute(last).scalar_one() or 0) + 1
        if first - 1 + len(items) > MOST_ITEMS:
            raise RefusedError("too_many_items")
        for position, item in enumerate(items, start=first):
            values = {"position": position, **asdict(item)}
            connection.execute(insert(agenda_slide).values(**values, meeting_code=meeting_code))
            audit.record(store, connection, meeting_event(viewer, "add_slide", meeting_code, at), {}, values)


def change_slide(store: Store, viewer: Viewer, slide_id: int, item: AgendaItem, at: datetime) -> None:
    """Write what a view is called, what is said about it, for how long, by whom and to whom; its address stays."""
    _check_item(viewer, item)
    with store.write() as connection:
        row = known_row(connection, agenda_slide, agenda_slide.c.slide_id == slide_id)
        changed = {name: value for name, value in asdict(item).items() if name != "address" and row[name] != value}
        if not changed:
            return
        connection.execute(update(agenda_slide).where(agenda_slide.c.slide_id == slide_id).values(**changed))
        before = {name: row[name] for name in changed}
        event = meeting_event(viewer, "change_slide", str(row["meeting_code"]), at)
        audit.record(store, connection, event, before, changed)


def place_slide(store: Store, viewer: Viewer, slide_id: int, position: int, at: datetime) -> None:
    """Move a view to a place of its order, the first being 1; beyond the ends it stands at the end."""
    check_meeting_right(viewer)
    with store.write() as connection:
        row = known_row(connection, agenda_slide, agenda_slide.c.slide_id == slide_id)
        order = _order(connection, str(row["meeting_code"]))
        order.remove(slide_id)
        order.insert(max(0, min(len(order), position - 1)), slide_id)
        _number(connection, order)
        placed = {"slide_id": slide_id, "position": order.index(slide_id) + 1}
        moved = {"slide_id": slide_id, "position": row["position"]}
        event = meeting_event(viewer, "place_slide", str(row["meeting_code"]), at)
        audit.record(store, connection, event, moved, placed)


def drop_slide(store: Store, viewer: Viewer, slide_id: int, at: datetime) -> None:
    """Take a view out of its order."""
    check_meeting_right(viewer)
    with store.write() as connection:
        row = known_row(connection, agenda_slide, agenda_slide.c.slide_id == slide_id)
        code = str(row["meeting_code"])
        connection.execute(delete(agenda_slide).where(agenda_slide.c.slide_id == slide_id))
        _number(connection, _order(connection, code))
        dropped = {"slide_id": slide_id, "address": row["address"], "title": row["title"]}
        event = meeting_event(viewer, "drop_slide", code, at)
        audit.record(store, connection, event, dropped, {})


def _check_item(viewer: Viewer, item: AgendaItem) -> None:
    check_meeting_right(viewer, item.title, item.note, item.speaker)
    if local_address(item.address) is None:
        raise RefusedError("bad_address")
    if not 1 <= item.minutes <= MOST_MINUTES:
        raise RefusedError("bad_number")
    if item.audience not in AUDIENCES:
        raise RefusedError("no_transition")


def _order(connection: Connection, meeting_code: str) -> list[int]:
    asked = select(agenda_slide.c.slide_id).where(agenda_slide.c.meeting_code == meeting_code)
    return list(connection.execute(asked.order_by(agenda_slide.c.position)).scalars())


def _number(connection: Connection, order: Sequence[int]) -> None:
    for position, slide_id in enumerate(order, start=1):
        placed = update(agenda_slide).where(agenda_slide.c.slide_id == slide_id)
        connection.execute(placed.values(position=position))
