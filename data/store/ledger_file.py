"""Rows of a 问题台账表 taken over into the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.ledger import CHOSEN, LOOK_BACK, SUBJECT, Done, Issue, find_in, listed_on, save_change, touched
from data.store.schema import issue as issue_table
from data.store.steps import states_of

FROM_FILE = (
    "district_code",
    "school_code",
    "stage",
    "item_code",
    "problem",
    "origin",
    "round",
    "found_on",
    "measure",
    "responsible_unit",
    "responsible_person",
    "due_on",
)


def adopt(
    store: Store, catalogue: Catalogue, rows: Sequence[Mapping[str, Any]], at: datetime, by: Viewer
) -> dict[str, int]:
    """Take rows of a 问题台账表 over: new issues as they are, known ones in what they describe.

    A known issue keeps its state: that is moved only here. Returns counts of `added`, `described`
    and `state_kept` (rows whose state differs from the ledger's).
    """
    codes = {s.name: s.state_code for s in states_of(catalogue, "issue")}
    counts = {"added": 0, "described": 0, "state_kept": 0}
    with store.write() as connection:
        for row in rows:
            known = find_in(connection, row["issue_code"])
            if known is None:
                _add(store, connection, catalogue, row, codes[row["status"]], at, by)
                counts["added"] += 1
                continue
            counts["state_kept"] += known.status != codes[row["status"]]
            described = replace(known, **{name: row[name] for name in FROM_FILE})
            if described != known:
                described = replace(described, **touched(known, by, at))
                save_change(store, connection, known, described, Done(by.actor, "import", row["batch_id"]))
                counts["described"] += 1
    return counts


def _add(
    store: Store,
    connection: Connection,
    catalogue: Catalogue,
    row: Mapping[str, Any],
    status: str,
    at: datetime,
    by: Viewer,
) -> None:
    values: dict[str, Any] = {f.name: row[f.name] for f in fields(Issue) if f.name in row}
    values |= {
        "status": status,
        "rectified_by": None,
        "was_met": False,
        "version": 1,
        "updated_by": by.name,
        "updated_by_id": by.account_id,
        "updated_at": at,
    }
    if status == LOOK_BACK:
        values |= listed_on(catalogue, day_of(at), CHOSEN)
    issue = asdict(Issue(**values))
    connection.execute(insert(issue_table).values(**issue))
    act = audit.AuditEvent(by.actor, "import", SUBJECT, row["issue_code"], at, row["batch_id"])
    audit.record(store, connection, act, {}, issue)
