"""What each office said its headers mean: kept, and applied to its next return."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

from data.access import Viewer
from data.importing.headers import header_key
from data.importing.locate import UNUSED
from data.store import audit
from data.store.engine import Store
from data.store.refusals import check_words
from data.store.schema import column_mapping

SUBJECT = "column_mapping"
NO_COLUMN = "—"
LONGEST_KEY = 200


def mappings_of(store: Store, district_code: str) -> dict[str, str]:
    """Our header by theirs, as the office of a unit said; `UNUSED` where theirs means none of ours."""
    asked = select(column_mapping.c.header, column_mapping.c.meaning).where(
        column_mapping.c.district_code == district_code
    )
    with store.read() as connection:
        return {str(header): str(meaning) for header, meaning in connection.execute(asked.order_by("header"))}


def with_said(mapping: Mapping[str, str], said: Mapping[str, str | None]) -> dict[str, str]:
    """A mapping after what an office says now; None forgets."""
    keys = {header_key(header)[0] for header in said}
    before = {header: meaning for header, meaning in mapping.items() if header_key(header)[0] not in keys}
    return before | {header: meaning for header, meaning in said.items() if meaning is not None}


def keep_mappings(
    store: Store, viewer: Viewer, district_code: str, said: Mapping[str, str | None], at: datetime
) -> None:
    """Keep what an office says of headers, in place of what it said of them before; None forgets.

    Raises:
        RefusedError: words that no store can hold.
    """
    check_words(*said, *(meaning or UNUSED for meaning in said.values()))
    keys = {_key(header): (header, meaning) for header, meaning in said.items() if header_key(header)[0]}
    if not keys:
        return
    with store.write() as connection:
        connection.execute(
            delete(column_mapping).where(
                column_mapping.c.district_code == district_code, column_mapping.c.header_key.in_(list(keys))
            )
        )
        rows = [
            {"district_code": district_code, "header_key": key, "header": header, "meaning": meaning}
            for key, (header, meaning) in keys.items()
            if meaning is not None
        ]
        if rows:
            connection.execute(insert(column_mapping), rows)
        event = audit.AuditEvent(viewer.actor, "map", SUBJECT, district_code, at)
        said_words = "；".join(f"{header} → {meaning or NO_COLUMN}" for header, meaning in keys.values())
        audit.record(store, connection, event, {}, {"meaning": said_words})


def _key(header: str) -> str:
    """What a header is kept under; one that is longer than the column holds, under its digest."""
    key = header_key(header)[0]
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
