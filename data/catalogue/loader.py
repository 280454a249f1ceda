"""Read the catalogue, strictly: a wrong column, key or date refuses to start, naming the line."""

import csv
import hashlib
import logging
import threading
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from data.atomic_files import DamagedFileError
from data.catalogue import tables as t
from data.catalogue.all_tables import TABLES
from data.catalogue.amounts import NUMBER, is_day, is_number_of
from data.catalogue.cross_checks import disagreements
from data.catalogue.overlay import Line, Overlay, Overridden, as_words, fitted, laid_over, read_overlay
from data.settings import Settings
from data.text import use_words

log = logging.getLogger("oversight.catalogue")
FOLDER = Path(__file__).parent
Row = TypeVar("Row")


class CatalogueError(ValueError):
    """The catalogue is not consistent; the message names file and line.

    `kind`, `column` and `value` say the same for a form: what is wrong with which cell.
    """

    def __init__(self, message: str, kind: str = "", column: str = "", value: str = "") -> None:
        super().__init__(message)
        self.kind, self.column, self.value = kind, column, value


@dataclass(frozen=True)
class Catalogue:
    """All catalogue tables, typed. `rows(Indicator)` gives one table."""

    by_type: dict[type[Any], tuple[Any, ...]]
    version: str = ""
    """Twelve hex digits that change with any file or own row."""
    overridden: tuple[Overridden, ...] = ()
    """The project's rows that rows of the installation's own override."""

    def rows(self, row_type: type[Row]) -> tuple[Row, ...]:
        """All rows of one table, in file order."""
        return self.by_type[row_type]

    def in_force(self, row_type: type[Row], day: date) -> tuple[Row, ...]:
        """Rows of a dated table in force on a day."""
        return tuple(r for r in self.rows(row_type) if is_in_force(r, day))

    def parameter(self, parameter_code: str, day: date) -> Decimal:
        """The value of an office parameter on a day; KeyError if none is in force."""
        return self.parameter_row(parameter_code, day).value

    def parameter_row(self, parameter_code: str, day: date) -> t.Parameter:
        """The row of an office parameter in force on a day; KeyError if there is none."""
        for row in self.in_force(t.Parameter, day):
            if row.parameter_code == parameter_code:
                return row
        raise KeyError(parameter_code)


def is_in_force(row: Any, day: date) -> bool:
    """Whether a dated row holds on a day (both ends inclusive)."""
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


@cache
def catalogue_folder() -> Path:
    """Where the catalogue in use lies: in the runtime folder, or else the project's own."""
    return folder_of(Settings())


