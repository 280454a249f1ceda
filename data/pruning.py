"""Let go of what has outlived its time: `kept_records.csv` says how long; publications have a rule of their own.

Kept of the publications are the one in force, those that a meeting is pinned to, those between which readers were moved
last, the last `publications_kept`, and of each month the last `publications_a_month`.
"""

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.access import Actor, Permission, Viewer
from data.atomic_files import file_lock
from data.catalogue.keeping_tables import KeptRecord
from data.catalogue.loader import Catalogue
from data.clock import day_of, in_beijing
from data.settings import Settings
from data.store.engine import Store
from data.store.outlived import (
    evidence_hashes,
    let_go_of_drafts,
    let_go_of_evidence,
    let_go_of_photos,
    let_go_of_rest,
    note_files,
    note_publications,
    old_accounts,
    old_decided,
    old_drafts,
    old_evidence,
    old_photos,
    old_reminders,
    old_sessions,
    pinned_publications,
)
from data.store.personal import erase_person
from data.store.submission import ACCEPTING, APPROVED, CHECKED, RETURNED, SUBMITTED, Submission, files_of
from data.store.submissions import submissions_in
from data.warehouse.snapshots import id_of, in_force, moves, newest_first, path_of

STATES = (CHECKED, SUBMITTED, ACCEPTING, APPROVED, RETURNED)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
HALF_DONE = timedelta(days=1)
"""A file without a row may belong to an upload that is on its way."""


@dataclass(frozen=True)
class Outlived:
    """What has outlived its time; `size_bytes` is what its files take up."""

    publications: tuple[str, ...] = ()
    drafts: tuple[int, ...] = ()
    submissions: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    photos: tuple[int, ...] = ()
    accounts: tuple[str, ...] = ()
    sessions: int = 0
    reminders: int = 0
    size_bytes: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to let go of."""
        return self == Outlived()


def outlived(settings: Settings, store: Store, catalogue: Catalogue, at: datetime) -> Outlived:
    """What `prune` would let go of at an instant (UTC); nothing is done.

    Raises:
        StoreDownError: the store cannot be reached.
        DamagedFileError: the moves of the readers cannot be read.
    """
    publications = _publications(settings, store, catalogue, at)
    drafts = old_drafts(store, _before(catalogue, "draft", at))
    old = set(old_decided(store, _before(catalogue, "submission", at)))
    known = [s for s in submissions_in(store, *STATES) if s.submission_id in old]
    decided = [s.submission_id for s in known if any(f.is_dir() for f in _folders(settings, s))]
    evidence = old_evidence(store, catalogue, _before(catalogue, "evidence", at))
    size = sum(path_of(settings.snapshots_folder, p).stat().st_size for p in publications)
    return Outlived(
        publications,
        tuple(drafts),
        tuple(decided),
        tuple(evidence),
        tuple(old_photos(store, _before(catalogue, "visit_photo", at))),
        tuple(old_accounts(store, _before(catalogue, "account", at))),
        old_sessions(store, _before(catalogue, "session", at)),
        old_reminders(store, _before(catalogue, "reminder", at)),
        size,
    )


def prune(settings: Settings, store: Store, catalogue: Catalogue, by: Actor, at: datetime) -> Outlived:
    """Let go of it: first the rows, then the files that no row stands for any more; returns what it was.

    Raises:
        StoreDownError: the store cannot be reached; what was begun is ended by the next `prune`.
    """
    gone = outlived(settings, store, catalogue, at)
    note_publications(store, gone.publications, by, at)
    with file_lock(settings.snapshots_folder):
        for snapshot_id in gone.publications:
            if snapshot_id != in_force(settings.snapshots_folder):
                path = path_of(settings.snapshots_folder, snapshot_id)
                path.unlink(missing_ok=True)
                path.with_suffix(".json").unlink(missing_ok=True)
    known = submissions_in(store, *STATES)
    let_go_of_drafts(store, gone.drafts, by, at)
    note_files(store, gone.submissions, by, at)
    _remove_submissions(settings, known, {*gone.drafts, *gone.submissions}, at)
    let_go_of_evidence(store, gone.evidence, by, at)
    let_go_of_photos(store, gone.photos, by, at)
    _remove_unnamed(settings.evidence_folder, evidence_hashes(store), at - HALF_DONE)
    acting = Viewer(by.name, frozenset({Permission.ACCOUNTS_MANAGE}), account_id=by.account_id)
    for account_name in gone.accounts:
        erase_person(store, catalogue, acting, account_name, at)
    for folder in settings.list_folders:
        _remove_unnamed(folder, set(), _before(catalogue, "name_list", at))
    let_go_of_rest(store, _before(catalogue, "session", at), _before(catalogue, "reminder", at))
    return gone


def _before(catalogue: Catalogue, record_code: str, at: datetime) -> datetime:
    """Since when a record of this kind is within its time; before all times where it is kept for good."""
    (row,) = [r for r in catalogue.rows(KeptRecord) if r.record_code == record_code]
    return at - timedelta(days=row.keep_days) if row.keep_days is not None else LONG_AGO


def _publications(settings: Settings, store: Store, catalogue: Catalogue, at: datetime) -> tuple[str, ...]:
    folder, day = settings.snapshots_folder, day_of(at)
    last = int(catalogue.parameter("publications_kept", day))
    a_month = int(catalogue.parameter("publications_a_month", day))
    kept = {in_force(folder)} | pinned_publications(store)
    for move in moves(folder)[-1:]:
        kept |= {move.left, move.to}
    of_month = Counter[str]()
    gone: list[str] = []
    for number, path in enumerate(newest_first(folder)):
        snapshot_id = id_of(path)
        month = _month_of(snapshot_id)
        of_month[month] += 1
        if number >= last and of_month[month] > a_month and snapshot_id not in kept:
            gone.append(snapshot_id)
    return tuple(sorted(gone))


def _month_of(snapshot_id: str) -> str:
    """The month in Beijing of `20261130-014622-fcc3fcb3`, whose time is UTC."""
    made = datetime.strptime(snapshot_id[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    return in_beijing(made).strftime("%Y-%m")


def _folders(settings: Settings, submission: Submission) -> set[Path]:
    """The folders of a submission's files, and that of the whole."""
    folder = settings.submissions_folder
    return {path.parent.parent for path in files_of(folder, submission)} | {folder / submission.sha256}


def _remove_submissions(settings: Settings, known: list[Submission], numbers: set[int], at: datetime) -> None:
    """Files of these, and of those without a row, unless another submission holds the same."""
    gone, kept = set[str](), set[str]()
    for submission in known:
        names = {folder.name for folder in _folders(settings, submission)}
        (gone if submission.submission_id in numbers else kept).update(names)
    if not settings.submissions_folder.is_dir():
        return
    for folder in settings.submissions_folder.iterdir():
        if folder.name.startswith(".") or folder.name in kept:
            continue
        if folder.name in gone or _is_of_before(folder, at - HALF_DONE):
            shutil.rmtree(folder)


def _remove_unnamed(folder: Path, kept: set[str], before: datetime) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept and _is_of_before(path, before):
            path.unlink()


def _is_of_before(path: Path, before: datetime) -> bool:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None) < before
