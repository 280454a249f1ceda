"""What an uploaded file may be, looked at before anything parses it."""

import re
import zipfile
from pathlib import Path

from data.importing.read_table import DAMAGED

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 200
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_LINE_BYTES = 256 * 1024
HEAD = 4_096
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
COLUMN_BASE = 26


class TooLargeError(ValueError):
    """The file is beyond a limit; the message is Chinese and names it."""


def check_upload(path: Path) -> None:
    """Refuse what only costs memory or time, or reaches outside.

    Raises:
        TooLargeError: names the limit.
    """
    if path.stat().st_size > MOST_BYTES:
        raise TooLargeError("文件超过20MB")
    with path.open("rb") as stream:
        is_archive = stream.read(2) == b"PK"
    if not is_archive:
        _check_lines(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive)
    except TooLargeError:
        raise
    except DAMAGED:
        return  # reading it will say what is wrong


def _check_lines(path: Path) -> None:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if number > MOST_ROWS:
                raise TooLargeError(f"行数超过{MOST_ROWS:,}")
            if line.count(b",") >= MOST_COLUMNS:
                raise TooLargeError(f"列数超过{MOST_COLUMNS}")
            if len(line) > MOST_LINE_BYTES:
                raise TooLargeError("有一行过长")


def _check_archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(e.file_size for e in entries)
    packed = max(1, sum(e.compress_size for e in entries))
    if len(entries) > MOST_ENTRIES:
        raise TooLargeError(f"压缩包内有{len(entries)}个部件")
    if unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
        raise TooLargeError("压缩包展开后过大")
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            head = part.read(HEAD)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise TooLargeError("文件含有外部定义")
            if "worksheets/" in entry.filename:
                _check_cells(head + part.read())


def _check_cells(content: bytes) -> None:
    """The furthest cell, since empty ones before it cost as much as full ones."""
    for column, row in _CELL.findall(content):
        if int(row) > MOST_ROWS:
            raise TooLargeError(f"行数超过{MOST_ROWS:,}")
        number = 0
        for letter in column:
            number = number * COLUMN_BASE + letter - ord("A") + 1
        if number > MOST_COLUMNS:
            raise TooLargeError(f"列数超过{MOST_COLUMNS}")
