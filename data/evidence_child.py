"""The process that looks into an evidence file: `python -m data.evidence_child FILE ENDING MOST_PAGES`.

It writes the refusal's code, or nothing where the file is what it says; it imports no more than it needs, to be quick.
"""

import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from data.reading.namespaces import limit_process

CONTENT, LOCKED, ACTIVE, PAGES, DAMAGED = (
    "evidence_content",
    "evidence_locked",
    "evidence_active",
    "evidence_pages",
    "evidence_damaged",
)
CODES = (CONTENT, LOCKED, ACTIVE, PAGES, DAMAGED)
MOST_PIXELS = 100_000_000
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 2000, 200 * 1024 * 1024, 200
MAIN_PARTS: Mapping[str, str] = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
ACTIVE_PARTS = ("vbaproject.bin", "/activex/", "/embeddings/", "/externallinks/")
ACTIVE_KEYS = ("/OpenAction", "/AA", "/JavaScript", "/EmbeddedFiles")


def main() -> None:
    """The child's work."""
    limit_process()
    path, ending, most_pages = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    try:
        code = LOOKS[ending](path, most_pages)
    except Exception:
        code = DAMAGED
    sys.stdout.write(code)


def _picture(kind: str) -> Callable[[Path, int], str]:
    def look(path: Path, _: int) -> str:
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        with Image.open(path) as picture:
            picture_format, (width, height) = picture.format, picture.size
            picture.verify()
        if picture_format != kind:
            return CONTENT
        return PAGES if width * height > MOST_PIXELS else ""

    return look


def _pdf(path: Path, most_pages: int) -> str:
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted:
        return LOCKED
    root = reader.root_object
    held = root.get("/Names")
    names = held.get_object() if held is not None else ()
    if any(key in root or key in names for key in ACTIVE_KEYS):
        return ACTIVE
    return PAGES if not 0 < len(reader.pages) <= most_pages else ""


def _office(ending: str) -> Callable[[Path, int], str]:
    def look(path: Path, most_pages: int) -> str:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename.lower() for part in parts}
            unpacked = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * max(packed, 1)):
                return PAGES
            if not {"[content_types].xml", MAIN_PARTS[ending]} <= names:
                return CONTENT
            if any(part in f"/{name}" for name in names for part in ACTIVE_PARTS):
                return ACTIVE
            if archive.testzip() is not None:
                return DAMAGED
        sheets = sum(name.startswith("xl/worksheets/sheet") for name in names)
        return PAGES if sheets > most_pages else ""

    return look


LOOKS: Mapping[str, Callable[[Path, int], str]] = {
    ".pdf": _pdf,
    ".jpg": _picture("JPEG"),
    ".jpeg": _picture("JPEG"),
    ".png": _picture("PNG"),
    ".docx": _office(".docx"),
    ".xlsx": _office(".xlsx"),
}

if __name__ == "__main__":
    main()
