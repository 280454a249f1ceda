"""What an uploaded file may be, looked at before anything parses it."""

import re
import zipfile
from pathlib import Path
from typing import IO

from data.importing.read_table import DAMAGED

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 200
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_LINE_BYTES = 256 * 1024
MOST_CELLS = 1_000_000
SMALL_PART = 1024 * 1024
CHUNK = 1024 * 1024
OVERLAP = 512
COLUMN_BASE = 26
_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])(?:[^>]*?\sr=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'])?")
_DEFINITION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_CODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")


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
    if len(entries) > MOST_ENTRIES:
        raise TooLargeError(f"压缩包内有{len(entries)}个部件")
    if sum(e.file_size for e in entries) > MOST_UNPACKED or any(map(_is_blown_up, entries)):
        raise TooLargeError("压缩包展开后过大")
    for entry in entries:
        if entry.filename.lower().endswith(_XML):
            with archive.open(entry) as part:
                _check_part(part, is_sheet="worksheets/" in entry.filename.lower())


def _is_blown_up(entry: zipfile.ZipInfo) -> bool:
    packed = max(1, entry.compress_size)
    return entry.file_size > SMALL_PART and entry.file_size / packed > MOST_RATIO


def _check_part(part: IO[bytes], *, is_sheet: bool) -> None:
    """One XML part, a piece at a time; a cell across two pieces is seen with the second."""
    cells, rest = 0, b""
    while piece := part.read(CHUNK):
        if not rest and (b"\0" in piece[:OVERLAP] or _OTHER_CODING.search(piece[:OVERLAP])):
            raise TooLargeError("部件的编码不是UTF-8")
        piece = rest + piece
        if _DEFINITION.search(piece):
            raise TooLargeError("文件含有外部定义")
        seen = max(len(piece) - OVERLAP, 0)
        if is_sheet:
            cells += _count_cells(piece, seen)
            if cells > MOST_CELLS:
                raise TooLargeError(f"单元格超过{MOST_CELLS:,}个")
        rest = piece[seen:]
    if is_sheet:
        _count_cells(rest, len(rest))


def _count_cells(piece: bytes, until: int) -> int:
    """Cells that begin before `until`; one far out is refused: empty ones cost too."""
    found = 0
    for cell in _CELL.finditer(piece):
        if cell.start() >= until:
            break
        found += 1
        if cell[1] is not None:
            _check_place(cell[1], int(cell[2]))
    return found


def _check_place(column: bytes, row: int) -> None:
    if row > MOST_ROWS:
        raise TooLargeError(f"行数超过{MOST_ROWS:,}")
    number = 0
    for letter in column.upper():
        number = number * COLUMN_BASE + letter - ord("A") + 1
    if number > MOST_COLUMNS:
        raise TooLargeError(f"列数超过{MOST_COLUMNS}")
