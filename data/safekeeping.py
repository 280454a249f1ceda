"""Is everything that is kept still as it was written?"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from data.acceptance import missing_of_decisions
from data.atomic_files import DamagedFileError, sha256_of
from data.importing.batch_records import check_batch
from data.importing.batches import check_set
from data.importing.register import batch_folders, is_signed
from data.settings import Settings
from data.store import audit
from data.store.engine import Store
from data.store.evidence import all_evidence
from data.store.seals import check_seals, read_head
from data.store.submission import ACCEPTING, CHECKED, SUBMITTED, files_of
from data.store.submissions import submissions_in
from data.store.visit_photos import all_photos
from data.warehouse.holding import missing_of_publications
from data.warehouse.publish import content_hash, publish
from data.warehouse.snapshots import POINTER, in_force, moves_log, newest_first, path_of, read_record


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
    _verify_batches(settings, store, report)
    _verify_snapshots(settings, report)
    held = [(e.sha256, f"佐证 {e.issue_code} {e.file_name}") for e in all_evidence(store) if e.removed_at is None]
    held += [(photo.sha256, f"走访照片 {photo.matter_code}") for photo in all_photos(store)]
    for sha256, name in held:
        report.evidence_files += 1
        path = settings.evidence_folder / sha256
        if not path.is_file() or sha256_of(path) != sha256:
            report.damaged.append(f"{name}：{path}")
    _verify_submissions(settings, store, report)
    seal, (number, digest) = read_head(settings.store_head_file)
    noted = {**audit.read_heads(settings.audit_heads_file), **({number: digest} if number else {}), **(heads or {})}
    chain = audit.check_chain(store, noted)
    report.audit_entries = chain.entry_count
    report.audit_head = chain.head
    if chain.first_broken is not None:
        report.damaged.append(f"审计链从第 {chain.first_broken} 条起断开")
    _verify_tables(store, seal, report)
    return report


def _verify_tables(store: Store, noted: tuple[int, str], report: Report) -> None:
    """The rows of each table fit its seal, and the seal is no earlier one than the key folder knows."""
    with store.read() as connection:
        seals = check_seals(connection, store.audit_key)
    if not seals.is_ours:
        report.damaged.append("数据库各表的封存不是本机密钥所签，或被删去")
        return
    report.damaged += [f"数据库表 {name} 的行在本系统之外被改动、增加或删去" for name in seals.changed]
    if seals.version < noted[0] or (seals.version == noted[0] and seals.seal != noted[1]):
        report.damaged.append(f"数据库被换成较早的或另一份：已封存到第 {noted[0]} 次写入，现为第 {seals.version} 次")


def _verify_batches(settings: Settings, store: Store, report: Report) -> None:
    """Each batch is as it was recorded, and none is missing of those that were ever known."""
    folder = settings.batches_folder
    for path in batch_folders(folder):
        report.batches += 1
        try:
            check_batch(folder, path.name)
        except DamagedFileError as error:
            report.damaged.append(f"批次 {path.name}：{error}")
    was_signed = is_signed(folder)
    try:
        check_set(folder)
        missing = missing_of_publications(folder, settings.snapshots_folder)
        report.damaged += [f"批次 {batch_id} 不见了（已发布的数据版本中有它）" for batch_id in missing]
        report.damaged += missing_of_decisions(settings, store)
    except DamagedFileError as error:
        report.damaged.append(f"批次登记：{error}")
    if is_signed(folder) and not was_signed:
        report.notes.append(f"批次清单已由本机密钥首次签名登记：{report.batches}个，今后缺失会指出")


def _verify_submissions(settings: Settings, store: Store, report: Report) -> None:
    """The files that wait for a decision are still what was handed in."""
    for submission in submissions_in(store, CHECKED, SUBMITTED, ACCEPTING):
        for path, sha256 in files_of(settings.submissions_folder, submission).items():
            if not path.is_file() or sha256_of(path) != sha256:
                report.damaged.append(f"报送文件 {path.name}：{path}")


def _verify_snapshots(settings: Settings, report: Report) -> None:
    for path in newest_first(settings.snapshots_folder):
        report.snapshots += 1
        try:
            read_record(path)
        except DamagedFileError as error:
            report.damaged.append(f"数据版本 {path.name}：{error}")
    try:
        moves_log(settings.snapshots_folder).checked()
    except DamagedFileError as error:
        report.damaged.append(f"回退记录：{error}")
    pointer = settings.snapshots_folder / POINTER
    if pointer.is_file():
        report.snapshot_in_force = pointer.read_text(encoding="utf-8", errors="replace").strip()
        if not (settings.snapshots_folder / report.snapshot_in_force).is_file():
            report.damaged.append(f"数据版本指针指向不存在的文件：{report.snapshot_in_force}")


def recompute(settings: Settings, folder: Path) -> tuple[str, str]:
    """Content hash of the snapshot in force, and of one published anew from the same batches."""
    kept = path_of(settings.snapshots_folder, in_force(settings.snapshots_folder))
    again = settings.model_copy(update={"var_folder": folder})
    again.batches_folder.symlink_to(settings.batches_folder.resolve(), target_is_directory=True)
    made = publish(again, datetime.now(UTC), only=read_record(kept)["batch_ids"])
    return content_hash(kept), content_hash(path_of(again.snapshots_folder, made.snapshot_id))


def as_json(report: Report) -> str:
    """The report for programs."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1)
