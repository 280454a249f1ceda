"""From a file to its sheets: told by content, held to limits before and after it is read."""

from pathlib import Path

from data.reading.biff import read_biff
from data.reading.binary import read_binary
from data.reading.container import Kind, kind_of, text_kind
from data.reading.html_table import read_html
from data.reading.limits import MOST_BYTES, TooLargeError, UnreadableFileError, check_sheet
from data.reading.model import Sheet, plain_text_of
from data.reading.opendocument import read_open_document
from data.reading.plain_text import decoded, read_plain
from data.reading.workbook import read_workbook
from data.reading.xml_2003 import read_xml_2003
from data.text import text


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a file that holds something.

    Raises:
        TooLargeError: beyond a limit.
        UnreadableFileError: missing, empty, encrypted, damaged or not a table.
    """
    if not path.is_file():
        raise UnreadableFileError(text("reading.missing"))
    if path.stat().st_size > MOST_BYTES:
        raise TooLargeError(text("reading.bytes"))
    return read_content(path.read_bytes(), path.stem)


def read_content(content: bytes, name: str) -> list[Sheet]:
    """Every sheet that holds something; `name` is for a sheet that has none of its own.

    Raises:
        TooLargeError: beyond a limit.
        UnreadableFileError: empty, encrypted, damaged or not a table.
    """
    kind = kind_of(content)
    if kind is None:
        decoded_text = decoded(content)
        kind = text_kind(decoded_text)
        if kind is Kind.xml_2003:
            sheets = read_xml_2003(decoded_text)
        else:
            sheets = read_html(decoded_text, name) if kind is Kind.html else [read_plain(decoded_text, name)]
            for sheet in sheets:
                sheet.rows = [[plain_text_of(value) for value in row] for row in sheet.rows]
    else:
        readers = {
            Kind.workbook: read_workbook,
            Kind.binary: read_binary,
            Kind.open_document: read_open_document,
            Kind.biff: read_biff,
        }
        sheets = readers[kind](content)
    for sheet in sheets:
        sheet.name = sheet.name or name
        check_sheet(sheet)
    return [sheet for sheet in sheets if not sheet.is_empty]
