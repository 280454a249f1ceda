"""Tables as plain text in the codings and with the separators that offices use."""

import csv
import io
from collections import Counter

from data.reading.limits import MOST_COLUMNS, MOST_ROWS, ROWS_AROUND, UnreadableFileError, too_many
from data.reading.model import Row, Sheet, trimmed
from data.text import text

SEPARATORS = (",", "\t", ";", "|", "；", "，")
LOOKED_AT = 40
HEAD = 4096
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
OTHERS = ("utf-8", "gb18030", "big5")
_LONGEST_LINE = 256 * 1024


def decoded(content: bytes) -> str:
    """The text of a file: by its mark, by its zero bytes, or in the first coding that fits.

    Raises:
        UnreadableFileError: none fits.
    """
    for mark, coding in MARKS.items():
        if content.startswith(mark):
            return _in(content[len(mark) :], coding)
    head = content[:HEAD]
    if b"\0" in head:
        sides = head[::2].count(0), head[1::2].count(0)
        return _in(content, "utf-16-be" if sides[0] > sides[1] else "utf-16-le")
    for coding in OTHERS:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(text("reading.coding"))


def _in(content: bytes, coding: str) -> str:
    try:
        decoded_text = content.decode(coding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(text("reading.coding")) from error
    if "\0" in decoded_text:
        raise UnreadableFileError(text("reading.coding"))
    return decoded_text


def read_plain(decoded_text: str, name: str) -> Sheet:
    """The rows, separated by what makes the most even table.

    Raises:
        TooLargeError: too many lines or columns.
        UnreadableFileError: the quotes do not fit, or it is no table.
    """
    first, _, rest = decoded_text.partition("\n")
    told = first.strip().strip('"').lower()
    separators = SEPARATORS
    if told.startswith("sep=") and len(told) == len("sep=") + 1:
        decoded_text, separators = rest, (first.strip().strip('"')[-1],)
    elif told == "sep=":
        decoded_text, separators = rest, ("\t",)
    if decoded_text.count("\n") + decoded_text.count("\r") > 2 * (MOST_ROWS + ROWS_AROUND):
        raise too_many("rows", MOST_ROWS)
    best = max(separators, key=lambda s: _evenness(decoded_text, s))
    rows: list[Row] = []
    for row in _parsed(decoded_text, best):
        if len(row) > MOST_COLUMNS:
            raise too_many("columns", MOST_COLUMNS)
        if len(rows) >= MOST_ROWS + ROWS_AROUND:
            raise too_many("rows", MOST_ROWS)
        rows.append([cell or None for cell in row])
    rows = trimmed(rows)
    if max((len(row) for row in rows), default=0) <= 1:
        raise UnreadableFileError(text("reading.no_columns"))
    return Sheet(name, rows)


def _evenness(decoded_text: str, separator: str) -> float:
    """How many cells the most common width of the first lines makes."""
    try:
        rows = _parsed(decoded_text[: LOOKED_AT * 4096], separator, LOOKED_AT)
    except UnreadableFileError:
        return 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((width * count**0.5 for width, count in widths.items()), default=0)


def _parsed(decoded_text: str, separator: str, most: int = 0) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(decoded_text, newline=""), delimiter=separator):
            rows.append(row)
            if most and len(rows) >= most:
                break
            if len(rows) > MOST_ROWS + ROWS_AROUND:
                raise too_many("rows", MOST_ROWS)
    except csv.Error as error:
        raise UnreadableFileError(text("reading.bad_csv")) from error
    return rows
