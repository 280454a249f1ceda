"""How often something was done within a time, counted in the store for all web processes.

Who did it stands there as a keyed hash, and only until the time is over.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data.clock import in_beijing
from data.store.engine import Store
from data.store.schema import request_count as table

INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def count_within(store: Store, what: str, who: str, most: int, at: datetime, until: datetime) -> datetime | None:
    """Count one more; where there were `most` already it does not count, and the answer is when the time is over.

    `until` is when a time that begins now would be over.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    key = hmac.new(store.audit_key, f"{what} {who}".encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
    with store.write() as connection:
        hits, ends_at = _held(store, connection, key, at)
        if at >= ends_at:
            hits, ends_at = 0, until
        if hits >= most:
            return ends_at
        connection.execute(update(table).where(table.c.key == key).values(hits=hits + 1, until=ends_at))
    return None


def forget_counts(store: Store) -> None:
    """Start counting anew."""
    with store.write() as connection:
        connection.execute(delete(table))


def end_of_day(at: datetime) -> datetime:
    """When the day in Beijing is over at an instant (UTC); UTC."""
    here = in_beijing(at)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return at + (midnight - here)


def _held(store: Store, connection: Connection, key: str, at: datetime) -> tuple[int, datetime]:
    """The count of a key, held until the transaction ends; a new one first lets go of what is over."""
    asked = select(table.c.hits, table.c.until).where(table.c.key == key).with_for_update()
    row = connection.execute(asked).one_or_none()
    if row is None:
        connection.execute(delete(table).where(table.c.until < at))
        put = INSERTS[store.engine.dialect.name](table).values(key=key, hits=0, until=at)
        connection.execute(put.on_conflict_do_nothing())
        row = connection.execute(asked).one()
    return row.hits, row.until
