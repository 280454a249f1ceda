"""Files handed in: kept under their hashes, examined as one return, examined again with what a person says."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import flask
from werkzeug.datastructures import FileStorage

from callbacks.dependencies import Dependencies
from callbacks.web.rate_limits import exclusive_job
from callbacks.writing.return_board import is_of_period, known_periods, unit_names
from data.access import Viewer
from data.atomic_files import fsync_path, require_space
from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.examination import UploadRequest
from data.file_names import safe_file_name
from data.importing.batch_records import content_of
from data.importing.findings import Place
from data.importing.headers import header_key
from data.importing.locate import UNUSED
from data.importing.ownership import kinds_of
from data.reading.limits import MOST_BYTES
from data.rows.examination import Examination, FileRecord, FindingRecord
from data.settings import Settings
from data.store.column_mappings import keep_mappings, mappings_of, with_said
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.submission import CHECKED, FILE, Step, Submission, files_of
from data.store.submissions import add_submission, examined_again
from data.text import text
from data.upload_sandbox import check_in_subprocess

KINDS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".txt", ".xml", ".htm", ".html")
MOST_FILES = 20
SAME_FILE = "same_file"
TICKET = re.compile(r"[0-9a-f]{32}")
PROGRESS_FOLDER = ".progress"


@dataclass(frozen=True)
class Kept:
    """The files of one return as they were kept; `repeated` says which others hold the same as one of them."""

    paths: list[Path]
    records: list[FileRecord]
    repeated: list[FindingRecord]

    @property
    def name(self) -> str:
        """The file's name; of several that of the first, and how many there are."""
        first = self.records[0]["name"]
        return first if len(self.records) == 1 else text("returns.files", first=first, count=len(self.records))

    @property
    def sha256(self) -> str:
        """The hash of the file; of several that of all."""
        return content_of(self.paths)


def receive(deps: Dependencies, settings: Settings, viewer: Viewer) -> int:
    """Keep the files that were sent, have them examined, and remember what was found; the submission's number.

    Raises:
        RefusedError: no file, one of another kind, too many, no permission, or no such unit or period.
    """
    form = flask.request.form
    district, period = form.get("district_code", "")[:12], form.get("period", "")[:10]
    sent = [f for f in flask.request.files.getlist("file") if f.filename]
    names = [safe_file_name(f.filename or "") for f in sent]
    if not sent:
        raise RefusedError("return_kind")
    if others := [name for name in names if Path(name).suffix.lower() not in KINDS]:
        raise RefusedError("return_of_no_table", "、".join(others))
    if len(sent) > MOST_FILES:
        raise RefusedError("too_many_files")
    if (
        district not in unit_names(deps)
        or not viewer.scope.allows(district)
        or not kinds_of(viewer.permissions, district)
    ):
        raise RefusedError("no_permission")
    known = known_periods(deps, settings).get(period)
    if known is None or not is_of_period(deps, district, known):
        raise RefusedError("unknown_period" if known is None else "unit_of_other_period")
    kept = _keep(settings, sent, names)
    asked = UploadRequest(period, district, by_hand=mappings_of(deps.store, district))
    result = _examine(settings, viewer, kept, asked, form.get("ticket", ""))
    fields = {
        "district_code": district,
        "period": period,
        "file_name": kept.name,
        "sha256": kept.sha256,
        "result": result,
    }
    return add_submission(deps.store, viewer, fields, deps.now())


def map_columns(deps: Dependencies, settings: Settings, viewer: Viewer, submission: Submission, step: Step) -> None:
    """Keep what the person says of headers for the office, and examine the files again with it.

    Raises:
        RefusedError: it is handed in already, a file changed, or words that no store can hold.
        ChangedMeanwhileError: somebody was faster.
    """
    if submission.status != CHECKED:
        raise RefusedError("not_now")
    files = files_of(settings.submissions_folder, submission)
    if not all(path.is_file() for path in files):
        raise RefusedError("file_changed")
    if submission.version != step.version:
        raise ChangedMeanwhileError(submission.moved_by, submission.updated_at, submission.moved_by_id)
    said = _said_of_headers(flask.request.form)
    records: list[FileRecord] = [{"name": path.name, "sha256": sha256} for path, sha256 in files.items()]
    kept = Kept(list(files), records, [f for f in submission.result["findings"] if f["finding_code"] == SAME_FILE])
    by_hand = with_said(mappings_of(deps.store, submission.district_code), said)
    asked = UploadRequest(submission.period, submission.district_code, by_hand=by_hand)
    result = _examine(settings, viewer, kept, asked, flask.request.form.get("ticket", ""))
    examined_again(deps.store, viewer, step, result, deps.now())
    keep_mappings(deps.store, viewer, submission.district_code, said, deps.now())


