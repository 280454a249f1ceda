"""Look at an uploaded return in a process of its own, with limits, and say all that is wrong.

`python -m data.upload_sandbox FILE RESULT MARKED` reads the request from standard input.
"""

import contextlib
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.importing.annotated_workbook import marked_workbook
from data.importing.batches import record_batch
from data.importing.differences import differences
from data.importing.findings import Finding, Place
from data.importing.ownership import WHOLE_CITY, foreign_codes, foreign_table, own_rows
from data.importing.prepare import PreparedFile, prepare_file
from data.importing.previous_return import last_return
from data.importing.read_table import DAMAGED
from data.importing.upload_limits import TooLargeError, check_upload
from data.settings import ROOT, Settings
from data.warehouse.check import check_return

MEMORY_BYTES = 1024**3  # of addresses; the resident part is tested to stay below 512 MB
SECONDS = 60
LARGEST_OUTPUT = 64 * 1024 * 1024
MOST_CHANGES = 500
MOST_FINDINGS = 5_000


@dataclass(frozen=True)
class UploadRequest:
    """Whose return for which period a file is said to be.

    `take_over_as` records it as the batch of a submission; it counts once the city decided so.
    `kinds` may be handed in; none named is any. The unit can be `WHOLE_CITY`.
    """

    period: str
    district_code: str
    take_over_as: str = ""
    reason: str = ""
    submission_id: int | None = None
    kinds: tuple[str, ...] = ()


def check_in_subprocess(settings: Settings, path: Path, asked: UploadRequest) -> tuple[dict[str, Any], bytes]:
    """Findings, preview and changes as JSON, and the marked workbook (empty where unreadable).

    A child that dies, takes too long or grows too large is itself a finding.
    """
    with tempfile.TemporaryDirectory() as folder:
        result, marked = Path(folder) / "result.json", Path(folder) / "marked.xlsx"
        environment = {
            "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
            "OVERSIGHT_RULES_FOLDER": str(settings.rules_folder),
            "OPENBLAS_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "2",
        }
        command = [sys.executable, "-m", "data.upload_sandbox", str(path), str(result), str(marked)]
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
            found = json.loads(result.read_text(encoding="utf-8"))
        except (subprocess.SubprocessError, OSError, ValueError):
            place = Place(path.name, "")
            failed = place.finding("too_large", detail="无法在限定的时间和内存内读完")
            return {"findings": [failed.as_dict()], "kinds": [], "changes": [], "preview": {}}, b""
        return found, marked.read_bytes() if marked.is_file() else b""


def main() -> None:
    """The child's work."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    path, result, marked = (Path(word) for word in sys.argv[1:4])
    asked = UploadRequest(**json.load(sys.stdin))
    settings = Settings()
    try:
        check_upload(path)
        prepared = prepare(settings, path, asked)
    except TooLargeError as error:
        prepared = PreparedFile(path, is_readable=False)
        prepared.findings.append(Place(path.name, "").finding("too_large", detail=str(error)))
    content = _result(settings, prepared, asked)
    if asked.take_over_as and not prepared.is_blocked:
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
    if prepared.is_readable:
        with contextlib.suppress(*DAMAGED):  # readable, but too odd to be written again
            marked.write_bytes(marked_workbook(path, prepared.findings))


def prepare(settings: Settings, path: Path, asked: UploadRequest) -> PreparedFile:
    """Read and check a file as the return of one unit for one period."""
    earlier = last_return(settings.batches_folder, asked.period, asked.district_code)
    prepared = prepare_file(path, period=asked.period, district_code=asked.district_code, earlier=earlier)
    for table in prepared.tables:
        place = Place(path.name, table.sheet)
        prepared.findings += foreign_table(table, place, asked.kinds)
        prepared.findings += foreign_codes(settings.batches_folder, table, place)
        for name, header, code, wanted in (
            ("district_code", "区县代码", "wrong_district", asked.district_code),
            ("period", "数据期", "wrong_period", asked.period),
        ):
            if name in table.rows and wanted != WHOLE_CITY:
                other = table.rows[name][table.rows[name] != wanted]
                prepared.findings += [
                    place.finding(code, row=int(str(row)), column=header, value=str(value), detail=wanted)
                    for row, value in other.drop_duplicates().items()
                ]
    return prepared


def _result(settings: Settings, prepared: PreparedFile, asked: UploadRequest) -> dict[str, Any]:
    preview: dict[str, Any] = {}
    kinds, changes = differences(
        settings.batches_folder, prepared.tables, lambda table: own_rows(table, asked.district_code, asked.kinds)
    )
    returns = [t.rows for t in prepared.tables if t.input_kind == "school_return"]
    if returns and not prepared.is_blocked:
        checked = check_return(prepared, settings.rules_folder, "quality_balanced")
        preview = {k: checked[k] for k in ("districts", "verdict")}
        preview["sections"] = [s for s in checked["sections"] if s["complies"] is False]
        judged = [s for s in checked["sections"] if s["in_scope"]]
        preview["section_count"] = len(judged)
        preview["undecidable_count"] = sum(s["complies"] is None for s in judged)
    return {
        "findings": [f.as_dict() for f in _worst_first(prepared.findings)[:MOST_FINDINGS]],
        "finding_count": len(prepared.findings),
        "kinds": kinds,
        "changes": changes[:MOST_CHANGES],
        "change_count": len(changes),
        "preview": preview,
    }


def _worst_first(findings: list[Finding]) -> list[Finding]:
    order = {"error": 0, "query": 1, "hint": 2}
    return sorted(findings, key=lambda f: (order[f.severity], f.sheet, f.row or 0))


if __name__ == "__main__":
    main()
