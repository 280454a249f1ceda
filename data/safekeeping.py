"""Is everything kept still as it was, a backup of it, and the way back."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from data.durable import (
    DamagedFileError,
    exclusive,
    sealed,
    sha256_of,
    sync,
    unsealed,
    write_synced,
)
from data.importing.batches import check_batch
from data.settings import Settings
from data.store import audit
from data.store.copying import NotEmptyError, copy_from_file, copy_to_file
from data.store.engine import Store, open_store
from data.store.evidence import all_evidence
from data.store.submissions import file_of, waiting_submissions
from data.warehouse.publish import content_hash, publish
from data.warehouse.snapshots import POINTER, newest_first, read_record

MANIFEST = "manifest.json"
STORE_FILE = "operations.db"
KEPT_FOLDERS = ("batches", "snapshots", "evidence", "submissions")


@dataclass
class Report:
    """What was looked at, and what is not as it was written."""

    batches: int = 0
    snapshots: int = 0
    evidence_files: int = 0
    audit_entries: int = 0
    audit_head: str = ""
    snapshot_in_force: str = ""
    content_sha256: str = ""
    damaged: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])


def verify(settings: Settings, store: Store, heads: Mapping[int, str] | None = None) -> Report:
    """Compare batches, snapshots, submissions, evidence and the audit chain with their hashes.

    `heads` are heads of the chain that somebody wrote down, beside those noted in the key folder.
    """
    report = Report()
    folder = settings.batches_folder
    for path in sorted(p for p in folder.glob("*") if p.is_dir() and p.name[0] != "."):
        report.batches += 1
        try:
            check_batch(folder, path.name)
        except DamagedFileError as error:
            report.damaged.append(f"批次 {path.name}：{error}")
    _verify_snapshots(settings, report)
    for one in all_evidence(store):
        report.evidence_files += 1
        path = settings.evidence_folder / one.sha256
        if not path.is_file() or sha256_of(path) != one.sha256:
            report.damaged.append(f"佐证 {one.issue_code} {one.file_name}：{path}")
    _verify_submissions(settings, store, report)
    noted = {**audit.read_heads(settings.audit_heads_file), **(heads or {})}
    chain = audit.check_chain(store, noted)
    report.audit_entries = chain.entry_count
    report.audit_head = chain.head
    if chain.first_broken is not None:
        report.damaged.append(f"审计链从第 {chain.first_broken} 条起断开")
    return report


def _verify_submissions(settings: Settings, store: Store, report: Report) -> None:
    """The files that wait for a decision are still what was handed in."""
    for one in waiting_submissions(store):
        path = file_of(settings.submissions_folder, one)
        if not path.is_file() or sha256_of(path) != one.sha256:
            report.damaged.append(f"报送文件 {one.file_name}：{path}")


def _verify_snapshots(settings: Settings, report: Report) -> None:
    for path in newest_first(settings.snapshots_folder):
        report.snapshots += 1
        try:
            read_record(path)
        except DamagedFileError as error:
            report.damaged.append(f"快照 {path.name}：{error}")
    pointer = settings.snapshots_folder / POINTER
    if pointer.is_file():
        report.snapshot_in_force = pointer.read_text(encoding="utf-8", errors="replace").strip()
        if not (settings.snapshots_folder / report.snapshot_in_force).is_file():
            report.damaged.append(f"快照指针指向不存在的文件：{report.snapshot_in_force}")


def backup(settings: Settings, target: Path) -> Report:
    """Copy everything but the audit key; what lies there unchanged is not copied again.

    Raises:
        DamagedFileError: something to be kept is damaged already.
    """
    store = open_store(settings)
    report = verify(settings, store)
    if report.damaged:
        raise DamagedFileError("；".join(report.damaged))
    audit.note_head(store, settings.audit_heads_file)
    with (
        exclusive(target),
        exclusive(settings.batches_folder),
        exclusive(settings.snapshots_folder),
    ):
        (target / STORE_FILE).unlink(missing_ok=True)
        copy_to_file(store, target / STORE_FILE)
        files = {STORE_FILE: sha256_of(target / STORE_FILE)}
        for name in KEPT_FOLDERS:
            for path in _files(settings.var_folder / name):
                relative = str(path.relative_to(settings.var_folder))
                files[relative] = _copy_once(path, target / relative)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        record = {"made_at": made_at, "files": files, "report": asdict(report)}
        write_synced(target / MANIFEST, sealed(record))
        sync(target)
    return report


def restore(source: Path, settings: Settings) -> Report:
    """Bring a backup back into empty runtime folders, checking each file against the manifest.

    Raises:
        DamagedFileError: the backup is damaged.
        NotEmptyError: there is something already.
    """
    for name in KEPT_FOLDERS:
        if any(_files(settings.var_folder / name)):
            raise NotEmptyError(str(settings.var_folder / name))
    files: dict[str, str] = unsealed(source / MANIFEST)["files"]
    for relative, sha256 in files.items():
        path = source / relative
        if not path.is_file() or sha256_of(path) != sha256:
            raise DamagedFileError(str(path))
    store = open_store(settings)
    if settings.audit_heads_file.exists():  # heads of what is lost: kept, but not of this chain
        settings.audit_heads_file.rename(settings.audit_heads_file.with_suffix(".heads.before"))
    copy_from_file(source / STORE_FILE, store)
    # the pointer last: readers see nothing until everything is there
    for relative in sorted(files, key=lambda name: name.endswith(f"/{POINTER}")):
        if relative != STORE_FILE:
            _copy_once(source / relative, settings.var_folder / relative)
    return verify(settings, store)


def recompute(settings: Settings, folder: Path) -> tuple[str, str]:
    """Content hash of the snapshot in force, and of one published anew from the batches."""
    name = (settings.snapshots_folder / POINTER).read_text(encoding="utf-8").strip()
    again = settings.model_copy(update={"var_folder": folder})
    again.batches_folder.symlink_to(settings.batches_folder.resolve(), target_is_directory=True)
    made = publish(again, datetime.now(UTC))
    fresh = again.snapshots_folder / f"snapshot_{made.snapshot_id}.duckdb"
    return content_hash(settings.snapshots_folder / name), content_hash(fresh)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))


def _copy_once(path: Path, target: Path) -> str:
    sha256 = sha256_of(path)
    if not target.is_file() or sha256_of(target) != sha256:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.tmp")
        shutil.copy2(path, temporary)
        sync(temporary)
        temporary.replace(target)
    return sha256


def as_json(report: Report) -> str:
    """The report for programs."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1)