def progress_of(settings: Settings, viewer: Viewer, ticket: str) -> dict[str, str]:
    """How far the examination with this ticket of this person is, in words; empty where there is none."""
    path = _progress(settings, viewer, ticket)
    try:
        noted: dict[str, object] = json.loads(path.read_text(encoding="utf-8")) if path is not None else {}
    except FileNotFoundError:  # not begun, or ended meanwhile
        noted = {}
    if not noted:
        return {"words": ""}
    return {"words": text(f"returns.step_of.{noted['step']}", done=noted["done"], total=noted["total"])}


def marked_file(settings: Settings, submission: Submission) -> Path:
    """The file with its findings in it, of several files a zip; not there where none could be read."""
    return _marked(settings, submission.sha256, len(submission.result.get("files", [])))


def _marked(settings: Settings, sha256: str, count: int) -> Path:
    return settings.submissions_folder / sha256 / ("marked.xlsx" if count <= 1 else "marked.zip")


def _said_of_headers(form: Mapping[str, str]) -> dict[str, str | None]:
    """Their header → ours; empty means none of ours, None forgets what was said before.

    Raises:
        RefusedError: a meaning that is no column, or words that no store can hold.
    """
    said: dict[str, str | None] = {}
    known = {header_key(column.header)[0] for column in load_catalogue().rows(InputColumn)}
    for name, meaning in form.items():
        if name.startswith("column."):
            if meaning not in ("?", UNUSED) and header_key(meaning)[0] not in known:
                raise RefusedError("unknown_action")
            said[name.removeprefix("column.")] = None if meaning == "?" else meaning
    check_words(*said)
    return said


def _keep(settings: Settings, sent: list[FileStorage], names: list[str]) -> Kept:
    records: list[FileRecord] = []
    paths: list[Path] = []
    repeated: list[FindingRecord] = []
    for file, name in zip(sent, names, strict=True):
        content = file.read(MOST_BYTES + 1)
        sha256 = hashlib.sha256(content).hexdigest()
        same = next((r["name"] for r in records if r["sha256"] == sha256), None)
        if same is not None:
            finding = Place(name, "").finding(SAME_FILE, value=name, detail=same)
            repeated.append(cast("FindingRecord", finding.as_dict()))
            continue
        free_name = _free_name(name, {r["name"] for r in records})
        path = settings.submissions_folder / sha256 / FILE / free_name
        path.parent.mkdir(parents=True, exist_ok=True)
        require_space(path.parent)
        path.write_bytes(content)
        fsync_path(path)
        records.append({"name": free_name, "sha256": sha256})
        paths.append(path)
    return Kept(paths, records, repeated)


def _free_name(name: str, taken: Collection[str]) -> str:
    """The name of a file, numbered where another of the return bears it."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{Path(name).stem} {number}{Path(name).suffix}"
    return free


def _examine(settings: Settings, viewer: Viewer, kept: Kept, asked: UploadRequest, ticket: str) -> Examination:
    note = _progress(settings, viewer, ticket)
    if note is not None:
        note.parent.mkdir(parents=True, exist_ok=True)
    kinds = kinds_of(viewer.permissions, asked.district_code)
    full = replace(asked, kinds=kinds, progress=str(note or ""))
    try:
        with exclusive_job():
            result, marked = check_in_subprocess(settings, kept.paths, full)
    finally:
        if note is not None:
            note.unlink(missing_ok=True)
    path = _marked(settings, kept.sha256, len(kept.paths))
    path.parent.mkdir(parents=True, exist_ok=True)
    if marked:
        path.write_bytes(marked)
    result["findings"] += kept.repeated
    result["finding_count"] = result.get("finding_count", 0) + len(kept.repeated)
    examined: Examination = {**result, "files": kept.records, "mapping": asked.by_hand}  # type: ignore[typeddict-item]
    return examined


def _progress(settings: Settings, viewer: Viewer, ticket: str) -> Path | None:
    """Where the work with a ticket notes how far it is; None for what is no ticket."""
    if TICKET.fullmatch(ticket) is None:
        return None
    name = hashlib.sha256(f"{viewer.account} {ticket}".encode()).hexdigest()
    return settings.submissions_folder / PROGRESS_FOLDER / f"{name}.json"
