"""Evidence files of issues: kept once under their content hash, listed per issue."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from sqlalchemy import Connection, insert, select, update

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue
from data.file_names import safe_file_name
from data.store import audit
from data.store.engine import LARGEST_NUMBER, Store
from data.store.evidence_quota import check_evidence_quota
from data.store.kept_content import keep_content
from data.store.ledger import LOOK_BACK, SUBJECT
from data.store.refusals import RefusedError, check_words
from data.store.schema import evidence_file, issue
from data.store.steps import open_states

KINDS = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
}
"""What may be handed in, by its ending, and the bytes that each begins with."""
MOST_BYTES = 10 * 1024 * 1024
ADDERS = {Permission.LEDGER_RECTIFY, Permission.LEDGER_SUPERVISE}
"""Who rectifies adds to what is open, who looks again to what is listed for it."""
MAY_VOID = {Permission.LEDGER_RECTIFY, Permission.LEDGER_REVIEW}


@dataclass(frozen=True)
class EvidenceFile:
    """One file handed in for an issue, or with the answer to a warning."""

    evidence_id: int
    issue_code: str | None
    warning_key: str | None
    file_name: str
    sha256: str
    size_bytes: int
    added_by: str
    added_at: datetime
    added_by_id: str = ""
    voided_at: datetime | None = None
    voided_by: str | None = None
    voided_by_id: str = ""
    void_reason: str | None = None
    removed_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether it still proves anything."""
        return self.voided_at is None and self.removed_at is None


def add_evidence(
    store: Store, catalogue: Catalogue, viewer: Viewer, issue_code: str, file_name: str, content: bytes, at: datetime
) -> None:
    """Keep a file for an open issue; the bytes are on disk before the row is.

    Raises:
        RefusedError: no permission, unknown or closed issue, unwanted kind, empty or too large.
        NoSpaceError: the disk is full.
    """
    name = checked_name(viewer, ADDERS, file_name, content)
    digest = keep_content(store.evidence_folder, content)
    values = {"file_name": name, "sha256": digest, "size_bytes": len(content)}
    with store.write() as connection:
        _check_open(connection, catalogue, viewer, issue_code)
        unit = connection.execute(select(issue.c.district_code).where(issue.c.issue_code == issue_code)).scalar_one()
        check_evidence_quota(connection, catalogue, viewer, unit, len(content), at)
        connection.execute(
            insert(evidence_file).values(
                **values, issue_code=issue_code, added_by=viewer.name, added_by_id=viewer.account_id, added_at=at
            )
        )
        act = audit.AuditEvent(viewer.actor, "evidence", SUBJECT, issue_code, at)
        audit.record(store, connection, act, {}, values)


def check_evidence(
    store: Store, catalogue: Catalogue, viewer: Viewer, issue_code: str, file_name: str, content: bytes
) -> None:
    """Refuse what `add_evidence` would refuse, before the file is looked into.

    Raises:
        RefusedError: see there.
    """
    checked_name(viewer, ADDERS, file_name, content)
    with store.read() as connection:
        _check_open(connection, catalogue, viewer, issue_code)


def checked_name(viewer: Viewer, adders: Set[Permission], file_name: str, content: bytes) -> str:
    """The name under which a file is kept.

    Raises:
        RefusedError: none of the permissions, an unwanted kind, or too large.
    """
    name = safe_file_name(file_name)
    if not viewer.permissions & adders:
        raise RefusedError("no_permission")
    if PurePath(name).suffix.lower() not in KINDS:
        raise RefusedError("evidence_kind")
    if not 0 < len(content) <= MOST_BYTES:
        raise RefusedError("evidence_size")
    if not content.startswith(KINDS[PurePath(name).suffix.lower()]):
        raise RefusedError("evidence_content")
    return name


def _check_open(connection: Connection, catalogue: Catalogue, viewer: Viewer, issue_code: str) -> None:
    asked = select(issue.c.status).where(issue.c.issue_code == issue_code)
    status = connection.execute(asked.with_for_update()).scalar_one_or_none()
    if status is None:
        raise RefusedError("unknown_issue")
    if status == LOOK_BACK and Permission.LEDGER_SUPERVISE in viewer.permissions:
        return
    if status not in open_states(catalogue, "issue"):
        raise RefusedError("evidence_closed")
    if Permission.LEDGER_RECTIFY not in viewer.permissions:
        raise RefusedError("no_permission")


def may_void(catalogue: Catalogue, viewer: Viewer, status: str) -> bool:
    """Whether the viewer may say of a file of an issue in this state that it was wrong.

    What a look-back is held by is the city's.
    """
    if status == LOOK_BACK:
        return Permission.LEDGER_SUPERVISE in viewer.permissions
    return bool(viewer.permissions & MAY_VOID) and status in open_states(catalogue, "issue")


def void_evidence(
    store: Store, catalogue: Catalogue, viewer: Viewer, evidence_id: int, reason: str, at: datetime
) -> EvidenceFile:
    """Say that a file of an open issue was wrong: it stays, with the reason, and counts no longer.

    Raises:
        RefusedError: no permission, no such file, no reason, the issue is closed, or it was voided before.
    """
    void_reason = " ".join(reason.split())
    check_words(void_reason)
    if not viewer.permissions & (MAY_VOID | ADDERS):
        raise RefusedError("no_permission")
    if not void_reason:
        raise RefusedError("needs_reason")
    held = evidence_file.c
    asked = select(evidence_file).where(held.evidence_id == evidence_id).with_for_update()
    with store.write() as connection:
        row = connection.execute(asked).mappings().one_or_none()
        if row is None or row["issue_code"] is None:
            raise RefusedError("unknown_evidence")
        before = EvidenceFile(**row)
        if not before.counts:
            raise RefusedError("voided_before")
        status = connection.execute(select(issue.c.status).where(issue.c.issue_code == before.issue_code)).scalar_one()
        if not may_void(catalogue, viewer, status):
            raise RefusedError("evidence_closed")
        values = {
            "voided_at": at,
            "voided_by": viewer.name,
            "voided_by_id": viewer.account_id,
            "void_reason": void_reason,
        }
        connection.execute(update(evidence_file).where(held.evidence_id == evidence_id).values(**values))
        act = audit.AuditEvent(viewer.actor, "void_evidence", SUBJECT, row["issue_code"], at, void_reason)
        named = {"file_name": before.file_name, "evidence_id": evidence_id}
        audit.record(store, connection, act, {}, {**named, "voided_at": at})
    return replace(before, **values)


def all_evidence(store: Store) -> list[EvidenceFile]:
    """Every file that an issue or an answer names."""
    with store.read() as connection:
        rows = connection.execute(select(evidence_file).order_by(evidence_file.c.evidence_id))
        return [EvidenceFile(**row) for row in rows.mappings()]


def list_evidence(store: Store, issue_code: str) -> list[EvidenceFile]:
    """The files of an issue, oldest first."""
    asked = select(evidence_file).where(evidence_file.c.issue_code == issue_code)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(evidence_file.c.evidence_id))
        return [EvidenceFile(**row) for row in rows.mappings()]


def find_evidence(store: Store, evidence_id: int) -> tuple[EvidenceFile, Path] | None:
    """A file and where its bytes lie; None where there is none."""
    if evidence_id > LARGEST_NUMBER:
        return None
    asked = select(evidence_file).where(evidence_file.c.evidence_id == evidence_id)
    with store.read() as connection:
        row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        return None
    evidence = EvidenceFile(**row)
    return evidence, store.evidence_folder / evidence.sha256
