"""Look at an uploaded return in a process of its own, with limits, and say all that is wrong.

`python -m data.upload_sandbox RESULT MARKED FILE…` reads the request from standard input.
"""

import contextlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from data.atomic_files import require_space
from data.examination import UploadRequest, examination_of, prepare, say_nothing
from data.importing.annotated_workbook import marked_workbook
from data.importing.batches import record_batch
from data.importing.findings import Place
from data.importing.prepare import PreparedReturn
from data.reading.namespaces import LEAST_ROOM, ONE_THREAD, SECONDS, limit_process
from data.reading.workbook import DAMAGED
from data.settings import ROOT, Settings


def check_in_subprocess(
    settings: Settings, path: Path | Sequence[Path], asked: UploadRequest
) -> tuple[dict[str, Any], bytes]:
    """An `Examination` of a return as JSON, and its files marked: a workbook, of several files a zip; else empty.

    A child that dies, takes too long or grows too large is itself a finding.

    Raises:
        NoSpaceError: the temporary folder is full.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    with tempfile.TemporaryDirectory() as folder:
        require_space(Path(folder), LEAST_ROOM)
        result, marked = Path(folder) / "result.json", Path(folder) / "marked"
        environment = {
            "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
            "OVERSIGHT_RULES_FOLDER": str(settings.rules_folder),
            **ONE_THREAD,
        }
        command = [sys.executable, "-m", "data.upload_sandbox", str(result), str(marked), *map(str, paths)]
        try:
            subprocess.run(  # noqa: S603  our own interpreter and module
                command,
                cwd=ROOT,
                input=json.dumps(asdict(asked)),
                text=True,
                env=environment,
                capture_output=True,
                timeout=SECONDS,
                check=True,
            )
            examination = json.loads(result.read_text(encoding="utf-8"))
        except (subprocess.SubprocessError, OSError, ValueError):
            place = Place("、".join(p.name for p in paths), "")
            failed = place.finding("too_large", detail="无法在限定的时间和内存内读完")
            return {"findings": [failed.as_dict()], "kinds": [], "changes": [], "preview": {}}, b""
        return examination, marked.read_bytes() if marked.is_file() else b""


def main() -> None:
    """The child's work."""
    limit_process()
    result, marked, *paths = (Path(word) for word in sys.argv[1:])
    asked = UploadRequest(**json.load(sys.stdin))
    settings = Settings()
    told = partial(_note, Path(asked.progress)) if asked.progress else say_nothing
    prepared = prepare(settings, paths, asked, told)
    content = examination_of(settings, prepared, asked, told)
    is_as_shown = asked.shown in ("", content["changes_mark"])
    if asked.take_over_as and not prepared.is_blocked and is_as_shown:
        batch = record_batch(
            settings.batches_folder,
            prepared,
            imported_at=datetime.now(UTC),
            imported_by=asked.take_over_as,
            reason=asked.reason,
            submission_id=asked.submission_id,
        )
        content["batch_id"] = batch.batch_id
    result.write_text(json.dumps(content, ensure_ascii=False, default=str), encoding="utf-8")
    if books := _marked(prepared):
        marked.write_bytes(books[0][1] if len(paths) == 1 else _zipped(books))


def _marked(prepared: PreparedReturn) -> list[tuple[str, bytes]]:
    """Each file that could be read, with its findings in it."""
    books: list[tuple[str, bytes]] = []
    for path in prepared.paths:
        sheets = prepared.sheets.get(path.name)
        if sheets:
            with contextlib.suppress(*DAMAGED):  # readable, but too odd to be written again
                books.append((f"{path.stem}.xlsx", marked_workbook(path, prepared.findings, sheets)))
    return books


def _zipped(books: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(books, start=1):
            is_again = name in archive.namelist()
            archive.writestr(f"{number} {name}" if is_again else name, content)
    return stream.getvalue()


def _note(path: Path, step: str, done: int, total: int) -> None:
    """Write down how far the work is; who looks sees the one note or the next."""
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps({"step": step, "done": done, "total": total}), encoding="utf-8")
    beside.replace(path)


if __name__ == "__main__":
    main()
