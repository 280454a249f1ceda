"""Look at an evidence file in a process of its own, with limits: what it is by its content, and how many pages it has.

`python -m data.evidence_look FILE ENDING MOST_PAGES` writes the refusal's code, or nothing where the file is what it
says. A scanner that the installation names (`evidence_scanner`) is asked afterwards.
"""

import logging
import shlex
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from PIL import Image
from pypdf import PdfReader

from data.atomic_files import require_space
from data.file_names import safe_file_name
from data.reading.child import ONE_THREAD, limit_process
from data.reading.limits import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED
from data.settings import ROOT, Settings
from data.store.ledger import RefusedError
from data.upload_sandbox import LEAST_ROOM

log = logging.getLogger("oversight.evidence")
SECONDS, SCANNER_SECONDS = 20, 60
CLEAN, INFECTED = 0, 1
"""What a scanner says by its exit code, as ClamAV's do; any other is a scan that did not take place."""
CONTENT, LOCKED, ACTIVE, PAGES, DAMAGED = (
    "evidence_content",
    "evidence_locked",
    "evidence_active",
    "evidence_pages",
    "evidence_damaged",
)
CODES = (CONTENT, LOCKED, ACTIVE, PAGES, DAMAGED)
MOST_PIXELS = 100_000_000
MAIN_PARTS: Mapping[str, str] = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
ACTIVE_PARTS = ("vbaproject.bin", "/activex/", "/embeddings/", "/externallinks/")
ACTIVE_KEYS = ("/OpenAction", "/AA", "/JavaScript", "/EmbeddedFiles")


def look_at(settings: Settings, file_name: str, content: bytes, most_pages: int) -> None:
    """Refuse a file that is not what its name says, does something by itself, or that the scanner refuses.

    Raises:
        RefusedError: which of these.
        NoSpaceError: the temporary folder is full.
    """
    with tempfile.TemporaryDirectory() as folder:
        require_space(Path(folder), LEAST_ROOM)
        path = Path(folder) / "evidence"
        path.write_bytes(content)
        ending = PurePath(safe_file_name(file_name)).suffix.lower()
        command = [sys.executable, "-m", "data.evidence_look", str(path), ending, str(most_pages)]
        try:
            told = subprocess.run(  # noqa: S603  our own interpreter and module
                command, cwd=ROOT, env=ONE_THREAD, capture_output=True, text=True, timeout=SECONDS, check=True
            ).stdout.strip()
        except subprocess.SubprocessError:
            told = DAMAGED
        if told:
            raise RefusedError(told if told in CODES else DAMAGED)
        if settings.evidence_scanner:
            _scan(settings.evidence_scanner, path)


def _scan(command: str, path: Path) -> None:
    """Ask the installation's scanner; one that cannot say lets nothing in."""
    try:
        answer = subprocess.run(  # noqa: S603  the operator's own setting
            [*shlex.split(command), str(path)], capture_output=True, timeout=SCANNER_SECONDS, check=False
        ).returncode
    except (OSError, subprocess.SubprocessError) as error:
        log.error("the scanner did not answer: %s", type(error).__name__)
        raise RefusedError("evidence_unscanned") from error
    if answer == INFECTED:
        raise RefusedError("evidence_infected")
    if answer != CLEAN:
        log.error("the scanner ended with %s", answer)
        raise RefusedError("evidence_unscanned")


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
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        with Image.open(path) as picture:
            found, (width, height) = picture.format, picture.size
            picture.verify()
        if found != kind:
            return CONTENT
        return PAGES if width * height > MOST_PIXELS else ""

    return look


def _pdf(path: Path, most_pages: int) -> str:
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
            if len(parts) > MOST_ENTRIES * 10 or unpacked > min(MOST_UNPACKED, MOST_RATIO * max(packed, 1)):
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
