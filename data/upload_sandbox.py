"""Look at an uploaded return in a process of its own, with limits, and say all that is wrong.

`python -m data.upload_sandbox RESULT MARKED FILE…` reads the request from standard input.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.importing.annotated_workbook import marked_workbook
from data.importing.asked import Asked
from data.importing.batches import record_batch
from data.importing.differences import differences
from data.importing.findings import Place
from data.importing.grouped import grouped
from data.importing.ownership import WHOLE_CITY, foreign_codes, foreign_table, own_rows
from data.importing.prepare import PreparedReturn, prepare_return
from data.importing.previous_return import known_schools, last_return
from data.importing.replacement import kinds_not_sent, replacements
from data.reading.child import SECONDS, limit_process
from data.reading.workbook import DAMAGED
from data.settings import ROOT, Settings
from data.warehouse.check import check_return

MOST_CHANGES = 500
MOST_FINDINGS = 5_000


@dataclass(frozen=True)
class UploadRequest:
    """Whose return for which period a file is said to be.

    `take_over_as` records it as the batch of a submission; it counts once the city decided so.
    `kinds` may be handed in; none named is any. The unit can be `WHOLE_CITY`. `by_hand` says which
    column a header means.
    """

    period: str
    district_code: str
    take_over_as: str = ""
    reason: str = ""
    submission_id: int | None = None
    kinds: tuple[str, ...] = ()
    by_hand: dict[str, str] = field(default_factory=dict[str, str])


def check_in_subprocess(
    settings: Settings, path: Path | Sequence[Path], asked: UploadRequest
) -> tuple[dict[str, Any], bytes]:
    """Findings, preview and changes of a return as JSON, and its first workbook marked (empty where unreadable).

    A child that dies, takes too long or grows too large is itself a finding.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    with tempfile.TemporaryDirectory() as folder:
        result, marked = Path(folder) / "result.json", Path(folder) / "marked.xlsx"
        environment = {
            "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
            "OVERSIGHT_RULES_FOLDER": str(settings.rules_folder),
            "OPENBLAS_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "2",
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
            found = json.loads(result.read_text(encoding="utf-8"))
        except (subprocess.SubprocessError, OSError, ValueError):
            place = Place("、".join(p.name for p in paths), "")
            failed = place.finding("too_large", detail="无法在限定的时间和内存内读完")
            return {"findings": [failed.as_dict()], "kinds": [], "changes": [], "preview": {}}, b""
        return found, marked.read_bytes() if marked.is_file() else b""


def main() -> None:
    """The child's work."""
    limit_process()
    result, marked, *paths = (Path(word) for word in sys.argv[1:])
    asked = UploadRequest(**json.load(sys.stdin))
    settings = Settings()
    prepared = prepare(settings, paths, asked)
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
            marked.write_bytes(marked_workbook(paths[0], prepared.findings, prepared.sheets[paths[0].name]))


def prepare(settings: Settings, path: Path | Sequence[Path], asked: UploadRequest) -> PreparedReturn:
    """Read and check files as the return of one unit for one period."""
    folder = settings.batches_folder
    unit = "" if asked.district_code == WHOLE_CITY else asked.district_code
    known = Asked(
        asked.period,
        unit,
        earlier=lambda period, district: last_return(folder, period, district) if district == unit else None,
        schools=lambda district: known_schools(folder, district),
        by_hand=asked.by_hand,
    )
    prepared = prepare_return([path] if isinstance(path, Path) else path, known)
    if not prepared.is_blocked:
        prepared.findings += kinds_not_sent(folder, [prepared])
    for table in prepared.tables:
        place = Place(table.file_name, table.sheet)
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
    if not prepared.is_blocked:
        own = PreparedReturn(prepared.paths)
        own.tables = [
            replace(t, rows=own_rows(t, asked.district_code, asked.kinds))
            for t in prepared.tables
            if t.input_kind == "school_return"
        ]
        prepared.findings += replacements(folder, own)
    return prepared


def _result(settings: Settings, prepared: PreparedReturn, asked: UploadRequest) -> dict[str, Any]:
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
    told = grouped(prepared.findings)
    return {
        "findings": [f.as_dict() for f in told[:MOST_FINDINGS]],
        "finding_count": len(told),
        "kinds": kinds,
        "changes": changes[:MOST_CHANGES],
        "change_count": len(changes),
        "preview": preview,
    }


if __name__ == "__main__":
    main()
