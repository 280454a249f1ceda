"""监测预警: what was done about a warning of a rule on a unit: 新 → 已提醒 → 已回复 → 解除."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.catalogue.supervision_tables import WarningRule
from data.catalogue.tables import District
from data.store import audit
from data.store.engine import Store
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.schema import warning_state
from data.store.steps import permitted_step

SUBJECT = "warning"
NEW, LIFTED = "new", "lifted"
REMIND = "remind"


@dataclass(frozen=True)
class WarningState:
    """Where a warning stands; `version` 0 is one that nobody has touched."""

    warning_key: str
    state: str
    note: str | None
    version: int
    updated_by: str
    updated_at: datetime
    updated_by_id: str = ""


@dataclass(frozen=True)
class WarningStep:
    """What somebody wants done to a warning as they saw it."""

    warning_key: str
    version: int
    action: str
    reason: str = ""


def list_states(store: Store) -> dict[str, WarningState]:
    """All touched warnings by key."""
    with store.read() as connection:
        rows = connection.execute(select(warning_state)).mappings()
        return {r["warning_key"]: WarningState(**r) for r in rows}


def step(
    store: Store, catalogue: Catalogue, viewer: Viewer, requested: WarningStep, at: datetime, *, shown_state: str
) -> WarningState:
    """Take a step; `shown_state` is the state that the page showed (a lifted one may be new again).

    Raises:
        RefusedError: no such warning or step, no permission, or a reason is missing.
        ChangedMeanwhileError: somebody else was first.
    """
    with store.write() as connection:
        return _taken(store, connection, catalogue, viewer, requested, at, shown_state=shown_state)


def remind_all(
    store: Store, catalogue: Catalogue, viewer: Viewer, seen: Mapping[str, int], at: datetime
) -> list[WarningState]:
    """Remind of warnings that were shown as new, all or none; `seen` is the version of each key.

    Raises:
        RefusedError: none is given, or the step is not this viewer's to take.
        ChangedMeanwhileError: somebody else was first with one of them.
    """
    if not seen:
        raise RefusedError("none_new")
    with store.write() as connection:
        audit.hold_head(connection)
        return [
            _taken(store, connection, catalogue, viewer, WarningStep(key, version, REMIND), at, shown_state=NEW)
            for key, version in sorted(seen.items())
        ]


def _taken(
    store: Store,
    connection: Connection,
    catalogue: Catalogue,
    viewer: Viewer,
    requested: WarningStep,
    at: datetime,
    *,
    shown_state: str,
) -> WarningState:
    """One step within a transaction."""
    _known(catalogue, requested.warning_key)
    check_words(requested.reason)
    asked = select(warning_state).where(warning_state.c.warning_key == requested.warning_key)
    row = connection.execute(asked).mappings().one_or_none()
    before = WarningState(**row) if row else None
    if (before.version if before else 0) != requested.version:
        known = before or WarningState("", NEW, None, 0, "", at)
        raise ChangedMeanwhileError(known.updated_by, known.updated_at, known.updated_by_id)
    if not _can_show(before, shown_state):
        raise RefusedError("no_transition")
    reason = requested.reason.strip()
    transition = permitted_step(catalogue, SUBJECT, shown_state, requested.action, viewer, reason)
    version = requested.version + 1
    key, state = requested.warning_key, transition.to_state
    after = WarningState(key, state, reason, version, viewer.name, at, viewer.account_id)
    if before is None:
        connection.execute(insert(warning_state).values(**asdict(after)))
    else:
        held = warning_state.c.warning_key == key
        connection.execute(update(warning_state).where(held).values(**asdict(after)))
    act = audit.AuditEvent(viewer.actor, requested.action, SUBJECT, key, at, reason)
    audit.record(store, connection, act, asdict(before) if before else {}, asdict(after))
    return after


def _known(catalogue: Catalogue, key: str) -> None:
    code, _, unit = key.partition(".")
    rules = {r.warning_code for r in catalogue.rows(WarningRule)}
    if code not in rules or unit not in {d.district_code for d in catalogue.rows(District)}:
        raise RefusedError("unknown_warning")


def _can_show(before: WarningState | None, shown: str) -> bool:
    """Whether a page can have shown this state: the stored one; a lifted warning that came again is shown as new."""
    kept = before.state if before else NEW
    return shown == kept or (kept, shown) == (LIFTED, NEW)
