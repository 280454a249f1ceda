"""Tries to sign in, counted for all web processes: a name waits longer, an address seldom.

Names that nobody has are counted like the others, so that a wait does not tell which names exist.
"""

import hashlib
import hmac
import ipaddress
import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data.store.engine import Store
from data.store.refusals import RefusedError
from data.store.schema import sign_in_count as table

FREE_TRIES = 4
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(days=1)
WINDOW = timedelta(minutes=1)
MOST_PER_WINDOW = 60
"""Tries of one address that did not succeed; `deploy/nginx.conf` lets at least as many through."""
MOST_ROWS = 10_000
NETWORK_BITS = {4: 32, 6: 64}  # who holds one address of IPv6 holds its whole network
INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class TooSoonError(RefusedError):
    """Tried too often; `seconds` says when to try again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too_soon")
        self.seconds = max(1, math.ceil(wait.total_seconds()))


def wait_after(failures: int) -> timedelta:
    """How long a name waits after so many failures in a row: 0 × 4, then 15 s, 30 s … 10 min."""
    if failures <= FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES - 1, 16)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def count_name(store: Store, account_name: str, at: datetime) -> None:
    """Count one more try for a name before its password is looked at.

    Raises:
        TooSoonError: it has to wait; this try does not count.
    """
    key = _key(store, "name", account_name)
    with store.write() as connection:
        tries, until = _held(store, connection, key, at)
        if at >= until:
            tries = 1 if at - until > FORGOTTEN_AFTER else tries + 1
            _keep(connection, key, tries, at + wait_after(tries))
            return
    raise TooSoonError(until - at)


def is_news(store: Store, kind: str, subject: str, at: datetime, until: datetime) -> bool:
    """Whether a wait of this name or address has not been told of yet; from now on it has, `until` it ends."""
    key = _address_key(store, f"told {kind}", subject) if kind != "name" else _key(store, "told name", subject)
    with store.write() as connection:
        tries, told_until = _held(store, connection, key, at)
        is_new = not tries or at >= told_until
        if is_new:
            _keep(connection, key, 1, until)
    return is_new


def is_first_use(store: Store, number: str, at: datetime, until: datetime) -> bool:
    """Whether a number that is good once (a token's) was not used yet; from now on it was, `until` it is over."""
    key = _key(store, "used", number)
    with store.write() as connection:
        tries, _ = _held(store, connection, key, at)
        if not tries:
            _keep(connection, key, 1, until)
    return not tries


def wait_of(store: Store, account_name: str, at: datetime) -> timedelta:
    """How long a name still has to wait after failures; 0 where it may be tried at once."""
    asked = select(table.c.until).where(table.c.key == _key(store, "name", account_name))
    with store.read() as connection:
        until = connection.execute(asked).scalar_one_or_none()
    return max(timedelta(0), until - at) if until is not None else timedelta(0)


def forget_name(store: Store, connection: Connection, account_name: str) -> None:
    """Start counting a name anew: it signed in, or has another password."""
    forget_names(store, connection, [account_name])


def forget_names(store: Store, connection: Connection, account_names: Sequence[str]) -> None:
    """The same of several."""
    keys = [_key(store, "name", name) for name in account_names]
    connection.execute(delete(table).where(table.c.key.in_(keys)))


def count_address(store: Store, kind: str, address: str, at: datetime) -> None:
    """Count one more try of an address; `give_back` takes it off again where it succeeded.

    Raises:
        TooSoonError: too many within the minute.
    """
    key = _address_key(store, kind, address)
    with store.write() as connection:
        tries, until = _held(store, connection, key, at)
        if at >= until:
            tries, until = 0, at + WINDOW
        if tries < MOST_PER_WINDOW:
            _keep(connection, key, tries + 1, until)
            return
    raise TooSoonError(until - at)


def give_back(store: Store, kind: str, address: str) -> None:
    """The try succeeded: many people behind one address sign in at the same hour."""
    key = _address_key(store, kind, address)
    with store.write() as connection:
        connection.execute(update(table).where(table.c.key == key, table.c.tries > 0).values(tries=table.c.tries - 1))


def _held(store: Store, connection: Connection, key: str, at: datetime) -> tuple[int, datetime]:
    """The count of a key, held until the transaction ends; a new one makes room first."""
    asked = select(table.c.tries, table.c.until).where(table.c.key == key).with_for_update()
    row = connection.execute(asked).one_or_none()
    if row is None:
        _prune(connection, at)
        put = INSERTS[store.engine.dialect.name](table).values(key=key, tries=0, until=at)
        connection.execute(put.on_conflict_do_nothing())
        row = connection.execute(asked).one()
    return row.tries, row.until


def _keep(connection: Connection, key: str, tries: int, until: datetime) -> None:
    connection.execute(update(table).where(table.c.key == key).values(tries=tries, until=until))


def _prune(connection: Connection, at: datetime) -> None:
    """Let go of what is forgotten, and, where there are too many, of what waits least."""
    connection.execute(delete(table).where(table.c.until < at - FORGOTTEN_AFTER))
    surplus = int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    if surplus >= MOST_ROWS:
        first = select(table.c.key).order_by(table.c.until).limit(surplus - MOST_ROWS + 1)
        connection.execute(delete(table).where(table.c.key.in_(first.scalar_subquery())))


def _address_key(store: Store, kind: str, address: str) -> str:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return _key(store, kind, "")
    network = ipaddress.ip_network((ip, NETWORK_BITS[ip.version]), strict=False)
    return _key(store, kind, str(network))


def _key(store: Store, kind: str, subject: str) -> str:
    """Neither names nor addresses stand in the store."""
    told = f"{kind} {subject}".encode(errors="surrogatepass")
    return hmac.new(store.audit_key, told, hashlib.sha256).hexdigest()
