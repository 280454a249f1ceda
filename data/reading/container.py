"""What a file is, told from its content, and whether a packed one may be opened at all."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from enum import StrEnum

from data.reading.limits import (
    MOST_BOOK,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_STYLES,
    MOST_UNPACKED,
    SMALL_PART,
    TooLargeError,
    UnreadableFileError,
    too_many,
)
from data.text import text

HEAD = 4096
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
OLDEST_WORKBOOK = (b"\x09\x02", b"\x09\x04", b"\x09\x08", b"\x09\x00")
BOOK_STREAMS, DOCUMENT_STREAMS = ("Workbook", "Book"), ("WordDocument", "PowerPoint Document")
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
SPREADSHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
DAMAGED_ARCHIVE = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_LARGEST = {"styles.xml": MOST_STYLES, "workbook.xml": MOST_BOOK, "styles.bin": MOST_STYLES, "workbook.bin": MOST_BOOK}


class Kind(StrEnum):
    """What a file is."""

    workbook = "xlsx"
    binary = "xlsb"
    open_document = "ods"
    biff = "xls"
    xml_2003 = "xml"
    html = "html"
    plain = "csv"


def packed_name(name: str) -> str:
    """The name of a part, however its producer wrote it."""
    return name.replace("\\", "/").lower().lstrip("/")


def kind_of(content: bytes) -> Kind | None:
    """What packed and old binary files are; None for text, which has to be decoded first.

    Raises:
        UnreadableFileError: nothing in it, a password, a document of another kind, or damaged.
        TooLargeError: the archive is beyond a limit.
    """
    if not content:
        raise UnreadableFileError(text("reading.empty"))
    if content[:2] == b"PK":
        return _packed(content)
    if content[:4] == OLD_WORKBOOK:
        if _has(content, ("EncryptedPackage",)):
            raise UnreadableFileError(text("reading.password"))
        if not _has(content, BOOK_STREAMS) and _has(content, DOCUMENT_STREAMS):
            raise UnreadableFileError(text("reading.other_document"))
        return Kind.biff
    if content[:2] in OLDEST_WORKBOOK:
        return Kind.biff
    if content[:5] == b"%PDF-" or content[:3] == b"\xff\xd8\xff" or content[:4] == b"\x89PNG":
        raise UnreadableFileError(text("reading.picture"))
    if content[:4] in (b"Rar!", b"7z\xbc\xaf"):
        raise UnreadableFileError(text("reading.archive"))
    return None


def text_kind(decoded_text: str) -> Kind:
    """What a decoded text is."""
    head = decoded_text[:HEAD]
    if SPREADSHEET_2003 in head and "<" in head[:HEAD] and re.search(r"<(?:\w+:)?workbook\b", head, re.IGNORECASE):
        return Kind.xml_2003
    return Kind.html if head.lstrip("\ufeff \t\r\n").startswith("<") and _MARKUP.search(head) else Kind.plain


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, once it was found to be within the limits.

    Raises:
        TooLargeError: too many parts, or too much behind too little.
        UnreadableFileError: damaged.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED_ARCHIVE as error:
        raise UnreadableFileError(text("reading.damaged")) from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise too_many("parts", MOST_ENTRIES)
    if sum(e.file_size for e in entries) > MOST_UNPACKED or any(map(_is_blown_up, entries)):
        raise TooLargeError(text("reading.unpacked"))
    for entry in entries:
        most = _LARGEST.get(packed_name(entry.filename).rpartition("/")[2])
        if most is not None and entry.file_size > most:
            raise TooLargeError(text("reading.unpacked"))
    return archive


def _has(content: bytes, streams: Sequence[str]) -> bool:
    """Whether an old Office file holds a stream of one of these names."""
    return any(name.encode("utf-16-le") in content for name in streams)


def _is_blown_up(entry: zipfile.ZipInfo) -> bool:
    packed = max(1, entry.compress_size)
    return entry.file_size > SMALL_PART and entry.file_size / packed > MOST_RATIO


def _packed(content: bytes) -> Kind:
    with open_archive(content) as archive:
        names = {packed_name(n): n for n in archive.namelist()}
        if any(n.startswith("word/") or n.startswith("ppt/") for n in names):
            raise UnreadableFileError(text("reading.other_document"))
        if "xl/workbook.bin" in names:
            return Kind.binary
        if "content.xml" in names:
            if "meta-inf/manifest.xml" in names and b"encryption-data" in archive.read(names["meta-inf/manifest.xml"]):
                raise UnreadableFileError(text("reading.password"))
            told = archive.read(names["mimetype"]) if "mimetype" in names else b""
            if told.startswith(OPEN_DOCUMENT) and not told.startswith(OPEN_DOCUMENT + b"spreadsheet"):
                raise UnreadableFileError(text("reading.other_document"))
            return Kind.open_document
        if not any(n.startswith("xl/") for n in names):
            raise UnreadableFileError(text("reading.archive"))
        return Kind.workbook
