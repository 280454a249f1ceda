"""Photographs of what a visit found: kept once, however often a device sends them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select

from data.access import Permission, Viewer
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.engine import LARGEST_NUMBER, Store
from data.store.evidence_quota import check_evidence_quota
from data.store.kept_content import keep_content
from data.store.matters import Matter, find_in
from data.store.refusals import RefusedError, check_words
from data.store.schema import visit_photo
from data.store.visits import CLIENT_KEY, VISIT, answers_in

JPEG = b"\xff\xd8\xff"
MOST_BYTES = 2 * 1024 * 1024
MOST_PHOTOS = 40
"""Of one visit; a device makes them smaller before it keeps them."""


@dataclass(frozen=True)
class VisitPhoto:
    """One photograph; `position` is that of the answer it belongs to, `taken_at` is UTC."""

    photo_id: int
    matter_code: str
    position: int
    client_key: str
    sha256: str
    size_bytes: int
    taken_at: datetime
    place: str
    added_by: str
    added_at: datetime
    added_by_id: str = ""
    removed_at: datetime | None = None


@dataclass(frozen=True)
class NewPhoto:
    """What a device sends; `client_key` makes it count once."""

    client_key: str
    matter_code: str
    position: int
    content: bytes
    taken_at: datetime
    place: str


def add_photo(store: Store, catalogue: Catalogue, viewer: Viewer, new: NewPhoto, at: datetime) -> bool:
    """Keep a photograph of one's own visit; False where it had come before.

    Raises:
        RefusedError: no permission, no such visit or answer, another's, no picture, too large, or one too many.
        NoSpaceError: the disk is full.
    """
    if Permission.VISITS_RECORD not in viewer.permissions:
        raise RefusedError("no_permission")
    if not CLIENT_KEY.fullmatch(new.client_key):
        raise RefusedError("bad_record")
    if not 0 < len(new.content) <= MOST_BYTES:
        raise RefusedError("photo_size")
    if not new.content.startswith(JPEG):
        raise RefusedError("photo_content")
    check_words(new.place)
    digest = keep_content(store.evidence_folder, new.content)
    with store.write() as connection:
        audit.hold_head(connection)
        visit = find_in(connection, new.matter_code)
        if visit is None or visit.matter_kind != VISIT:
            raise RefusedError("unknown_matter")
        if not viewer.is_person(visit.done_by, visit.done_by_id):
            raise RefusedError("no_permission")
        if new.position >= len(answers_in(connection, visit)):
            raise RefusedError("bad_record")
        held = visit_photo.c
        if connection.execute(select(held.photo_id).where(held.client_key == new.client_key)).first():
            return False
        kept = connection.execute(select(held.photo_id).where(held.matter_code == visit.matter_code)).all()
        if len(kept) >= MOST_PHOTOS:
            raise RefusedError("photo_count", str(MOST_PHOTOS))
        check_evidence_quota(connection, catalogue, viewer, visit.district_code, len(new.content), at)
        values = {
            "matter_code": visit.matter_code,
            "position": new.position,
            "client_key": new.client_key,
            "sha256": digest,
            "size_bytes": len(new.content),
            "taken_at": new.taken_at,
            "place": new.place.strip(),
        }
        added = {"added_by": viewer.name, "added_by_id": viewer.account_id, "added_at": at}
        connection.execute(insert(visit_photo).values(**values, **added))
        act = audit.AuditEvent(viewer.actor, "photo", VISIT, visit.matter_code, at)
        told = {"sha256": digest, "size_bytes": len(new.content), "position": new.position}
        audit.record(store, connection, act, {}, told)
    return True


def photos_of(store: Store, visit: Matter) -> list[VisitPhoto]:
    """The photographs of a visit that are still kept, in the order of what they belong to."""
    held = visit_photo.c
    asked = select(visit_photo).where(held.matter_code == visit.matter_code, held.removed_at.is_(None))
    with store.read() as connection:
        rows = connection.execute(asked.order_by(held.position, held.photo_id)).mappings()
        return [VisitPhoto(**row) for row in rows]


def all_photos(store: Store) -> list[VisitPhoto]:
    """Every photograph that is still kept."""
    asked = select(visit_photo).where(visit_photo.c.removed_at.is_(None)).order_by(visit_photo.c.photo_id)
    with store.read() as connection:
        return [VisitPhoto(**row) for row in connection.execute(asked).mappings()]


def find_photo(store: Store, photo_id: int) -> tuple[VisitPhoto, Path] | None:
    """A photograph and where its bytes lie; None where there is none any more."""
    if photo_id > LARGEST_NUMBER:
        return None
    held = visit_photo.c
    asked = select(visit_photo).where(held.photo_id == photo_id, held.removed_at.is_(None))
    with store.read() as connection:
        row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        return None
    photo = VisitPhoto(**row)
    return photo, store.evidence_folder / photo.sha256
