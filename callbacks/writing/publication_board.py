"""The last publications and batches with the state of each, read from their records."""

from dataclasses import dataclass
from datetime import UTC, datetime

from data.atomic_files import DamagedFileError, read_signed
from data.importing.batch_records import Batch, list_batches, undecided_batches
from data.importing.register import RECORDED, Entry, read_register, withdrawals
from data.settings import Settings
from data.store.engine import Store
from data.store.names import Names, account_names
from data.text import text
from data.warehouse.publish import hold_of
from data.warehouse.snapshots import (
    Move,
    id_of,
    in_force,
    moves,
    newest_first,
    path_of,
    published_batches,
    taken_back,
    waits_to_follow,
)
from layouts import formatting
from layouts.office.publications import BatchRow, PublicationRow, Publications, Undone

MOST_PUBLICATIONS, MOST_BATCHES = 10, 20


@dataclass(frozen=True)
class _Recorded:
    """What the record of a publication says: when it was made, of how many batches, by which catalogue."""

    created_at: datetime
    batch_count: int
    catalogue_version: str


def publications_of(
    settings: Settings, names: Names, problem: str, catalogue_version: str, *, waits: bool
) -> Publications:
    """What is in force and since when, what waits, and the last of each kind, newest first."""
    folder = settings.snapshots_folder
    now = in_force(folder)
    record = _record(settings, now) if now else None
    last = next((m for m in reversed(moves(folder)) if m.to == now), None)
    returned = _undone(names, last) if last else None
    return Publications(
        snapshot_id=now,
        since=returned.at if returned else record.created_at if record else None,
        returned=returned,
        waits=waits,
        catalogue_waits=record is not None and record.catalogue_version != catalogue_version,
        waits_to_follow=waits_to_follow(folder),
        held=hold_of(settings) if last else "",
        problem=problem,
        publications=_publications(settings, names, now),
        batches=_batches(settings, names, now),
    )


def withdrawn_words(settings: Settings, store: Store, batch_id: str) -> str:
    """Who withdrew the batch of a return, when and why; empty where nobody did."""
    gone = withdrawals(read_register(settings.batches_folder)).get(batch_id)
    if gone is None:
        return ""
    return text(
        "publications.withdrawn_line",
        batch=batch_id,
        by=account_names(store).shown(gone.by, gone.by_id),
        time=formatting.moment(_moment(gone.at)),
        reason=gone.reason,
    )


def _publications(settings: Settings, names: Names, now: str) -> list[PublicationRow]:
    folder = settings.snapshots_folder
    gone = taken_back(folder)
    rows: list[PublicationRow] = []
    for path in newest_first(folder)[:MOST_PUBLICATIONS]:
        name = id_of(path)
        record = _record(settings, name)
        state = (
            "in_force" if name == now else "damaged" if record is None else "taken_back" if name in gone else "earlier"
        )
        rows.append(
            PublicationRow(
                name,
                record.created_at if record else None,
                record.batch_count if record else 0,
                state,
                _undone(names, gone[name]) if state == "taken_back" else None,
                may_return=state == "earlier" and name < now,
            )
        )
    return rows


def _batches(settings: Settings, names: Names, now: str) -> list[BatchRow]:
    folder = settings.batches_folder
    entries = read_register(folder)
    gone = withdrawals(entries)
    known = {b.batch_id: b for b in list_batches(folder)}
    undecided = {b.batch_id for b in undecided_batches(folder)}
    published = set(published_batches(settings.snapshots_folder).get(now, ()))

    def state_of(name: str) -> str:
        if name in gone:
            return "withdrawn"
        if name not in known:
            return "missing"
        if name in undecided:
            return "undecided"
        return "published" if name in published else "waiting"

    recorded = [e for e in entries if e.action == RECORDED]
    return [
        _row(names, e, known.get(e.batch_id), state_of(e.batch_id), gone.get(e.batch_id))
        for e in reversed(recorded[-MOST_BATCHES:])
    ]


def _row(names: Names, entry: Entry, batch: Batch | None, state: str, gone: Entry | None) -> BatchRow:
    return BatchRow(
        entry.batch_id,
        batch.file_name if batch else "",
        _moment(entry.at),
        entry.by,
        state,
        _undone(names, gone) if gone else None,
    )


def _record(settings: Settings, name: str) -> _Recorded | None:
    """The record of a publication; None where it is damaged."""
    try:
        record = read_signed(path_of(settings.snapshots_folder, name).with_suffix(".json"))
    except DamagedFileError:
        return None
    return _Recorded(_moment(record["created_at"]), len(record["batch_ids"]), record["catalogue_version"])


def _undone(names: Names, act: Entry | Move) -> Undone:
    return Undone(names.shown(act.by, act.by_id), _moment(act.at), act.reason)


def _moment(timestamp: str) -> datetime:
    """A recorded time as UTC without a zone, as pages print it."""
    return datetime.fromisoformat(timestamp).astimezone(UTC).replace(tzinfo=None)
