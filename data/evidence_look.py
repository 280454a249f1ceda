"""Look at an evidence file in a process of its own, with limits: what it is by its content, and how many pages it has.

A scanner that the installation names (`evidence_scanner`) is asked afterwards.
"""

import logging
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path, PurePath

from data.atomic_files import require_space
from data.evidence_child import CODES, DAMAGED
from data.file_names import safe_file_name
from data.reading.namespaces import LEAST_ROOM, ONE_THREAD
from data.settings import ROOT, Settings
from data.store.refusals import RefusedError

log = logging.getLogger("oversight.evidence")
SECONDS, SCANNER_SECONDS = 20, 60
CLEAN, INFECTED = 0, 1
"""What a scanner says by its exit code, as ClamAV's do; any other is a scan that did not take place."""


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
        command = [sys.executable, "-m", "data.evidence_child", str(path), ending, str(most_pages)]
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
