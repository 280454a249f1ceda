"""Read .xlsx and .csv into tables of text exactly as typed."""

import csv
import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MOST_CHARACTERS = 2_000
DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    KeyError,
    IndexError,
    ValueError,
    OSError,
    EOFError,
    TypeError,
    AttributeError,
    SyntaxError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)
"""What reading a damaged workbook may raise; XML errors are SyntaxErrors."""
EXACT_DOUBLE = 1e15  # whole numbers below it are exact as doubles


class UnreadableFileError(ValueError):
    """The file cannot be read at all; the message is Chinese and says why."""


@dataclass(frozen=True)
class RawTable:
    """All rows of one sheet as text; row number = index + 1."""

    sheet: str
    rows: list[list[str]]


def read_tables(path: Path) -> list[RawTable]:
    """Every non-empty sheet of a file.

    Raises:
        UnreadableFileError: missing, empty, encrypted, damaged or not a table.
    """
    if not path.is_file():
        raise UnreadableFileError("找不到文件")
    content = path.read_bytes()
    if not content:
        raise UnreadableFileError("文件是空的")
    tables = _read_workbook(content) if content[:2] == b"PK" else [_read_csv(path.stem, content)]
    for table in tables:
        if any(len(cell) > MOST_CHARACTERS for row in table.rows for cell in row):
            raise UnreadableFileError(f"有单元格超过{MOST_CHARACTERS}字")
    return [t for t in tables if any(any(row) for row in t.rows)]


def _read_csv(name: str, content: bytes) -> RawTable:
    if content[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF"):
        raise UnreadableFileError("不是 .xlsx 或 .csv（可能是旧版 .xls、加密文件或 PDF）")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        try:
            rows = [[_clean(c) for c in row] for row in csv.reader(io.StringIO(text, newline=""))]
        except csv.Error as error:
            raise UnreadableFileError(f"CSV 格式有误（{error}）") from error
        return RawTable(name, rows)
    raise UnreadableFileError("文字编码既不是 UTF-8 也不是 GB18030")


def _read_workbook(content: bytes) -> list[RawTable]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [
            RawTable(str(sheet.title), [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])
            for sheet in book.worksheets
        ]
    except DAMAGED as error:
        raise UnreadableFileError(f"工作簿已损坏（{type(error).__name__}）") from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < EXACT_DOUBLE else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return _clean(str(cell))


def _clean(text: str) -> str:
    """Trim, and turn full-width digits, letters and dots into half-width ones."""
    stripped = text.strip().lstrip("\ufeff")
    if stripped.isascii():
        return stripped
    half = [_half_width(c) for c in stripped]
    return "".join(half).strip("\u3000\xa0 ")


def _half_width(character: str) -> str:
    is_full = "！" <= character <= "～"
    if (is_full and character.isalnum()) or character == "．":
        return unicodedata.normalize("NFKC", character)
    return character