def folder_of(settings: Settings) -> Path:
    """Where the catalogue of an installation lies, below its own rows."""
    own_folder = settings.own_catalogue_folder
    return own_folder if own_folder.is_dir() else FOLDER


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Every table below `folder`; by default the catalogue in use, with the installation's own rows.

    A process stays with the rows that it began with until it is told to `follow_overlay`.

    Raises:
        CatalogueError: see `read_catalogue`.
        DamagedFileError: the file of own rows is not as it was written.
    """
    if folder is not None:
        return read_catalogue(folder)
    return catalogue_in_use(catalogue_folder(), _overlay_file()).current()


@cache
def _overlay_file() -> Path:
    return Settings().overlay_file


class CatalogueInUse:
    """The catalogue that a process reads: the files of a folder with the own rows of a file laid over them."""

    def __init__(self, folder: Path, overlay_file: Path) -> None:
        self._folder, self._overlay_file, self._lock = folder, overlay_file, threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._catalogue: Catalogue | None = None

    def current(self) -> Catalogue:
        """What was taken up last."""
        return self._catalogue or self.follow()

    def follow(self) -> Catalogue:
        """Take up the rows that were released since; what cannot be read is not taken up, and logged.

        Raises:
            CatalogueError, DamagedFileError: there is nothing yet to stay with.
        """
        seen = _mark_of(self._overlay_file)
        kept = self._catalogue
        if kept is not None and seen == self._seen:
            return kept
        with self._lock:
            try:
                taken = read_catalogue(self._folder, read_overlay(self._overlay_file))
            except (CatalogueError, DamagedFileError) as error:
                if kept is None:
                    raise
                log.error("the catalogue's own rows cannot be taken up: %s", error)
                taken = kept
            self._seen, self._catalogue = seen, taken
        use_words({w.word_key: w.words for w in taken.rows(t.Word)})
        return taken

    def candidate(self, rows: Overlay) -> Catalogue:
        """The same files with other own rows.

        Raises:
            CatalogueError: see `read_catalogue`.
        """
        return read_catalogue(self._folder, rows)


def _mark_of(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size


@cache
def catalogue_in_use(folder: Path, overlay_file: Path) -> CatalogueInUse:
    """The one of these places in this process."""
    return CatalogueInUse(folder, overlay_file)


def forget_catalogue() -> None:
    """Look anew where the catalogue lies: another one may be in use now."""
    for known in (catalogue_folder, _overlay_file, catalogue_in_use, read_catalogue):
        known.cache_clear()


@lru_cache(maxsize=8)
def read_catalogue(folder: Path, overlay: Overlay = ()) -> Catalogue:
    """Read and check every table below `folder` with own rows laid over them; kept for the next call.

    Raises:
        CatalogueError: unknown or missing column or file, bad value, dangling key, duplicate key,
            overlapping dates, or tables that disagree.
    """
    lines: dict[str, list[Line]] = {}
    overridden: list[Overridden] = []
    for name, (row_type, key) in TABLES.items():
        cells = list(_read_cells(folder / f"{name}.csv", row_type))
        lines[name] = [(line, _row_of(row_type, c, f"{name}.csv:{line}")) for line, c in cells]
        for overlay_row in (o for o in overlay if o.table == name):
            hints = typing.get_type_hints(row_type)
            may_be_empty = {f.name: hints[f.name] is str or _is_optional(hints[f.name]) for f in fields(row_type)}
            place = f"{overlay_row.place}: {name}"
            row = _row_of(row_type, fitted(overlay_row, may_be_empty, (c for _, c in cells), key), place)
            lines[name], over = laid_over(name, lines[name], key, (overlay_row.place, row), overlay_row.number)
            overridden += over
    for overlay_row in overlay:
        if overlay_row.table not in TABLES:
            raise CatalogueError(f"{overlay_row.place}: there is no table {overlay_row.table!r}", "no_table")
    for name, (row_type, key) in TABLES.items():
        _check_unique(folder / f"{name}.csv", lines[name], key)
        _check_references(folder / f"{name}.csv", row_type, lines)
    for problem in disagreements(lines):
        raise CatalogueError(problem, "disagree")
    by_type = {TABLES[n][0]: tuple(row for _, row in rows) for n, rows in lines.items()}
    return Catalogue(by_type, _version_of(folder, overlay), tuple(overridden))


def _version_of(folder: Path, overlay: Overlay) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
    if overlay:
        digest.update(as_words(overlay).encode())
    return digest.hexdigest()[:12]


def _read_cells(path: Path, row_type: type[Any]) -> Iterable[tuple[int, dict[str, str]]]:
    expected = [f.name for f in fields(row_type)]
    if not path.is_file():
        raise CatalogueError(f"{path.name}: file is missing")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, list[str]())
        if sorted(header) != sorted(expected):
            unknown = sorted(set(header) - set(expected))
            missing = sorted(set(expected) - set(header))
            raise CatalogueError(f"{path.name}:1: unknown columns {unknown}, missing columns {missing}")
        for cells in reader:
            if len(cells) != len(header):
                raise CatalogueError(f"{path.name}:{reader.line_num}: wrong number of cells")
            yield reader.line_num, dict(zip(header, cells, strict=True))


def _row_of(row_type: type[Row], cells: Mapping[str, str], place: str) -> Row:
    hints = typing.get_type_hints(row_type)
    if missing := [f.name for f in fields(typing.cast("Any", row_type)) if f.name not in cells]:
        raise CatalogueError(f"{place}: no value for {', '.join(missing)}", "empty", missing[0])
    parsed = {k: _parse(cells[k], hints[k], f"{place}: {k}", k) for k in hints}
    if parsed.get("valid_to") is not None and parsed["valid_to"] < parsed["valid_from"]:
        raise CatalogueError(f"{place}: ends before it begins", "dates", "valid_to", cells["valid_to"])
    try:
        return row_type(**parsed)
    except ValueError as error:
        raise CatalogueError(f"{place}: {error}", "row") from error


def _is_optional(hint: Any) -> bool:
    return isinstance(hint, types.UnionType)


def _parse(text: str, hint: Any, place: str, column: str) -> Any:
    if _is_optional(hint):
        if text == "":
            return None
        hint = next(a for a in typing.get_args(hint) if a is not type(None))
    if hint is str:
        return text
    if text == "":
        raise CatalogueError(f"{place} is empty", "empty", column)
    try:
        if hint is bool:
            return {"true": True, "false": False}[text]
        if hint is date:
            day = date.fromisoformat(text)
            if day.isoformat() != text or not is_day(day):
                raise ValueError
            return day
        value = hint(text)
        if not NUMBER.fullmatch(text) or not is_number_of(column, value):
            raise ValueError
        return value
    except (KeyError, ValueError, InvalidOperation) as error:
        raise CatalogueError(f"{place} has a bad value: {text!r}", "value", column, text) from error


def _check_unique(path: Path, lines: Sequence[Line], key: tuple[str, ...]) -> None:
    groups: dict[tuple[Any, ...], list[Line]] = {}
    for line, row in lines:
        groups.setdefault(tuple(getattr(row, k) for k in key), []).append((line, row))
    for values, members in groups.items():
        if len(members) == 1:
            continue
        if not hasattr(members[0][1], "valid_from"):
            raise CatalogueError(f"{path.name}:{members[1][0]}: {values} stands twice", "twice")
        members.sort(key=lambda m: m[1].valid_from)
        for (_, earlier), (line, later) in pairwise(members):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise CatalogueError(f"{path.name}:{line}: dates of {values} overlap", "overlap")


def _check_references(path: Path, row_type: type[Any], lines: Mapping[str, Sequence[Line]]) -> None:
    for column in fields(row_type):
        target = column.metadata.get("refers_to")
        if target is None or target is MISSING:
            continue
        table, target_column = target.split(".")
        known = {getattr(row, target_column) for _, row in lines[table]}
        for line, row in lines[path.stem]:
            if getattr(row, column.name) not in known:
                value = getattr(row, column.name)
                message = f"{path.name}:{line}: {column.name} {value!r} is not in {table}.csv"
                raise CatalogueError(message, "reference", column.name, str(value))
