"""Files that a unit hands in with its answer to a warning: kept and looked at as the evidence of issues is."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.engine import Store
from data.store.evidence import EvidenceFile, checked_name
from data.store.evidence_quota import check_evidence_quota
from data.store.kept_content import keep_content
from data.store.refusals import RefusedError
from data.store.schema import evidence_file
from data.store.warning_state import AWAITED
from data.store.warnings import SUBJECT, is_of_unit, state_in, unit_of

ADDERS = {Permission.WARNINGS_ANSWER}


def add_answer_file(
    store: Store, catalogue: Catalogue, viewer: Viewer, warning_key: str, file_name: str, content: bytes, at: datetime
) -> None:
    """Keep a file for the answer that a unit owes; the bytes are on disk before the row is.

    Raises:
        RefusedError: no permission, another side, no answer is owed, unwanted kind, empty or too large.
        NoSpaceError: the disk is full.
    """
    name = checked_name(viewer, ADDERS, file_name, content)
    digest = keep_content(store.evidence_folder, content)
    values = {"file_name": name, "sha256": digest, "size_bytes": len(content)}
    with store.write() as connection:
        audit.hold_head(connection)
        _check_owed(connection, viewer, warning_key)
        check_evidence_quota(connection, catalogue, viewer, unit_of(warning_key), len(content), at)
        added = {"added_by": viewer.name, "added_by_id": viewer.account_id, "added_at": at}
        connection.execute(insert(evidence_file).values(**values, warning_key=warning_key, **added))
        act = audit.AuditEvent(viewer.actor, "evidence", SUBJECT, warning_key, at)
        audit.record(store, connection, act, {}, values)


def check_answer_file(store: Store, viewer: Viewer, warning_key: str, file_name: str, content: bytes) -> None:
    """Refuse what `add_answer_file` would refuse, before the file is looked into.

    Raises:
        RefusedError: see there.
    """
    checked_name(viewer, ADDERS, file_name, content)
    with store.read() as connection:
        _check_owed(connection, viewer, warning_key)


def _check_owed(connection: Connection, viewer: Viewer, warning_key: str) -> None:
    record = state_in(connection, warning_key)
    if record is None:
        raise RefusedError("unknown_warning")
    if record.state not in AWAITED:
        raise RefusedError("no_answer_owed")
    if viewer.account_id and not is_of_unit(viewer, warning_key):
        raise RefusedError("needs_party")


def list_answer_files(store: Store, warning_key: str) -> list[EvidenceFile]:
    """The files of a warning, oldest first."""
    asked = select(evidence_file).where(evidence_file.c.warning_key == warning_key)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(evidence_file.c.evidence_id))
        return [EvidenceFile(**row) for row in rows.mappings()]
