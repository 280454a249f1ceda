"""An installation's own rows of the catalogue: one person proposes, another releases, and any can be taken back.

Nothing is erased: what is taken back stays with its history, and taking back is itself proposed and released.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from data.access import Permission, Viewer
from data.catalogue.loader import CatalogueInUse
from data.catalogue.overlay import OverlayRow
from data.store import audit
from data.store.catalogue_change import (
    PROPOSED,
    RELEASED,
    TAKEN_BACK,
    WITHDRAWN,
    CatalogueChange,
    NewRow,
    cells_of,
    known_change,
    rows_within,
    with_change,
)
from data.store.engine import Store
from data.store.refusals import RefusedError, check_words
from data.store.schema import catalogue_change as table

SUBJECT = "catalogue"
Effect = Mapping[str, Any]
MOST_OPEN = 50
SHORTEST_REASON = 2


def propose(store: Store, in_use: CatalogueInUse, actor: Viewer, new_row: NewRow, at: datetime) -> int:
    """Keep a proposed row; it changes nothing yet. Returns its number.

    Raises:
        RefusedError: no permission, no source or reason, nothing changes, or too many wait.
        CatalogueError: the strict loader would refuse the catalogue with this row.
    """
    _may(actor, Permission.CATALOGUE_PROPOSE)
    _check_said(new_row.source, new_row.reason)
    if dict(new_row.cells) == dict(new_row.before):
        raise RefusedError("nothing_changes")
    kept = {
        "table_name": new_row.table,
        "row_key": new_row.key,
        "row_values": _json(new_row.cells),
        "row_before": _json(new_row.before),
        "valid_from": new_row.valid_from,
        "source": new_row.source,
        "reason": new_row.reason,
    }
    with store.write() as connection:
        in_use.candidate((*rows_within(connection), OverlayRow(0, new_row.table, cells_of(new_row.cells))))
        return _add(store, connection, actor, kept, at)


def propose_taking_back(
    store: Store, in_use: CatalogueInUse, actor: Viewer, change_id: int, reason: str, at: datetime
) -> int:
    """Propose that a released row no longer holds; returns the number of the new act.

    Raises:
        RefusedError: no permission or reason, not in force, or its taking back waits already.
        CatalogueError: without it the catalogue would be refused.
    """
    _may(actor, Permission.CATALOGUE_PROPOSE)
    with store.write() as connection:
        change = known_change(connection, change_id)
        _check_said(change.source, reason)
        waits = select(table.c.change_id).where(table.c.takes_back == change_id, table.c.state == PROPOSED)
        if change.state != RELEASED or change.takes_back is not None or connection.execute(waits).first():
            raise RefusedError("not_in_force")
        in_use.candidate(tuple(r for r in rows_within(connection) if r.number != change_id))
        kept = {
            "table_name": change.table_name,
            "row_key": change.row_key,
            "takes_back": change_id,
            "row_values": _json(change.before),
            "row_before": _json(change.cells),
            "valid_from": change.valid_from,
            "source": change.source,
            "reason": reason,
        }
        return _add(store, connection, actor, kept, at)


def withdraw_proposal(store: Store, actor: Viewer, change_id: int, version: int, at: datetime) -> None:
    """End a proposal that nobody released.

    Raises:
        RefusedError: no permission, or it is no proposal any more.
    """
    _may(actor, Permission.CATALOGUE_PROPOSE)
    with store.write() as connection:
        change = known_change(connection, change_id)
        act = audit.AuditEvent(actor.actor, "withdraw_proposal", SUBJECT, str(change_id), at, change.reason)
        audit.record(store, connection, act, {"state": change.state}, {"state": WITHDRAWN})
        _move(connection, change, version, PROPOSED, state=WITHDRAWN)


def release(
    store: Store, in_use: CatalogueInUse, actor: Viewer, change_id: int, version: int, effect: Effect, at: datetime
) -> None:
    """Let a proposed act hold from now on; whoever proposed it never does.

    Args:
        store: The operational store.
        in_use: The files that the rows lie over.
        actor: Who releases.
        change_id: The act.
        version: As which it was looked at.
        effect: What the look ahead found, kept with it; `in_short` is what the audit says. Empty: nobody looked.
        at: Now, UTC.

    Raises:
        RefusedError: no permission, one's own, not looked ahead, or it is no proposal any more.
        CatalogueError: the strict loader refuses the catalogue with it; something was released since.
    """
    _may(actor, Permission.CATALOGUE_RELEASE)
    if not effect:
        raise RefusedError("needs_trial")
    with store.write() as connection:
        change = known_change(connection, change_id)
        if not actor.account_id or actor.is_person(change.proposed_by, change.proposed_by_id):
            raise RefusedError("own_proposal")
        in_use.candidate(with_change(rows_within(connection), change))
        act = audit.AuditEvent(actor.actor, "release", SUBJECT, str(change_id), at, change.reason)
        after = {
            "state": RELEASED,
            "table_name": change.table_name,
            "row_key": change.row_key,
            "effect": effect["in_short"],
        }
        audit.record(store, connection, act, {"state": change.state}, after)
        kept = json.dumps(dict(effect), ensure_ascii=False)
        order = connection.execute(select(func.coalesce(func.max(table.c.release_order), 0))).scalar_one() + 1
        who: dict[str, Any] = {"released_by": actor.name, "released_by_id": actor.account_id, "released_at": at}
        _move(connection, change, version, PROPOSED, state=RELEASED, effect=kept, release_order=order, **who)
        if change.takes_back is not None:
            gone = known_change(connection, change.takes_back)
            act = audit.AuditEvent(actor.actor, "take_back", SUBJECT, str(gone.change_id), at, change.reason)
            audit.record(store, connection, act, {"state": gone.state}, {"state": TAKEN_BACK})
            _move(connection, gone, gone.version, RELEASED, state=TAKEN_BACK)


def _may(actor: Viewer, permission: Permission) -> None:
    if permission not in actor.permissions:
        raise RefusedError("no_permission")


def _check_said(source: str, reason: str) -> None:
    check_words(source, reason)
    if len(source.strip()) < SHORTEST_REASON:
        raise RefusedError("needs_source")
    if len(reason.strip()) < SHORTEST_REASON:
        raise RefusedError("needs_reason")


def _add(store: Store, connection: Connection, actor: Viewer, kept: Mapping[str, Any], at: datetime) -> int:
    waiting = select(func.count()).select_from(table).where(table.c.state == PROPOSED)
    if connection.execute(waiting).scalar_one() >= MOST_OPEN:
        raise RefusedError("too_many_proposals")
    who = {"proposed_by": actor.name, "proposed_by_id": actor.account_id, "proposed_at": at}
    added = connection.execute(insert(table).values(**kept, **who, state=PROPOSED, version=1))
    number = int(added.inserted_primary_key[0])  # type: ignore[index]
    action = "propose" if kept.get("takes_back") is None else "propose_taking_back"
    act = audit.AuditEvent(actor.actor, action, SUBJECT, str(number), at, kept["reason"])
    said = {k: kept[k] for k in ("table_name", "row_key", "valid_from", "source", "takes_back") if k in kept}
    before, after = json.loads(kept["row_before"]), json.loads(kept["row_values"])
    audit.record(store, connection, act, {"row": _words(before, after)}, {**said, "row": _words(after, before)})
    return number


def _words(cells: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """The cells that differ from the other row's."""
    return {column: value for column, value in cells.items() if other.get(column) != value}


def _move(connection: Connection, change: CatalogueChange, version: int, must_be: str, **values: Any) -> None:
    moved = connection.execute(
        update(table)
        .where(table.c.change_id == change.change_id, table.c.version == version, table.c.state == must_be)
        .values(version=version + 1, **values)
    )
    if moved.rowcount != 1:
        raise RefusedError("not_waiting")


def _json(cells: Mapping[str, str]) -> str:
    return json.dumps(dict(cells), ensure_ascii=False, sort_keys=True)
