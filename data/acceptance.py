"""A return is taken over in steps that a crash cannot tear apart: reserve, record, decide, count.

1. the submission is reserved: nobody else decides any more (`data/store/submissions.py`);
2. a child process records the batch under the number of the submission; it does not count yet;
3. the decision is written: the submission is approved, with its batch;
4. the register says so, and from then on the batch counts (`data/importing/register.py`).

What was interrupted is ended by `settle`: with a batch it goes on from there, without one the
reservation is undone.
"""

from datetime import datetime

from data.access import Viewer
from data.atomic_files import DamagedFileError, exclusive_if_free, file_lock, sha256_of
from data.examination import UploadRequest
from data.importing.batch_records import Batch, list_batches, undecided_batches
from data.importing.batches import check_set, take_over
from data.importing.register import end_interrupted, read_register, withdrawals
from data.settings import Settings
from data.store.engine import Store
from data.store.refusals import RefusedError
from data.store.submission import ACCEPTING, APPROVED, Step, Submission, files_of
from data.store.submissions import approve, may_decide, release, reserve, submissions_in
from data.upload_sandbox import check_in_subprocess


def accept(settings: Settings, store: Store, viewer: Viewer, step: Step, at: datetime) -> None:
    """Take a return over; it counts at the next publication.

    Raises:
        RefusedError: no permission, own return, not the time, the file is not what was handed in,
            earlier batches are damaged, what it would change is no longer what was shown, or the file
            would not be recorded.
        ChangedMeanwhileError: somebody was faster.
        StoreDownError: the store was lost; `settle` ends it later.
    """
    with file_lock(settings.submissions_folder):
        _settle(settings, store, at)
        submission = may_decide(store, viewer, step)
        files = files_of(settings.submissions_folder, submission)
        if any(not path.is_file() or sha256_of(path) != sha256 for path, sha256 in files.items()):
            raise RefusedError("file_changed")
        try:
            check_set(settings.batches_folder)
        except DamagedFileError as error:
            raise RefusedError("batches_damaged") from error
        submission = reserve(store, viewer, step, at)
        asked = UploadRequest(
            submission.period,
            submission.district_code,
            submission.submitted_by,
            submission.reason,
            submission.submission_id,
            kinds=tuple(submission.result.get("allowed_kinds", ())),
            by_hand=submission.result.get("mapping", {}),
            shown=submission.result.get("changes_mark", ""),
        )
        looked_at = check_in_subprocess(settings, list(files), asked)[0]
        if not _finish(settings, store, submission, looked_at.get("batch_id", ""), at):
            is_as_shown = asked.shown in ("", looked_at.get("changes_mark", ""))
            raise RefusedError("not_recorded" if is_as_shown else "changed_since_check")


def settle(settings: Settings, store: Store, at: datetime, *, waits: bool = False) -> None:
    """End what was interrupted; while somebody is taking over, only `waits` waits for them.

    Raises:
        StoreDownError: the store cannot be reached.
        DamagedFileError: the batches or their register cannot be read.
    """
    if waits:
        with file_lock(settings.submissions_folder):
            _settle(settings, store, at)
        return
    with exclusive_if_free(settings.submissions_folder) as is_free:
        if is_free:
            _settle(settings, store, at)


def missing_of_decisions(settings: Settings, store: Store) -> list[str]:
    """Batches of returns that the city took over and that are not there, in words."""
    folder = settings.batches_folder
    known = {b.batch_id for b in list_batches(folder)} | withdrawals(read_register(folder)).keys()
    return [
        f"批次 {submission.batch_id} 不见了（报送 {submission.submission_id}：{submission.file_name} 已接收）"
        for submission in submissions_in(store, APPROVED)
        if submission.batch_id not in known
    ]


def _settle(settings: Settings, store: Store, at: datetime) -> None:
    reserved = submissions_in(store, ACCEPTING)
    if reserved:
        end_interrupted(settings.batches_folder)
    for submission in reserved:
        _finish(settings, store, submission, "", at)
    waiting = undecided_batches(settings.batches_folder)
    if not waiting:
        return
    decided = {submission.batch_id: submission for submission in submissions_in(store, APPROVED)}
    for batch in waiting:
        submission = decided.get(batch.batch_id)
        if submission is not None and submission.submission_id == batch.submission_id:
            take_over(settings.batches_folder, batch, submission.decided_by)


def _finish(settings: Settings, store: Store, submission: Submission, batch_id: str, at: datetime) -> bool:
    """Decide with the batch that was recorded; without one undo the reservation, and say False."""
    batch = _recorded(settings, submission)
    batch_id = batch_id or (batch.batch_id if batch else "")
    if not batch_id:
        release(store, submission, at)
        return False
    approve(store, submission, batch_id, at)
    if batch is not None and batch.batch_id == batch_id:
        take_over(settings.batches_folder, batch, submission.decided_by)
    return True


def _recorded(settings: Settings, submission: Submission) -> Batch | None:
    batches = [
        b
        for b in undecided_batches(settings.batches_folder)
        if b.submission_id == submission.submission_id and b.content_sha256 == submission.sha256
    ]
    return batches[-1] if batches else None
