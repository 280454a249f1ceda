"""A whole copy of the operational store as one SQLite file, from and to either engine."""

from pathlib import Path

from sqlalchemy import Connection, Integer, delete, func, insert, select, text, update

from data.store.engine import Store, open_at
from data.store.schema import audit_head, metadata, store_seal


class NotEmptyError(RuntimeError):
    """The place to restore to already holds something."""


def copy_to_file(store: Store, path: Path) -> None:
    """Write every row, as of one moment, to a new SQLite file."""
    target = _file_store(path, store.audit_key)
    with store.engine.connect() as source, target.write() as connection:
        if store.engine.dialect.name == "postgresql":
            source.execution_options(isolation_level="REPEATABLE READ")
        _copy(source, connection)
    with target.engine.connect() as connection:
        connection.rollback()
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    target.engine.dispose()


def copy_from_file(path: Path, store: Store) -> None:
    """Fill an empty store from such a file.

    Raises:
        NotEmptyError: it is not empty.
    """
    source = _file_store(path, store.audit_key)
    with source.read() as rows, store.write() as connection:
        if connection.execute(select(audit_head.c.sequence)).scalar_one():
            raise NotEmptyError(str(store.engine.url))
        _copy(rows, connection)
        if store.engine.dialect.name == "postgresql":
            _advance_numbers(connection)
    source.engine.dispose()


def _file_store(path: Path, audit_key: bytes) -> Store:
    return open_at(f"sqlite:///{path}", audit_key, Path())


def _copy(source: Connection, target: Connection) -> None:
    target = target.execution_options(seals=False)  # the seal comes with the rows
    for table in metadata.sorted_tables:
        rows = [dict(r) for r in source.execute(select(table)).mappings()]
        if table is audit_head:
            target.execute(update(audit_head).values(rows[0]))
            continue
        if table is store_seal:
            target.execute(delete(store_seal))
        if rows:
            target.execute(insert(table), rows)


def _advance_numbers(connection: Connection) -> None:
    """Numbers given by the database go on after the highest that was copied."""
    for table in metadata.sorted_tables:
        key = next(iter(table.primary_key))
        if not isinstance(key.type, Integer) or key.autoincrement is not True:
            continue
        highest = connection.execute(select(func.max(key))).scalar()
        if highest:
            named = {"table": table.name, "column": key.name, "highest": highest}
            connection.execute(text("select setval(pg_get_serial_sequence(:table, :column), :highest)"), named)
