"""What a file may be at most, and the two things that reading one can end with."""

from data.reading.model import Sheet
from data.text import text

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 200
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
SMALL_PART = 1024 * 1024
MOST_STYLES = 8 * 1024 * 1024
MOST_BOOK = 2 * 1024 * 1024
MOST_STRINGS = 500_000
MOST_DEPTH = 40
MOST_CELLS = 1_000_000
MOST_ROWS = 20_000
ROWS_AROUND = 100
"""Titles, totals and notes beside the rows that count."""
MOST_COLUMNS = 300
MOST_MERGED = 20_000
MOST_COLUMN_STYLES = 16_384
MOST_XML_CHARACTERS = 40_000
MOST_CHARACTERS = 2_000
MOST_EMPTY_ROWS = 1_000
MOST_SHEETS = 200


class UnreadableFileError(Exception):
    """The file cannot be read at all; the message is Chinese and says why."""


class TooLargeError(Exception):
    """The file is beyond a limit; the message is Chinese and names it."""


def too_many(what: str, most: int) -> TooLargeError:
    """The refusal of what is beyond a limit."""
    return TooLargeError(text(f"reading.{what}", most=f"{most:,}"))


def check_place(row: int, column: int) -> None:
    """Refuse a filled cell far out; both count from 0.

    Raises:
        TooLargeError: it is beyond the limit of rows or columns.
    """
    if row >= MOST_ROWS + ROWS_AROUND:
        raise too_many("rows", MOST_ROWS)
    if column >= MOST_COLUMNS:
        raise too_many("columns", MOST_COLUMNS)


def check_sheet(sheet: Sheet) -> None:
    """Hold a sheet that was read to the limits that every format shares.

    Raises:
        TooLargeError: too many rows, columns, cells or merged ranges.
        UnreadableFileError: a cell holds more text than any column takes.
    """
    widest = max((len(row) for row in sheet.rows), default=0)
    check_place(len(sheet.rows) - 1, widest - 1)
    if sum(len(row) for row in sheet.rows) > MOST_CELLS:
        raise too_many("cells", MOST_CELLS)
    if len(sheet.merged) > MOST_MERGED:
        raise too_many("merged", MOST_MERGED)
    for row in sheet.rows:
        for value in row:
            if isinstance(value, str) and len(value) > MOST_CHARACTERS:
                raise UnreadableFileError(text("reading.long_cell", most=MOST_CHARACTERS))
