"""What of the store an operator's alarms look at: how much waits, and for how long; never about whom."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from data.catalogue.loader import Catalogue
from data.store.engine import Store
from data.store.schema import issue, submission
from data.store.steps import open_states
from data.store.submission import ACCEPTING, SUBMITTED


@dataclass(frozen=True)
class Waiting:
    """Returns that wait for a decision and since when the first does; open issues beyond their deadline."""

    returns: int
    oldest: datetime | None
    overdue_issues: int


def waiting(store: Store, catalogue: Catalogue, today: date) -> Waiting:
    """How much waits today.

    Raises:
        StoreDownError: the store cannot be reached.
    """
    is_open = open_states(catalogue, "issue")
    waits = select(func.count(), func.min(submission.c.updated_at)).where(
        submission.c.status.in_((SUBMITTED, ACCEPTING))
    )
    overdue = select(func.count()).where(issue.c.status.in_(is_open), issue.c.due_on < today)
    with store.read() as connection:
        count, oldest = connection.execute(waits).one()
        return Waiting(int(count), oldest, int(connection.execute(overdue).scalar_one()))
