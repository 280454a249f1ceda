"""Whence an act comes: the address and number of its request, set by the door and kept with the entry."""

import hashlib
import hmac
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from data.store.engine import Store
from data.store.schema import audit_address, login_session


@dataclass(frozen=True)
class Source:
    """The request that something is done in; empty at the command line and for what the machine does itself."""

    address: str = ""
    request_id: str = ""


NOWHERE = Source()
SOURCE: ContextVar[Source] = ContextVar("source")


def digest_of(key: bytes, address: str) -> str:
    """A keyed hash of an address: it stays under the chain when the address has gone."""
    return hmac.new(key, f"address {address}".encode(), hashlib.sha256).hexdigest() if address else ""


def forget_addresses(store: Store, days: int, at: datetime) -> None:
    """Let go of the addresses whose time is over; the entries stay as they were signed.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    with store.write() as connection:
        over = at - timedelta(days=days)
        connection.execute(delete(audit_address).where(audit_address.c.at < over))
        old = update(login_session).where(login_session.c.started_at < over, login_session.c.address != "")
        connection.execute(old.values(address=""))
