"""A keyed digest of each table, moved on with every write: rows that anybody else changes no longer fit it.

The digest of a table is the sum of the keyed hashes of its rows, so that a write costs its own rows alone. What a row
does not hold (nothing, an empty text, 0, no) is left out of its hash: a column that a later version adds changes none.
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, event, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Delete, Insert, Update

from data.store.schema import metadata, store_seal

UNSEALED = frozenset(
    ("audit_entry", "audit_address", "audit_head", "login_session", "request_count", "sign_in_count", "store_seal")
)
"""Tables with a chain of their own, and what changes with every request."""
MODULUS = 1 << 256
CHANGED, BEFORE = "rows of this transaction", "rows before this statement"
NO_SEAL = "0" * 64
WIDTH = 20
Change = tuple[int, str, str]
"""+1 or -1, the table, and the row as text."""


def sealed_tables() -> list[Table]:
    """The tables that have a digest."""
    return [t for t in metadata.sorted_tables if t.name not in UNSEALED]


def watch(engine: Engine) -> None:
    """Have the rows of every write noted, before and after it, for `move_on`."""
    event.listen(engine, "before_execute", _note_before)
    event.listen(engine, "after_execute", _note_after)


def move_on(connection: Connection, key: bytes) -> tuple[int, str] | None:
    """Add what a transaction changed to the digests; the seal's number and hash, None where nothing is sealed."""
    changes: list[Change] = connection.info.pop(CHANGED, [])
    if not changes:
        return None
    held = connection.execute(select(store_seal).with_for_update()).mappings().one_or_none()
    if held is None:  # not sealed yet: `seal_all` will
        return None
    moved = defaultdict[str, int](int)
    for sign, table, row in changes:
        moved[table] += sign * _hash_of(key, table, row)
    digests: dict[str, str] = json.loads(held["digests"])
    for table, amount in moved.items():
        digests[table] = _as_hex(int(digests.get(table, "0"), 16) + amount)
    version = int(held["version"]) + 1
    return _write(connection, key, version, digests)


def seal_all(connection: Connection, key: bytes) -> tuple[int, str]:
    """Seal every table as it is now: an installation from before, or one restored with another key."""
    held = connection.execute(select(store_seal.c.version)).scalar_one_or_none()
    if held is None:
        connection.execute(insert(store_seal).values(seal_id=1, version=0, digests="{}", seal=NO_SEAL))
    return _write(connection, key, int(held or 0) + 1, digests_of(connection, key))


def is_sealed(connection: Connection) -> bool:
    """Whether the tables were ever sealed."""
    return connection.execute(select(store_seal.c.version)).scalar_one_or_none() is not None


def digests_of(connection: Connection, key: bytes) -> dict[str, str]:
    """The digest of every table from its rows."""
    return {
        t.name: _as_hex(sum(_hash_of(key, t.name, _text_of(row)) for row in connection.execute(select(t)).mappings()))
        for t in sealed_tables()
    }


@dataclass(frozen=True)
class SealCheck:
    """The seal's number and hash, the tables whose rows do not fit it, and whether the seal itself is ours."""

    version: int
    seal: str
    changed: Sequence[str]
    is_ours: bool


def check_seals(connection: Connection, key: bytes) -> SealCheck:
    """Compare every table with its sealed digest."""
    held = connection.execute(select(store_seal)).mappings().one_or_none()
    if held is None:
        return SealCheck(0, NO_SEAL, [], is_ours=False)
    digests: dict[str, str] = json.loads(held["digests"])
    now = digests_of(connection, key)
    changed = [name for name, digest in now.items() if digests.get(name, _as_hex(0)) != digest]
    is_ours = hmac.compare_digest(held["seal"], _seal_of(key, held["version"], held["digests"]))
    return SealCheck(held["version"], held["seal"], changed, is_ours)


