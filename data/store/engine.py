"""Open the operational store: SQLite (WAL, synchronous=FULL) or PostgreSQL, one code."""

import json
import logging
import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url, text
from sqlalchemy.exc import InterfaceError, OperationalError

from data.atomic_files import file_lock, owner_only, secret_key
from data.settings import Settings
from data.store.schema import metadata
from data.store.seals import CHANGED, is_sealed, move_on, note_head, read_head, seal_all, watch

log = logging.getLogger("oversight.store")
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 10_000
STORE_FILE = "operations.db"
PRIVATE_FOLDERS = ("batches", "snapshots", "evidence", "submissions", "catalogue", "keys")
STREAMED = "audit entries of this transaction"
LARGEST_NUMBER = 2**31 - 1  # of an integer column on PostgreSQL; larger ones name nothing
ADVISORY_LOCK = 20170419  # any number that only this application takes


class StoreDownError(OSError):
    """The store cannot be reached, or is locked for too long; `state` names what a viewer is told."""

    state = "store_down"


class StoreFullError(StoreDownError):
    """The disk of the store is full: nothing was written, all that was written is there."""

    state = "disk_full"


class Store:
    """Connections of the store; reads never block writes, writes are short and serialised."""

    def __init__(
        self,
        engine: Engine,
        audit_key: bytes,
        evidence_folder: Path,
        audit_file: Path | None = None,
        head_file: Path | None = None,
    ) -> None:
        self.engine = engine
        self.head_file = head_file
        self.audit_file = audit_file
        self.audit_key = audit_key
        self.evidence_folder = evidence_folder
        self._writer = engine.execution_options(begins="IMMEDIATE")

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A transaction that sees one state.

        Raises:
            StoreDownError: the store cannot be reached.
        """
        with _reachable(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A transaction that is committed at the end, or leaves nothing.

        Raises:
            StoreDownError: the store cannot be reached.
        """
        with _reachable(), self._writer.begin() as connection:
            for left in (STREAMED, CHANGED):
                connection.info.pop(left, None)  # of a transaction that left nothing
            yield connection
            entries: list[Mapping[str, Any]] = connection.info.pop(STREAMED, [])
            seal = move_on(connection, self.audit_key)
        self._note_head(seal, entries)
        if self.audit_file is not None and entries:
            _stream(self.audit_file, entries)

    def _note_head(self, seal: tuple[int, str] | None, entries: Sequence[Mapping[str, Any]]) -> None:
        last = (int(entries[-1]["sequence"]), str(entries[-1]["hash"])) if entries else None
        if self.head_file is None or (seal is None and last is None):
            return
        try:
            note_head(self.head_file, seal, last)
        except OSError as error:
            log.error("the head of the store cannot be written: %s", error.strerror)  # the write itself is kept


def stream_after(connection: Connection, entry: Mapping[str, Any]) -> None:
    """Have an entry of the audit written to the installation's file once its transaction holds."""
    connection.info.setdefault(STREAMED, []).append(entry)


def _stream(path: Path, entries: Sequence[Mapping[str, Any]]) -> None:
    """One JSON line for each entry, in one piece; what cannot be written is missed by its number, and logged."""
    lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, lines.encode(errors="surrogatepass"))
        finally:
            os.close(handle)
    except OSError as error:
        log.error("the audit's file cannot be written: %s", error.strerror)  # the entry itself is kept


@contextmanager
def _reachable() -> Generator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        kind = StoreFullError if _is_full(error.orig) else StoreDownError
        raise kind(type(error.orig).__name__) from error


def _is_full(error: BaseException | None) -> bool:
    """SQLITE_FULL, or class 53100 of PostgreSQL."""
    is_sqlite = getattr(error, "sqlite_errorname", "") in ("SQLITE_FULL", "SQLITE_IOERR_WRITE")
    return is_sqlite or getattr(error, "sqlstate", "") == "53100"


@cache
def empty_store() -> Store:
    """A store of nothing, for pages that stay readable while the real one is down."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    return Store(engine, b"", Path())


def open_store(settings: Settings) -> Store:
    """The store of these settings, with its tables brought to the present form.

    Files that earlier versions left open to others are closed to them.

    Raises:
        StoreDownError: the store cannot be reached.
        alembic.util.CommandError: the store was made by a newer version.
    """
    database = settings.var_folder / STORE_FILE
    url = settings.store_url or f"sqlite:///{database}"
    with file_lock(settings.var_folder, ".store.lock"):
        key = secret_key(settings.audit_key_file)
        if not settings.store_url:
            database.touch(mode=0o600)
        folders = [settings.var_folder / name for name in PRIVATE_FOLDERS]
        for path in (settings.var_folder, database, *folders):
            if path.exists():
                owner_only(path)
        return open_at(url, key, settings.evidence_folder, settings.audit_file, settings.store_head_file)


def open_at(
    url: str, audit_key: bytes, evidence_folder: Path, audit_file: Path | None = None, head_file: Path | None = None
) -> Store:
    """The store at an SQLAlchemy address, with its tables brought to the present form and sealed.

    Tables whose seal is known outside the store are never sealed anew: then it was taken away.
    """
    engine = _engine(url)
    with _reachable():
        _migrate(engine)
    store = Store(engine, audit_key, evidence_folder, audit_file, head_file)
    was_sealed = head_file is not None and read_head(head_file)[0][0] > 0
    if not was_sealed:
        with store.write() as connection:
            if not is_sealed(connection):
                seal_all(connection, audit_key)
    watch(engine)
    return store


def _engine(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing; `_begin_sqlite` does
    for setting in (
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"pragma {setting}")


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get("begins", "DEFERRED")
    connection.exec_driver_sql(f"begin {kind}")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(begins="IMMEDIATE").begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:n)"), {"n": ADVISORY_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
