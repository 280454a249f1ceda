"""Many closed issues are listed for 回头看 at once, each as by its own step."""

from collections.abc import Sequence
from datetime import datetime

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.engine import Store
from data.store.ledger import SUBJECT, Issue, Move, find_in, moved_by, save_change, undue
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.steps import transition_of

ACTION = "look_back"


def list_for_look_back(
    store: Store, catalogue: Catalogue, viewer: Viewer, issues: Sequence[Issue], at: datetime
) -> list[str]:
    """List issues as they were seen, all or none; returns their codes.

    Raises:
        RefusedError: none is given, or the step is not this viewer's to take with one of them.
        ChangedMeanwhileError: one is no longer as it was seen.
    """
    if not issues:
        raise RefusedError("none_due")
    with store.write() as connection:
        audit.hold_head(connection)
        for seen in issues:
            issue = find_in(connection, seen.issue_code)
            if issue is None:
                raise RefusedError("unknown_issue")
            if issue.version != seen.version:
                raise ChangedMeanwhileError(issue.updated_by, issue.updated_at, issue.updated_by_id)
            transition = transition_of(catalogue, SUBJECT, issue.status, ACTION)
            if transition is None:
                raise RefusedError("no_transition")
            if refusal := undue(catalogue, transition, viewer, issue, is_met=None):
                raise RefusedError(refusal)
            requested = Move(issue.issue_code, issue.version, ACTION)
            moved = moved_by(issue, transition, viewer, requested, at, is_met=None)
            save_change(store, connection, issue, moved, viewer.actor, ACTION, "")
    return [issue.issue_code for issue in issues]