def note_head(path: Path, seal: tuple[int, str] | None, entry: tuple[int, str] | None) -> None:
    """Write the last seal and the last entry of the audit down outside the store; earlier ones never replace later.

    Raises:
        OSError: the file cannot be written.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        held = _parse(os.pread(handle, 1024, 0).decode("ascii", "replace"))
        latest = [max(old, new or (0, NO_SEAL)) for old, new in zip(held, (seal, entry), strict=True)]
        lines = "".join(f"{number:0{WIDTH}}:{digest}\n" for number, digest in latest)
        os.pwrite(handle, lines.encode(), 0)  # in place, always as long: whole or not at all
    finally:
        os.close(handle)


def read_head(path: Path) -> tuple[tuple[int, str], tuple[int, str]]:
    """The seal and the entry that were written down last; number 0 where none was."""
    return _parse(path.read_text(encoding="ascii", errors="replace") if path.is_file() else "")


def _parse(content: str) -> tuple[tuple[int, str], tuple[int, str]]:
    pairs = [line.partition(":")[::2] for line in content.splitlines()[:2]]
    known = [(int(n), d) for n, d in pairs if n.isdecimal() and len(d) == len(NO_SEAL)]
    seal, entry = known if len(known) == len((0, 1)) else [(0, NO_SEAL)] * 2
    return seal, entry


def _note_before(
    connection: Connection,
    statement: object,
    parameter_sets: object,
    parameters: Mapping[str, Any],
    options: Mapping[str, Any],
) -> None:
    del options
    if not _is_noted(connection, statement):
        return
    rows: list[str] = []
    if isinstance(statement, Update | Delete):
        asked = select(statement.table)
        where = statement.whereclause
        asked = asked if where is None else asked.where(where)
        rows_before = connection.execute(asked.with_for_update()).mappings().all()
        connection.info[BEFORE] = [_key_of(_table(statement), row) for row in rows_before]
        rows = [_text_of(row) for row in rows_before]
    elif isinstance(statement, sqlite.Insert | postgresql.Insert):  # may find the row there
        rows = _rows_of(connection, statement, _keys_given(statement, parameter_sets, parameters))
    _keep(connection, -1, _table(statement), rows)


def _note_after(
    connection: Connection,
    statement: object,
    parameter_sets: object,
    parameters: Mapping[str, Any],
    options: Mapping[str, Any],
    result: Any,
) -> None:
    del options
    if not _is_noted(connection, statement):
        return
    if isinstance(statement, Update):
        set_to = {**statement.compile().params, **parameters}  # of another key where the key itself is written
        names = [column.name for column in _table(statement).primary_key]
        keys_before: list[tuple[Any, ...]] = connection.info.pop(BEFORE)
        keys = [tuple(set_to.get(n, old) for n, old in zip(names, key, strict=True)) for key in keys_before]
    elif isinstance(statement, Insert):
        is_one_row = not parameter_sets and not isinstance(statement, sqlite.Insert | postgresql.Insert)
        given = [] if is_one_row else _keys_given(statement, parameter_sets, parameters)
        keys = given or [tuple(result.inserted_primary_key)]
    else:
        return
    _keep(connection, 1, _table(statement), _rows_of(connection, statement, keys))


def _is_noted(connection: Connection, statement: object) -> bool:
    is_write = isinstance(statement, Insert | Update | Delete)
    is_left_out = connection.get_execution_options().get("seals") is False
    return is_write and not is_left_out and cast("Insert", statement).table.name not in UNSEALED


def _table(statement: object) -> Table:
    return cast("Table", cast("Insert", statement).table)


def _keep(connection: Connection, sign: int, table: Table, rows: Sequence[str]) -> None:
    noted: list[Change] = connection.info.setdefault(CHANGED, [])
    noted += [(sign, table.name, row) for row in rows]


def _keys_given(statement: object, parameter_sets: object, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The keys of the rows that a statement adds; empty where the database gives them."""
    names = [c.name for c in _table(statement).primary_key]
    sets = cast("Sequence[Mapping[str, Any]]", parameter_sets)
    compiled: Mapping[str, Any] = cast("Insert", statement).compile().params if sets or not parameters else {}
    given: list[Mapping[str, Any]] = [{**compiled, **row} for row in sets] or [parameters or compiled]
    return [tuple(row[n] for n in names) for row in given if all(row.get(n) is not None for n in names)]


def _rows_of(connection: Connection, statement: object, keys: Sequence[tuple[Any, ...]]) -> list[str]:
    table = _table(statement)
    if not keys:
        return []
    mine = tuple_(*table.primary_key).in_(keys)
    return [_text_of(row) for row in connection.execute(select(table).where(mine)).mappings()]


def _key_of(table: Table, row: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(row[c] for c in table.primary_key)


def _text_of(row: Mapping[Any, Any]) -> str:
    """A row as it is hashed, the same from either engine."""
    held = {str(name): value for name, value in row.items() if value not in (None, "", 0, False)}
    return json.dumps(held, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))


def _hash_of(key: bytes, table: str, row: str) -> int:
    return int.from_bytes(hmac.new(key, f"row {table} {row}".encode(errors="surrogatepass"), hashlib.sha256).digest())


def _as_hex(number: int) -> str:
    return f"{number % MODULUS:064x}"


def _seal_of(key: bytes, version: int, digests: str) -> str:
    return hmac.new(key, f"seal {version} {digests}".encode(), hashlib.sha256).hexdigest()


def _write(connection: Connection, key: bytes, version: int, digests: Mapping[str, str]) -> tuple[int, str]:
    told = json.dumps(digests, sort_keys=True)
    seal = _seal_of(key, version, told)
    connection.execute(update(store_seal).values(version=version, digests=told, seal=seal))
    return version, seal
