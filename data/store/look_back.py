"""Many closed issues are listed for 回头看 at once, each as by its own step."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.store import audit
from data.store.engine import Store
from data.store.ledger import CHOSEN, LOOK_BACK, SUBJECT, Done, Issue, Move, find_in, moved_by, save_change, undue
from data.store.refusals import ChangedMeanwhileError, RefusedError
from data.store.steps import transition_of

NOBODY_NAMED = ("", "")


def list_for_look_back(
    store: Store,
    catalogue: Catalogue,
    viewer: Viewer,
    issues: Sequence[Issue],
    at: datetime,
    *,
    reasons: Mapping[str, str] | None = None,
    assignee: tuple[str, str] = NOBODY_NAMED,
) -> list[Issue]:
    """List issues as they were seen, all or none; returns them as they are then.

    `reasons` says by issue why it is looked at again, `assignee` (name, account) who is to do it; of what he closed
    himself nobody is named.

    Raises:
        RefusedError: none is given, or the step is not this viewer's to take with one of them.
        ChangedMeanwhileError: one is no longer as it was seen.
    """
    if not issues:
        raise RefusedError("none_due")
    listed: list[Issue] = []
    with store.write() as connection:
        audit.hold_head(connection)
        for seen in issues:
            issue = find_in(connection, seen.issue_code)
            if issue is None:
                raise RefusedError("unknown_issue")
            if issue.version != seen.version:
                raise ChangedMeanwhileError(issue.updated_by, issue.updated_at, issue.updated_by_id)
            transition = transition_of(catalogue, SUBJECT, issue.status, LOOK_BACK)
            if transition is None:
                raise RefusedError("no_transition")
            if refusal := undue(catalogue, transition, viewer, issue, is_met=None):
                raise RefusedError(refusal)
            name, number = NOBODY_NAMED if assignee[1] and assignee[1] == issue.reviewer_id else assignee
            requested = Move(
                issue.issue_code,
                issue.version,
                LOOK_BACK,
                look_reason=(reasons or {}).get(issue.issue_code, CHOSEN),
                assignee=name,
                assignee_id=number,
            )
            moved = moved_by(catalogue, issue, transition, viewer, requested, at, is_met=None)
            save_change(store, connection, issue, moved, Done(viewer.actor, LOOK_BACK))
            listed.append(moved)
    return listed
